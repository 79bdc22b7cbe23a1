"""Workers and teams: named by code in every table, described in three, made once.

There are few of them beside the children, so they are held in memory while an import runs. The
roster leads where it speaks; the case system's own list fills the rest; a code that neither
describes becomes a worker or team known by its code alone, so that nothing true is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from evenhand.accounts.models import Team, Worker
from evenhand.accounts.references import new_reference
from evenhand.formats import roster
from evenhand.formats.faults import Fault
from evenhand.formats.reading import Block
from evenhand.formats.recognise import Layout
from evenhand.history.models import Entry
from evenhand.imports import sql
from evenhand.sources.models import ImportBatch, Source, SourceReference

TABLES = ("ssd_department", "ssd_professionals", "roster")
ROSTER_KIND = "worker"
BY_NAME = "name:"
"""What stands before a name that is used as a code."""
NOBODY = frozenset({"unallocated", "not allocated", "none", "n/a", "-", "tbc", "unknown"})
_SOME = 200


@dataclass(slots=True)
class Named:
    """The workers, or the teams: known ones by code, and what this import says of each."""

    model: type[Worker] | type[Team]
    ids: dict[str, int]
    known: dict[str, Any]
    said: dict[str, dict[str, Any]] = field(default_factory=dict)
    spare: Iterator[int] = field(default_factory=lambda: iter(()))
    named: dict[str, int | None] = field(default_factory=dict)

    def id_of(self, code: str | None) -> int | None:
        """The id that a code has, or will have once this import is merged."""
        if code is None:
            return None
        code = code[:48]
        found = self.ids.get(code)
        if found is None:
            found = self.ids[code] = self._next()
            self.said.setdefault(code, {})
        return found

    def id_of_name(self, name: str | None) -> int | None:
        """The id of whoever has a name: one known by code if only one has it, else by the name.

        Names are kept apart from codes by what stands before them, so that none is taken for one.
        """
        plain = " ".join((name or "").split())
        if not plain or plain.lower() in NOBODY:
            return None
        found = self._by_name().get(plain.lower())
        if found is None:
            code = f"{BY_NAME}{plain.lower()}"
            found = self.named[plain.lower()] = self.id_of(code)
            if code[:48] not in self.known:
                self.say(code, name=plain)
        return found

    def known_id(self, told: str | None) -> int | None:
        """The id of who is known by a code, or by a name that only one has; None for others."""
        plain = " ".join((told or "").split())
        by_code = self.ids.get(plain[:48]) or self.ids.get(f"{BY_NAME}{plain.lower()}"[:48])
        return by_code or self._by_name().get(plain.lower())

    def _by_name(self) -> dict[str, int | None]:
        if not self.named:
            alike: dict[str, list[str]] = {}
            for code, one in self.known.items():
                if not code.startswith(BY_NAME) and one.name:
                    alike.setdefault(" ".join(one.name.lower().split()), []).append(code)
            self.named = {n: self.ids[codes[0]] for n, codes in alike.items() if len(codes) == 1}
        return self.named

    def _next(self) -> int:
        spare = next(self.spare, None)
        if spare is None:
            self.spare = sql.new_ids(self.model._meta.db_table, _SOME)
            spare = next(self.spare)
        return spare

    def say(self, code: str, **values: Any) -> None:
        """Note what a row says of one of them; what it leaves blank is not said."""
        self.id_of(code)
        spoken = {name: value for name, value in values.items() if value not in (None, "")}
        self.said.setdefault(code[:48], {}).update(spoken)

    def changes(self, code: str) -> dict[str, list[Any]]:
        """What this import changes of one that was known: column to old and new."""
        old = self.known[code]
        said = self.said.get(code, {})
        return {n: [getattr(old, n), v] for n, v in said.items() if getattr(old, n) != v}


def _named(model: type[Worker] | type[Team]) -> Named:
    known = {one.code: one for one in model.objects.all()}
    return Named(model, {code: one.pk for code, one in known.items()}, known)


class Staff:
    """Every worker and team that an import meets."""

    def __init__(self) -> None:
        self.workers, self.teams = _named(Worker), _named(Team)
        references = SourceReference.objects.filter(source__key="roster", kind=ROSTER_KIND)
        self.on_roster = set(references.values_list("key", flat=True))
        self.newly_on_roster: set[str] = set()
        self.fates: dict[str, dict[str, int]] = {}
        self._seen: dict[str, dict[str, tuple[int, Any]]] = {}
        self._rows: list[tuple[str, str]] = []

    def worker(self, code: str | None) -> int | None:
        """The id of a worker."""
        return self.workers.id_of(code)

    def team(self, code: str | None) -> int | None:
        """The id of a team."""
        return self.teams.id_of(code)

    def by(self, how: str) -> Callable[[str | None], int | None]:
        """How a worker or team is found: by code, or by name where a format has no codes."""
        if how == "known_worker":
            return self.workers.known_id
        named = self.workers if how.startswith("worker") else self.teams
        return named.id_of if how in ("worker", "team") else named.id_of_name

    def read(self, layout: Layout, block: Block) -> Iterator[Fault]:
        """Take the rows of a table of staff; rows that come twice come back as faults."""
        table = layout.table.name
        names = [column.name for column in layout.table.every_column]
        for line, values in zip(block.lines, block.rows, strict=True):
            row = dict(zip(names, values, strict=True))
            fault = self._repeated(table, line, str(row[layout.table.key.name]), row)
            if fault is not None:
                self._count(table, "duplicate" if fault.rule == "SSD-K01" else "quarantined")
                yield fault
                continue
            self._rows.append((table, str(row[layout.table.key.name])))
            yield from getattr(self, f"_{table}")(line, row)

    def _repeated(self, table: str, line: int, key: str, row: dict[str, Any]) -> Fault | None:
        seen = self._seen.setdefault(table, {})
        first, before = seen.setdefault(key, (line, row))
        return None if before is row else repeated(line, key, first, before, row)

    def _ssd_department(self, _line: int, row: dict[str, Any]) -> Iterable[Fault]:
        parent, code = row["dept_team_parent_id"], row["dept_team_id"]
        if parent and parent != code:
            self.teams.say(parent, name=row["dept_team_parent_name"])
        own = self.team(parent) if parent != code else None
        self.teams.say(code, name=row["dept_team_name"], parent_id=own)
        return ()

    def _ssd_professionals(self, _line: int, row: dict[str, Any]) -> Iterable[Fault]:
        code = row["prof_professional_id"]
        agency = row["prof_agency_worker_flag"]
        described = {
            "registration": row["prof_social_worker_registration_no"],
            "is_agency": None if agency is None else agency == "Y",
        }
        if code not in self.on_roster and code not in self.newly_on_roster:
            described["name"] = row["prof_professional_name"]
            described["job_title"] = row["prof_professional_job_title"]
        self.workers.say(code, **described)
        return ()

    def _roster(self, line: int, row: dict[str, Any]) -> Iterable[Fault]:
        code, service, team = row["worker_id"], row["service_id"], row["team_id"]
        if service:
            self.teams.say(service, name=row["service_name"])
        if team:
            over = self.team(service) if service != team else None
            self.teams.say(team, name=row["team_name"], parent_id=over)
        self.workers.say(
            code,
            name=row["name"],
            email=row["email"],
            job_title=row["job_title"],
            team_id=self.team(team),
            manager_id=self.worker(row["manager_worker_id"]),
        )
        if code not in self.on_roster:
            self.newly_on_roster.add(code)
        return _unknown_roles(line, row["roles"])

    def decide(self) -> None:
        """Give every row its fate."""
        for table, key in self._rows:
            named = self.teams if table == "ssd_department" else self.workers
            self._count(table, self._fate(table, named, key))

    def refuse(self, table: str, fates: Iterable[str]) -> None:
        """Count rows that a reader refused."""
        for fate in fates:
            self._count(table, fate)

    def _count(self, table: str, fate: str) -> None:
        counted = self.fates.setdefault(table, {})
        counted[fate] = counted.get(fate, 0) + 1

    def _fate(self, table: str, named: Named, key: str) -> str:
        code = key[:48]
        if code not in named.known:
            described = table != "roster" or "ssd_professionals" not in self._seen
            return "created" if described else "folded"
        if table == "roster" and code in self.newly_on_roster:
            return "folded"
        return "changed" if named.changes(code) else "unchanged"

    def by_code_alone(self) -> int:
        """How many new workers no table describes."""
        new = self.workers.said.items()
        return sum(1 for code, said in new if not said and code not in self.workers.known)

    def merge(self, batch: ImportBatch) -> Iterator[Entry]:
        """Write them, in the caller's transaction; a history entry for each that changed."""
        for named in (self.teams, self.workers):
            _create(named)
            yield from _change(named, batch)
        source = Source.objects.get(key="roster") if self.newly_on_roster else None
        SourceReference.objects.bulk_create(
            SourceReference(
                source=source,
                kind=ROSTER_KIND,
                key=code,
                target="accounts.worker",
                target_id=self.workers.ids[code],
                last_batch_id=batch.pk,
            )
            for code in sorted(self.newly_on_roster)
        )


