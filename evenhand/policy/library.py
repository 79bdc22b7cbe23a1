"""The library: every pack in the folders, read, checked and put together as one policy."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from evenhand.policy import (
    ask_set,
    audit_programme,
    bank_holidays,
    case_file,
    clauses,
    documents,
    examples,
    locking,
    overrides,
    packs,
    question_sets,
    retention,
    roles,
    standards,
    vocabulary,
)
from evenhand.policy.ask_set import Ask
from evenhand.policy.checking import Problem, problems_of
from evenhand.policy.clauses import Clause
from evenhand.policy.documents import Faults, Node, Plain
from evenhand.policy.errors import PackErrors
from evenhand.policy.examples import Example
from evenhand.policy.packs import Pack
from evenhand.policy.retention import Schedule
from evenhand.policy.roles import Roles
from evenhand.policy.standards import Reading
from evenhand.policy.vocabulary import Vocabulary
from evenhand.rules.calendar import Calendar
from evenhand.rules.question_sets import QuestionSet
from evenhand.rules.standards import PerPeriod, Standard

WITHHOLD_SETTING = "EVENHAND_WITHHOLD"
OWN_FILES = (
    "pack.yaml",
    "clauses.yaml",
    "calendar.yaml",
    "ask-set.yaml",
    roles.FILE,
    retention.FILE,
)
WITH_IDS = (question_sets.FOLDER, "tasks")
Words = Mapping[str, Mapping[str, Mapping[str, str]]]


@dataclass(frozen=True)
class Policy:
    """What the packs say: standards and clauses by id, the calendar, the ask set and the words.

    `packs` stand in the order of adoption. `words` is by audience (staff, family), then section
    (words, states), then key; a later pack's word replaces an earlier one's. `documents` holds the
    other YAML files of a pack, as plain values, by pack and name. `examples` are the standards'
    cases, and hold of `written`: the standards as their packs have them, before any override.
    `digest` changes with anything that the packs say.
    """

    packs: tuple[Pack, ...]
    standards: Mapping[str, Standard]
    written: Mapping[str, Standard]
    clauses: Mapping[str, Clause]
    calendar: Calendar
    ask_set: tuple[Ask, ...]
    roles: Roles
    retention: Schedule
    question_sets: Mapping[str, tuple[QuestionSet, ...]]
    written_forms: tuple[QuestionSet, ...]
    words: Words
    documents: Mapping[tuple[str, str], Plain]
    examples: Mapping[str, tuple[Example, ...]]
    vocabulary: Vocabulary
    digest: str

    def document(self, name: str) -> Plain:
        """The newest pack's document of that name ("grounds", "codes" ...), or None."""
        found = [self.documents.get((pack.id, name)) for pack in self.packs]
        return next((document for document in reversed(found) if document is not None), None)

    def word(self, key: str, audience: str = "staff", section: str = "words") -> str:
        """The word for `key`; the key itself, in words, where no pack has one."""
        return self.words.get(audience, {}).get(section, {}).get(key, key.replace("_", " "))

    def question_set(self, id_: str, day: date) -> QuestionSet | None:
        """The edition of a form in force on a day; before the first, the first; None: no form."""
        editions = self.question_sets.get(id_, ())
        begun = [one for one in editions if one.from_ <= day]
        return begun[-1] if begun else next(iter(editions), None)

    def standards_of(self, clause: str) -> tuple[Standard, ...]:
        """The standards that rest on a clause."""
        return tuple(one for one in self.standards.values() if clause in one.clauses)

    def lock_problems(self, today: date) -> tuple[Problem, ...]:
        """What the packs' locks refuse on a day: values edited, gone or not yet locked."""
        return tuple(
            problem for pack in self.packs
            for problem in locking.problems_of(pack, self.written, self.written_forms, today)
        )  # fmt: skip

    def problems(self) -> tuple[Problem, ...]:
        """Cases that do not come out as written, and standards without cases."""
        standards_ = problems_of(self.written, self.examples, self.calendar, self.vocabulary)
        return (*standards_, *retention.problems_of(self.retention), *self._unknown_tasks(),
                *self._unknown_standards(),
                *case_file.problems_of(self.document(case_file.NAME)))  # fmt: skip

    def task_kinds(self) -> frozenset[str]:
        """The kinds of task of the newest tasks.yaml."""
        tasks = self.document("tasks")
        listed = tasks.get("kinds") if isinstance(tasks, dict) else None
        written = listed if isinstance(listed, list) else []
        return frozenset(str(one.get("id")) for one in written if isinstance(one, dict))

    def _unknown_tasks(self) -> Iterator[Problem]:
        """Forms that ask for a kind of task which no adopted pack has: none would be opened."""
        kinds = self.task_kinds()
        for form in (one for editions in self.question_sets.values() for one in editions):
            asked = [*form.steps, *filter(None, [form.when_worker_changes])]
            for step in (step for step in asked if step.task not in kinds):
                found = f'it asks for a task "{step.task}", which tasks.yaml has not'
                yield Problem(form.id, "", 0, found, "Add its kind to tasks.yaml.")

    def _unknown_standards(self) -> Iterator[Problem]:
        """Forms that show how a standard stands which no adopted pack has: nothing is shown."""
        for form in (one for editions in self.question_sets.values() for one in editions):
            for each in (one for one in form.compliance if one.standard not in self.standards):
                found = f'it shows "{each.standard}", a standard that no pack has'
                yield Problem(form.id, "", 0, found, "Name a standard as pack/name.")


