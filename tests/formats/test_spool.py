"""Rows laid out in temporary files, and typed rows as columns."""

from __future__ import annotations

import gc
import tracemalloc
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from evenhand.formats import limits, registry
from evenhand.formats.delimited import Row
from evenhand.formats.faults import FileFault
from evenhand.formats.frames import Frames, schema_of
from evenhand.formats.reading import Reader
from evenhand.formats.recognise import layout
from evenhand.formats.spool import Spool
from evenhand.formats.tables import Column, Table

EVENTS = Table(
    "events",
    (
        Column("key", "id", key=True, needed=True),
        Column("on", "date", needed=True),
        Column("seen", "day"),
        Column("miles", "number"),
    ),
)


def test_rows_come_back_as_often_as_asked_whatever_they_hold() -> None:
    spool = Spool("a.xml")
    cells = ["1", 'a "b", c', "two\nlines", "", "Zoë\0", "=1+1"]
    spool.add("one", 7, cells)
    spool.add("two", 8, ["x"])
    spool.add("one", 12, ["2"])
    assert list(spool.rows("one")) == [Row(7, cells), Row(12, ["2"])]
    first, second = iter(spool.rows("one")), iter(spool.rows("one"))
    assert next(first) == next(second)
    assert next(first) == Row(12, ["2"])
    assert list(spool.rows("none")) == []
    assert (spool.count("one"), spool.count("none")) == (2, 0)


def test_rows_may_be_added_after_others_were_read() -> None:
    spool = Spool("a.xml")
    spool.add("one", 1, ["a"])
    assert len(list(spool.rows("one"))) == 1
    spool.add("one", 2, ["b"])
    assert [row.cells for row in spool.rows("one")] == [["a"], ["b"]]


def test_rows_that_stand_on_one_line_are_told_apart() -> None:
    spool = Spool("a.xml")
    for cell in "abc":
        spool.add("one", 1, [cell])
    spool.add("one", 9, ["d"])
    assert [row.line for row in spool.rows("one")] == [1, 2, 3, 9]


def test_a_cell_that_is_too_long_is_cut_one_beyond_what_is_taken() -> None:
    spool = Spool("a.xml")
    spool.add("one", 1, ["x" * 5_000_000])
    (row,) = spool.rows("one")
    assert len(row.cells[0]) == limits.CELL_CHARACTERS + 1


def test_more_than_may_be_laid_out_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SPOOL_BYTES", 1_000)
    spool = Spool("a.xml")
    for line in range(40):
        spool.add("one", line, ["some text"])
    with pytest.raises(FileFault, match="more than 1,000 bytes of rows"):
        spool.add("one", 40, ["some text" * 50])


def open_files() -> int:
    held = Path("/proc/self/fd")
    return len(list(held.iterdir())) if held.is_dir() else 0


def test_memory_stays_flat_and_the_files_go_with_the_spool() -> None:
    before = open_files()
    tracemalloc.start()
    spool = Spool("a.xml")
    for line in range(50_000):
        spool.add("one", line, ["a cell of some length", str(line)])
    assert sum(1 for _ in spool.rows("one")) == 50_000
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2 * 1024**2
    del spool
    gc.collect()
    assert open_files() == before


def test_typed_rows_become_columns_with_their_file_and_line() -> None:
    reader = Reader(layout("a", ["key", "on", "miles"], EVENTS), {})
    frames = Frames()
    for file, rows in ((0, [Row(2, ["1", "01/02/2024", "3.5"])]), (1, [Row(5, ["2", "x", ""])])):
        for block in reader.blocks(rows):
            frames.add(EVENTS, block, file)
    frame = frames.take()["events"]
    assert frame.schema == pl.Schema(
        {"file": pl.Int32, "line": pl.Int64, "key": pl.String, "on": pl.Date, "seen": pl.Date,
         "miles": pl.Float64}
    )  # fmt: skip
    assert frame.rows() == [(0, 2, "1", date(2024, 2, 1), None, 3.5)], "a refused row is not there"
    assert frames.take() == {}


def test_every_table_of_every_format_has_one_name_and_makes_a_frame() -> None:
    names = [name for one in registry.FORMATS for name in one.tables]
    assert len(names) == len(set(names)) == len(registry.known_tables())
    for name, table in registry.known_tables().items():
        assert name == table.name
        assert registry.format_of(name).tables[name] is table
        columns = schema_of(table)
        assert len(columns) == len(table.every_column) + 2, name


def test_a_table_of_no_format() -> None:
    with pytest.raises(KeyError, match="no format has a table notes"):
        registry.format_of("notes")
