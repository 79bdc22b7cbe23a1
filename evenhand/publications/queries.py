"""Reads of this room: the director's report as of now, and the reports that were made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from django.conf import settings
from django.db.models import QuerySet

from evenhand.accounts.models import User
from evenhand.accounts.scope import scope_of
from evenhand.analytics.profiles import Profile
from evenhand.design.wording import day, number, percent
from evenhand.equality.releasing.profiles import profiles_on
from evenhand.facts.adopted import policy
from evenhand.people.asking import CHILD
from evenhand.people.queries import completeness_for
from evenhand.publications.documents import Document, Figures, Section
from evenhand.publications.fares import who_fares_worse
from evenhand.publications.hiding import HIDDEN, Parts, hidden_rows
from evenhand.publications.models import Report
from evenhand.rules import Standard
from evenhand.sources.queries import CoverageLine, coverage_by_subject
from evenhand.standards.counts import Counts, total_of
from evenhand.standards.queries import counts_by_standard, figures_as_at
from evenhand.standards.wording import kind_of_authority

TITLE = "The promises kept, and to whom"
Counted = Mapping[str, Counts]


def reports_for(viewer: User) -> QuerySet[Report]:
    """Return the reports that were made, newest first; none for those who see a part only."""
    found = Report.objects.select_related("made_by").order_by("-made_at", "-pk")
    return found if scope_of(viewer).aggregates.everyone else found.none()


def directors_report(viewer: User) -> Document:
    """Return the report as it would leave now: true for the day of the figures."""
    as_at = figures_as_at()
    profile = profiles_on(as_at)[0]
    counts = counts_by_standard(viewer)
    return Document(
        TITLE,
        settings.AUTHORITY,
        as_at,
        (
            _promises(counts, profile, law=True),
            _promises(counts, profile, law=False),
            _asked(viewer, profile),
            *who_fares_worse(viewer),
            _unseen(counts),
        ),
        tuple(_notes(profile)),
    )


def _promises(counts: Counted, profile: Profile, *, law: bool) -> Section:
    mine = [(one, found) for one, found in _judged(counts) if one.law is law]
    whole = total_of(found for _, found in mine)
    heading = "The law's limits" if law else "Our own promises"
    parts = [
        Parts(_title(one), (found.kept, found.due - found.kept))
        for one, found in sorted(mine, key=lambda pair: pair[1].kept - pair[1].due)
    ]
    headings = ("Standard", "In time", "Kept in time", "Not in time", "Fell due")
    table = Figures(
        f"{heading} that fell due in the last 12 months, most missed first",
        headings,
        (False, True, True, True, True),
        hidden_rows(parts, profile),
    )
    return Section(heading, (_kept(whole),), (table,) if parts else ())


def _judged(counts: Counted) -> Iterator[tuple[Standard, Counts]]:
    standards = policy().standards
    for id_, found in counts.items():
        if id_ in standards and found.due:
            yield standards[id_], found


def _title(standard: Standard) -> str:
    return f"{standard.title} ({kind_of_authority(standard).lower()})"


def _kept(whole: Counts) -> str:
    if not whole.due:
        return "None that fell due in the last 12 months could be judged."
    return (
        f"{percent(whole.kept, whole.due)} of the {number(whole.due)} that fell due in the last "
        "12 months were kept in time."
    )


def _asked(viewer: User, profile: Profile) -> Section:
    report = completeness_for(viewer)
    parts = [
        Parts(row.item.label, (row.completion.asked, row.completion.counted - row.completion.asked))
        for row in report.items
        if row.person == CHILD
    ]
    headings = ("Question", "Asked", "Children asked", "Not asked yet", "All children")
    table = Figures(
        "Were children asked who they are?",
        headings,
        (False, True, True, True, True),
        hidden_rows(parts, profile),
    )
    whole = report.whole
    said = (
        "Of all that is to be asked of children and parents, "
        f"{percent(whole.asked, whole.counted)} was asked and "
        f"{percent(whole.known, whole.counted)} is known."
        if whole.counted
        else "Nobody is counted here yet."
    )
    return Section("Who was never asked who they are", (said,), (table,) if parts else ())


def _unseen(counts: Counted) -> Section:
    whole = total_of(counts.values())
    held = coverage_by_subject()
    said = (
        f"{number(whole.not_known)} could not be judged, because the data ends before they fell "
        f"due, and {number(whole.not_recorded)} because nothing that we are sent records them. "
        "Neither is called late."
    )
    return Section("What the data cannot say", (said,), (_held(held),) if held else ())


def _held(lines: Iterable[CoverageLine]) -> Figures:
    rows = tuple(
        (
            one.subject,
            day(one.complete_from) if one.complete_from else "the beginning",
            day(one.complete_to) if one.complete_to else "now",
        )
        for one in lines
    )
    return Figures(
        "For which days each kind of record is known",
        ("Record", "From", "To"),
        (False, False, False),
        rows,
    )


def _notes(profile: Profile) -> Iterator[str]:
    below = profile.threshold
    yield (
        f"Numbers under {below} are shown as <{below}. {HIDDEN}: hidden, so that a smaller number "
        f"cannot be worked out. Other numbers are rounded to the nearest {profile.base}; shares "
        "are not."
    )
    yield "In time: of what fell due in the last 12 months and can be judged."
    packs = ", ".join(pack.title for pack in policy().packs)
    yield f"Policies: {packs}."
