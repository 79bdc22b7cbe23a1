"""Bring a backup back: verified whole, into a new place, and only then in place of what is there.

The new place is a folder beside the data and, on PostgreSQL, a schema of its own. There the tables
are those of the version that made the backup; they are brought forward, and the history verified.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from evenhand.config import roles_of_database
from evenhand.config.backup import archive, postgresql, sqlite
from evenhand.config.backup.archive import ABOUT, MANIFEST, Manifest, Member
from evenhand.config.backup.making import DATA, backup_keys, listed_names, room_in_words
from evenhand.history import locks, numbering, verifying
from evenhand.problems import Problem
from evenhand.retention.certificates import LIST_FILE
from evenhand.secrecy import checking

FILLED_BY = ("people_child", "accounts_user", "history_entry")
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


class Restored(NamedTuple):
    """What a backup held, table by table, and what its history's verification found.

    ``kept`` is where what was there before is; empty where there was nothing.
    """

    about: dict[str, Any]
    rows: dict[str, int]
    faults: tuple[str, ...]
    kept: str = ""


def check(path: Path, *, at: datetime) -> Restored:
    """Bring a backup back into a place of its own, compare it, and take it away again."""
    manifest = _read(path)
    with _brought_back(path, manifest, "check", at) as (_, faults):
        return Restored(manifest.about, manifest.rows, faults)


def restore(path: Path, *, at: datetime, replace: bool) -> Restored:
    """Put a backup in the place of what is there, which is kept beside it.

    Raises Problem, and has changed nothing, for a backup that is not whole, a newer version's,
    another kind of database's, keys that are others, and without ``replace`` where people are
    recorded already.
    """
    if not replace and _is_filled():
        raise Problem(
            "There are people and a history here already.",
            "Give --replace to put the backup in their place; they are kept beside it.",
        )
    if connection.vendor == "sqlite":
        sqlite.be_alone()
    manifest = _read(path)
    with _brought_back(path, manifest, "restoring", at) as (folder, faults):
        _keep_disposals(folder / DATA)
        kept = _put_in_place(folder, f"replaced-{at:%Y%m%d-%H%M%S}")
    return Restored(manifest.about, manifest.rows, faults, kept)


def _read(path: Path) -> Manifest:
    if not path.is_file():
        raise Problem(f"There is no file {path}.", "Name a file of `evenhand backup`.")
    keys = backup_keys()
    _refuse_what_cannot_be(archive.about(path, keys))
    return archive.verified(path, keys)


def _refuse_what_cannot_be(about: Mapping[str, Any]) -> None:
    if about["database"] != connection.vendor:
        raise Problem(
            f"The backup is of {NAMES.get(about['database'], 'another database')}, and this "
            f"Evenhand uses {NAMES[connection.vendor]}.",
            "Set EVENHAND_DATABASE_URL and EVENHAND_DATA as they were where it was made.",
        )
    known = MigrationLoader(None).graph.nodes
    if unknown := [each for each in map(tuple, about["migrations"]) if each not in known]:
        raise Problem(
            f"The backup was made by another version of Evenhand, {about['version']}: this one "
            f"does not know its tables ({unknown[0][0]} {unknown[0][1]}).",
            "Install the version that made it, and run the same command again.",
        )


def _is_filled() -> bool:
    if connection.vendor == "sqlite" and not sqlite.databases()["default"].exists():
        return False
    there = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in there.intersection(FILLED_BY):
            cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")  # noqa: S608 (our own names)
            if cursor.fetchone():
                return True
    return False


@contextmanager
def _brought_back(
    path: Path, manifest: Manifest, called: str, at: datetime
) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Yield a folder (and, on PostgreSQL, a schema of its name) that holds the backup, verified."""
    folder = Path(settings.DATA) / called
    schema = f"evenhand_{called}"
    shutil.rmtree(folder, ignore_errors=True)  # of a run that was cut short
    try:
        with room_in_words(folder):
            (folder / DATA).mkdir(parents=True)
            if connection.vendor == "postgresql":
                postgresql.drop(schema)
            _unpack_files(path, folder)
            yield folder, _made_ready(path, manifest, folder, schema, at)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if connection.vendor == "postgresql":
            postgresql.drop(schema)


