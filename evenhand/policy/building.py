"""Every pack in the folders, read, checked and put together as one policy."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from evenhand.policy import (
    ask_set,
    audit_programme,
    bank_holidays,
    clauses,
    documents,
    examples,
    form_names,
    overrides,
    packs,
    question_sets,
    retention,
    roles,
    standards,
    vocabulary,
)
from evenhand.policy.ask_set import Ask
from evenhand.policy.clauses import Clause
from evenhand.policy.documents import Faults, Node, Plain
from evenhand.policy.errors import PackErrors
from evenhand.policy.examples import Example
from evenhand.policy.library import Policy, Words
from evenhand.policy.packs import Pack
from evenhand.policy.standards import Reading
from evenhand.policy.vocabulary import Vocabulary
from evenhand.policy.withholding import withheld, without
from evenhand.rules.calendar import Calendar
from evenhand.rules.question_sets import QuestionSet
from evenhand.rules.standards import PerPeriod, Standard

OWN_FILES = (
    "pack.yaml",
    "clauses.yaml",
    "calendar.yaml",
    "ask-set.yaml",
    roles.FILE,
    retention.FILE,
)
WITH_IDS = (form_names.FOLDER, "tasks")


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
    left_out = withheld() if withhold is None else withhold
    found = packs.find(packs.folders() if folders is None else folders, faults)
    policy = _Builder(found, names, left_out, faults).policy()
    if faults.errors:
        raise PackErrors(faults.errors)
    return policy


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
            reading = form_names.Reading(pack.id, pack.source, self.vocabulary, known, self.faults)
            mine: dict[str, dict[date, QuestionSet]] = {}
            for node in self._listed(pack, form_names.FOLDER):
                one = question_sets.read(node, reading, self.withheld)
                if one is not None and f"{form_names.FOLDER}/{one.id}" not in self.withheld:
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
                    left = without(documents.plain(node), path.stem, self.withheld)
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
