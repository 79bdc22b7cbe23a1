"""Who a child is in our work, as audits grade it: by document, kind of work, team and service."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Mapping
from datetime import date
from functools import cache
from math import isnan
from typing import Any, NamedTuple

from django.db.models import Q

from evenhand.accounts.models import Team, User
from evenhand.accounts.queries import service_of
from evenhand.accounts.scope import scope_of
from evenhand.analytics.intervals import newcombe, wilson
from evenhand.audits import pack
from evenhand.audits.models import Audit
from evenhand.equality.comparison import rules_on
from evenhand.facts.adopted import policy
from evenhand.policy.disparity import Rules
from evenhand.recording.models import Answer
from evenhand.rules.periods import BEFORE, YEAR, spans_to

FILE = "identity-audits"
BEST, PAIR = 100, 2


class Part(NamedTuple):
    """What audits grade apart, and the question of their tools that grades it."""

    id: str
    label: str
    question: str


class Parts(NamedTuple):
    """What the packs ask of audits about who a child is (identity-audits.yaml)."""

    parts: tuple[Part, ...]
    compared: tuple[Part, ...]
    services: tuple[Part, ...]


class Share(NamedTuple):
    """How many met the standard, of how many, with the interval of the share (0 to 1)."""

    met: int
    of: int
    low: float
    high: float

    @property
    def rate(self) -> float:
        """Return the share, from 0 to 1; nan of none."""
        return self.met / self.of if self.of else float("nan")


class Told(NamedTuple):
    """A share in the year that is counted, and in the year before."""

    now: Share
    before: Share


class Gap(NamedTuple):
    """Two kinds of work side by side: by how many points the first is ahead, and likely between.

    ``before`` is the same a year ago; None where there was nothing to compare.
    """

    first: Part
    second: Part
    points: float
    low: float
    high: float
    before: float | None


class Standing(NamedTuple):
    """One service beside the average of all: ``leads`` where it is ahead of all others."""

    service: Team
    share: Share
    leads: bool


class Identity(NamedTuple):
    """What audits say of who children are in our work, within a viewer's counts."""

    parts: Mapping[Part, Told]
    by_team: Mapping[Team, Mapping[Part, Told]]
    compared: Mapping[Part, Told]
    gap: Gap | None
    services: list[Standing]
    average: Share | None


Counts = Mapping[tuple[int, str], list[int]]
"""By team and question: met and of so many in the year, and the same of the year before."""


def asked() -> Parts | None:
    """Return what the packs ask of audits; None where none has the file."""
    return _asked(policy().digest)


def identity_for(viewer: User, today: date) -> Identity | None:
    """Return what audits say, within the viewer's counts. Two queries. None: no pack asks."""
    found = asked()
    if found is None:
        return None
    rules = rules_on(today)
    counts = _counts(viewer, found, today, rules)
    teams = Team.objects.select_related("parent").in_bulk([pk for pk, _ in counts])
    compared = {part: _told(counts, part, rules) for part in found.compared}
    return Identity(
        {part: _told(counts, part, rules) for part in found.parts},
        _by_team(counts, teams, found.parts, rules),
        compared,
        _gap(compared, rules),
        _services(counts, teams, found.services, rules),
        _told(counts, found.services[0], rules).now if found.services else None,
    )


def part_for(viewer: User, today: date, id_: str) -> tuple[int, int]:
    """Return in how many of the last year's audits a part met the standard, and of how many."""
    found = asked()
    part = next((one for one in found.parts if one.id == id_), None) if found else None
    if found is None or part is None:
        return 0, 0
    rules = rules_on(today)
    share = _told(_counts(viewer, found, today, rules), part, rules).now
    return share.met, share.of


def _by_team(
    counts: Counts, teams: Mapping[int, Team], parts: tuple[Part, ...], rules: Rules
) -> dict[Team, dict[Part, Told]]:
    asked_of = {part.question for part in parts}
    named = {pk for pk, question in counts if question in asked_of}
    return {
        teams[pk]: {part: _told(counts, part, rules, {pk}) for part in parts}
        for pk in sorted(named & set(teams), key=lambda pk: (teams[pk].name, pk))
    }


def _services(
    counts: Counts, teams: Mapping[int, Team], parts: tuple[Part, ...], rules: Rules
) -> list[Standing]:
    """Return services by their share, the largest first; the first leads if it is ahead at all.

    Of fewer audits than groups are compared of, none leads.
    """
    if not parts:
        return []
    below: dict[Team, set[int]] = defaultdict(set)
    for pk, team in teams.items():
        below[service_of(team)].add(pk)
    told = {service: _told(counts, parts[0], rules, keys).now for service, keys in below.items()}
    found = [(service, share) for service, share in told.items() if share.of]
    in_order = sorted(found, key=lambda each: (-each[1].rate, each[0].name))
    average = _told(counts, parts[0], rules).now.rate
    first = next((one for one, share in in_order if share.of >= rules.smallest), None)
    return [
        Standing(service, share, service == first and share.rate > average)
        for service, share in in_order
    ]


def _gap(compared: Mapping[Part, Told], rules: Rules) -> Gap | None:
    if len(compared) != PAIR:
        return None
    (first, one), (second, other) = compared.items()
    if not one.now.of or not other.now.of:
        return None
    gap = newcombe(one.now.met, one.now.of, other.now.met, other.now.of, rules.confidence)
    ends = (BEST * float(each) for each in gap)
    was = BEST * (one.before.rate - other.before.rate)
    return Gap(first, second, *ends, None if isnan(was) else was)


def _told(counts: Counts, part: Part, rules: Rules, teams: Container[int] | None = None) -> Told:
    sums = [0, 0, 0, 0]
    for (team, question), cells in counts.items():
        if question == part.question and (teams is None or team in teams):
            sums = [one + other for one, other in zip(sums, cells, strict=True)]
    return Told(_share(*sums[:2], rules), _share(*sums[2:], rules))


def _share(met: int, of: int, rules: Rules) -> Share:
    ends = wilson(met, of, rules.confidence)
    return Share(met, of, float(ends.low), float(ends.high))


def _counts(viewer: User, found: Parts, today: date, rules: Rules) -> Counts:
    """Count answers on the scale, of audits of files drawn by chance; second audits left out."""
    spans = spans_to(today, rules.months)
    scope, scale = scope_of(viewer).aggregates, pack.scale()
    whose = Q() if scope.everyone else Q(recording__audit__team__in=scope.teams)
    span = (spans[BEFORE].since, spans[YEAR].until)
    rows = Answer.objects.filter(
        whose, row=0, question__in={part.question for parts in found for part in parts},
        code__in=[grade.id for grade in scale], recording__audit__state=Audit.State.DONE,
        recording__audit__twin_of=None, recording__audit__is_random=True,
        recording__audit__done_on__range=span,
    )  # fmt: skip
    met = {grade.id for grade in scale if grade.is_met}
    cells: dict[tuple[int, str], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    named = ("recording__audit__team", "question", "recording__audit__done_on", "code")
    for team, question, done_on, code in rows.values_list(*named):
        at = 0 if done_on >= spans[YEAR].since else 2
        cells[team or 0, question][at] += code in met
        cells[team or 0, question][at + 1] += 1
    return cells


@cache
def _asked(_digest: str) -> Parts | None:
    document: Any = policy().document(FILE)
    if not document:
        return None
    return Parts(*(
        tuple(Part(one["id"], one["label"], one["question"]) for one in document.get(name, ()))
        for name in Parts._fields
    ))  # fmt: skip
