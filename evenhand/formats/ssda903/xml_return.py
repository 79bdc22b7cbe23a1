"""The return as one XML file: laid out as the same modules that the CSV files are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from evenhand.formats import cells
from evenhand.formats.faults import FileFault
from evenhand.formats.files import File
from evenhand.formats.format import Opened
from evenhand.formats.spool import Spool
from evenhand.formats.ssda903 import years
from evenhand.formats.ssda903.modules import KEY, RETURN, tables
from evenhand.formats.ssda903.scanning import DATED, window
from evenhand.formats.ssda903.tidying import Tidy, plain_layout
from evenhand.formats.xml import Element, elements, is_xml, line_of, root_of

ROOT: Final = "EXPSSDA903"


@dataclass(frozen=True, slots=True)
class _Part:
    """Rows of one module: the group that holds one, and which item shows that there is a row."""

    table: str
    group: str
    shown_by: tuple[str, ...]


_PARTS: Final = (
    _Part("903_uasc", "", ("UASC", "DUC")),
    _Part("903_oc3", "", ("IN_TOUCH", "ACTIV", "ACCOM")),
    _Part("903_ad1", "", ("DATE_INT", "DATE_MATCH")),
    _Part("903_reviews", "AREVIEW", ("REVIEW", "REVIEW_CODE")),
    _Part("903_missing", "AMISSING", ("MISSING", "MIS_START", "MIS_END")),
    _Part("903_oc2", "OC2", ()),
    _Part("903_prevperm", "PERMANENCE", ("PREV_PERM", "DATE_PERM")),
    _Part("903_placedadoption", "AD_PLACED", ("DATE_PLACED", "DATE_PLACED_CEASED")),
    _Part("903_swepisodes", "SWEPISODE", ("SW_ID", "SW_DECOM")),
    _Part("903_dolo", "DOLO", ("DOLO_START",)),
)
_SAME: Final[Mapping[str, str]] = {"CHILDID": "CHILD", "PL": "PLACE"}
_NO: Final = frozenset({"", "0", "false"})


def is_return(file: File) -> bool:
    """Whether a file is the return as XML."""
    return is_xml(file) and root_of(file) == ROOT


def open_xml(file: File) -> list[Opened]:
    """Lay the file out, module by module. FileFault where it is broken or holds no child."""
    spool, counts = Spool(file.base), Counter[int]()
    of = years.named(file.name)
    tidy = {name: Tidy(plain_layout(table), of) for name, table in tables().items()}
    for _, child in elements(file, "CHILD", ROOT):
        for table, at, items in _rows(child):
            spool.add(table, at, _laid_out(tidy[table], table, items))
            if table == "903_episodes":
                _count(counts, items)
    if not spool.count("903_header"):
        raise FileFault(file.base, "it holds no CHILD with a HEADER.", "Export the return again.")
    ends_in = years.shown_by(counts)
    return [_opened(file, spool, name, of, ends_in) for name in tables() if spool.count(name)]


def _opened(file: File, spool: Spool, name: str, of: str, ends_in: int | None) -> Opened:
    return Opened(
        file=file,
        encoding="utf-8",
        layout=plain_layout(tables()[name]),
        rows=lambda: spool.rows(name),
        covers=window(name, ends_in),
        order=of or str(ends_in or ""),
    )


def _laid_out(tidy: Tidy, table: str, items: Mapping[str, str]) -> list[str]:
    names = [c.name for c in tables()[table].columns if c.name not in (KEY, RETURN)]
    return tidy.row([items.get(name, "") for name in names])


def _rows(child: Element) -> Iterator[tuple[str, int, dict[str, str]]]:
    header = child.find("HEADER")
    own = _items(header) if header is not None else {}
    if header is not None:
        yield "903_header", line_of(header), own
        yield from _of_header(header, own)
    shared = {name: own.get(name, "") for name in ("CHILD", "DOB", "SEX")}
    for episode in child.iterfind("EPISODE"):
        yield "903_episodes", line_of(episode), shared | _items(episode)


def _of_header(header: Element, own: dict[str, str]) -> Iterator[tuple[str, int, dict[str, str]]]:
    for part in _PARTS:
        groups = header.iterfind(part.group) if part.group else (header,)
        for group in groups:
            items = own | (_items(group) if part.group else {})
            if _says_something(part, items):
                yield part.table, line_of(group), items


def _says_something(part: _Part, items: Mapping[str, str]) -> bool:
    wanted = part.shown_by
    return not wanted or any(items.get(name, "").lower() not in _NO for name in wanted)


def _items(group: Any) -> dict[str, str]:
    found = {item.tag: (item.text or "").strip() for item in group if not len(item)}
    return {_SAME.get(tag, tag): text for tag, text in found.items()}


def _count(counts: Counter[int], items: Mapping[str, str]) -> None:
    for name in DATED["903_episodes"]:
        value = cells.to_date(items.get(name, ""))
        if isinstance(value, date):
            counts[years.year_of(value)] += 1
            return