def _create(named: Named) -> None:
    new = [(code, said) for code, said in named.said.items() if code not in named.known]
    named.model.objects.bulk_create(
        [
            named.model(
                id=named.ids[code],
                ref=new_reference(),
                code=code,
                **({"name": code} if named.model is Team else {}) | said,
            )
            for code, said in new
        ],
        batch_size=500,
    )


def _change(named: Named, batch: ImportBatch) -> Iterator[Entry]:
    for code in named.said:
        if code not in named.known or not (changes := named.changes(code)):
            continue
        named.model.objects.filter(pk=named.ids[code]).update(
            **{name: new for name, (_, new) in changes.items()}
        )
        yield Entry(
            at=batch.started_at,
            actor=batch.by,
            action="import.changed",
            subject=named.model._meta.label_lower,
            subject_id=named.ids[code],
            import_batch_id=batch.pk,
            changes=changes,
        )


def repeated(line: int, key: str, first: int, before: Any, row: Any) -> Fault:
    """The fault of a second row with one key: a duplicate, or one that differs from the first."""
    differing = [name for name in row if row[name] != before[name]]
    if not differing:
        return Fault(
            line=line,
            column="",
            found=key,
            rule="SSD-K01",
            sentence=f"the row is the same as line {first:,}.",
            remedy="Nothing need be done.",
            weight="cell",
        )
    return Fault(
        line=line,
        column=differing[0],
        found=str(row[differing[0]]),
        rule="SSD-K02",
        sentence=f"the key {key} is also on line {first:,}, where {differing[0]} is different. "
        f"Line {first:,} was taken.",
        remedy="Find out which row is right; correct the other in the case system or leave it out.",
    )


def _unknown_roles(line: int, cell: str | None) -> Iterator[Fault]:
    _, unknown = roster.roles_of(cell)
    for word in unknown:
        yield Fault(
            line=line,
            column="roles",
            found=word,
            rule="SSD-C01",
            sentence=f"roles holds '{word}', which is not a role.",
            remedy=f"Use one of: {', '.join(roster.ROLES)}.",
            weight="cell",
        )
