"""The demonstration's year behind it: what was audited in the months before, and what was not.

What was done by then is written at once, not through the actions that people use: there are some
hundred audits, and it is to be quick. The newest months are done through them (``demo_conduct``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from evenhand.accounts.actions import create_user, grant
from evenhand.accounts.models import Role, User, Worker
from evenhand.accounts.queries.users import in_force
from evenhand.accounts.references import new_reference
from evenhand.audits import pack
from evenhand.audits.demo_written import Read, noon, workday, write
from evenhand.audits.models import Sample, SampledFile, Slot
from evenhand.audits.queries.calendar import teams_audited
from evenhand.audits.queries.drawing import drawn_of, files_of
from evenhand.audits.queries.populations import File, Filters, has_window, population_of
from evenhand.casework.models import ProtectionPlan
from evenhand.people.models import Involvement
from evenhand.problems import Problem
from evenhand.rules import sampling
from evenhand.rules.arithmetic import add_months

Method = Sample.Method
KEPT_BACK = 4  # of so many open files one: lists that are drawn now have something to draw from
CLOSED_SINCE = 6  # months in which a file that was closed is still looked into
FIRST_DAY, DAYS_APART, LAST_DAY = 5, 4, 22
SHORT = {"team-manager": (8, 3), "data-officer": (6, 1)}
"""Of these lines one team missed its number in a month: so many files were not read."""
LATE = ("team-manager", 5)
"""Another team's last file of this month was read a few days into the next."""


@dataclass(frozen=True)
class People:
    """Who audits: managers by their team, others by their role."""

    managers: Mapping[int, User]
    by_role: Mapping[str, User]

    def auditor_of(self, slot: Slot) -> User | None:
        """Return who audits the files of a slot."""
        if slot.person is not None:
            return slot.person
        if slot.line == "team-manager":
            return self.managers.get(slot.team_id or 0)
        held = pack.line_called(slot.line).auditors
        return next((self.by_role[role] for role in held if role in self.by_role), None)


def managers(_by: User, at: datetime) -> None:
    """Let the managers of the other teams be known, who do not sign in: they audit, too."""
    held = set(
        in_force(timezone.localdate(at), role=Role.TEAM_MANAGER).values_list("team", flat=True)
    )
    for team in teams_audited(at.year).exclude(pk__in=held):
        free = Worker.objects.filter(team=team, job_title__icontains="manager", user=None)
        worker = free.order_by("pk").first()
        if worker is not None:
            name = f"manager-{team.code or team.pk}".lower()
            user = create_user(by=None, at=at, username=name, name=str(worker), worker=worker)
            grant(user, by=None, at=at, role=Role.TEAM_MANAGER, team=team,
                  starts_on=date(at.year - 1, 1, 1))  # fmt: skip


def behind(by: User, at: datetime) -> None:
    """Audit what was due in the months before this one, but for what somebody missed."""
    this = timezone.localdate(at).replace(day=1)
    slots = Slot.objects.filter(month__lt=this, audits=None, closed_at=None)
    people, read = _people(at), list[Read]()
    for slot in slots.select_related("team", "person__worker").order_by("month", "line", "pk"):
        auditor = people.auditor_of(slot)
        if auditor is not None:
            read += _read(slot, auditor, by)
    write(read, people.managers, people.by_role.get(Role.SERVICE_MANAGER))


def _people(at: datetime) -> People:
    today = timezone.localdate(at)
    over = in_force(today, role=Role.TEAM_MANAGER).select_related("user__worker")
    by_role = {role: in_force(today, role=role).select_related("user__worker").first()
               for role in Role if role != Role.PARTNER_AUDITOR}  # fmt: skip
    return People(
        {one.team_id: one.user for one in over if one.team_id},
        {role: one.user for role, one in by_role.items() if one is not None},
    )


def _read(slot: Slot, auditor: User, by: User) -> Iterator[Read]:
    files = _listed(slot, auditor, by) or _unlisted(slot)
    done = files[: len(files) - _missed(slot)]
    late = (slot.line, slot.month.month) == LATE and _place(slot) == 1
    for place, file in enumerate(done):
        on = workday(slot.month + timedelta(FIRST_DAY + DAYS_APART * place % LAST_DAY))
        yield Read(slot, file, auditor, slot.due_on + timedelta(4) if late and not place else on)


