"""What there is to draw from: the files that fit, those left out and why, and their parts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache, partial
from typing import NamedTuple

from django.db.models import Q
from django.utils import timezone

from evenhand.accounts.models import Team, User, Worker
from evenhand.accounts.queries.users import in_force
from evenhand.accounts.scope import above
from evenhand.audits import pack
from evenhand.audits.models import Audit, Sample, Slot
from evenhand.audits.queries.barring import Barring, barring_of
from evenhand.audits.queries.populations import (
    NOT_KNOWN,
    STAGES,
    File,
    Filters,
    ethnicities_of,
    population_of,
    stage_words,
    stages_of,
    with_open,
)
from evenhand.people.models.closing import KEPT_CHILD, restricted_at
from evenhand.problems import Problem
from evenhand.rules import State, sampling
from evenhand.rules.arithmetic import add_months
from evenhand.standards.models import Standing
from evenhand.standards.queries import promises

Method = Sample.Method
PARTS: Mapping[str, str] = {
    "team": "Team", "worker": "Worker", "stage": "Stage", "ethnicity": "Ethnic group",
}  # fmt: skip
NO_TEAM, NO_WORKER = "No team", "No worker"
LATELY = "Being audited, or audited in the last {} months"
Keyed = Mapping[str, Sequence[str]]


class Choice(NamedTuple):
    """How to draw. ``by`` names the parts of a stratified draw; ``seed`` empty: a fresh one.

    ``again``: files that were audited lately, too. ``auditors`` are those to whom the files would
    go: what none of them may audit is left out.
    """

    method: str
    size: int = 0
    filters: Filters = Filters()
    by: str = ""
    seed: str = ""
    again: bool = False
    auditors: tuple[User, ...] = ()


class Fit(NamedTuple):
    """The files to draw from, by key; how many were left out and why; and where each key falls.

    ``keyed`` holds all keys by part (stratified) or by weight (weighted), else under nothing.
    """

    files: Mapping[str, File]
    left_out: Mapping[str, int]
    keyed: Keyed


def auditors_for(slot: Slot, on: date) -> list[User]:
    """Return who would audit the files of a slot: whose it is, else all who hold its roles."""
    line = pack.line_called(slot.line)
    if slot.person is not None:
        return [slot.person]
    roles = (line.owner,) if line.whose == pack.TEAM else line.auditors
    return _users(user for role in roles for user in _holders(role, slot, on))


def auditors_of_type(type_: str, on: date) -> list[User]:
    """Return who would audit files of a kind that no slot asks for: all who may do it."""
    grants = [in_force(on, role=role) for role in pack.type_called(type_).auditors]
    return _users(user for held in grants for user in held.values_list("user_id", flat=True))


def auditors_of(sample: Sample, on: date) -> list[User]:
    """Return who would audit the files of a list."""
    return auditors_for(sample.slot, on) if sample.slot else auditors_of_type(sample.type, on)


def is_own_team(sample: Sample) -> bool:
    """Whether auditors of a list may audit files of their own team."""
    return sample.slot is not None and pack.line_called(sample.slot.line).is_own_team


def _users(held: Iterable[int]) -> list[User]:
    users = User.objects.filter(pk__in=set(held), is_active=True).select_related("worker")
    return list(users.order_by("name", "pk"))


def _holders(role: str, slot: Slot, on: date) -> Iterable[int]:
    """Return who holds a role; for the slot of a team, over that team."""
    grants = in_force(on, role=role)
    if slot.team_id is not None:
        grants = grants.filter(Q(team=None) | Q(team__in=above([slot.team_id])[slot.team_id]))
    return grants.values_list("user_id", flat=True)


def files_of(slot: Slot, on: date) -> int:
    """Return how many files to draw: the packs' number for the line, else the standard's least."""
    try:
        return pack.limit(f"files-{slot.line}", on)
    except Problem:
        return slot.files


def fit(slot: Slot, choice: Choice, viewer: User, *, now: datetime) -> Fit:
    """Return what there is to draw from for a slot.

    Left out are files that none of the auditors may audit and, unless all are audited, records
    that are restricted and what was audited lately. Problem as ``population_of``.
    """
    line = pack.line_called(slot.line)
    filters = choice.filters
    if line.whose == pack.TEAM and slot.team_id is not None:
        filters = filters._replace(teams=(slot.team_id,))
    asked = choice._replace(filters=filters)
    return fit_of(line.population, asked, viewer, is_own_team=line.is_own_team, now=now)


def fit_of(
    population: str, choice: Choice, viewer: User, *, is_own_team: bool = False, now: datetime
) -> Fit:
    """Return what there is to draw from in a population, as ``fit`` does for a slot."""
    on = timezone.localdate(now)
    found = population_of(population, viewer, choice.filters, on)
    if choice.method == Method.WHOLE:
        return Fit({one.key: one for one in found}, {}, {"": sorted(one.key for one in found)})
    closed = restricted_at(now)
    open_ones = [one for one in found if one.child not in closed]  # nobody is told how many
    kept, left_out = _sifted(open_ones, choice, is_own_team=is_own_team, on=on)
    return Fit(kept, left_out, _keyed(kept, choice, now))


def _sifted(
    found: Iterable[File], choice: Choice, *, is_own_team: bool, on: date
) -> tuple[dict[str, File], Mapping[str, int]]:
    """Return what may be audited, by key, and how many may not, by why."""
    auditors, known = choice.auditors, cache(partial(barring_of, own_team=is_own_team))
    lately = frozenset[object]() if choice.again else _lately(on)
    words = LATELY.format(pack.limit("not-audited-again", on))
    left_out: Counter[str] = Counter()
    kept: dict[str, File] = {}
    for one in found:
        why = _barred(one, auditors, known) or (words if _is_among(one, lately) else "")
        if why:
            left_out[why] += 1
        else:
            kept[one.key] = one
    return kept, left_out


def _barred(file: File, auditors: Sequence[User], known: Callable[[User], Barring]) -> str:
    """Return why none of the auditors may audit a file; empty where one may.

    Of whom nothing has to be known, since somebody before them may, nothing is asked.
    """
    first = ""
    for auditor in auditors:
        why = known(auditor).why(file.child, (file.worker, *file.others), file.team)
        if not why:
            return ""
        first = first or why
    return first


def _lately(on: date) -> frozenset[object]:
    """Return what is being audited or was in the last months: children, and single events."""
    since = add_months(on, -pack.limit("not-audited-again", on))
    recent = Q(state=Audit.State.OPEN) | Q(state=Audit.State.DONE, done_on__gt=since)
    rows = Audit.objects.filter(recent).order_by()
    told = rows.values_list("subject", "about_id", KEPT_CHILD)
    return frozenset((s, about) if about is not None else child for s, about, child in told)


def _is_among(file: File, lately: frozenset[object]) -> bool:
    return (file.child if file.about is None else (file.subject, file.about)) in lately


def _keyed(files: Mapping[str, File], choice: Choice, now: datetime) -> Keyed:
    if choice.method == Method.STRATIFIED:
        return _gathered(parts_of(files.values(), choice.by))
    if choice.method == Method.WEIGHTED:
        weights = weights_of(files.values(), now)
        return _gathered({key: str(weight) for key, weight in weights.items()})
    return {"": sorted(files)}


def _gathered(parts: Mapping[str, str]) -> Keyed:
    found: dict[str, list[str]] = defaultdict(list)
    for key in sorted(parts):
        found[parts[key]].append(key)
    return dict(sorted(found.items()))


def parts_of(files: Collection[File], by: str) -> Mapping[str, str]:
    """Return the part into which each file falls, in words, by its key."""
    children = {one.child for one in files if one.child is not None}
    if by == "stage":
        stages, words = stages_of(children), stage_words()
        return {one.key: words[stages[one.child]] if one.child else NOT_KNOWN for one in files}
    if by == "ethnicity":
        groups = ethnicities_of(children)
        return {one.key: groups[one.child] if one.child else NOT_KNOWN for one in files}
    if by == "worker":
        workers = dict(Worker.objects.values_list("pk", "name"))
        return {one.key: workers.get(one.worker or 0, "") or NO_WORKER for one in files}
    teams = dict(Team.objects.values_list("pk", "name"))
    return {one.key: teams.get(one.team or 0, "") or NO_TEAM for one in files}


def weights_of(files: Collection[File], now: datetime) -> Mapping[str, int]:
    """Return how much each file weighs, by its key: one ticket, and those of the packs' risks."""
    children = {one.child for one in files if one.child is not None}
    found = {one.key: 1 for one in files}
    for risk in pack.risks(timezone.localdate(now)):
        at_risk = _telling(risk.tells, children, now)
        for one in files:
            found[one.key] += risk.adds if one.child in at_risk else 0
    return found


def _telling(tells: str, children: set[int], now: datetime) -> set[int]:
    if tells != "late":
        return with_open(STAGES[tells][0]) & children if tells in STAGES else set()
    today = timezone.localdate(now)
    overdue = Standing.objects.filter(kind=Standing.Kind.NOT_DONE, due_on__lt=today)
    rows = overdue.filter(child__isnull=False).iterator()
    late = {one.row.child_id for one in promises(rows, now) if one.state is State.LATE}
    return {pk for pk in late if pk is not None} & children


def drawn_of(method: str, keyed: Keyed, size: int, seed: str, least: int) -> list[sampling.Drawn]:
    """Draw from what was kept of a population: the same for the same, whenever it is done."""
    if method == Method.STRATIFIED:
        return sampling.draw_stratified(keyed, size, seed, least=least)
    every = [key for keys in keyed.values() for key in keys]
    if method == Method.WEIGHTED:
        weights = {key: int(weight) for weight, keys in keyed.items() for key in keys}
        return sampling.draw_weighted(weights, size, seed)
    whole = method in (Method.WHOLE, Method.PICKED)
    return sampling.draw(every, len(every) if whole else size, seed)
