"""XML read safely, one element after another, in memory that stays flat.

A file with a DOCTYPE is refused before anything of it is parsed: entities that grow, and files
that are fetched from elsewhere, begin there, and no return has one. Nothing is fetched. An element
is let go of once it has been looked at, and the stream may not run on for long without one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from lxml import etree  # type: ignore[import-untyped]

from evenhand.formats import limits
from evenhand.formats.faults import FileFault, shown
from evenhand.formats.files import File

Element = Any
"""An element of lxml: ``tag`` (without a namespace), ``text``, and its children by iterating."""

_SAFE: Final = {
    "resolve_entities": False,
    "load_dtd": False,
    "dtd_validation": False,
    "attribute_defaults": False,
    "no_network": True,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
_HEAD: Final = 4096
_SHORT_LINES: Final = 65_535
"""Beyond this line libxml2 keeps the lines of texts only, and an element's is worked out."""


def is_xml(file: File) -> bool:
    """Whether a file is meant as XML: by its name, or because it says so in its first line."""
    if file.base.lower().endswith(".xml"):
        return True
    with file.open() as stream:
        return stream.read(64).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml")


def root_of(file: File) -> str:
    """The name of the outermost element, without its namespace.

    Raises FileFault for an empty file, one that is not XML, and one that has a DOCTYPE.
    """
    prologue = _Prologue(file)
    parser = etree.XMLParser(target=prologue, **_SAFE)
    stream = _Guarded(file)
    try:
        while not prologue.root and (chunk := stream.read(_HEAD)):
            prologue.is_empty = prologue.is_empty and not chunk.strip()
            parser.feed(chunk)
        if not prologue.root and not prologue.is_empty:
            parser.close()
    except etree.XMLSyntaxError as error:
        raise _broken(file, error, parser.error_log) from None
    finally:
        stream.close()
    if not prologue.root:
        raise FileFault(file.base, "the file is empty.", "Export it again.")
    return prologue.root


def elements(
    file: File, tag: str | tuple[str, ...], root: str = ""
) -> Iterator[tuple[int, Element]]:
    """Each element of a name, or of some names, with its line, in the order of the file.

    Namespaces are taken off. An element holds its whole content when it is given, and none of it
    afterwards: take what is wanted of it at once. ``root`` is what the outermost element must be
    called.

    Raises FileFault, naming the line, where the file has a DOCTYPE, is broken or stops in the
    middle, is in another encoding than it says, or holds something that no return holds. Some
    elements may have been given by then: keep none of them.
    """
    outermost = root_of(file)
    _refuse_root(file, outermost, root)
    stream = _Guarded(file)
    tags = [f"{{*}}{name}" for name in ((tag,) if isinstance(tag, str) else tag)]
    parser = etree.iterparse(stream, events=("end",), tag=tags, **_SAFE)
    try:
        for _, element in parser:
            if element.tag[0] == "{":
                _take_off_namespaces(element)
            yield line_of(element), element
            _let_go(element)
            stream.met()
    except etree.XMLSyntaxError as error:
        cut_off = stream.stops_before(outermost)
        raise _broken(file, error, parser.error_log, cut_off=cut_off) from None
    finally:
        stream.close()


def line_of(element: Element) -> int:
    """The line of the file on which an element begins, counted from 1."""
    line = int(element.sourceline or 0)
    if line < _SHORT_LINES:
        return line
    if element.text:
        return line - int(element.text.count("\n"))
    return line_of(element[0]) if len(element) else line - (element.tail or "").count("\n")


def _take_off_namespaces(element: Element) -> None:
    for inner in element.iter():
        inner.tag = inner.tag.rpartition("}")[2]


def _let_go(element: Element) -> None:
    element.clear(keep_tail=False)
    parent = element.getparent()
    while parent is not None and parent[0] is not element:
        del parent[0]


