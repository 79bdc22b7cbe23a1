"""A release as an OpenDocument spreadsheet (ods, OASIS OpenDocument 1.3): the same sheets as xlsx.

Written here, with lxml and zipfile: what is needed of the format is few elements, and the library
for all of it is no longer kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from lxml import etree
from lxml.builder import ElementMaker

from evenhand.equality.exports.publishing import (
    CONTENTS,
    CONTENTS_HEADINGS,
    COVER,
    LANGUAGE,
    NOTES,
    NOTES_HEADINGS,
    TABLE,
    Published,
    is_number,
)

ODS = "application/vnd.oasis.opendocument.spreadsheet"
OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES = {
    "office": f"{OASIS}office:1.0", "table": f"{OASIS}table:1.0", "text": f"{OASIS}text:1.0",
    "style": f"{OASIS}style:1.0", "meta": f"{OASIS}meta:1.0", "manifest": f"{OASIS}manifest:1.0",
    "fo": f"{OASIS}xsl-fo-compatible:1.0", "dc": "http://purl.org/dc/elements/1.1/",
    "xlink": "http://www.w3.org/1999/xlink",
}  # fmt: skip
VERSION = "1.3"
PARTS = ("content.xml", "styles.xml", "meta.xml")
LANGUAGE_PARTS = LANGUAGE.split("-")
WIDTHS = {"narrow": "3cm", "wide": "12cm"}
Element = etree._Element
OFFICE, SHEET, TEXT, STYLE, META, MANIFEST, DC = (
    ElementMaker(namespace=SPACES[name], nsmap=SPACES)
    for name in ("office", "table", "text", "style", "meta", "manifest", "dc")
)


def as_ods(one: Published) -> bytes:
    """Return the release as an OpenDocument spreadsheet; the same release is the same bytes."""
    members = {
        "content.xml": _content(one), "styles.xml": _styles(), "meta.xml": _meta(one),
        "META-INF/manifest.xml": _manifest(),
    }  # fmt: skip
    made, moment = BytesIO(), one.made_at.timetuple()[:6]
    with ZipFile(made, "w") as file:
        file.writestr(ZipInfo("mimetype", moment), ODS, ZIP_STORED)
        for name, root in members.items():
            data = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
            file.writestr(ZipInfo(name, moment), data, ZIP_DEFLATED)
    return made.getvalue()


def _content(one: Published) -> Element:
    headings, *rows = one.table
    sheets = [
        _sheet(COVER, [one.title, *one.cover], [], [], ["wide"]),
        _sheet(CONTENTS, [CONTENTS], CONTENTS_HEADINGS, one.contents, ["narrow", "wide"],
               leads=True),
        _sheet(NOTES, [NOTES], NOTES_HEADINGS, one.notes, ["narrow", "wide"]),
        _sheet(TABLE, [one.title, *one.intro], headings, rows,
               ["wide", *["narrow"] * (len(headings) - 1)]),
    ]  # fmt: skip
    ranges = [_range(CONTENTS, 1, 2, len(one.contents)), _range(NOTES, 1, 2, len(one.notes)),
              _range(TABLE, 1 + len(one.intro), len(headings), len(rows))]  # fmt: skip
    body = OFFICE.spreadsheet(*sheets, SHEET("database-ranges", *ranges))
    automatic = OFFICE("automatic-styles", *(_width(name) for name in WIDTHS))
    return OFFICE("document-content", automatic, OFFICE.body(body), _at("office", version=VERSION))


def _at(space: str, **named: str) -> dict[str, str]:
    return {f"{{{SPACES[space]}}}{name.replace('_', '-')}": value for name, value in named.items()}


def _width(name: str) -> Element:
    properties = STYLE("table-column-properties", _at("style", column_width=WIDTHS[name]))
    return STYLE.style(properties, _at("style", name=name, family="table-column"))


def _sheet(
    name: str,
    above: Sequence[str],
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[str],
    *,
    leads: bool = False,
) -> Element:
    columns = [SHEET("table-column", _at("table", style_name=width)) for width in widths]
    lines = [_row([line], "title" if place == 0 else "words") for place, line in enumerate(above)]
    head = [SHEET("table-header-rows", _row(headings, "heading"))] if headings else []
    body = [_row(cells, "words", leads=leads) for cells in rows]
    return SHEET.table(*columns, *lines, *head, *body, _at("table", name=name))


def _row(cells: Sequence[str], style: str, *, leads: bool = False) -> Element:
    made = [
        _cell(cell, style, number=column > 0, leads=leads and column == 0)
        for column, cell in enumerate(cells)
    ]
    return SHEET("table-row", *made)


def _cell(cell: str, style: str, *, number: bool, leads: bool) -> Element:
    said = TEXT.p(TEXT.a(cell, _at("xlink", href=f"#{cell}.A1", type="simple"))) if leads else (
        TEXT.p(cell)
    )  # fmt: skip
    if number and is_number(cell):
        return SHEET("table-cell", said, _at("office", value_type="float", value=cell))
    return SHEET(
        "table-cell", said, _at("office", value_type="string") | _at("table", style_name=style)
    )


def _range(sheet: str, above: int, columns: int, rows: int) -> Element:
    """Mark a table up as one, where a sheet's lines end."""
    last = chr(ord("A") + columns - 1)
    target = f"{sheet}.A{above + 1}:{sheet}.{last}{above + 1 + rows}"
    name = sheet if sheet == TABLE else f"{sheet}_table"
    return SHEET("database-range", _at("table", name=name, target_range_address=target))


def _styles() -> Element:
    language, country = LANGUAGE_PARTS
    spoken = STYLE("text-properties", _at("fo", language=language, country=country))
    wrapped = STYLE("table-cell-properties", _at("fo", wrap_option="wrap"))
    left = STYLE("paragraph-properties", _at("fo", text_align="start"))
    family = _at("style", family="table-cell")
    looks = [
        STYLE.style(wrapped, left, family | _at("style", name="words")),
        STYLE.style(
            _bold("11pt"), family | _at("style", name="heading", parent_style_name="words")
        ),
        STYLE.style(_bold("14pt"), family | _at("style", name="title")),
    ]
    default = STYLE("default-style", spoken, family)
    return OFFICE("document-styles", OFFICE.styles(default, *looks), _at("office", version=VERSION))


def _bold(size: str) -> Element:
    return STYLE("text-properties", _at("fo", font_weight="bold", font_size=size))


def _meta(one: Published) -> Element:
    told = OFFICE.meta(
        DC.title(one.title), DC.creator(one.authority), DC.language(LANGUAGE),
        DC.date(one.made_at.replace(microsecond=0, tzinfo=None).isoformat()),
    )  # fmt: skip
    return OFFICE("document-meta", told, _at("office", version=VERSION))


def _manifest() -> Element:
    entries = [("/", ODS), *((name, "text/xml") for name in PARTS)]
    return MANIFEST.manifest(
        *(MANIFEST("file-entry", _at("manifest", full_path=path, media_type=of_type))
          for path, of_type in entries),
        _at("manifest", version=VERSION),
    )  # fmt: skip
