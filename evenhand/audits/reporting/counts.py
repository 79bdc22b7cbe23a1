"""What was done of what was due, what is missing, and what somebody picked."""

from __future__ import annotations

from collections.abc import Iterator

from evenhand.audits import pack
from evenhand.audits.models import Slot
from evenhand.audits.queries.counting import Counted
from evenhand.audits.queries.material import Material
from evenhand.audits.queries.programme import Standing
from evenhand.audits.reporting.showing import Showing
from evenhand.design.documents import Figures, Section
from evenhand.rules.states import State


def done(made_of: Material, _show: Showing) -> Iterator[Section]:
    """What was done of what was due, line by line; which fall short, and what is not due yet."""
    rows, short, every = [], [], [0, 0]
    for line, title in _lines(made_of).items():
        mine = [standing for slot, standing in made_of.slots if slot.line == line]
        due = sum(one.needed - _to_come(one) for one in mine)
        done = sum(one.done for one in mine)
        in_time = sum(min(one.in_time, one.needed) for one in mine)
        rows.append((title, str(due), str(done), str(in_time)))
        every = [every[0] + done, every[1] + due]
        if done < due:
            short.append(f"{title}: {done} of {due} audits are done.")
    whole = f"{every[0]} of {every[1]} audits that were due are done."
    sentences = [whole if rows else "No audit was due in this time.", *short]
    to_come = sum(_to_come(standing) for _, standing in made_of.slots)
    if to_come:
        many = "1 more is" if to_come == 1 else f"{to_come} more are"
        sentences.append(f"{many} not due yet: counted neither as due nor as missing.")
    lacking = len(made_of.drawn.lacking) + len(made_of.picked.lacking)
    if lacking:
        many = f"{lacking} audits lack a section and are"
        lacks = "1 audit lacks a section and is" if lacking == 1 else many
        sentences.append(f"{lacks} not counted below.")
    heads = ("Audit", "Due", "Done", "In time")
    table = Figures("Audits done of those due", heads, (False, True, True, True), tuple(rows))
    yield Section("What was done", tuple(sentences), (table,) if rows else ())


def missing(made_of: Material, _show: Showing) -> Iterator[Section]:
    """What was due and is not done, and what is done but lacks a section."""
    lacking_months: dict[tuple[str, str], list[str]] = {}
    for slot, standing in made_of.slots:
        if standing.done < standing.needed and not _to_come(standing):
            months = lacking_months.setdefault((_title(slot.line), _whose(slot)), [])
            months.append(f"{slot.month:%B} {standing.words}")
    rows = tuple((*key, ", ".join(months)) for key, months in lacking_months.items())
    tables = []
    if rows:
        heads = ("Audit", "Whose", "Months, and how many of how many are done")
        tables.append(Figures("Missing", heads, (False,) * len(heads), rows))
    lacking = tuple(
        (pack.type_called(one.type).title, one.team.name if one.team else "", one.ref)
        for one in (*made_of.drawn.lacking, *made_of.picked.lacking)
    )
    if lacking:
        heads = ("Audit", "Team", "Reference")
        tables.append(Figures("Done, but a section is missing", heads, (False,) * 3, lacking))
    if tables:
        yield Section("What is missing", (), tuple(tables))


def picked(made_of: Material, show: Showing) -> Iterator[Section]:
    """Files that somebody picked, apart from those drawn by chance."""
    if made_of.picked.audits:
        rows = tuple(_rows(made_of.picked, show))
        table = Figures("Files that were picked", ("Theme", "Met"), (False, True), rows)
        sentence = (
            f"{len(made_of.picked.audits)} files were picked by somebody, or drawn for a theme. "
            "They are counted here and nowhere else in this report."
        )
        yield Section("Files that were picked", (sentence,), (table,))


def _rows(counted: Counted, show: Showing) -> Iterator[tuple[str, str]]:
    found = counted.by(lambda mark: mark.theme)
    for theme, title in {"": "The grade of the whole", **counted.themes}.items():
        if theme in found:
            yield title, show.share(found[theme])


def _to_come(standing: Standing) -> int:
    """Return how many audits of a slot are neither done nor due yet."""
    return max(standing.needed - standing.done, 0) if standing.state is State.OPEN else 0


def _lines(made_of: Material) -> dict[str, str]:
    """Return the lines that anything was due of, in the packs' order, with their titles."""
    found = dict.fromkeys(slot.line for slot, _ in made_of.slots)
    order = [line for line in pack.lines() if line in found]
    return {line: _title(line) for line in (*order, *found)}


def _title(line: str) -> str:
    known = pack.lines().get(line)
    return known.title if known else line


def _whose(slot: Slot) -> str:
    if slot.team is not None:
        return slot.team.name
    return slot.person.name if slot.person is not None else "the authority"
