"""How plans stand to the milestones of their routes on a day, by the packs' standards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.utils import timezone

from evenhand.facts.adopted import policy
from evenhand.facts.horizons import horizons
from evenhand.facts.reading import columns
from evenhand.rules.outcomes import Outcome
from evenhand.rules.reference import evaluate
from evenhand.rules.standards import Standard
from evenhand.rules.states import Horizon, State
from evenhand.rules.values import Case, FactValue
from evenhand.transitions import protocol
from evenhand.transitions.facts import SUBJECT
from evenhand.transitions.models import TransitionPlan

VIEW_STEP = "A view whether the criteria are likely to be met"
LEAVING_STEP = "The day on which they expect to leave education"
LIAISON_STEP = "The two workers in touch"


class Step(NamedTuple):
    """One milestone of a plan: from when it is open, by when it is due, and how it stands.

    ``beside`` is what another rule says of the same. ``who`` is whose it is besides the worker.
    ``is_early``: that responsibility stayed, or passed too early, and not something to be done.
    """

    words: str
    state: State
    due: date | None
    done: date | None = None
    opens: date | None = None
    beside: str = ""
    beside_on: date | None = None
    who: str = ""
    standard: str = ""
    is_early: bool = False


Steps = Mapping[int, Sequence[Step]]


def steps_of(plans: Iterable[TransitionPlan], now: datetime) -> Steps:
    """Return the milestones of each plan by its key, as they stand now: few queries for all."""
    plans = list(plans)
    standards = _standards()
    names = sorted({name for one in standards.values() for name in one.facts()})
    known = horizons(names)
    read = columns(SUBJECT, names, ids=[plan.pk for plan in plans])
    cases = dict(zip(read.ids.tolist(), read.cases(), strict=True))
    judged = _Judged(standards, known, now)
    return {plan.pk: judged.steps(plan, cases[plan.pk]) for plan in plans}


def outcomes_of(name: str, case: Case, now: datetime) -> Sequence[Outcome]:
    """Return how a standard of the authority's own stands, of facts that the caller read."""
    standard = protocol.standard_for(name)
    if standard is None:
        return ()
    known = dict.fromkeys(standard.facts(), Horizon(None, None))
    return evaluate(standard, case, policy().calendar, now, known)


def _standards() -> Mapping[str, Standard]:
    wanted = {each for route in protocol.routes().values() for each in _named(route)}
    wanted |= {str(protocol.document().get(key, "")) for key in ("liaison", "kept-until-of-age")}
    known = policy().standards
    return {name: known[name] for name in wanted if name in known}


def _named(route: protocol.Route) -> Iterable[str]:
    for milestone in route.milestones:
        yield from (milestone.standard, milestone.beside)


class _Judged:
    """The standards of every route, asked of one plan after another."""

    def __init__(
        self,
        standards: Mapping[str, Standard],
        known: Mapping[str, Horizon | None],
        now: datetime,
    ) -> None:
        self.standards, self.known, self.now = standards, known, now

    def steps(self, plan: TransitionPlan, case: Case) -> list[Step]:
        """Return a plan's milestones, in the order of its route, then what goes on."""
        route = protocol.routes().get(plan.route)
        found = [self._step(one, case) for one in (route.milestones if route else ())]
        found[2:2] = [_view_step(plan), _leaving_step(plan)]
        found += [*self._liaison(case), *self._early(plan, case)]
        return [one for one in found if _is_met_with(one)]

    def _step(self, milestone: protocol.Milestone, case: Case) -> Step:
        outcome = self._last(milestone.standard, case)
        beside = self._last(milestone.beside, case) if milestone.beside else None
        title = self.standards[milestone.beside].title if beside else ""
        return Step(
            milestone.words,
            outcome.state if outcome else State.NO_RULE,
            _day(outcome.due) if outcome else None,
            _day(outcome.done) if outcome else None,
            _day(case.get(milestone.opens)) if milestone.opens else None,
            title,
            _day(beside.due) if beside else None,
            milestone.who,
            milestone.standard,
        )

    def _last(self, name: str, case: Case) -> Outcome | None:
        standard = self.standards.get(name)
        if standard is None:
            return None
        return evaluate(standard, case, policy().calendar, self.now, self.known)[-1]

    def _liaison(self, case: Case) -> Iterable[Step]:
        name = str(protocol.document().get("liaison", ""))
        found = self._last(name, case)
        if found is not None and case.get("transition.transitional_worker_named"):
            who = "both managers"
            yield Step(LIAISON_STEP, found.state, _day(found.due), _day(found.done), who=who,
                       standard=name)  # fmt: skip

    def _early(self, plan: TransitionPlan, case: Case) -> Iterable[Step]:
        """Say whether responsibility stayed until the young person was of age."""
        name = str(protocol.document().get("kept-until-of-age", ""))
        found = self._last(name, case)
        if found is not None and plan.transferred_on is not None:
            of_age = protocol.grown_up(plan.child.born_on)
            words = self.standards[name].title
            yield Step(
                words, found.state, of_age, plan.transferred_on, standard=name, is_early=True
            )


def _is_met_with(step: Step) -> bool:
    """Whether a step is one for this young person: it applies, and has or may have a day."""
    dateless = step.due is None and step.state in (State.NOT_RECORDED, State.NO_RULE)
    return step.state is not State.NOT_APPLICABLE and not dateless


def _view_step(plan: TransitionPlan) -> Step:
    state = State.OPEN
    if plan.likely and plan.has_reasons:
        state = State.KEPT
    elif plan.reviewed_on:
        state = State.LATE
    return Step(VIEW_STEP, state, plan.reviewed_on)


def _leaving_step(plan: TransitionPlan) -> Step:
    late = State.LATE if plan.reviewed_on else State.OPEN
    state = State.KEPT if plan.leaving_on else late
    return Step(LEAVING_STEP, state, plan.reviewed_on)


def _day(value: FactValue) -> date | None:
    if isinstance(value, datetime):
        return timezone.localdate(value)
    return value if isinstance(value, date) else None
