"""XML that is good, broken, cut off, or made to do harm."""

from __future__ import annotations

import io
import resource
from collections.abc import Iterator
from pathlib import Path

import pytest

from evenhand.formats import xml
from evenhand.formats.faults import FileFault
from evenhand.formats.files import File
from tests.formats.conftest import MakeFile

TWO = "<Message>\n<Child><A>1</A></Child>\n<Child>\n<A>2</A></Child>\n</Message>"


def read(file: File) -> list[tuple[int, list[tuple[str, str]]]]:
    found = xml.elements(file, "Child", "Message")
    return [(line, [(cell.tag, cell.text) for cell in child]) for line, child in found]


def test_each_element_comes_whole_with_its_line(file: MakeFile) -> None:
    assert read(file(TWO, "a.xml")) == [(2, [("A", "1")]), (3, [("A", "2")])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_that_are_what_they_say(file: MakeFile, encoding: str) -> None:
    said = encoding.removesuffix("-sig").replace("cp1252", "windows-1252")
    text = f"<?xml version='1.0' encoding='{said}'?><Message><Child><A>José</A></Child></Message>"
    assert read(file(text.encode(encoding), "a.xml")) == [(1, [("A", "José")])]


@pytest.mark.parametrize(
    "text",
    [
        "<Message xmlns='urn:x'><Child><A>1</A></Child></Message>",
        "<m:Message xmlns:m='urn:x'><m:Child><m:A>1</m:A></m:Child></m:Message>",
    ],
)
def test_namespaces_are_taken_off(file: MakeFile, text: str) -> None:
    assert read(file(text, "a.xml")) == [(1, [("A", "1")])]


def test_comments_and_instructions_are_passed_over(file: MakeFile) -> None:
    text = "<Message><?do this?><Child><A>1<!-- a -->2</A></Child></Message>"
    assert read(file(text, "a.xml")) == [(1, [("A", "12")])]


LAUGHS = (
    "<?xml version='1.0'?><!DOCTYPE l [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>"
    "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>]><Message><Child>&c;</Child></Message>"
)


@pytest.mark.parametrize(
    "text",
    [
        LAUGHS,
        "<!DOCTYPE Message SYSTEM 'http://islehaven.example/cin.dtd'><Message><Child/></Message>",
        "<!DOCTYPE Message [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><Message>&e;</Message>",
        "<!DOCTYPE Message><Message><Child/></Message>",
    ],
)
def test_a_doctype_is_refused_whatever_is_in_it(file: MakeFile, text: str) -> None:
    with pytest.raises(FileFault, match="has a DOCTYPE"):
        read(file(text, "a.xml"))
    with pytest.raises(FileFault, match="has a DOCTYPE"):
        xml.root_of(file(text, "a.xml"))


@pytest.mark.parametrize("kept", [3, 8, 12, 30, 41, 60])
def test_a_file_that_stops_in_the_middle(file: MakeFile, kept: int) -> None:
    with pytest.raises(FileFault, match="stops in the middle, at line") as caught:
        read(file(TWO[:kept], "a.xml"))
    assert "Nothing of it was taken" in caught.value.remedy


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b" \r\n ", "the file is empty"),
        (b"child,date\n1,2\n", "line 1: it does not begin with an element"),
        (b"PK\x03\x04aaaa", "line 1: it does not begin with an element"),
        (b"<Message>\n<Child><A></B></Child></Message>", "line 2: the file is not well-formed XML"),
        (b"<Message><Child/></Message><Message/>", "Extra content"),
        (b"<Message>\n<Child>A & B</Child></Message>", "line 2: an & does not begin"),
        (b"<Message>\n<Child>&nbsp;</Child></Message>", "line 2: an & does not begin"),
        (b"<Message>\n\n<Child>\xe9t\xe9</Child></Message>", "line 3: a character is not in the"),
        (b"<?xml version='1.0' encoding='UTF-16'?><Message/>", "line 1: a character is not in the"),
        (b"<?xml version='1.0' encoding='KLINGON'?><Message/>", "is not in the encoding"),
        (b"<Message><Child>\0</Child></Message>", "line 1: a character is not in"),
        (b"<Message>" + b"<a>" * 400 + b"</a>" * 400 + b"</Message>", "more than 256 deep"),
        (b"<Message><Child>" + b"x" * 11_000_000 + b"</Child></Message>", "a text is longer"),
        (b"<Message a='" + b"x" * 11_000_000 + b"'/>", "a text is longer"),
        (b"<EXPSSDA903><CHILD/></EXPSSDA903>", "the outermost element is 'EXPSSDA903', where Mess"),
    ],
)
def test_a_broken_file_is_told_with_its_line(file: MakeFile, content: bytes, said: str) -> None:
    with pytest.raises(FileFault, match=said):
        read(file(content, "a.xml"))


def test_the_root_is_known_from_the_first_bytes(file: MakeFile) -> None:
    assert xml.root_of(file(TWO, "a.xml")) == "Message"
    assert xml.root_of(file("<EXPSSDA903><CHILD>", "a.xml")) == "EXPSSDA903"


def test_xml_is_known_by_name_or_first_line(file: MakeFile) -> None:
    assert xml.is_xml(file("", "Return.XML"))
    assert xml.is_xml(file("<?xml version='1.0'?>", "return.txt"))
    assert not xml.is_xml(file("<html>", "return.xls"))


def test_lines_far_down_are_told_as_well(file: MakeFile) -> None:
    text = "<Message>\n" + "<Child>\n  <A>x</A>\n  <B/>\n</Child>\n" * 20_000 + "</Message>"
    for number, (line, child) in enumerate(xml.elements(file(text, "a.xml"), "Child")):
        lines = [line, *(xml.line_of(cell) for cell in child)]
        assert lines == [2 + 4 * number, 3 + 4 * number, 4 + 4 * number]


class Endless(io.RawIOBase):
    """Bytes made as they are read, so that a large file need not exist."""

    def __init__(self, start: bytes, again: bytes, size: int) -> None:
        self.start, self.again, self.left = start, again * (65_536 // len(again)), size

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        chunk, self.start = (self.start or self.again)[: max(0, self.left)], b""
        self.left -= len(chunk)
        return chunk


def large(again: bytes, size: int) -> File:
    return File("a.xml", size, lambda: Endless(b"<Message>", again, size))  # type: ignore[arg-type, return-value]


def resident() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize()


def test_memory_stays_flat_however_many_elements() -> None:
    child = b"<Child><A>2026-03-31</A></Child>\n".ljust(64, b" ")
    most = 0
    for number, _ in enumerate(_until_cut(large(child, 60_000_000))):
        if number == 10_000:
            before = resident()
        if number > 10_000 and number % 50_000 == 0:
            most = max(most, resident() - before)
    assert number > 900_000
    assert most < 20_000_000


def _until_cut(file: File) -> Iterator[object]:
    try:
        yield from xml.elements(file, "Child")
    except FileFault as fault:
        assert "stops in the middle" in fault.sentence  # noqa: PT017


def test_a_file_that_runs_on_without_a_record_is_stopped() -> None:
    rows = xml.elements(large(b"<Junk>1</Junk>\n", 10 * 1024**3), "Child")
    with pytest.raises(FileFault, match="come without the end of a record"):
        next(rows)


def test_a_member_that_holds_more_than_it_says(file: MakeFile) -> None:
    whole = TWO.encode()
    lying = File("a.xml", 20, lambda: io.BytesIO(whole))
    with pytest.raises(FileFault, match="more bytes than it says"):
        read(lying)