class _Prologue:
    """What stands before the first element, looked at and not kept."""

    def __init__(self, file: File) -> None:
        self.file, self.root, self.is_empty = file, "", True

    def doctype(self, *_named: object) -> None:
        """Refuse a DOCTYPE as soon as it is met."""
        raise FileFault(
            self.file.base,
            "the file has a DOCTYPE, which can make a small file grow without end or fetch others; "
            "no return has one.",
            "Do not open it. Export the return again, or ask whoever sent it what it is.",
        )

    def start(self, tag: str, _attributes: object) -> None:
        """Remember the outermost element."""
        self.root = self.root or tag.rpartition("}")[2]

    def end(self, _tag: str) -> None:
        """Nothing is kept."""

    def close(self) -> None:
        """Nothing is kept."""


class _Guarded:
    """The bytes of a file, stopped where it runs on without an element that is wanted."""

    def __init__(self, file: File) -> None:
        self._file, self._stream = file, file.open()
        self._all = self._since = 0
        self._last = b""

    def met(self) -> None:
        """An element came: the count begins anew."""
        self._since = 0

    def read(self, size: int) -> bytes:
        """The next bytes. FileFault where there are more than can belong together."""
        chunk = self._stream.read(size)
        self._all += len(chunk)
        self._since += len(chunk)
        self._last = (self._last + chunk)[-_HEAD:]
        if self._all > self._file.size:
            raise FileFault(
                self._file.base,
                "the file holds more bytes than it says.",
                "Do not open it. Ask whoever sent it what it is.",
            )
        if self._since > limits.XML_ELEMENT_BYTES:
            raise FileFault(
                self._file.base,
                f"{self._since:,} bytes come without the end of a record; the most is "
                f"{limits.XML_ELEMENT_BYTES:,}.",
                "Check that it is the right file, and export it again.",
            )
        return chunk

    def stops_before(self, root: str) -> bool:
        """Whether the file was read to its end, and that is not the end of its root."""
        end = self._last.replace(b"\0", b"").rstrip()
        return self._all == self._file.size and not end.endswith(f"{root}>".encode())

    def close(self) -> None:
        """Close the file."""
        self._stream.close()


def _refuse_root(file: File, found: str, wanted: str) -> None:
    if wanted and found != wanted:
        raise FileFault(
            file.base,
            f"the outermost element is {shown(found)}, where {wanted} was looked for.",
            "Check that it is the right file.",
        )


_CUT_OFF: Final = "Premature end|EndTag: '</' not found|Couldn't find end|Document is empty"
_SENTENCES: Final[tuple[tuple[str, str, str], ...]] = (
    (
        r"Excessive depth|Maximum .*depth",
        "elements stand inside one another more than 256 deep",
        "Check that it is the right file.",
    ),
    (
        r"Entity|EntityRef|xmlParseEntityRef|entities",
        "an & does not begin a character that XML knows",
        "Write &amp; for an ampersand in the case system's export, or export it again.",
    ),
    (
        r"encod|labelled|Blank needed|Input is not proper|Invalid bytes|Char 0x|convert",
        "a character is not in the encoding that the file says it is in",
        "Export it again as UTF-8.",
    ),
    (
        r"huge|too long|xmlSAX2Characters|Resource limit",
        "a text is longer than any return holds",
        "Check that it is the right file.",
    ),
    (
        r"Start tag expected",
        "it does not begin with an element, so it is not XML",
        "Check that it is the right file, and export it again.",
    ),
)


def _broken(file: File, error: Any, log: Any, *, cut_off: bool = False) -> FileFault:
    """The sentence for the first thing that went wrong: lxml may raise what followed from it."""
    first = next(iter(log), None)
    message = str((first.message if first is not None else error.msg) or "")
    line = int((first.line if first is not None else error.lineno) or 1)
    if cut_off or re.search(_CUT_OFF, message):
        return FileFault(
            file.base,
            f"the file stops in the middle, at line {line:,}: it is not whole.",
            "Copy or export it again. Nothing of it was taken.",
        )
    for pattern, sentence, remedy in _SENTENCES:
        if re.search(pattern, message):
            return FileFault(file.base, f"line {line:,}: {sentence}.", remedy)
    return FileFault(
        file.base,
        f"line {line:,}: the file is not well-formed XML ({_plain(message)}).",
        "Export it again; do not mend a return by hand in a word processor.",
    )


def _plain(message: str) -> str:
    return re.sub(r", line \d+, column \d+.*$", "", message)[: limits.SHOWN_CHARACTERS]