def load(
    folders: Iterable[Path] | None = None,
    vocabulary_: Vocabulary | None = None,
    *,
    withhold: frozenset[str] | None = None,
) -> Policy:
    """Read the packs in the folders (default: those shipped and those of EVENHAND_PACKS).

    `withhold` leaves entries out, to prove what rests on them (default: those that
    EVENHAND_WITHHOLD names, with commas between): a standard's id, "ask-set/<characteristic>",
    "clauses/<id>", or "<document>/<id>". Raises PackErrors with every fault found.
    """
    faults = Faults()
    names = vocabulary_ or vocabulary.load()
    left_out = _withheld() if withhold is None else withhold
    found = packs.find(packs.folders() if folders is None else folders, faults)
    policy = _Builder(found, names, left_out, faults).policy()
    if faults.errors:
        raise PackErrors(faults.errors)
    return policy


def _withheld() -> frozenset[str]:
    named = os.environ.get(WITHHOLD_SETTING, "").replace(",", " ")
    return frozenset(named.split())


@dataclass
class _Builder:
    """Reads the packs one part after another."""

    packs: list[Pack]
    vocabulary: Vocabulary
    withheld: frozenset[str]
    faults: Faults
    forms: list[QuestionSet] = field(default_factory=list)
    programmes: list[Node] = field(default_factory=list)

    def policy(self) -> Policy:
        clauses_ = self._clauses()
        standards_, cases = self._standards(frozenset(clauses_))
        written = {id_: one for id_, one in standards_.items() if id_ not in self.withheld}
        overrides.apply(self.packs, standards_, self.faults)
        calendar = self._calendar()
        built = Policy(
            packs=tuple(self.packs),
            standards={
                id_: replace(one, digest=_digest_of(one, calendar))
                for id_, one in standards_.items() if id_ not in self.withheld
            },
            written=written,
            clauses={
                id_: one for id_, one in clauses_.items() if f"clauses/{id_}" not in self.withheld
            },
            calendar=calendar,
            ask_set=self._ask_set(),
            roles=roles.read(self.packs, self.faults),
            retention=retention.read(self.packs, self.faults, self.withheld),
            question_sets=self._question_sets(frozenset(clauses_)),
            written_forms=tuple(self.forms),
            words=self._words(),
            documents=self._documents(),
            examples={id_: c for id_, c in cases.items() if id_ not in self.withheld},
            vocabulary=self.vocabulary,
            digest=self._digest(),
        )  # fmt: skip
        self._check_audits(built, standards_)
        return built

    def _check_audits(self, built: Policy, standards_: Mapping[str, Standard]) -> None:
        """Check each audit programme against all that the packs have, what is withheld with it."""
        names = [name.split("/") for name in self.withheld]
        left_out = {name[1] for name in names if name[0] in WITH_IDS and len(name) > 1}
        counted = {id_ for id_, one in standards_.items() if isinstance(one, PerPeriod)}
        known = audit_programme.Known(
            frozenset(standards_), counted, frozenset(built.roles.roles),
            left_out | set(built.question_sets), left_out | built.task_kinds(),
        )  # fmt: skip
        for node in self.programmes:
            audit_programme.check(node, known, self.faults)

    def _read(self, pack: Pack, name: str) -> Node | None:
        path = pack.folder / name
        return documents.read(path, self.faults) if path.is_file() else None

    def _clauses(self) -> dict[str, Clause]:
        found: dict[str, Clause] = {}
        for pack in self.packs:
            node = self._read(pack, "clauses.yaml")
            for clause, place in clauses.read(node, pack.id, self.faults) if node else ():
                self._once(clause.id, found, place)
                found[clause.id] = clause
        return found

    def _standards(
        self, known: frozenset[str]
    ) -> tuple[dict[str, Standard], dict[str, tuple[Example, ...]]]:
        found: dict[str, Standard] = {}
        cases: dict[str, tuple[Example, ...]] = {}
        for pack in self.packs:
            reading = Reading(pack.id, pack.source, self.vocabulary, known, self.faults)
            for node in self._listed(pack, "standards"):
                standard = standards.read(node, reading)
                if standard is not None:
                    self._once(standard.id, found, node)
                    found[standard.id] = standard
                    cases[standard.id] = self._cases(node, standard)
        return found, cases

    def _question_sets(self, known: frozenset[str]) -> dict[str, tuple[QuestionSet, ...]]:
        """Every form's editions; a later pack's form of the same id stands instead of it."""
        found: dict[str, dict[date, QuestionSet]] = {}
        for pack in self.packs:
            reading = question_sets.Reading(
                pack.id, pack.source, self.vocabulary, known, self.faults
            )
            mine: dict[str, dict[date, QuestionSet]] = {}
            for node in self._listed(pack, question_sets.FOLDER):
                one = question_sets.read(node, reading, self.withheld)
                if one is not None and f"{question_sets.FOLDER}/{one.id}" not in self.withheld:
                    self._once(f"{one.id} from {one.from_}", _dated(mine), node)
                    self.forms.append(one)
                    mine.setdefault(one.id, {})[one.from_] = one
            found |= mine
        return {id_: tuple(one[day] for day in sorted(one)) for id_, one in found.items()}

    def _cases(self, node: Node, standard: Standard) -> tuple[Example, ...]:
        cases = node.fields.get("cases") if isinstance(node, documents.Mapping) else None
        if cases is None:
            return ()
        read = examples.read(cases, standard.id, standard.subject, self.vocabulary, self.faults)
        return tuple(read)

    def _listed(self, pack: Pack, folder: str) -> Iterator[Node]:
        for path in documents.yaml_files(pack.folder / folder):
            node = documents.read(path, self.faults)
            yield from documents.items_of(node) if node else ()

    def _once(self, id_: str, found: Mapping[str, object], place: Node) -> None:
        if id_ in found:
            self.faults.add(place, "id", f'"{id_}" stands twice', "Give each its own id.")

    def _calendar(self) -> Calendar:
        found = bank_holidays.NONE_PROCLAIMED
        for pack in self.packs:
            node = self._read(pack, "calendar.yaml")
            found = (bank_holidays.read(node, self.faults) if node else None) or found
        return found

    def _ask_set(self) -> tuple[Ask, ...]:
        found: dict[str, Ask] = {}
        for pack in self.packs:
            node = self._read(pack, "ask-set.yaml")
            for ask, _ in ask_set.read(node, pack.id, self.faults) if node else ():
                found[ask.characteristic] = ask
        return tuple(one for id_, one in found.items() if f"ask-set/{id_}" not in self.withheld)

    def _words(self) -> Words:
        found: dict[str, dict[str, dict[str, str]]] = {}
        for pack in self.packs:
            for path in documents.yaml_files(pack.folder / "words"):
                node = documents.read(path, self.faults)
                _merge_words(node, found.setdefault(path.stem, {}))
        return found

    def _documents(self) -> dict[tuple[str, str], Plain]:
        found: dict[tuple[str, str], Plain] = {}
        for pack in self.packs:
            for path in sorted(pack.folder.glob("*.yaml")):
                node = self._read(pack, path.name) if path.name not in OWN_FILES else None
                if node is not None:
                    self.programmes += [node] if path.stem == audit_programme.NAME else []
                    left = _without(documents.plain(node), path.stem, self.withheld)
                    found[pack.id, path.stem] = left
        return found

    def _digest(self) -> str:
        whole = hashlib.sha256()
        for pack in self.packs:
            for path in documents.yaml_files(pack.folder):
                name = path.relative_to(pack.folder).as_posix()
                text = path.read_bytes().replace(b"\r\n", b"\n")
                whole.update(f"{pack.id}/{name} {len(text)}\n".encode() + text)
        whole.update(" ".join(sorted(self.withheld)).encode())
        return whole.hexdigest()[:16]


