"""Reports of audits: which a viewer may read, in which version, and who opened them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may
from evenhand.accounts.queries.users import in_force
from evenhand.audits import judging, pack
from evenhand.audits.judging import Stand
from evenhand.audits.models import Copy, Recommendation, Report
from evenhand.audits.reporting import PARTS
from evenhand.design.documents import Document, Section, section_of
from evenhand.design.wording import day
from evenhand.rules.states import State

NOTES = (
    "An audit counts in the month of its slot. The second of a file audited twice counts nowhere.",
    "An audit that lacks a section is not counted until somebody adds it.",
    "Met: graded good or better, or answered with yes.",
    "Between: where the share lies, were there many more audits like these (Wilson's interval).",
    "Counts of audits are not counts of children; counts of children that are small are hidden.",
)


class Reader(NamedTuple):
    """One person whom a report went to: as which group, and whether it is opened in time."""

    copy: Copy
    group: str
    state: State
    due: date | None


def reports_for(viewer: User) -> QuerySet[Report]:
    """Return the reports a viewer may read, the newest first.

    All to whoever manages the programme; the published ones to who sees what audits come to over
    all teams; to everybody else those that they were given.
    """
    rows = Report.objects.select_related("drawn_by", "published_by").order_by("-until", "-pk")
    if may(viewer, "audits.manage"):
        return rows
    published = rows.filter(published_at__isnull=False)
    if may(viewer, "audits.report"):
        return published
    return published.filter(pk__in=Copy.objects.filter(to=viewer).values("report"))


def unread_by(viewer: User) -> int:
    """Return how many reports somebody was given and has not opened yet."""
    given = Copy.objects.filter(to=viewer, report__isnull=False, read_at=None)
    return given.values("report").distinct().count()


def groups_for(report: Report, viewer: User) -> list[str] | None:
    """Return as which groups a viewer was given a report; None: they read the whole of it."""
    if may(viewer, "audits.report"):
        return None
    return sorted(report.copies.filter(to=viewer).values_list("part", flat=True))


def document_of(report: Report, groups: Sequence[str] | None = None) -> Document:
    """Return a report as the groups get it together; None: the whole of it."""
    known = pack.recipients()
    told = [known[id_] for id_ in groups if id_ in known] if groups is not None else None
    return Document(
        report.title, settings.AUTHORITY, timezone.localdate(report.drawn_at),
        (*_written(report), *_counted(report, told), *_recommended(report)), NOTES,
    )  # fmt: skip


def recommendations_of(report: Report) -> list[Recommendation]:
    """Return what a report recommends, in the order it was written."""
    beside = ("team", "owner", "monitor", "action")
    return list(report.recommendations.select_related(*beside).order_by("pk"))


def readers_of(report: Report, now: datetime) -> list[Reader]:
    """Return whom a report went to, and by when each is to open it; who has not, first."""
    labels = {id_: one.label for id_, one in pack.recipients().items()}
    copies = report.copies.select_related("to").order_by("part", "to__name", "pk")
    found = [Reader(one, labels.get(one.part, one.part), *_opened(one, now)) for one in copies]
    return sorted(found, key=lambda one: one.copy.read_at is not None)


def holders_of(group: pack.Recipients, today: date) -> QuerySet[User]:
    """Return who gets what a group gets: those who hold its role today and can sign in."""
    held = in_force(today, role=group.role).values("user")
    return User.objects.filter(pk__in=held, is_active=True).order_by("name", "pk")


def standing_against(report: Report, groups: Iterable[str], today: date) -> list[str]:
    """Return what stands against publishing a report to some groups, each in a sentence."""
    known, chosen = pack.recipients(), set(groups)
    needs = pack.report_kind_called(report.kind).needs
    found = [
        f"It does not go to the {known[id_].label}, who must have it."
        for id_ in needs if id_ in known and id_ not in chosen
    ]  # fmt: skip
    found += [
        f"Nobody signs in here as the {known[id_].label}."
        for id_ in sorted(chosen & set(known)) if not holders_of(known[id_], today).exists()
    ]  # fmt: skip
    found += [
        f"The packs leave “{part}” out for the {known[id_].label}: there is no such part."
        for id_ in sorted(chosen & set(known))
        for part in sorted(known[id_].leaves_out - set(PARTS))
    ]  # fmt: skip
    found += [
        f"Nobody answers for the recommendation “{one.words}”."
        for one in recommendations_of(report) if one.owner is None
    ]  # fmt: skip
    return found


def overlapping(report: Report) -> list[Report]:
    """Return the published reports of a kind whose time overlaps this one's, the newest first.

    Who has both can take one from the other, and so learn a number that is hidden in each.
    """
    alike = Report.objects.filter(kind=report.kind, published_at__isnull=False)
    within = alike.filter(since__lte=report.until, until__gte=report.since)
    return list(within.exclude(pk=report.pk).order_by("-until", "-pk"))


def _opened(copy: Copy, now: datetime) -> Stand:
    """Return whether one copy was opened in time, by the packs' standard."""
    opened = timezone.localdate(copy.read_at) if copy.read_at else None
    return judging.report_read(timezone.localdate(copy.sent_at), opened, now)


def _written(report: Report) -> list[Section]:
    """Return what people wrote, with the quotations that somebody read and chose."""
    made = []
    for one in report.sections:
        sentences = [line.strip() for line in one["words"].splitlines() if line.strip()]
        sentences += [f"“{quoted['words']}” ({quoted['title']})" for quoted in one["quotations"]]
        if sentences:
            made.append(Section(one["heading"], tuple(sentences)))
    return made


def _counted(report: Report, told: Sequence[pack.Recipients] | None) -> list[Section]:
    """Return the parts that every one of the groups leaves out of none: each gets its own."""
    which = "hidden" if told is not None and all(one.is_small_hidden for one in told) else "whole"
    left_out = frozenset[str]()
    if told is not None:
        left_out = frozenset.intersection(*(one.leaves_out for one in told)) if told else _every()
    parts: Sequence[Mapping[str, Any]] = report.figures.get(which, ())
    return [section_of(one["section"]) for one in parts if one["id"] not in left_out]


def _every() -> frozenset[str]:
    return frozenset(id_ for one in pack.recipients().values() for id_ in one.leaves_out)


def _recommended(report: Report) -> list[Section]:
    rows = [f"{one.words.rstrip('.')}. {_answers(one)}." for one in recommendations_of(report)]
    return [Section("What we recommend", tuple(rows))] if rows else []


def _answers(one: Recommendation) -> str:
    if one.owner is None:
        return "Nobody answers for it yet"
    return f"{one.owner.name} answers for it{f' by {day(one.due_on)}' if one.due_on else ''}"
