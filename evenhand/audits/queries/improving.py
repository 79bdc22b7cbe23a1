"""Does practice get better where it is audited: what became of promises and grades later."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.accounts.scope import scope_of
from evenhand.analytics.before_after import Compared, Followed, compare
from evenhand.analytics.intervals import Difference, newcombe
from evenhand.audits import pack
from evenhand.audits.models import Audit
from evenhand.audits.queries.moderation import counted
from evenhand.people.models import Child
from evenhand.people.models.closing import KEPT_CHILD, closing_of
from evenhand.rules.arithmetic import add_months
from evenhand.rules.london import last_moment
from evenhand.rules.periods import Span
from evenhand.rules.sampling import draw
from evenhand.rules.states import State
from evenhand.standards.models import Standing
from evenhand.standards.states import horizons_by_standard, state_of_day

FOLLOWED = 2_000  # cases of each side: enough to tell, and the page costs no more for a large area
PER_CENT = 100
NOT_KEPT = (State.KEPT_LATE, State.LATE)


class Cases(NamedTuple):
    """Cases on one side: how many there are, and those followed, each from a day of its own."""

    number: int
    followed: Mapping[int, date]


class Grades(NamedTuple):
    """Of how many cases the last audit met the standard: audited before it, and others."""

    again: int
    of_again: int
    first: int
    of_first: int
    difference: Difference


class Improving(NamedTuple):
    """What became of audited cases beside others: of their promises, and of their next grade.

    ``counted``: how many of each side had promises that count. Of fewer than ``least`` cases, or
    audits, nothing is compared.
    """

    span: Span
    months: int
    audited: Cases
    others: Cases
    promises: Compared
    kept: tuple[tuple[int, int, int, int], tuple[int, int, int, int]]
    counted: tuple[int, int]
    grades: Grades
    least: int

    @property
    def is_told(self) -> bool:
        """Whether enough cases of each side had promises before and after their day."""
        return min(self.counted) >= self.least

    @property
    def is_graded(self) -> bool:
        """Whether there are enough audits of each side to compare their grades."""
        return min(self.grades.of_again, self.grades.of_first) >= self.least


def improving_for(viewer: User, now: datetime) -> Improving:
    """Return how audited cases went on beside those that were not audited, within one's counts.

    Cases whose file was drawn by chance, each from the day of its first audit in the span; others
    that were not audited from before it until today, each from a day drawn from the same days.
    Of each side so many at most, drawn by chance. As many queries whatever the numbers.
    """
    today = timezone.localdate(now)
    months = pack.limit("months-after", today)
    until = add_months(today, -months)
    span = Span(add_months(until, -pack.limit("months-followed", today)), until)
    audited, others = _cases(viewer, span, months, today)
    ours, theirs = _kept(audited, months, now), _kept(others, months, now)
    sure = pack.limit("confidence", today) / PER_CENT
    totals = (_totals(ours), _totals(theirs))
    return Improving(
        span, months, audited, others, compare(ours, theirs, sure), totals,
        (len(ours.before), len(theirs.before)),  # type: ignore[arg-type]
        _grades(viewer, span._replace(until=today), sure), pack.limit("followed-least", today),
    )  # fmt: skip


def _cases(viewer: User, span: Span, months: int, today: date) -> tuple[Cases, Cases]:
    rows = _counted_audits(viewer)
    inside = rows.filter(done_on__gte=span.since, done_on__lte=span.until).order_by("-done_on")
    first = dict(inside.values_list(KEPT_CHILD, "done_on"))
    left_out = set(
        Audit.objects.filter(child__isnull=False, given_at__date__lte=today)
        .filter(Q(done_on=None) | Q(done_on__gte=add_months(span.since, -months)))
        .values_list(KEPT_CHILD, flat=True)
    )
    open_ = Child.objects.filter(is_open=True, merged_into=None)
    keys = open_.within(scope_of(viewer).aggregates).exclude(pk__in=closing_of(viewer).uncounted)
    rest = [str(pk) for pk in keys.order_by().values_list("pk", flat=True) if pk not in left_out]
    seed = f"{span.since}/{span.until}"
    ours = [int(one.key) for one in draw(map(str, first), FOLLOWED, seed)]
    theirs = [int(one.key) for one in draw(rest, FOLLOWED, seed)] if first else []
    days = [first[pk] for pk in ours]
    begins = {pk: days[place % len(days)] for place, pk in enumerate(theirs)}
    return (
        Cases(len(first), {pk: first[pk] for pk in ours}),
        Cases(len(rest), begins),
    )


def _counted_audits(viewer: User) -> QuerySet[Audit]:
    """Return audits of files drawn by chance, of the teams whose counts a viewer may see."""
    scope = scope_of(viewer).aggregates
    whose = Q() if scope.everyone else Q(team__in=scope.teams)
    rows = Audit.objects.filter(whose, child__isnull=False, state=Audit.State.DONE, is_random=True)
    return counted(rows).exclude(child__in=closing_of(viewer).uncounted)


def _kept(cases: Cases, months: int, now: datetime) -> Followed:
    """Return of each case followed the promises kept before and after its day. Few queries."""
    found: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    if not cases.followed:
        return Followed([], [], [], [])
    days = cases.followed.values()
    first, last = add_months(min(days), -months), add_months(max(days), months)
    today = timezone.localdate(now)
    rows = Standing.objects.filter(
        child__in=list(cases.followed), due_on__gte=first, due_on__lte=min(last, today)
    )
    told = rows.order_by().values_list("child", "standard", "kind", "due_on")
    known, end = horizons_by_standard(), last_moment(today)
    for child, standard, kind, due_on, number in told.annotate(rows=Count("pk")):
        state = state_of_day(kind, due_on, end, known.get(standard))
        place = _place(cases.followed[child], due_on, months)
        if place is None or state not in (State.KEPT, *NOT_KEPT):
            continue
        found[child][place] += number if state == State.KEPT else 0
        found[child][place + 1] += number
    columns = list(zip(*found.values(), strict=True)) or [(), (), (), ()]
    return Followed(*columns)


def _place(on: date, due_on: date, months: int) -> int | None:
    """Return where a promise counts: before (0) or after (2) a day; None for neither."""
    if add_months(on, -months) <= due_on < on:
        return 0
    return 2 if on < due_on <= add_months(on, months) else None


def _totals(followed: Followed) -> tuple[int, int, int, int]:
    before, of_before, after, of_after = (int(sum(part)) for part in followed)  # type: ignore[arg-type]
    return before, of_before, after, of_after


def _grades(viewer: User, span: Span, sure: float) -> Grades:
    """Return how often the last audit of each case met the standard: of cases that were audited
    before it, and of others. Each case counts once, as audits of one case are alike."""
    met = {grade.id for grade in pack.scale() if grade.is_met}
    told = _counted_audits(viewer).filter(done_on__lte=span.until).order_by("done_on", "pk")
    last: dict[int, tuple[bool, bool]] = {}
    seen: set[int] = set()
    for child, done_on, grade in told.values_list(KEPT_CHILD, "done_on", "counted_grade"):
        if grade and done_on >= span.since:
            last[child] = (child in seen, grade in met)
        seen.add(child)
    again = [is_met for was_seen, is_met in last.values() if was_seen]
    first = [is_met for was_seen, is_met in last.values() if not was_seen]
    counts = (sum(again), len(again), sum(first), len(first))
    gap = newcombe(*([one] for one in counts), sure)
    return Grades(*counts, gap)