def _dated(editions: Mapping[str, Mapping[date, QuestionSet]]) -> dict[str, QuestionSet]:
    return {
        f"{id_} from {day}": one for id_, by_day in editions.items() for day, one in by_day.items()
    }


def _digest_of(standard: Standard, calendar: Calendar) -> str:
    """A digest of what decides a standard's outcomes: its definition and the calendar."""
    definition = replace(standard, title="", words="", clauses=(), category="", digest="")
    days = sorted(calendar.holidays), calendar.first, calendar.proclaimed_to
    return hashlib.sha256(f"{definition!r} {days!r}".encode()).hexdigest()[:16]


def _merge_words(node: Node | None, into: dict[str, dict[str, str]]) -> None:
    if not isinstance(node, documents.Mapping):
        return
    for section, words in node.fields.items():
        if isinstance(words, documents.Mapping):
            texts = into.setdefault(section, {})
            for key, one in words.fields.items():
                if isinstance(one, documents.Scalar):
                    texts[key] = one.text
        elif isinstance(words, documents.Scalar):
            into.setdefault("words", {})[section] = words.text


def _without(value: Plain, name: str, withheld: frozenset[str]) -> Plain:
    """A document without the items whose id (or characteristic), or whose key, is withheld."""
    if not any(entry.startswith(f"{name}/") for entry in withheld):
        return value
    if isinstance(value, dict):
        kept_keys = {key: one for key, one in value.items() if f"{name}/{key}" not in withheld}
        return {key: _without(inner, name, withheld) for key, inner in kept_keys.items()}
    if isinstance(value, list):
        kept = [item for item in value if not _is_withheld(item, name, withheld)]
        return [_without(item, name, withheld) for item in kept]
    return value


def _is_withheld(item: Plain, name: str, withheld: frozenset[str]) -> bool:
    if not isinstance(item, dict):
        return False
    id_ = item.get("id") or item.get("characteristic")
    return f"{name}/{id_}" in withheld
