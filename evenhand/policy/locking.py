"""pack.lock: a digest of every value that has been in force, so that the past is not rewritten.

One line a value: the standard, the field, the day from which it holds, and the digest. An edition
of a form is locked whole. A change of law or policy adds a value, or an edition, that begins
later; editing, removing or inserting before is refused.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from evenhand.policy.checking import Problem
from evenhand.policy.documents import Node, plain
from evenhand.policy.packs import Pack
from evenhand.rules.question_sets import QuestionSet
from evenhand.rules.standards import Deadline, PerPeriod, Recurrence, Standard
from evenhand.rules.values import Dated, Entry

Forms = Iterable[QuestionSet]
LOCK_FILE = "pack.lock"
HEADING = (
    "# Digests of the values that have been in force. Written by: evenhand policy check --lock\n"
    "# A value once in force is never edited: add a later one, and lock again.\n"
)
MAKE_LOCK = "Run: evenhand policy check --lock"
ADD_LATER = "Put it back as it was, and add a value that begins on a later day."


class Lock(NamedTuple):
    """One value: whose it is, its field, the day from which it holds, and its digest."""

    standard: str
    field: str
    from_: str
    digest: str


def locks_of(
    standards: Mapping[str, Standard], forms: Forms, pack: Pack, today: date
) -> dict[str, Lock]:
    """The locks of a pack's values, overrides and forms in force, or that were, by `today`.

    `standards` are those written in packs, before any override; `forms` every edition written.
    """
    mine = [one for one in standards.values() if one.pack == pack.id]
    found = [lock for standard in mine for lock in _locks(standard, today)]
    found += [lock for node in pack.overrides for lock in _override_locks(node, today)]
    found += [
        Lock(f"forms/{one.id}", "edition", one.from_.isoformat(), _sha(one.written))
        for one in forms if one.pack == pack.id and one.from_ <= today
    ]  # fmt: skip
    return {_key(lock): lock for lock in found}


def _key(lock: Lock) -> str:
    return f"{lock.standard} {lock.field} {lock.from_}"


def _override_locks(node: Node, today: date) -> Iterator[Lock]:
    given = plain(node)
    from_ = given.get("from") if isinstance(given, dict) else None
    if isinstance(given, dict) and isinstance(from_, date) and from_ <= today:
        stage = f".{given['stage']}" if "stage" in given else ""
        digest = _sha(f"{from_!r} {given.get('value')!r} {given.get('unit')!r}")
        field = f"override.{given.get('field')}{stage}"
        yield Lock(str(given.get("standard")), field, from_.isoformat(), digest)


def _locks(standard: Standard, today: date) -> Iterator[Lock]:
    for field, dated in _fields(standard):
        for entry in dated.entries:
            if entry.from_ is not None and entry.from_ <= today:
                yield Lock(standard.id, field, entry.from_.isoformat(), _digest(entry))


def _fields(standard: Standard) -> Iterator[tuple[str, Dated[Any]]]:
    names = {Deadline: "within", PerPeriod: "at_least"}
    for place, dated in enumerate(standard.dated, start=1):
        if isinstance(standard, Recurrence):
            yield f"stages.{place}", dated
        else:
            yield names.get(type(standard), "test"), dated


def _digest(entry: Entry[Any]) -> str:
    return _sha(f"{entry.from_!r} {entry.value!r}")


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def write(pack: Pack, standards: Mapping[str, Standard], forms: Forms, today: date) -> int:
    """Write the pack's lock, keeping what it held; give the number of values newly locked."""
    old, new = read(pack), locks_of(standards, forms, pack, today)
    lines = sorted(" ".join(lock) for lock in {**new, **old}.values())
    path = pack.folder / LOCK_FILE
    path.write_text(
        HEADING + "".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n"
    )
    return len(new.keys() - old.keys())


def read(pack: Pack) -> dict[str, Lock]:
    """What the pack's lock holds; nothing where it has none."""
    path = pack.folder / LOCK_FILE
    if not path.is_file():
        return {}
    lines = [line.split() for line in path.read_text(encoding="utf-8").splitlines()]
    found = [Lock(*words) for words in lines if len(words) == len(Lock._fields) and words[0] != "#"]
    return {_key(lock): lock for lock in found}


def problems_of(
    pack: Pack, standards: Mapping[str, Standard], forms: Forms, today: date
) -> Iterator[Problem]:
    """What the lock refuses: values edited, removed, put before others, or not locked."""
    old, new = read(pack), locks_of(standards, forms, pack, today)
    newest = _newest_of(old)
    for key, lock in old.items():
        now = new.get(key)
        if now is None:
            found = f"the {lock.field} from {lock.from_}, once in force, is gone"
            yield _problem(pack, lock, found, ADD_LATER)
        elif now.digest != lock.digest:
            found = f"the {lock.field} from {lock.from_}, once in force, was edited"
            yield _problem(pack, lock, found, ADD_LATER)
    unlocked = [lock for key, lock in new.items() if key not in old]
    for lock in unlocked:
        since = newest.get((lock.standard, lock.field), "")
        if lock.from_ < since:
            found = f"the {lock.field} from {lock.from_} is put before one in force since {since}"
            yield _problem(pack, lock, found, "Add values that begin later only.")
    if unlocked:
        found = f"{len(unlocked)} in force not locked, the {unlocked[0].field} first"
        yield _problem(pack, unlocked[0], found, MAKE_LOCK)


def _newest_of(locks: Mapping[str, Lock]) -> dict[tuple[str, str], str]:
    newest: dict[tuple[str, str], str] = {}
    for lock in locks.values():
        key = (lock.standard, lock.field)
        newest[key] = max(lock.from_, newest.get(key, ""))
    return newest


def _problem(pack: Pack, lock: Lock, found: str, remedy: str) -> Problem:
    return Problem(lock.standard, str(pack.folder / LOCK_FILE), 1, found, remedy)
