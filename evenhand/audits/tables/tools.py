"""Tools as tables: which there are, what each asks, its editions and what people say of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from django.urls import reverse

from evenhand.audits import pack
from evenhand.audits.models import ToolComment
from evenhand.audits.queries.tools import Edition
from evenhand.design.components import Cell, Table
from evenhand.design.wording import day
from evenhand.facts.adopted import policy
from evenhand.rules.question_sets import Choice, Question, QuestionSet
from evenhand.standards.wording import AUTHORITY


class Part(NamedTuple):
    """A section of a tool as it is read: its title, its clause, and its questions.

    ``again``: it is asked for each of several, as for each agency.
    """

    title: str
    words: str
    clause: str
    questions: Sequence[Question]
    again: bool = False


def tools_table(found: Mapping[str, QuestionSet]) -> Table:
    """Return every tool: for which audits, from which day, and on whose authority."""
    rows = [
        [
            Cell(asked.title, url=reverse("audits:tool", args=[tool])),
            ", ".join(one.title for one in pack.types().values() if one.tool == tool),
            asked.from_,
            AUTHORITY.get(asked.basis, asked.basis),
        ]
        for tool, asked in found.items()
    ]
    columns = ["Tool", "For", "From", "On whose authority"]
    return Table("Tools", columns, rows, empty="No adopted pack has tools for audits.")


def parts_of(asked: QuestionSet) -> list[Part]:
    """Return the questions of a tool, section by section, then those of its rows."""
    return list(_parts(asked))


def _parts(asked: QuestionSet) -> Iterator[Part]:
    placed = set()
    for section in asked.sections:
        mine = [one for one in asked.questions if one.id in section.questions]
        placed |= {one.id for one in mine}
        yield Part(section.title, section.words, section.clause, mine)
    loose = [one for one in asked.questions if one.id not in placed]
    if loose:
        yield Part("More", "", "", loose)
    if asked.rows is not None:
        yield Part(
            f"For each: {asked.rows.label.lower()}", "", "", asked.rows.questions, again=True
        )


def compliance_names(asked: QuestionSet) -> list[Choice]:
    """Return the standards that the record itself answers beside a tool: title and address."""
    known = policy().standards
    return [
        Choice(reverse("standards:standard", args=one.standard.split("/", 1)),
               known[one.standard].title)
        for one in asked.compliance
        if one.standard in known
    ]  # fmt: skip


def editions_table(
    tool: str, editions: Sequence[Edition], comments: Iterable[ToolComment]
) -> Table:
    """Return the editions of a tool, the newest first, with the comments that each took up."""
    taken: dict[object, int] = {}
    for one in comments:
        taken[one.answered_in] = taken.get(one.answered_in, 0) + 1
    address = reverse("audits:tool", args=[tool])
    rows = [
        [
            Cell(f"Edition {one.number}", url=f"{address}?from={one.asked.from_.isoformat()}",
                 note="In force" if one.is_current else ""),
            one.asked.from_,
            _linked(taken.get(one.asked.from_, 0)),
        ]
        for one in editions
    ]  # fmt: skip
    return Table("Editions", ["Edition", "From", "Comments it took up"], rows)


def _linked(number: int) -> str:
    return f"{number} linked comment{'' if number == 1 else 's'}" if number else "None"


def comments_table(found: Iterable[ToolComment], editions: Sequence[Edition]) -> Table:
    """Return what people say of a tool, and what became of it."""
    numbers = {one.asked.from_: one.number for one in editions}
    rows = [[Cell(one.words, note=f"{one.by.name}, {day(one.at)}"), _became(one, numbers)]
            for one in found]  # fmt: skip
    columns = ["What was said", "What became of it"]
    return Table("What people say of this tool", columns, rows, empty="Nothing yet.")


def _became(one: ToolComment, numbers: Mapping[object, int]) -> Cell:
    if one.answered_in is None:
        return Cell("Waiting for the next edition")
    number = numbers.get(one.answered_in)
    words = f"Edition {number}" if number else f"Edition from {day(one.answered_in)}"
    return Cell(f"Taken up in: {words}", note=one.answer)
