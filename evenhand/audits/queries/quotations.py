"""What auditors wrote, freed of the names that Evenhand knows, for somebody to read and choose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from django.db.models import Q

from evenhand.accounts.models import User, Worker
from evenhand.audits.freeing import Name, freed, left, small_words
from evenhand.audits.models import Audit
from evenhand.facts.adopted import policy
from evenhand.people.models import Child, FamilyMember, Place, Relationship
from evenhand.recording.models import Answer
from evenhand.recording.sets import edition_of

CHILD, SIBLING, RELATIVE = "the child", "a brother or sister", "a relative"
PARENTS = {"mother": "the mother", "father": "the father"}
WORKER, COLLEAGUE, AUDITOR = "the worker", "a colleague", "the auditor"


class Offer(NamedTuple):
    """A comment that may be quoted: which answer, in which section of which audit. No words yet."""

    answer: int
    theme: str
    title: str
    audit: Audit


class Quotation(NamedTuple):
    """What an auditor wrote, without the names that are known. ``ref`` is the answer's.

    ``look_again`` are the words that may still be names.
    """

    ref: str
    title: str
    words: str
    look_again: tuple[str, ...]


def offers_of(audits: Iterable[Audit]) -> list[Offer]:
    """Return every comment of some audits with its theme; one query for any number.

    What only those close to the child may read is never offered.
    """
    by_recording = {one.recording_id: one for one in audits if one.recording_id}
    answers = Answer.objects.filter(recording__in=by_recording).exclude(words="")
    places = _Places()
    found = []
    for pk, recording, question in answers.order_by("recording", "pk").values_list(
        "pk", "recording", "question"
    ):
        place = places.of(by_recording[recording], question)
        if place is not None:
            found.append(Offer(pk, *place, by_recording[recording]))
    return found


def quotations_of(offers: Sequence[Offer]) -> list[Quotation]:
    """Return the words of some offers, freed of names. Few queries for any number."""
    answers = Answer.objects.in_bulk([one.answer for one in offers])
    names, localities = Names(one.audit for one in offers), _localities()
    told = []
    for one in offers:
        known = [*names.of(one.audit), *_born(one.audit), *localities]
        told.append((one, freed(answers[one.answer].words, known)))
    common = _words_of_forms(policy().digest) | _words_of_several(told)
    return [
        Quotation(answers[one.answer].ref, one.title, words, left(words, common))
        for one, words in told if words
    ]  # fmt: skip


def _words_of_several(told: Iterable[tuple[Offer, str]]) -> set[str]:
    """Return the words in small letters of more than one file: those are no child's name."""
    of_file: dict[int, set[str]] = {}
    for one, words in told:
        of_file.setdefault(one.audit.child_id or 0, set()).update(small_words(words))
    counts = Counter(word for words in of_file.values() for word in words)
    return {word for word, number in counts.items() if number > 1}


@cache
def _words_of_forms(_digest: str) -> frozenset[str]:
    """Return the words in small letters of every form of the packs: auditors use them too."""
    return frozenset(
        word
        for editions in policy().question_sets.values()
        for asked in editions
        for one in asked.all_questions()
        for word in small_words(" ".join((one.label, one.hint, *(c.label for c in one.choices))))
    )


def _born(audit: Audit) -> list[Name]:
    """Return the ways in which the day of the child's birth is written."""
    on: date | None = audit.child.born_on if audit.child is not None else None
    if on is None:
        return []
    written = (
        f"{on.day} {on:%B} {on.year}", f"{on.day} {on:%b} {on.year}", f"{on:%d/%m/%Y}",
        f"{on.day}/{on.month}/{on.year}", f"{on:%d/%m/%y}", f"{on:%d.%m.%Y}", on.isoformat(),
    )  # fmt: skip
    return [Name(each, "[date of birth]", whole=True) for each in written]


def _localities() -> list[Name]:
    """Return the localities that the authority's lookup of postcodes names."""
    named = Place.objects.exclude(locality="").values_list("locality", flat=True)
    return [Name(each, "[place]", anyhow=False, whole=True) for each in named.distinct()]


class _Places:
    """In which section of its tool each question stands."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, object], dict[str, tuple[str, str]]] = {}

    def of(self, audit: Audit, question: str) -> tuple[str, str] | None:
        """Return the section and its title; None of a question that is not quoted."""
        key = (audit.tool, audit.edition)
        if key not in self._known:
            self._known[key] = dict(self._read(audit))
        return self._known[key].get(question)

    def _read(self, audit: Audit) -> Iterator[tuple[str, tuple[str, str]]]:
        asked = edition_of(audit.tool, audit.edition)
        for section in asked.sections if asked else ():
            for id_ in section.questions:
                question = asked.question(id_) if asked else None
                if question is not None and not question.restricted:
                    yield id_, (section.id, section.title)


class Names:
    """The names around each audit: the child's, the family's, and everybody's who works here."""

    def __init__(self, audits: Iterable[Audit]) -> None:
        children = {one.child_id for one in audits if one.child_id}
        self._family = _family(children)
        self._staff = [Name(str(name), COLLEAGUE, anyhow=False) for name in _staff()]

    def of(self, audit: Audit) -> Sequence[Name]:
        """Return the names to look for, those nearest to the audit first."""
        found = list(self._family.get(audit.child_id or 0, ()))
        if audit.worker is not None:
            found.append(Name(audit.worker.name, WORKER))
        found.append(Name(audit.auditor.name, AUDITOR))
        return [*found, *self._staff]


def _staff() -> set[str]:
    workers = Worker.objects.exclude(name="").values_list("name", flat=True)
    return set(workers) | set(User.objects.values_list("name", flat=True))


def _family(children: Iterable[int]) -> dict[int, list[Name]]:
    """Return the names of children and of their families, by child: three queries for any."""
    found: dict[int, list[Name]] = {pk: [] for pk in children}
    for child in Child.objects.filter(Q(pk__in=found) | Q(merged_into__in=found)):
        for pk in {child.pk, child.merged_into_id} & set(found):
            found[pk].append(Name(f"{child.forename} {child.surname}".strip(), CHILD))
    related = Relationship.objects.filter(child__in=found).select_related("adult")
    for one in related:
        instead = PARENTS.get(one.kind, RELATIVE)
        found[one.child_id].append(
            Name(f"{one.adult.forename} {one.adult.surname}".strip(), instead)
        )
    for child_id, sibling in _siblings(found):
        found[child_id].append(Name(sibling, SIBLING))
    return found


def _siblings(children: Iterable[int]) -> Iterator[tuple[int, str]]:
    mine = FamilyMember.objects.filter(child__in=children).values_list("family", "child")
    of_family: dict[int, list[int]] = {}
    for family, child in mine:
        of_family.setdefault(family, []).append(child)
    others = FamilyMember.objects.filter(family__in=of_family).select_related("child")
    for other in others:
        for child in of_family[other.family_id]:
            if other.child_id != child:
                yield child, f"{other.child.forename} {other.child.surname}".strip()
