"""What must hold after every round, looked at in the database itself.

``main(["counts"])`` prints how many records of each imported kind there are; ``main([FILE])`` reads
what people were told (``attempts``, ``expected``) and prints what does not hold, line by line.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

IMPORTED = ("casework",)
PERSONS = ("people.Child", "people.Adult", "people.Relationship")
DERIVED = ("standards.Standing", "people.IdentityStanding", "people.IdentityQuestion")
SEEN_AT = {"id", "statement", "recorded_at", "noticed_at", "restated_at"}


def main(words: list[str]) -> int:
    """Print the counts, or what does not hold; 1 where anything does not."""
    from evenhand.config import startup

    startup.prepare(migrate=False)
    if words == ["counts"]:
        print(json.dumps(counts()))
        return 0
    told = json.loads(Path(words[0]).read_text(encoding="utf-8"))
    found = list(faults(told))
    print("\n".join(found))
    return 1 if found else 0


def counts() -> dict[str, int]:
    """Return how many records there are of each kind that an import brings."""
    from django.apps import apps

    models = [one for name in IMPORTED for one in apps.get_app_config(name).get_models()]
    models += [apps.get_model(label) for label in PERSONS]
    return {model._meta.label: model._default_manager.count() for model in models}


def faults(told: dict[str, Any]) -> Iterator[str]:
    """Yield a sentence for everything that is not as it must be."""
    yield from _history()
    yield from _marks(told["attempts"])
    yield from _entries()
    yield from _imports(told)
    yield from _derived()
    yield from _files()
    yield from _database()


def _history() -> Iterator[str]:
    from evenhand.history import cli

    with redirect_stdout(StringIO()) as said:
        code = cli.verify(argparse.Namespace(json=True))
    if code:
        yield f"history verify: {said.getvalue()[:500]}"


def _marks(attempts: list[dict[str, Any]]) -> Iterator[str]:
    """What was acknowledged is there once; what was not is there once or not at all."""
    from evenhand.equality.models import Concern
    from evenhand.people.models import IdentityStatement

    native = IdentityStatement.objects.filter(import_batch_id=None)
    held = Counter(str(one.own_words) for one in native)
    held.update(Concern.objects.values_list("what_happened", flat=True))
    for attempt in attempts:
        found = held[attempt["mark"]]
        if attempt["is_acknowledged"] and found == 0:
            yield f"lost: {attempt['mark']} ({attempt['kind']}, {attempt['statuses']})"
        if found > 1:
            yield f"{found} times: {attempt['mark']} ({attempt['kind']}, {attempt['statuses']})"


def _entries() -> Iterator[str]:
    """Each record made by hand has the one entry of its making, and each entry its record."""
    from evenhand.equality.models import Concern
    from evenhand.history.models import Entry
    from evenhand.people.models import IdentityStatement
    from evenhand.submissions.models import Submission

    made = {
        "identity.answered": IdentityStatement.objects.filter(import_batch_id=None),
        "concern.recorded": Concern.objects.all(),
        "identity.entered_in_error": IdentityStatement.objects.filter(entered_in_error=True),
    }
    for action, records in made.items():
        entries = Counter(Entry.objects.filter(action=action).values_list("subject_id", flat=True))
        kept = set(records.values_list("pk", flat=True))
        if set(entries) != kept or any(count > 1 for count in entries.values()):
            yield f"{action}: {len(kept)} records and {sum(entries.values())} entries"
    by_people = Entry.objects.exclude(actor=None).count()
    if Submission.objects.count() > by_people:
        yield "forms are marked as taken of which the history knows nothing"


def _imports(told: dict[str, Any]) -> Iterator[str]:
    from evenhand.sources.models import ImportBatch, ImportFile

    unfinished = ImportBatch.objects.exclude(progress=ImportBatch.Progress.MERGED)
    if (
        ImportFile.objects.filter(batch__in=unfinished)
        .exclude(batch__progress=ImportBatch.Progress.REFUSED)
        .exists()
    ):
        yield "an import that was stopped left files"
    if ImportBatch.objects.filter(progress="merged", reckoned_at=None).exists():
        yield "an import is merged and not reckoned"
    for file in ImportFile.objects.filter(batch__progress=ImportBatch.Progress.MERGED):
        if file.rows_read != sum(getattr(file, fate) for fate in ImportFile.FATES):
            yield f"the fates of {file.name} do not sum to its rows"
    expected = told.get("expected")
    if expected and (found := counts()) != expected:
        differing = {k: (v, expected.get(k)) for k, v in found.items() if v != expected.get(k)}
        yield f"the import is not what it is undisturbed: {differing}"


def _derived() -> Iterator[str]:
    """What is worked out is what working it out anew gives."""
    from django.utils import timezone

    from evenhand.people.actions import rebuild_lists
    from evenhand.standards import standing

    before = {label: _rows(label) for label in DERIVED}
    standing.refresh(timezone.now())
    rebuild_lists(today=timezone.localdate())
    for label, rows in before.items():
        missing, extra = _rows(label) - rows, rows - _rows(label)
        if missing or extra:
            sample = [*missing, *extra][:1]
            yield f"{label}: {missing.total()} to add, {extra.total()} to take away, as {sample}"


def _rows(label: str) -> Counter[tuple[str, ...]]:
    from django.apps import apps

    model = apps.get_model(label)
    names = [f.name for f in model._meta.concrete_fields if f.name not in SEEN_AT]
    return Counter(tuple(map(str, row)) for row in model._default_manager.values_list(*names))


def _files() -> Iterator[str]:
    from django.conf import settings

    left = [path.name for path in Path(settings.DATA).glob("import-*")]
    if left:
        yield f"files of an import were left behind: {left}"


def _database() -> Iterator[str]:
    from django.db import connections

    for connection in connections.all():
        if connection.vendor != "sqlite":
            continue
        with connection.cursor() as cursor:
            whole = cursor.execute("PRAGMA integrity_check").fetchall()
            orphans = cursor.execute("PRAGMA foreign_key_check").fetchall()
        if whole != [("ok",)] or orphans:
            yield f"{connection.alias}: {whole[:3]} {orphans[:3]}"
