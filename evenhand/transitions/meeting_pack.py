"""The pack for a monitoring meeting: whom it goes through, how each stands, what was said last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from django.conf import settings

from evenhand.design.documents import Document, Figures, Section
from evenhand.design.wording import child_name, day
from evenhand.facts.adopted import policy
from evenhand.rules.states import State
from evenhand.transitions.judging import Step
from evenhand.transitions.models import AgendaCase, TransitionPlan
from evenhand.transitions.protocol import value_on
from evenhand.transitions.wording import branch_words, steps_words, view_words

TITLE = "Pack for the transition monitoring meeting"
NOTES = (
    (
        "It names young people. Keep it where their records are kept, and destroy copies after the "
        "meeting."
    ),
)
AGENDA = ("Young person", "Born", "Adult service", "View", "How it stands", "Worker")
MILESTONES = ("Milestone", "By when", "How it stands")


def document_of(
    plans: Sequence[TransitionPlan], steps: Mapping[int, Sequence[Step]],
    last: Mapping[int, AgendaCase], today: date,
) -> Document:  # fmt: skip
    """Return the pack as at a day; ``steps`` and ``last`` (the newest note) are by plan."""
    youngest = value_on("monitored-from", today)
    late = sum(one.state is State.LATE for plan in plans for one in steps[plan.pk])
    counted = (
        (
            f"{_count(len(plans), 'plan')} of young people of {youngest} and over for whom "
            f"responsibility has not passed yet; {_count(late, 'milestone')} overdue."
        ),
    )
    rows = tuple(_line(plan, steps[plan.pk]) for plan in plans)
    agenda = Figures("Agenda", AGENDA, (False,) * len(AGENDA), rows)
    cases = tuple(_case(plan, steps[plan.pk], last.get(plan.pk)) for plan in plans)
    whole = Section("Whom the meeting goes through", counted, (agenda,) if rows else ())
    return Document(TITLE, settings.AUTHORITY, today, (whole, *cases), NOTES)


def _line(plan: TransitionPlan, steps: Sequence[Step]) -> tuple[str, ...]:
    child = plan.child
    born = day(child.born_on) if child.born_on else "Not recorded"
    return (
        child_name(child, surname_first=True), born, plan.route, view_words(plan),
        steps_words(steps), str(child.worker or "Nobody"),
    )  # fmt: skip


def _case(plan: TransitionPlan, steps: Sequence[Step], last: AgendaCase | None) -> Section:
    rows = tuple((one.words, _when(one), _state(one)) for one in steps)
    table = Figures("Milestones", MILESTONES, (False,) * len(MILESTONES), rows)
    heading = f"{child_name(plan.child)}: {plan.route}"
    return Section(heading, tuple(_sentences(plan, last)), (table,) if rows else ())


def _sentences(plan: TransitionPlan, last: AgendaCase | None) -> Iterator[str]:
    yield f"View: {view_words(plan)}. Leaves education: {branch_words(plan)}."
    if last is None:
        yield "Not on the agenda of a meeting before."
    elif not last.is_discussed:
        yield f"Carried on: the meeting of {day(last.meeting.held_on)} did not reach them."
    else:
        yield f"Said on {day(last.meeting.held_on)}: {last.note}"
        if last.difficulty:
            yield f"What stands in the way: {last.difficulty}"


def _when(step: Step) -> str:
    return day(step.due) if step.due else "Not to be told yet"


def _state(step: Step) -> str:
    words = policy().word(step.state.value, section="states")
    return f"{words}: {day(step.done)}" if step.done else words


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
