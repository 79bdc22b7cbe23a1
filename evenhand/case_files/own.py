"""Lines that are worked out in a way of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.urls import reverse

from evenhand.accounts.permissions import may
from evenhand.case_files import chronology, pack
from evenhand.case_files.assessed import assessed, needs
from evenhand.case_files.entering import entries_of, late_words
from evenhand.case_files.file import File
from evenhand.case_files.found import Found, State
from evenhand.casework.models import Visit
from evenhand.design.wording import day
from evenhand.eligibility.pack import decidable
from evenhand.eligibility.queries import decisions_for
from evenhand.people.queries import identity_summary
from evenhand.people.queries.reach import of_child
from evenhand.rules.periods import months_before


def front_sheet(file: File) -> Found:
    """Whether all that the front sheet asks for is known."""
    found = identity_summary(file.child, file.viewer, today=file.today).completeness
    url = reverse("pages:child", args=[file.child.ref])
    nobody = ("Worker: missing",) if file.child.worker_id is None else ()
    lacks = nobody + tuple(f"{item}: missing" for item in found.missing)
    whole = f"{found.known} of {found.counted} known ({found.percent}%)"
    return Found(State.NOT_MET if lacks else State.MET, (whole, *lacks), url)


def entries(file: File) -> Found | None:
    """Whether what happened of late was written down within the set working days."""
    since = months_before(file.today, pack.value_on("entries-looked-at", file.today))
    found = [one for one in entries_of(file.child) if one.on >= since]
    url = reverse("case_files:chronology", args=[file.child.ref])
    if not found:
        return Found(State.NOT_KNOWN, ("No source says when things were written down",), url)
    limit = pack.value_on("late-entry", file.today)
    late = [one for one in found if one.working_days > limit]
    share = f"{len(found) - len(late)} of {len(found)} within {limit} working days"
    said = tuple(f"{one.words}, {day(one.on)}: {late_words(one)}" for one in late)
    return Found(State.NOT_MET if late else State.MET, (share, *said), url)


def eligibility(file: File) -> Found | None:
    """Whether somebody decided a tier on the newest referral: which, why, by which criteria."""
    referral, form = file.newest("referral"), pack.named("eligibility")
    if referral is None or not form:
        return None
    record = file.record_about(form, referral.pk)
    if record is None:
        url = file.to_write(form, referral.pk)
        return Found(State.NOT_MET, ("Tier missing: the criteria were not applied",), url)
    room = "eligibility:advice" if may(file.viewer, "eligibility.view") else "recording:one"
    url = reverse(room, args=[record.ref])
    held = decisions_for(file.viewer).filter(recording=record, entered_in_error=False)
    decision = held.exclude(decided="").first()
    if decision is None:
        return Found(State.NOT_MET, ("Tier missing: nobody has decided yet",), url)
    known = decidable(form, record.edition)
    choice = known.choice(decision.decided) if known else None
    label = choice.label if choice else decision.decided
    priority = (f"Priority {choice.priority}",) if choice and choice.priority else ()
    reasons = (f"Reasons: {decision.reasons}",) if decision.reasons else ()
    who = f"{decision.decided_by or 'Nobody named'}, {day(decision.decided_on)}"
    criteria = f"Criteria of {day(record.edition)}"
    return Found(State.MET, (label, *priority, *reasons, who, criteria), url)


def significant(file: File) -> Found:
    """Whether the chronology was looked through in time, and holds significant events only."""
    url = reverse("case_files:chronology", args=[file.child.ref])
    events = chronology.significant_events(file)
    if not events:
        return Found(State.NOT_MET, ("No significant event is written down",), url)
    odd = tuple(f"{one.words}, {day(one.on)}: {one.mark.lower()}" for one in events if not one.met)
    stale = chronology.stale_words(file)
    said = odd + ((stale,) if stale else ())
    whole = (f"{len(events)} significant events; {chronology.reviewed_words(file)}",)
    return Found(State.NOT_MET, said, url) if said else Found(State.MET, whole, url)


def seen_alone(file: File) -> Found | None:
    """Whether at the newest visit the child was seen alone, or it says why not."""
    form = pack.named("seen-alone")
    visits = Visit.objects.filter(of_child(file.child), withdrawn=False, held_on__lte=file.today)
    newest = visits.order_by("-held_on", "-pk").first()
    if newest is None or newest.held_on is None:
        return None
    last = visits.filter(seen_alone=True).order_by("-held_on").first()
    since = _since(file, last)
    url = file.to_write(form, newest.pk)
    if newest.seen_alone is None:
        return Found(
            State.NOT_KNOWN, ("The visit does not say whether they were alone", since), url
        )
    if newest.seen_alone:
        return Found(State.MET, (since,), reverse("case_files:seen-alone"))
    record = file.record_about(form, newest.pk)
    if record is not None and not record.missing.all():
        said = (f"Not seen alone on {day(newest.held_on)}; the reason is written down", since)
        return Found(State.MET, said, reverse("recording:one", args=[record.ref]))
    worker = file.child.worker or "nobody named"
    return Found(State.NOT_MET, (f"Reason missing: {worker}, {day(newest.held_on)}", since), url)


def _since(file: File, last: Visit | None) -> str:
    if last is None or last.held_on is None:
        return "No visit shows the child seen alone"
    days = (file.today - last.held_on).days
    return f"Last seen alone {days} day{'' if days == 1 else 's'} ago, on {day(last.held_on)}"


READERS: Mapping[str, Callable[[File], Found | None]] = {
    "front-sheet": front_sheet,
    "entries": entries,
    "eligibility": eligibility,
    "chronology": significant,
    "assessed": assessed,
    "seen-alone": seen_alone,
    "needs": needs,
}
