"""A list of the seals outside the database: one line a seal, in a file of its own.

It shows that the end of a book was cut off, or that the database is an older copy. A second list
may be kept elsewhere (``EVENHAND_WITNESS``, such as a folder on another machine), where whoever
reaches this one does not reach.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from evenhand.history.books import Book

HEAD = "# Evenhand: a list of seals. Keep it; it is only ever added to.\n"
log = logging.getLogger(__name__)


def paths(book: Book) -> list[Path]:
    """Return where the book's seals are listed: beside the database, and elsewhere if set."""
    folders = [Path(settings.DATA), *([Path(settings.WITNESS)] if settings.WITNESS else [])]
    return [folder / book.witness for folder in folders]


def begin(book: Book) -> None:
    """Make the lists before the book's first seal, so that one that is gone was taken away."""
    for path in paths(book):
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.write_text(HEAD, encoding="ascii")


def follow(book: Book) -> None:
    """Add to each list the seals that were made since its last line.

    A list that is gone is not made anew: only seals from now on are added, and ``verify`` says so.
    One that cannot be written is logged, and caught up with at the next seal.
    """
    for path in paths(book):
        try:
            _follow(book, path)
        except OSError as fault:
            log.warning("The list of seals %s cannot be written: %s", path, fault.strerror)


def _follow(book: Book, path: Path) -> None:
    seals = book.seals._default_manager.order_by("upto")
    if path.exists():
        known = lines(path)
        last = int(known[-1][0]) if known else -1
        made = list(seals.filter(upto__gt=last).values_list("upto", "digest"))
    else:
        made = list(seals.reverse().values_list("upto", "digest")[:1])
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="ascii") as file:
        file.write("".join(f"{upto} {digest}\n" for upto, digest in made))


def renew(book: Book) -> None:
    """Write the lists anew from the seals there are, keeping what was there beside them."""
    for path in paths(book):
        if path.exists():
            path.replace(path.with_suffix(".old.txt"))
    begin(book)
    follow(book)


def lines(path: Path) -> list[tuple[str, str]]:
    """Return each listed seal: where it ends, and its digest. Half a line is one that differs."""
    text = path.read_text(encoding="ascii", errors="replace")
    kept = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(upto, digest) for upto, _, digest in (line.partition(" ") for line in kept)]


def differences(book: Book) -> Iterator[tuple[str, str]]:
    """Yield where a list and the book's seals differ, and how."""
    seals = [
        (str(upto), digest)
        for upto, digest in book.seals._default_manager.order_by("upto").values_list(
            "upto", "digest"
        )
    ]
    for path in paths(book):
        yield from _differences(path, seals)


def _differences(path: Path, seals: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    if not path.exists():
        if seals:
            yield f"file {path.name}", f"The list of seals is not in {path.parent}."
        return
    held, listed = dict(seals), lines(path)
    for upto, digest in listed:
        if held.get(upto) != digest:
            yield f"seal up to {upto}", f"{path} lists it, and it is no longer in the database."
    known = {upto for upto, _ in listed}
    newest = max((int(upto) for upto in known if upto.isdecimal()), default=0)
    for upto, _ in seals:
        if int(upto) < newest and upto not in known:
            yield f"seal up to {upto}", f"{path} lists later seals and does not list it."