def _missed(slot: Slot) -> int:
    month, files = SHORT.get(slot.line, (0, 0))
    return files if slot.month.month == month and _place(slot) == 0 else 0


def _place(slot: Slot) -> int:
    """Return which of the teams a slot is of, by their order in the line's month."""
    same = Slot.objects.filter(line=slot.line, planned=slot.planned, pk__lt=slot.pk)
    return same.count()


def _listed(slot: Slot, auditor: User, by: User) -> list[SampledFile]:
    """Put files on a list as it would have been drawn then, and keep how."""
    line, found = pack.line_called(slot.line), {one.key: one for one in _files(slot, by)}
    if line.population == "nobody" or not found:
        return []
    method = _method(line)
    size = 1 if line.picked_by else files_of(slot, slot.month) - (line.id == "team-manager")
    keyed = {"": sorted(found)}
    drawn = drawn_of(method, keyed, size, slot.ref, 0) if not line.picked_by else []
    keys = [one.key for one in drawn] or sorted(found)[:1]
    sample = Sample.objects.create(
        ref=new_reference(), slot=slot, type=slot.type, population=line.population, method=method,
        seed="" if line.picked_by else slot.ref, size=len(keys) if line.is_whole else size,
        asked={"again": not line.is_whole}, of=len(found), digest=sampling.digest_of(found),
        drawn_from=keyed, as_at=slot.month, drawn_by=auditor, drawn_at=noon(slot.month),
    )  # fmt: skip
    return SampledFile.objects.bulk_create(
        _sampled(sample, place, found[key]) for place, key in enumerate(keys, 1)
    )


def _unlisted(slot: Slot) -> list[SampledFile]:
    """Return what was looked into without a list: Islehaven kept neither minutes nor supervision in
    a system then."""
    if slot.line == "supervision" and slot.person is not None and slot.person.worker is not None:
        staff = Worker.objects.filter(team__parent=slot.person.worker.team).order_by("pk")
        turn = slot.month.month % max(1, len(staff))
        return [_paper("supervision", worker=one, team=one.team) for one in staff[turn : turn + 1]]
    if slot.line == "minutes":
        plans = ProtectionPlan.objects.filter(withdrawn=False, started_on__lt=slot.month)
        plans = plans.filter(
            Q(ended_on=None) | Q(ended_on__gte=slot.month), child__merged_into=None
        )
        child = plans.order_by("-started_on", "pk").select_related("child__team")[:1]
        return [_paper("child", child=one.child, team=one.child.team) for one in child]
    return []


def _paper(subject: str, **whose: Any) -> SampledFile:
    return SampledFile(subject=subject, is_extra=True, **whose)


def _method(line: pack.Line) -> str:
    if line.picked_by:
        return Method.PICKED
    return Method.WHOLE if line.is_whole else Method.SIMPLE


def _sampled(sample: Sample, place: int, one: File) -> SampledFile:
    return SampledFile(
        sample=sample, ref=new_reference(), position=place, key=one.key, child_id=one.child,
        worker_id=one.worker, team_id=one.team, subject=one.subject, about_id=one.about,
    )  # fmt: skip


def _files(slot: Slot, by: User) -> Iterable[File]:
    population = pack.line_called(slot.line).population
    if population == "children":
        return _with_the_team(slot)
    if population == "nobody":
        return ()
    before = add_months(slot.month, -1)
    days = Filters(since=before, until=slot.month - date.resolution)
    try:
        return population_of(
            population, by, days if has_window(population) else Filters(), slot.month
        )
    except Problem:
        return ()


def _with_the_team(slot: Slot) -> Iterable[File]:
    """Return files of children who were with a team, or with any, in the months up to a slot's."""
    since, until = add_months(slot.month, -CLOSED_SINCE), add_months(slot.month, 1)
    rows = Involvement.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=since), withdrawn=False, starts_on__lt=until,
        team__isnull=False, child__merged_into=None,
    )  # fmt: skip
    rows = rows.filter(team=slot.team_id) if slot.team_id else rows
    named = ("child__ref", "child_id", "worker_id", "team_id", "child__is_open")
    found = {}
    for ref, child, worker, team, is_open in rows.order_by("pk").values_list(*named):
        if not (is_open and sampling.rank_of(ref, "kept back") % KEPT_BACK == 0):
            found[ref] = File(ref, "child", child, worker, team)
    return found.values()
