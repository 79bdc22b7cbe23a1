"""Decisions line by line, the queue, and what the tiers come to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.urls import reverse

from evenhand.design.cells import child_cell
from evenhand.design.components import Cell, SummaryRow, Table
from evenhand.design.wording import day, percent
from evenhand.eligibility.escalations import Diverted, Pair
from evenhand.eligibility.gaps import gaps_of
from evenhand.eligibility.models import Decision, Letter
from evenhand.eligibility.pack import Decidable, Tiers, decidable, words_of
from evenhand.eligibility.queries import LAST, Departures, Tally
from evenhand.facts.adopted import policy
from evenhand.recording.models import Recording
from evenhand.recording.sets import edition_of
from evenhand.recording.tables import title_of


def queue_table(found: Iterable[Recording], tiers: Tiers) -> Table:
    """Return open referrals, the most urgent first: the tier, whose they are, and the decision."""
    names = {one.id: one for one in tiers.choices}
    rows = [_queued(one, names) for one in found]
    return Table(
        "Open referrals by tier", ["Child", "Tier", "Priority", "Advised", "Decision", "Worker"],
        rows, empty="No open referral has a tier yet. It appears once it is weighed up.",
        caption_hidden=True,
    )  # fmt: skip


def _queued(one: Recording, names: Mapping[str, object]) -> list[object]:
    tier = names.get(one.tier)  # type: ignore[attr-defined]
    decisions: Sequence[Decision] = one.decided_last  # type: ignore[attr-defined]
    priority = one.priority if one.priority != LAST else None  # type: ignore[attr-defined]
    return [
        child_cell(one.child) if one.child else "No child",
        Cell(
            tier.label if tier else "More has to be answered",  # type: ignore[attr-defined]
            url=reverse("eligibility:advice", args=[one.ref]),
        ),
        priority,
        one.on,
        _decided(decisions[0]) if decisions else "Not decided yet",
        str(one.worker or "No worker"),
    ]


def _decided(decision: Decision) -> Cell:
    lacks = gaps_of(decision)
    said = f"{decision.decided_by or 'Nobody named'}, {day(decision.decided_on)}"
    return Cell(said, note="; ".join(lacks))


def decisions_table(found: Iterable[Decision], held: Decidable) -> Table:
    """Return what was decided on one recording's advice."""
    rows = [
        [
            Cell(
                held.label_of(one.decided), url=reverse("eligibility:decision", args=[one.ref]),
                note="; ".join(gaps_of(one)),
            ),
            one.decided_by or "Nobody named",
            one.decided_on,
            _how(one),
        ]
        for one in found
    ]  # fmt: skip
    return Table(
        "What was decided", ["Decision", "By whom", "When", "Beside the advice"], rows,
        empty="Nothing has been decided yet.",
    )  # fmt: skip


def _how(decision: Decision) -> str:
    if decision.entered_in_error:
        return "Entered in error"
    if not decision.decided:
        return "Not said"
    if not decision.advised:
        return "Nothing was advised"
    return "Otherwise than advised" if decision.departs else "As advised"


def decision_rows(decision: Decision, held: Decidable) -> list[SummaryRow]:
    """Return a decision line by line; what was not written is left out."""
    advised = held.label_of(decision.advised) if decision.advised else "Nothing: answers lacked"
    rows = [
        SummaryRow("Advised", advised),
        SummaryRow("By the criteria of", decision.edition),
        SummaryRow("Decided", held.label_of(decision.decided)),
        SummaryRow("Beside the advice", _how(decision)),
        SummaryRow("By whom", decision.decided_by or "Nobody named"),
        SummaryRow("When", decision.decided_on),
        SummaryRow("Why not as advised", decision.why_departs),
        SummaryRow("Reasons, in words for the family", decision.reasons),
        SummaryRow("Family told", decision.told_on),
        SummaryRow("How", decision.told_how),
        SummaryRow("What stays open", "; ".join(words_of(decision.stays_open))),
        SummaryRow("Where the child goes next", decision.goes_next),
        SummaryRow("Challenged", decision.challenged_on),
        SummaryRow("By", decision.challenged_by),
        SummaryRow("What they said", decision.challenge),
        SummaryRow("Answered", decision.answered_on),
        SummaryRow("Answered by", decision.answered_by),
        SummaryRow("The answer", decision.answer),
    ]
    return [row for row in rows if row.value not in (None, "")]


