"""What a tool's own questions come to: how often yes, and how much of what there is to tick."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from evenhand.audits.models import Audit
from evenhand.audits.pack import Beside, Share
from evenhand.audits.queries.counting import Tally
from evenhand.recording.models import Answer
from evenhand.recording.sets import edition_of
from evenhand.rules.question_sets import Question

NOT_SAID = "Not said which"


class Plan(NamedTuple):
    """One audit with what stands beside its grade: how much something changed, and what it is."""

    audit: Audit
    change: int | None
    answer: str


def shares_of(share: Share, audits: Iterable[Audit]) -> dict[str, Tally]:
    """Return how many were met of how many; by the answer in the same row where it says so.

    A question with several things to tick counts each of them. Two queries for any number.
    """
    asked = _asked(share.question, audits)
    answers = Answer.objects.filter(recording__audit__in=asked, question=share.question)
    rows = list(answers.values_list("recording__audit", "row", "yes", "code"))
    groups = _groups(share, asked)
    found: dict[str, Tally] = {}
    for key in dict.fromkeys((audit, row) for audit, row, _, _ in rows):
        mine = [(yes, code) for audit, row, yes, code in rows if (audit, row) == key]
        group = groups.get(key, NOT_SAID if share.by_row else share.title)
        n, of = found.get(group, (0, 0))
        more = _one(asked[key[0]], mine)
        found[group] = Tally(n + more.n, of + more.of)
    return {group: tally for group, tally in found.items() if tally.of}


def _one(question: Question, given: Sequence[tuple[bool | None, str]]) -> Tally:
    if question.kind == "several":
        ticked = {code for _, code in given if code}
        return Tally(len(ticked), len(question.choices))
    said = [yes for yes, _ in given if yes is not None]
    return Tally(sum(said), len(said))


def _groups(share: Share, asked: Mapping[int, Question]) -> dict[tuple[int, int], str]:
    if not share.by_row:
        return {}
    answers = Answer.objects.filter(recording__audit__in=asked, question=share.by_row)
    rows = answers.exclude(code="").values_list(
        "recording__audit", "recording__audit__tool", "recording__audit__edition", "row", "code"
    )
    found = {}
    for audit, tool, edition, row, code in rows:
        tool_asked = edition_of(tool, edition)
        question = tool_asked.question(share.by_row) if tool_asked else None
        found[audit, row] = question.label_of(code) if question else code
    return found


def _asked(id_: str, audits: Iterable[Audit]) -> dict[int, Question]:
    """Return the question as each audit's edition asks it, by the audit's key."""
    found = {}
    for one in audits:
        asked = edition_of(one.tool, one.edition)
        question = asked.question(id_) if asked else None
        if question is not None:
            found[one.pk] = question
    return found


def plans_of(change: Beside | None, choice: Beside | None, audits: Iterable[Audit]) -> list[Plan]:
    """Return each audit with the change between two numbers and with the answer to a choice."""
    every = list(audits)
    wanted = [n for one in (change, choice) if one for n in (one.before, one.after, one.question)]
    answers = Answer.objects.filter(
        recording__audit__in=[one.pk for one in every], question__in=wanted, row=0
    )
    given = {
        (audit, question): (number, code)
        for audit, question, number, code in answers.values_list(
            "recording__audit", "question", "number", "code"
        )
    }
    made = []
    for one in every:
        before = given.get((one.pk, change.before), (None, ""))[0] if change else None
        after = given.get((one.pk, change.after), (None, ""))[0] if change else None
        known = before is not None and after is not None
        said = given.get((one.pk, choice.question), (None, ""))[1] if choice else ""
        made.append(Plan(one, after - before if known else None, said))
    return made