def _unpack_files(path: Path, folder: Path) -> None:
    for member in archive.members(path, backup_keys()):
        where, _, rest = member.name.partition("/")
        if where in {DATA, sqlite.FOLDER}:
            target = folder / (rest if where == sqlite.FOLDER else member.name)
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as file:
                file.writelines(member.pieces())


def _made_ready(
    path: Path, manifest: Manifest, folder: Path, schema: str, at: datetime
) -> tuple[str, ...]:
    """Fill, compare, bring forward and verify what is in the new place; return what is wrong."""
    with ExitStack() as there:
        there.enter_context(_data_is(folder / DATA))
        if connection.vendor == "postgresql":
            there.enter_context(postgresql.used_instead(schema))
            _make_tables(manifest.about)
            postgresql.load(_but_lists(path), manifest.sequences)
            _compare(manifest.rows, postgresql.counts())
        else:
            _compare(manifest.rows, sqlite.counts_of(folder))
            there.enter_context(sqlite.used_instead(folder))
        for alias in connections:
            call_command("migrate", database=alias, interactive=False, verbosity=0)
        numbering.catch_up(connection)
        checking.check(at=at)
        return tuple(
            f"{fault.where}: {fault.sentence}"
            for verdict in verifying.verify().values()
            for fault in verdict.faults
        )


def _but_lists(path: Path) -> Iterator[Member]:
    found = archive.members(path, backup_keys())
    return (member for member in found if member.name not in {ABOUT, MANIFEST})


def _make_tables(about: Mapping[str, Any]) -> None:
    """Make the empty tables as the version that made the backup had them."""
    executor = MigrationExecutor(connection)
    applied = {(app, name) for app, name in about["migrations"]}
    nodes = executor.loader.graph.node_map
    last = [
        key
        for key in sorted(applied)
        if not any(
            (child.key[0], child.key[1]) in applied and child.key[0] == key[0]
            for child in nodes[key].children
        )
    ]
    executor.migrate(last)


def _compare(listed: Mapping[str, int], found: Mapping[str, int]) -> None:
    for table in sorted({*listed, *found}):
        if listed.get(table, 0) != found.get(table, 0):
            raise Problem(
                f"The backup lists {listed.get(table, 0):,} rows of {table}, and "
                f"{found.get(table, 0):,} came back.",
                "Nothing was changed. Use another backup, and keep this one to be looked at.",
            )


@contextmanager
def _data_is(folder: Path) -> Iterator[None]:
    before, settings.DATA = settings.DATA, folder
    try:
        yield
    finally:
        settings.DATA = before


def _keep_disposals(restored: Path) -> None:
    """Add to the restored list of disposals what was disposed of since: it is not to come back."""
    here, there = Path(settings.DATA) / LIST_FILE, restored / LIST_FILE
    if not here.exists():
        return
    held = {json.loads(line)["ref"] for line in there.open()} if there.exists() else set()
    since = [line for line in here.read_text("utf-8").splitlines() if _ref(line) not in held]
    with there.open("a", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in since)


def _ref(line: str) -> str:
    try:
        return str(json.loads(line)["ref"])
    except (ValueError, KeyError, TypeError):
        return ""


def _put_in_place(folder: Path, called: str) -> str:
    """Put what was brought back in place; return where what was there before is kept."""
    data = Path(settings.DATA)
    kept = data / called
    schema = ""
    if connection.vendor == "postgresql":
        schema = postgresql.put_in_place("evenhand_restoring", called.replace("-", "_"))
        locks.install(connection)
        roles_of_database.grant_anew()
    else:
        sqlite.put_in_place(folder, kept)
    media = Path(settings.MEDIA_ROOT).relative_to(data)
    for name in (*listed_names(), str(media)):
        if (data / name).exists():
            kept.mkdir(parents=True, exist_ok=True)
            (data / name).replace(kept / name)
        if (folder / DATA / name).exists():
            (folder / DATA / name).replace(data / name)
    places = [f"the schema {schema}" if schema else "", str(kept) if kept.exists() else ""]
    return " and ".join(place for place in places if place)