def letters_table(found: Iterable[Letter]) -> Table:
    """Return the letters of a decision: in which language and form, and whether they went."""
    rows = [
        [
            _letter(one),
            one.written_by.name,
            one.written_at.date(),
            f"{day(one.sent_on)}, {one.sent_how}, {one.sent_by.name}" if one.sent_on and one.sent_by
            else "Waits for somebody to send it",
        ]
        for one in found
    ]  # fmt: skip
    return Table(
        "Letters to the family", ["Letter", "Written by", "Written", "Sent"], rows,
        empty="No letter has been written.",
    )  # fmt: skip


def _letter(one: Letter) -> Cell:
    return Cell(f"{one.language}, {one.format}", url=reverse("eligibility:letter", args=[one.ref]))


def tiers_table(found: Mapping[str, Tally], tiers: Tiers) -> Table:
    """Return how often each tier was advised, decided, and departed from."""
    rows = [
        [one.label, one.priority, *(found[one.id])]
        for one in tiers.choices
    ]  # fmt: skip
    columns = ["Tier", "Priority", "Advised", "Decided", "Advised, and decided otherwise"]
    return Table("Tiers advised and decided", columns, rows)


def diversion_words(found: Diverted, tiers: Tiers) -> str:
    """Return the rate of diversion as a sentence, with what is not answered named."""
    asked, unanswered = tiers.diversion, found.answers[""]
    answered = found.plans - unanswered
    rest = [
        f"{label.lower()}: {found.answers[code]}"
        for code, label in asked.choices.items()
        if code != asked.achieved
    ]
    others = "; ".join([*rest, f"not answered: {unanswered}"])
    if not answered:
        return f"No closed tier 3 plan says yet whether the child was diverted ({others})."
    part = found.answers[asked.achieved]
    rate = percent(part, answered)
    said = f"Of {answered} closed plans that say it, the child was diverted in {part} ({rate})"
    return f"{said}; {others}."


def departures_table(found: Iterable[Departures]) -> Table:
    """Return, form by form, how often people decided otherwise than was advised."""
    rows = [
        [_form(one.form), one.decisions, one.departed, one.without_reasons]
        for one in found
    ]  # fmt: skip
    return Table(
        "Decided otherwise than advised",
        ["Criteria", "Decisions", "Otherwise than advised", "Of those, without reasons"], rows,
        empty="Nothing has been decided yet.",
    )  # fmt: skip


def _form(form: str) -> str:
    editions = policy().question_sets.get(form, ())
    return editions[-1].title if editions else form


def escalations_table(found: Iterable[Pair], tiers: Tiers) -> Table:
    """Return children first at the lowest tier and later at a higher, with the gaps logged."""
    names = {one.id: one.label for one in tiers.choices}
    rows = [
        [
            child_cell(one.child),
            Cell(names[one.first.tier], note=day(one.first.on)),
            Cell(names[one.later.tier], note=day(one.later.on)),
            "; ".join(_gap(each) for each in one.gaps) or "None logged",
        ]
        for one in found
    ]
    return Table(
        "Referred again at a higher tier", ["Child", "First", "Later", "Gaps in services"], rows,
        empty="No child of yours came back at a higher tier.",
    )  # fmt: skip


def _gap(recording: Recording) -> str:
    given = recording.answers.filter(question__in=("service", "group")).order_by("-question")
    return f"{', '.join(one.code for one in given if one.code)} ({day(recording.on)})"


def held_of(recording: Recording) -> Decidable | None:
    """Return what may be decided on a recording's advice."""
    return decidable(recording.form, recording.edition)


def advice_rows(recording: Recording) -> list[SummaryRow]:
    """Return what a recording's answers advise, by whom they were written, and the criteria."""
    asked = edition_of(recording.form, recording.edition)
    advice = (
        next((one for one in asked.advice if one.id == recording.advice), None) if asked else None
    )
    return [
        SummaryRow("Advised", advice.label if advice else "Nothing yet: more has to be answered"),
        SummaryRow("Because", advice.words if advice else ""),
        SummaryRow("Adviser", recording.recorded_by.name),
        SummaryRow("Date", recording.on),
        SummaryRow("By the criteria of", recording.edition),
        SummaryRow(
            "What was written",
            Cell(title_of(recording), url=reverse("recording:one", args=[recording.ref])),
        ),
    ]
