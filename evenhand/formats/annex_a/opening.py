"""A workbook of Annex A opened: each sheet that is a list, laid out with its codes made plain.

Two layouts are met: Ofsted's template (guidance sheets, a title above the header) and plain
extracts. A list is known by the name of its sheet, or else by its columns; its header is the row
that has most of them. https://www.gov.uk/government/publications/inspecting-local-authority-childrens-services-from-2018
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import chain, islice
from typing import Final

from evenhand.formats import cells
from evenhand.formats.annex_a.tables import codes, months, tables, titles
from evenhand.formats.annex_a.values import code_of
from evenhand.formats.delimited import Row
from evenhand.formats.faults import FileFault, shown
from evenhand.formats.files import File
from evenhand.formats.format import Opened, Passed, Window
from evenhand.formats.recognise import Layout, layout, plain
from evenhand.formats.spool import Spool
from evenhand.formats.tables import Column, Table
from evenhand.formats.workbook import Workbook, is_workbook, open_workbook

_SHEET: Final = re.compile(r"^\s*list[\s_\-.]*0?(\d{1,2})(?!\d)", re.IGNORECASE)
_HEADER_WITHIN: Final = 25
_ENOUGH: Final = 5
_SEND: Final = frozenset({"sen_primary_need", "date_initial_ehc_plan_issued", "uln"})
_PRESENT_FIRST: Final = (8, 7, 6, 9, 5, 4, 3, 2, 1, 10, 11)
"""Lists that show the present come first: where rows are folded, what is said there stands."""


@dataclass(frozen=True, slots=True)
class _List:
    """A sheet that is a list: its layout, the line of its header, and its rows."""

    sheet: str
    layout: Layout
    rows: Iterator[Row]
    width: int


def open_file(file: File) -> list[Opened] | Passed | None:
    """Open a workbook whose sheets are lists of Annex A; None where none of them is.

    Raises FileFault for a list without a header or without a column that is needed, two sheets
    of one list, a workbook without a row, and the Annex A of another inspection.
    """
    if not is_workbook(file):
        return None
    book = _book(file)
    if isinstance(book, Passed):
        return book
    lists = list(_lists(book))
    if not lists:
        return _other_inspection(book)
    _refuse_twice(file, lists)
    spool = Spool(file.base)
    newest = max((_lay_out(spool, book, one) for one in lists), default=date.min)
    found = [_opened(file, spool, one, newest) for one in lists]
    filled = [one for one in found if spool.count(one.layout.table.name)]
    if not filled:
        raise FileFault(
            file.base,
            "it is a workbook of Annex A, and none of its lists has a row.",
            "Check that it is the filled workbook and not the template.",
        )
    return sorted(filled, key=lambda one: _PRESENT_FIRST.index(_number(one.layout.table)))


def _book(file: File) -> Workbook | Passed:
    """The workbook; one of a folder that cannot be opened is left aside with the reason."""
    try:
        return open_workbook(file)
    except FileFault as fault:
        if file.named:
            raise
        return Passed(file, f"{fault.sentence} {fault.remedy}")


def _number(table: Table) -> int:
    return int(table.name.rpartition("_")[2])


def _lists(book: Workbook) -> Iterator[_List]:
    for sheet in book.sheets:
        rows = book.rows(sheet)
        head = list(islice(rows, _HEADER_WITHIN))
        table = _named(sheet)
        if table is not None and _is_send(head):
            continue
        place, by_columns = _header(head, [table] if table else tables().values())
        if by_columns is None:
            if table is not None and head:
                raise _without_header(book.file, sheet, table)
            continue
        yield _list(book, sheet, by_columns, place, chain(head[place + 1 :], rows), head)


def _list(
    book: Workbook, sheet: str, table: Table, place: int, rows: Iterator[Row], head: list[Row]
) -> _List:
    header = [" ".join(name.split()) for name in head[place].cells]
    found = layout(f"{book.file.base}, sheet {sheet}", header, replace(table, spare=()))
    with_errors = Layout(table, (*found.places, len(header)), found.left_aside)
    return _List(sheet, with_errors, rows, len(header))


def _named(sheet: str) -> Table | None:
    """The list that a sheet's name says it is: List_3, List 3, List3, List 3 - Referrals."""
    found = _SHEET.match(sheet)
    return tables().get(f"annex_a_list_{found[1]}") if found else None


