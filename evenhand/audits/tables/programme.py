"""The year's programme as tables: months by line, team by team, and a list of slots."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from evenhand.accounts.roles import title_of
from evenhand.audits import pack
from evenhand.audits.models import Member, Sample, Slot
from evenhand.audits.queries.themed import Themed
from evenhand.audits.queries.year import Least, Placed, Year, kept_of, worst_of
from evenhand.audits.tables.samples import kind_words
from evenhand.design.cells import state_html
from evenhand.design.components import Cell, Column, SummaryRow, Table
from evenhand.design.wording import day
from evenhand.rules.states import State

MONTHS = range(1, 13)
MOST_LATE = 12  # on one page; how many there are stands above them
HALVES = (range(1, 7), range(7, 13))  # of a width that a page holds
LEAST_WORDS = {
    State.LATE: "annual minimum not met", State.OPEN: "annual minimum not met yet",
    State.KEPT: "annual minimum met", State.KEPT_LATE: "annual minimum met late",
}  # fmt: skip


def calendar_tables(year: Year) -> list[Table]:
    """Return the timetable, what stands beside it, and each line that has slots team by team."""
    timetable, beside = year.lines(in_timetable=True), year.lines(in_timetable=False)
    made = [
        _months_table(year, timetable, f"The timetable of {year.number}"),
        _months_table(year, beside, "Beside the timetable"),
    ]
    if len(year.teams()) > 1:
        of_teams = [line for line in pack.lines().values() if line.whose == pack.TEAM]
        made += [_teams_table(year, line, half) for line in of_teams for half in HALVES]
    return [table for table in made if len(table.columns) > 1]


def _months_table(year: Year, lines: Sequence[pack.Line], caption: str) -> Table:
    """Return the months, and in each how every line stands that has slots in the year."""
    drawn = [line for line in lines if any(year.of(line.id, month) for month in MONTHS)]
    rows = [
        [_month(month, "%B"), *(placed_cell(year.of(line.id, month)) for line in drawn)]
        for month in MONTHS
    ]
    columns = ["Month", *(f"{line.title} ({line.type.short})" for line in drawn)]
    return Table(caption, columns, rows, narrow="scroll")


def _teams_table(year: Year, line: pack.Line, half: range) -> Table:
    rows = [
        [team.name, *(placed_cell(year.of(line.id, month, team.pk)) for month in half)]
        for team in year.teams()
    ]
    columns = ["Team", *(_month(month, "%b") for month in half)]
    months = f"{_month(half[0], '%B')} to {_month(half[-1], '%B')}"
    return Table(f"{line.title}, team by team, {months}", columns, rows, narrow="scroll")


def _month(month: int, shape: str) -> str:
    return format(date(2000, month, 1), shape)


def placed_cell(placed: Sequence[Placed]) -> Cell:
    """Return how a line stands in a month: 5/6 late; of several slots, how many are done."""
    if not placed:
        return Cell()
    state, slot = worst_of(placed), placed[0].slot
    words = placed[0].standing.words if len(placed) == 1 else f"{kept_of(placed)}/{len(placed)}"
    url = (
        reverse("audits:slot", args=[slot.ref]) if len(placed) == 1
        else _line_url(slot.line, slot.month.year, slot.month.month)
    )  # fmt: skip
    note = f"moved from {slot.planned:%B}" if _is_moved(slot) and len(placed) == 1 else ""
    return Cell(state_html(str(state), False, f"{words} {state}"), url=url, note=note)


def _is_moved(slot: Slot) -> bool:
    return slot.month != slot.planned


def _line_url(line: str, year: int, month: int | None = None) -> str:
    told = {"year": year, **({"month": month} if month else {})}
    return f"{reverse('audits:line', args=[line])}?{urlencode(told)}"


def slots_table(placed: Iterable[Placed], caption: str) -> Table:
    """Return slots one by one: which month, whose, how many of how many, and how each stands."""
    rows = [
        [
            Cell(f"{one.slot.month:%B %Y}", url=reverse("audits:slot", args=[one.slot.ref]),
                 note=title_of_slot(one.slot)),
            whose(one.slot),
            one.standing.words,
            Cell(state=one.standing.state),
            one.slot.due_on,
            one.slot.moved_why or None,
        ]
        for one in placed
    ]  # fmt: skip
    columns = ["Month", "Whose", "Done", "How it stands", "Due", "Moved or added, and why"]
    return Table(caption, columns, rows, empty="Nothing was drawn up for this.")


def late_table(late: Sequence[Placed]) -> Table | None:
    """Return what is late, the longest first; None where nothing is."""
    if not late:
        return None
    shown = f", the first {MOST_LATE} of {len(late)}" if len(late) > MOST_LATE else ""
    rows = [
        [
            Cell(title_of_slot(one.slot), url=reverse("audits:slot", args=[one.slot.ref])),
            whose(one.slot), Cell(one.standing.words, note="files done"), one.slot.due_on,
        ]
        for one in sorted(late, key=lambda one: one.slot.due_on)[:MOST_LATE]
    ]  # fmt: skip
    return Table(f"Late{shown}", ["Audit", "Whose", "Done", "Was due"], rows)


def whose(slot: Slot) -> str:
    """Return whose a slot is: a team, a person, or the role that answers for it."""
    line = pack.lines().get(slot.line)
    if slot.person is not None:
        return slot.person.name
    return str(slot.team or (title_of(line.owner) if line else "The authority"))


def title_of_slot(slot: Slot) -> str:
    """Return what is audited in a slot, in the packs' words."""
    line = pack.lines().get(slot.line)
    return line.title if line else slot.line.replace("-", " ").capitalize()


