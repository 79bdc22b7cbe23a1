"""A child's file as somebody from another agency may read it: what happened, when, and how our
promises stand; other people by their part, never by their name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Final, NamedTuple

from django.conf import settings
from django.utils.module_loading import import_string

from evenhand.audits.freeing import Name, freed
from evenhand.audits.models import Audit, Finding
from evenhand.audits.queries.quotations import Names
from evenhand.facts.reading import columns
from evenhand.facts.registry import BINDINGS
from evenhand.people.models import Child
from evenhand.policy.vocabulary import Fact
from evenhand.recording.queries import Event, events_of
from evenhand.rules.values import Case
from evenhand.standards import wording
from evenhand.standards.models import Standing
from evenhand.standards.queries import Promise
from evenhand.standards.queries.listing import promises

SUBJECTS: Final = (
    "referral", "assessment", "section_47", "conference", "need_plan", "protection_plan",
    "care_period", "review", "visit", "missing_episode",
)  # fmt: skip


Decided = Callable[[Child], Iterable[tuple[date, str]]]


class Happened(NamedTuple):
    """One event: when, and in words without names; ``more``: what is known of it, yes or no."""

    on: date | None
    words: str
    more: str = ""


class Outcome(NamedTuple):
    """How one promise stands: which, when it was due, and how it came out."""

    promise: Promise
    words: str


class Extract(NamedTuple):
    """A child's file, without the names of others."""

    events: Sequence[Happened]
    outcomes: Sequence[Outcome]


def extract_of(audit: Audit, now: datetime) -> Extract:
    """Return the audited child's file, the newest first, without the names of other people."""
    child = audit.child
    if child is None:
        return Extract((), ())
    kept = child.merged_into or child
    names = names_of(audit)
    found = events_of(kept, SUBJECTS)
    known = _known(found)
    events = [
        Happened(one.on, freed(one.words, names), known.get((one.subject, one.pk), ""))
        for one in found
    ]
    decided: Decided = import_string(settings.DECIDED_ELSEWHERE)
    events += [Happened(on, freed(words, names)) for on, words in decided(kept)]
    rows = Standing.objects.filter(child=kept).order_by("-due_on", "-pk")
    told = [
        Outcome(one, freed(wording.how_it_stands(one.row, one.state, one.horizon), names))
        for one in promises(rows, now)
    ]
    return Extract(sorted(events, key=lambda one: one.on or date.min, reverse=True), told)


def _known(events: Iterable[Event]) -> Mapping[tuple[str, int], str]:
    """Return what is known of events that is yes or no, by subject and key: nobody's own words."""
    keys: dict[str, list[int]] = {}
    for one in events:
        keys.setdefault(one.subject, []).append(one.pk)
    told = {}
    for subject, pks in keys.items():
        asked = [fact for fact in _yes_or_no() if fact.subject == subject]
        held = columns(subject, [fact.name for fact in asked], ids=pks)
        for place, pk in enumerate(held.ids):
            told[subject, int(pk)] = _in_words(asked, held.case(place))
    return told


def _yes_or_no() -> list[Fact]:
    facts = (binding.fact for binding in BINDINGS.values())
    return [fact for fact in facts if fact.type == "yes_no" and not fact.many]


def _in_words(asked: Iterable[Fact], held: Case) -> str:
    known = [(fact, held[fact.name]) for fact in asked if isinstance(held.get(fact.name), bool)]
    return "; ".join(f"{fact.meaning.rstrip('.')}: {'yes' if is_so else 'no'}"
                     for fact, is_so in known)  # fmt: skip


def names_of(audit: Audit) -> Sequence[Name]:
    """Return who is named around an audit, each with their part."""
    return Names([audit]).of(audit)


def earlier_findings(audit: Audit) -> list[Finding]:
    """Return what the audit before this one found of the same child, for the auditor to look at.

    The other audit of the same file, where it is audited twice, is not shown.
    """
    if audit.child_id is None:
        return []
    before = Audit.objects.filter(
        child=audit.child_id, state=Audit.State.DONE, done_at__lte=audit.given_at
    )
    before = before.exclude(pk__in=[audit.pk, audit.twin_of_id or 0]).exclude(twin_of=audit)
    if audit.file_id is not None:
        before = before.exclude(file=audit.file_id)
    last = before.order_by("-done_at", "-pk").first()
    if last is None:
        return []
    return list(last.findings.filter(entered_in_error=False).order_by("raised_at", "pk"))