def _header(head: Sequence[Row], among: Iterable[Table]) -> tuple[int, Table | None]:
    """The place of the row that has most columns of one of the lists, and that list."""
    best: tuple[int, int, Table | None] = (0, 0, None)
    for table in among:
        spellings = {name for column in table.columns for name in _spellings(column)}
        needed = [column for column in table.columns if column.needed]
        for place, row in enumerate(head):
            names = {plain(cell) for cell in row.cells}
            shared = len(names & spellings)
            whole = all(names & set(_spellings(column)) for column in needed)
            if shared >= _ENOUGH and whole and shared > best[0]:
                best = (shared, place, table)
    return (best[1], best[2]) if best[2] else _nearly(head, among)


def _nearly(head: Sequence[Row], among: Iterable[Table]) -> tuple[int, Table | None]:
    """A header of a named list that lacks a needed column: ``layout`` then says which."""
    listed = list(among)
    if len(listed) != 1:
        return 0, None
    spellings = {name for column in listed[0].columns for name in _spellings(column)}
    counts = [len({plain(cell) for cell in row.cells} & spellings) for row in head]
    most = max(counts, default=0)
    return (counts.index(most), listed[0]) if most >= _ENOUGH - 2 else (0, None)


def _spellings(column: Column) -> tuple[str, ...]:
    return (plain(column.name), *map(plain, column.also))


def _is_send(head: Sequence[Row]) -> bool:
    return any(_SEND & {plain(cell) for cell in row.cells} for row in head)


def _other_inspection(book: Workbook) -> Passed | None:
    for sheet in book.sheets:
        if _is_send(list(islice(book.rows(sheet), _HEADER_WITHIN))):
            sentence = (
                "it is the Annex A of an area SEND inspection (children with education, health "
                "and care plans or SEN support)"
            )
            if book.file.named:
                raise FileFault(
                    book.file.base,
                    f"{sentence}, which is not read.",
                    "Choose the Annex A of children's services, or map the sheet as a report.",
                )
            return Passed(book.file, f"{sentence}, which is not read")
    return None


def _without_header(file: File, sheet: str, table: Table) -> FileFault:
    return FileFault(
        file.base,
        f"the sheet {shown(sheet)} has no row with the column names of list {_number(table)} "
        f"({titles()[table.name]}) among its first {_HEADER_WITHIN} rows.",
        f"Give it its header row, which begins {', '.join(c.name for c in table.columns[:3])}.",
    )


def _refuse_twice(file: File, lists: Sequence[_List]) -> None:
    seen: dict[str, str] = {}
    for one in lists:
        name = one.layout.table.name
        if name in seen:
            raise FileFault(
                file.base,
                f"the sheets {shown(seen[name])} and {shown(one.sheet)} are both list "
                f"{_number(one.layout.table)}.",
                "Keep one of them in the workbook, or join their rows.",
            )
        seen[name] = one.sheet


def _lay_out(spool: Spool, book: Workbook, one: _List) -> date:
    """Spool the rows of a list with their codes made plain; the newest day that they tell of."""
    table, errors = one.layout.table, book.errors(one.sheet)
    coded = _places(one.layout, "code")
    dated = _places(one.layout, "date", "day")
    dated = [(place, column) for place, column in dated if column.name != "Date of Birth"]
    names = {place: column.name for place, column in _places(one.layout)}
    newest = date.min
    for row in one.rows:
        texts = [*row.cells[: one.width], *[""] * (one.width - len(row.cells))]
        for place, column in coded:
            texts[place] = _plain_code(texts[place], column.codes)
        newest = max([newest, *(_day(texts[place]) for place, _ in dated)])
        met = (names[place] for place in errors.get(row.line, ()) if place in names)
        spool.add(table.name, row.line, [*texts, "; ".join(met)])
    return newest


def _places(found: Layout, *kinds: str) -> list[tuple[int, Column]]:
    pairs = zip(found.places, found.table.columns, strict=False)
    return [(p, c) for p, c in pairs if p is not None and (not kinds or c.kind in kinds)]


@lru_cache(maxsize=20_000)
def _plain_code(text: str, list_name: str) -> str:
    """The code that a text stands for; what cannot be told is left as it is, to be asked."""
    return code_of(text, list_name, codes()[list_name]) or text if text else ""


@lru_cache(maxsize=20_000)
def _day(text: str) -> date:
    found = cells.to_date(text) if text else None
    return found if isinstance(found, date) else date.min


def _opened(file: File, spool: Spool, one: _List, newest: date) -> Opened:
    name = one.layout.table.name
    covers = _window(newest, months()[name])
    return Opened(file, "utf-8", one.layout, lambda: spool.rows(name), covers)


def _window(newest: date, back: int) -> Window | None:
    """The months before the newest day of the workbook: all that began in them is listed."""
    if newest == date.min or not back:
        return None
    whole = newest.year * 12 + newest.month - 1 - back
    year, month = whole // 12, whole % 12 + 1
    return (date(year, month, min(newest.day, monthrange(year, month)[1])), newest)
