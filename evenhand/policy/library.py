"""The library: what all adopted packs say together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from evenhand.policy import (
    case_file,
    locking,
    retention,
)
from evenhand.policy.ask_set import Ask
from evenhand.policy.checking import Problem, problems_of
from evenhand.policy.clauses import Clause
from evenhand.policy.documents import Plain
from evenhand.policy.examples import Example
from evenhand.policy.packs import Pack
from evenhand.policy.retention import Schedule
from evenhand.policy.roles import Roles
from evenhand.policy.vocabulary import Vocabulary
from evenhand.rules.calendar import Calendar
from evenhand.rules.question_sets import QuestionSet
from evenhand.rules.standards import Standard

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
