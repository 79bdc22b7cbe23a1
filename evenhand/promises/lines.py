"""My work: everything that waits for somebody, from whatever room, as lines of one list."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import NamedTuple, TypeVar

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.accounts.scope import scope_of
from evenhand.design.wording import day
from evenhand.facts.adopted import policy
from evenhand.people.models import Child
from evenhand.people.pack import ask_set
from evenhand.people.queries.worklist import worklist_for
from evenhand.promises import wording
from evenhand.promises.models import Allowance
from evenhand.promises.naming import Key, among, key_of, records_of, url_of
from evenhand.promises.queries import Added, added_to
from evenhand.recording.models import Missing
from evenhand.recording.queries import missing_for, missing_of, reference_of
from evenhand.rules import State
from evenhand.standards import wording as of_standards
from evenhand.standards.models import Standing
from evenhand.standards.queries import Promise, due_for, promises
from evenhand.standards.queries.listing import DAYS_AHEAD
from evenhand.work.models import Task
from evenhand.work.pack import words_of
from evenhand.work.queries import everything_of, of_my_people

MOST = 200  # rows read of each kind: a machine's bound, and more than anybody works through
MOST_CLAUSES = 3
Row = TypeVar("Row")


class Section(StrEnum):
    """Where a line stands, in the order of the list."""

    LATE = "late"
    DUE = "due"
    WAITING = "waiting"
    LATER = "later"


class Line(NamedTuple):
    """One thing that waits: what, for which child, by when, why, under which clauses, and where.

    ``law``: a limit of the law. ``do_url`` is where it is done. ``beside`` is what else there is
    to know of it: that it was put off, passed on, or let off.
    """

    section: Section
    what: str
    url: str
    due_on: date | None = None
    law: bool = False
    child: Child | None = None
    who: str = ""
    why: str = ""
    clauses: Sequence[str] = ()
    do_url: str = ""
    do_words: str = ""
    beside: str = ""


def my_work(viewer: User, *, now: datetime) -> list[Line]:
    """Return what waits for a viewer: what is late first, the law before a promise, oldest first.

    Promises of their children and their own messages, what is missing of what they wrote down,
    their tasks, and whom to ask who they are.
    """
    today = timezone.localdate(now)
    found = [*_promises(viewer, now, own=True)]
    tasks, more = _first(everything_of(viewer)[: MOST + 1], "tasks wait", "work:tasks")
    found += [*(_of_everything(task, viewer, today) for task in tasks), *more]
    found += _all_missing(missing_of(viewer))
    found += _to_ask(viewer, today)
    return in_order(found)


def work_of_my_people(viewer: User, *, now: datetime) -> list[Line]:
    """Return what waits in the teams that a viewer manages, riskiest first."""
    today = timezone.localdate(now)
    found = [*_promises(viewer, now, own=False)]
    tasks, more = _first(of_my_people(viewer)[: MOST + 1], "tasks wait", "work:tasks")
    found += [*_tasks(tasks, today), *more]
    teams = scope_of(viewer).persons.teams
    found += _all_missing(missing_for(viewer).filter(team__in=teams))
    return in_order(found)


def _first(rows: Iterable[Row], what: str, page: str) -> tuple[list[Row], list[Line]]:
    """Return the first ``MOST`` rows; and, where there are more, a line that says where."""
    found, url = list(rows), reverse(page)
    if len(found) <= MOST:
        return found, []
    said = Line(
        Section.DUE, wording.more_than(MOST, what), url,
        why="The first are listed here, the oldest before the others",
        do_url=url, do_words="See them all",
    )  # fmt: skip
    return found[:MOST], [said]


def _all_missing(rows: QuerySet[Missing]) -> list[Line]:
    found, more = _first(
        rows[: MOST + 1], "things are missing of what is recorded", "recording:start"
    )
    return [*_missing(found), *more]


def in_order(lines: Iterable[Line]) -> list[Line]:
    """Return lines riskiest first: late before due, the law before a promise, oldest first."""
    order = list(Section)
    return sorted(
        lines,
        key=lambda one: (order.index(one.section), not one.law, one.due_on or date.max, one.what),
    )


def late_of_no_child(viewer: User, *, now: datetime) -> int:
    """Return how many of the viewer's own promises to nobody's child in particular are late:
    messages, letters, callers. Lists of children have no place for them."""
    return sum(one.state is State.LATE for one in _of_no_child(viewer, now, own=True))


def has_people(viewer: User) -> bool:
    """Whether the viewer manages teams."""
    return bool(scope_of(viewer).persons.teams)


def _promises(viewer: User, now: datetime, *, own: bool) -> Iterator[Line]:
    today = timezone.localdate(now)
    of_children = due_for(viewer, now=now, most=MOST + 1)
    due, more = _first(of_children, "promises to children wait", "standards:overview")
    others, also = _first(_of_no_child(viewer, now, own=own), "messages wait", "recording:start")
    yield from (*more, *also)
    found = [*due, *others]
    if own:
        found = list(_only_mine(viewer, found))
    added = added_to([one.row for one in found], today, viewer=viewer if own else None)
    rows = {key_of(one.row): one for one in found}
    if own:
        rows |= {key_of(one.row): one for one in _passed_to(viewer, added, rows.keys(), now)}
    recorded = records_of([one.row for one in rows.values()])
    for one in rows.values():
        yield _promise(one, added, recorded, viewer, today)


def _only_mine(viewer: User, found: Iterable[Promise]) -> Iterator[Promise]:
    """Of a manager's, those of their own and those of nobody; of a worker's, all."""
    everything = not has_people(viewer)
    for one in found:
        if everything or one.row.worker_id in (None, viewer.worker_id):
            yield one


def _of_no_child(viewer: User, now: datetime, *, own: bool) -> Iterator[Promise]:
    """What waits of messages and callers: by team, which is indexed, then by worker."""
    until = timezone.localdate(now) + timedelta(DAYS_AHEAD)
    scope = scope_of(viewer)
    teams = set(scope.persons.teams)
    rows = Standing.objects.filter(child=None, kind=Standing.Kind.NOT_DONE, due_on__lte=until)
    if own and viewer.worker_id is not None:
        teams = {scope.works_in} if scope.works_in else set()
        rows = rows.filter(worker=viewer.worker_id)
    found = rows.filter(team__in=teams).select_related("child", "worker").order_by("due_on", "pk")
    return _waiting_ones(found[: MOST + 1] if teams else (), now)


def _passed_to(
    viewer: User, added: Added, known: Collection[Key], now: datetime
) -> Iterator[Promise]:
    """What others passed on to the viewer and is not of the list yet."""
    owned = {key for key, one in added.asides.items() if one.owner_id == viewer.pk}
    keys = owned - set(known)
    if not keys:
        return iter(())
    seen = Q(child=None) | Q(child__in=Child.objects.visible_to(viewer).order_by().values("pk"))
    rows = Standing.objects.filter(among(keys), seen, kind=Standing.Kind.NOT_DONE)
    wanted = [row for row in rows.select_related("child", "worker") if key_of(row) in keys]
    return _waiting_ones(wanted, now)


def _waiting_ones(rows: Iterable[Standing], now: datetime) -> Iterator[Promise]:
    return (one for one in promises(rows, now) if one.state in (State.LATE, State.OPEN))


def _promise(
    one: Promise, added: Added, recorded: Mapping[int, str], viewer: User, today: date
) -> Line:
    row, key = one.row, key_of(one.row)
    section, beside = _section(one, added, key, viewer, today)
    url, words = _where_done(one, recorded)
    return Line(
        section, one.standard.title, url_of(row, dict(recorded)), row.due_on, one.standard.law,
        row.child, str(row.worker) if row.worker else "Nobody yet",
        of_standards.why_due(row, one.standard), one.standard.clauses, url, words, beside,
    )  # fmt: skip


def _section(
    one: Promise, added: Added, key: Key, viewer: User, today: date
) -> tuple[Section, str]:
    stands = Section.LATE if one.state is State.LATE else Section.DUE
    for allowance in added.allowances.get(key, ()):
        return _let_off(allowance, stands), wording.let_off(allowance, one.row)
    aside = added.asides.get(key)
    if aside is None:
        return stands, ""
    if aside.later_until is not None and aside.later_until > today:
        return Section.LATER, wording.put_off(aside)
    if aside.owner is not None and aside.owner_id != viewer.pk:
        return Section.WAITING, wording.passed_on(aside)
    return stands, wording.passed_on(aside) if aside.owner is not None else ""


def _let_off(allowance: Allowance, stands: Section) -> Section:
    """What stands still waits; what need not be done does not; more time is shown and no more."""
    return {"pause": Section.WAITING, "exemption": Section.LATER}.get(allowance.kind, stands)


def _where_done(one: Promise, recorded: Mapping[int, str]) -> tuple[str, str]:
    """Return where what keeps a promise is written down here; empty where the case system does."""
    row = one.row
    if row.child is None:
        ref = recorded.get(row.subject_id)
        return (reverse("recording:change", args=[ref]), "Say when") if ref else ("", "")
    form = _forms(policy().digest).get((row.subject, *one.standard.all_shown_by[:1]))
    if form is None:
        return "", ""
    if row.subject == "child":
        return reverse("recording:new-of-child", args=[row.child.ref, form]), "Say when"
    event = reference_of(row.subject, row.subject_id)
    return reverse("recording:new-about", args=[row.child.ref, form, event]), "Say when"


@cache
def _forms(_digest: str) -> Mapping[tuple[str, ...], str]:
    """The form on which each fact of each subject is written down."""
    found: dict[tuple[str, ...], str] = {}
    for id_, editions in policy().question_sets.items():
        for asked in editions:
            if not asked.is_own:
                found |= {(asked.subject, fact): id_ for fact in asked.facts()}
    return found


def _tasks(tasks: Iterable[Task], today: date) -> Iterator[Line]:
    for task in tasks:
        section, beside = _of_task(task, today)
        url = reverse("work:step", args=[task.ref, "done"])
        yield _task(task, section, url, "Say that it is done", beside)


def _of_task(task: Task, today: date) -> tuple[Section, str]:
    if task.later_until is not None and task.later_until > today:
        return Section.LATER, f"Put off until {day(task.later_until)}"
    return (Section.LATE if task.due_on < today else Section.DUE), ""


def _of_everything(task: Task, viewer: User, today: date) -> Line:
    if task.is_mine:  # type: ignore[attr-defined]
        return next(_tasks([task], today))
    to_check = task.state == Task.State.TO_BE_CHECKED and task.done_by_id != viewer.pk
    return _to_check(task, today) if to_check else _waiting(task)


def _waiting(task: Task) -> Line:
    said = "Done, and waits to be checked" if task.state != Task.State.OPEN else ""
    return _task(task, Section.WAITING, "", "", said)


def _to_check(task: Task, today: date) -> Line:
    section = Section.LATE if task.due_on < today else Section.DUE
    return _task(task, section, reverse("work:step", args=[task.ref, "check"]), "Check it", "")


def _task(task: Task, section: Section, do_url: str, do_words: str, beside: str) -> Line:
    who = task.owner.name if task.owner else ""
    return Line(
        section, task.what, reverse("work:task", args=[task.ref]), task.due_on, False, task.child,
        who, words_of(task.kind), task.clauses, do_url, do_words, beside,
    )  # fmt: skip


def _missing(rows: Iterable[Missing]) -> Iterator[Line]:
    for one in rows:
        written = one.recording
        form = policy().question_set(written.form, written.edition)
        yield Line(
            Section.DUE, one.words[:1].upper() + one.words[1:],
            reverse("recording:one", args=[written.ref]), None, False, written.child,
            one.name or str(one.worker or ""), wording.missing_of(form, one.on),
            form.clauses if form else (),
            reverse("recording:change", args=[written.ref]), "Add it",
        )  # fmt: skip


def _to_ask(viewer: User, today: date) -> Iterator[Line]:
    """One line for all children whom to ask: the worklist has them one by one."""
    if scope_of(viewer).persons.everyone or not scope_of(viewer).persons.worker_id:
        return
    count = worklist_for(viewer, today=today)[: MOST + 1].count()
    if count:
        clauses = sorted({clause for item in ask_set() for clause in item.clauses})
        yield Line(
            Section.DUE, wording.to_ask(count, MOST), reverse("people:worklist"),
            why="Questions about identity that nobody has asked yet",
            clauses=clauses[:MOST_CLAUSES],
            do_url=reverse("people:worklist"), do_words="Ask them",
        )  # fmt: skip