def title_of_list(sample: Sample) -> str:
    """Return what the files of a list are audited for: a line and its month, or a theme."""
    if sample.slot is None:
        return f"Themed audit: {sample.theme}"
    return f"{title_of_slot(sample.slot)}, {sample.slot.month:%B %Y}"


def themed_table(found: Sequence[Themed]) -> Table:
    """Return the themed audits of a year: what about, of which kind, how far, and by when."""
    rows = [
        [
            Cell(one.sample.theme, url=reverse("audits:sample", args=[one.sample.ref]),
                 note=one.sample.theme_why),
            kind_words(one.sample.type),
            Cell(f"{one.done} of {one.needed}", note="files"),
            Cell(state=one.state), one.sample.due_on,
        ]
        for one in found
    ]  # fmt: skip
    columns = ["Theme", "Kind of audit", "Done", "How it stands", "Due"]
    return Table("Beside the year: themed audits", columns, rows)


def moved_table(placed: Iterable[Placed]) -> Table:
    """Return what was moved or added in a year, and why."""
    rows = [
        [
            Cell(title_of_slot(one.slot), url=reverse("audits:slot", args=[one.slot.ref])),
            whose(one.slot),
            f"{one.slot.planned:%B %Y}",
            f"{one.slot.month:%B %Y}",
            one.slot.moved_why,
        ]
        for one in placed
    ]
    columns = ["Audit", "Whose", "Planned for", "Stands in", "Why"]
    return Table("Moved or added", columns, rows)


def least_words(found: Iterable[Least]) -> list[str]:
    """Return what is the least of a year, in sentences."""
    return [
        f"{one.line.title}, {one.outcome.due:%Y}: {LEAST_WORDS.get(one.outcome.state, 'not known')}"
        for one in found
    ]


def types_table() -> Table:
    """Return every kind of audit: its tier, whose it is, who may do one, and how often."""
    rows = [
        [
            Cell(one.title, note=one.short), one.tier, title_of(one.owner),
            ", ".join(title_of(role) for role in one.auditors), one.frequency,
        ]
        for one in pack.types().values()
    ]  # fmt: skip
    columns = ["Audit", Column("Tier", numeric=True), "Whose", "Who may do one", "How often"]
    return Table("Kinds of audit", columns, rows)


def slot_rows(one: Placed) -> list[SummaryRow]:
    """Return what there is to say of a slot."""
    slot, line = one.slot, pack.lines().get(one.slot.line)
    rows = [
        SummaryRow("How it stands", Cell(state_html(str(one.standing.state), False,
                                                    f"{one.standing.words} {one.standing.state}"))),
        *([SummaryRow("Whose", whose(slot))] if slot.team or slot.person else []),
        SummaryRow("Month", f"{slot.month:%B %Y}",
                   source=f"moved from {slot.planned:%B %Y}" if _is_moved(slot) else ""),
        SummaryRow("Due", slot.due_on),
        SummaryRow("Files to audit at the least", slot.files),
        SummaryRow("Answers for it", title_of(line.owner) if line else None),
        SummaryRow("Coordinator", slot.coordinator.name if slot.coordinator else None),
        SummaryRow("Held on", slot.audit_on),
        SummaryRow("Files from", _window(slot)),
    ]  # fmt: skip
    if slot.moved_why:
        rows.append(SummaryRow("Moved or added, and why", slot.moved_why))
    return rows


def _window(slot: Slot) -> str | None:
    if slot.since is None and slot.until is None:
        return None
    since = day(slot.since) if slot.since else "the beginning"
    return f"{since} to {day(slot.until) if slot.until else 'the day they are drawn'}"


def panel_table(members: Iterable[Member]) -> Table:
    """Return who is on a panel, and as what."""
    labels = {one.id: one.label for one in pack.panel_parts()}
    rows = [
        [member.name, labels.get(member.part, member.part), member.agency or None]
        for member in members
    ]
    return Table("Panel", ["Name", "Part", "Agency"], rows, empty="Nobody is named yet.")
