"""Who changed and who looked at the record, requests to see it, and what no other part holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Model
from django.utils.module_loading import import_string

from evenhand.casework.models import Event
from evenhand.design.wording import day, moment
from evenhand.history.models import Entry
from evenhand.history.queries import changes_to, looks_at
from evenhand.people.models import IdentityStatement
from evenhand.records.contents import Cell, Part, Piece, Section
from evenhand.records.gathering.about import About
from evenhand.records.gathering.events import of_child, rows_of
from evenhand.records.gathering.people import statements
from evenhand.records.models import RecordsRequest
from evenhand.sources.models import Difference

EVERY_LOOK = 1_000_000
ELSEWHERE = {
    "people.identitystatement": "what was said",
    "people.relationship": "your family",
    "people.familymember": "your family",
    "people.involvement": "who works with you",
    "records.recordsrequest": "requests",
    "recording.recording": "what was written down",
}
"""Models of a child that have a part of their own."""
DERIVED = {
    "standards.standing": "told as promises",
    "people.identitystanding": "worked out from what was said",
    "people.identityquestion": "worked out from what is not said yet",
    "people.settleddifference": "told with changes",
    "retention.retentiondate": "worked out from what happened",
}
"""Models worked out from what is told: nothing that is held is only there."""
STATEMENT = IdentityStatement._meta.label_lower


def what_was_changed(about: About) -> Section:
    """Return every change that people or imports made, newest first."""
    told = set() if about.sees_own_answers else _untold(about)
    rows = [
        _change(entry, about)
        for key in about.kin
        for entry in changes_to(key)
        if (entry.subject, entry.subject_id) not in told and _is_theirs(entry, about)
    ]
    return Section(
        "what-was-changed", "Who wrote or changed something",
        "Each time somebody, or a file from the case system, added or changed something.",
        ("When", "Who", "What", "Before and after", "Why"), tuple(rows),
    )  # fmt: skip


def _untold(about: About) -> set[tuple[str, int | None]]:
    given = [row.pk for row in statements(about)]
    others = IdentityStatement.objects.filter(child__in=about.kin).exclude(pk__in=given)
    return {(STATEMENT, pk) for pk in others.values_list("pk", flat=True)}


def _is_theirs(entry: Entry, about: About) -> bool:
    """Whether a change is told to who asked: of requests, to others only their own."""
    if about.own or entry.subject != RecordsRequest._meta.label_lower:
        return True
    return entry.subject_id == about.request.pk


def _change(entry: Entry, about: About) -> tuple[Cell, ...]:
    who = entry.actor.name if entry.actor else "The case system's file"
    return (
        (moment(entry.at),), (who,), (entry.action.replace(".", ": ").replace("_", " "),),
        tuple(_values(entry, about)), about.named.prose(entry.reason),
    )  # fmt: skip


def _values(entry: Entry, about: About) -> Iterator[Part]:
    for place, (field, pair) in enumerate((entry.changes or {}).items()):
        old, new = (*pair, None, None)[:2] if isinstance(pair, list) else (None, pair)
        yield f"{'; ' if place else ''}{field.replace('_', ' ')}: "
        yield from about.named.told(_plain(old))
        yield ", then "
        yield from about.named.told(_plain(new))


def _plain(value: object) -> str:
    return "nothing" if value in (None, "") else str(value)


def who_looked(about: About) -> Section:
    """Return every look at the record, newest first."""
    rows = [
        ((moment(look.at),), (look.name,), (look.page,), about.named.told(look.why))
        for key in about.kin
        for look in looks_at(key, most=EVERY_LOOK)
    ]
    return Section(
        "who-looked", "Who looked at your record",
        "Each time somebody who works here opened a page about you.",
        ("When", "Who", "Page", "Why"), tuple(rows),
    )  # fmt: skip


def where_sources_differ(about: About) -> Section:
    """Return what two sources tell differently."""
    found = Difference.objects.filter(child_id__in=about.kin).select_related("source", "believed")
    rows = [
        (
            (one.kind.replace("_", " "),), (one.field.replace("_", " "),),
            about.named.told(one.held), about.named.told(one.told),
            (one.source.name,),
        )
        for one in found.order_by("pk")
    ]  # fmt: skip
    return Section(
        "where-sources-differ", "Where our records do not agree",
        "Where two of our systems say different things about you.",
        ("About", "What", "What we go by", "What the other says", "Which other"), tuple(rows),
    )  # fmt: skip


def requests_to_see(about: About) -> Section:
    """Return requests to see the record: to the person all, to others their own alone."""
    found = RecordsRequest.objects.filter(child__in=about.kin).order_by("-received_on", "-pk")
    if not about.own:
        found = found.filter(pk=about.request.pk)
    rows = [
        (
            (day(one.received_on),), _asker(one, about), about.named.prose(one.wanted),
            tuple(_between(one, about)),
            (one.get_decision_display(),), (day(one.answered_on) if one.answered_on else "",),
        )
        for one in found
    ]  # fmt: skip
    return Section(
        "requests-to-see", "Requests to see your record",
        "Each time you, or somebody for you, asked to see what we hold.",
        ("Received", "Who asked", "What for", "What was asked in between", "Decided", "Answered"),
        tuple(rows),
    )  # fmt: skip


def _asker(request: RecordsRequest, about: About) -> Cell:
    words = request.asker_name or request.asked_by.replace("-", " ")
    return (words,) if request.pk == about.request.pk else (Piece("other-adult", words),)


def _between(request: RecordsRequest, about: About) -> Iterator[Part]:
    """Questions with their answers; and, to the person alone, what they said they wish."""
    for one in request.clarifications.order_by("pk"):
        yield f"{day(one.asked_on)}: "
        yield from about.named.prose(f"{one.asked} {one.answer} ")
    for wish in request.wishes.order_by("pk") if about.own else ():
        yield f"{day(wish.asked_on)}: you were asked what you want: "
        yield f"{wish.get_wish_display()}. {wish.words} "


def what_was_written(about: About) -> Section:
    """Return what people answered on our forms about the child: somebody must read each answer."""
    tables: Mapping[str, Any] = import_string(settings.TOLD_IN_BUNDLES)
    rows = [
        ((what,), (when,), (question,), (_to_read(answer),))
        for tell in tables.values()
        for what, when, question, answer in tell(about.kin)
    ]
    return Section(
        "what-was-written", "What people wrote down",
        "What those who work with you wrote down on our own forms.",
        ("What", "When", "Question", "Answer"), tuple(rows),
    )  # fmt: skip


def all_else(about: About) -> Section:
    """Return what any other room holds of the child, field by field, so that nothing is forgotten.

    Each value is a piece that somebody must read.
    """
    rows = [
        (*row[:3], tuple(_to_read(part) for part in row[3]))
        for model in models_without_a_part()
        for row in rows_of(model, about)
    ]
    return Section(
        "all-else", "Anything else we hold",
        "What stands in no other part.",
        ("Record", "Number", "What", "What we hold"), tuple(rows),
    )  # fmt: skip


def models_without_a_part() -> list[type[Model]]:
    """Return each model of ours that points to a child and is in no part of its own."""
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith("evenhand.")
        and of_child(model)
        and not issubclass(model, Event)
        and model._meta.label_lower not in {**ELSEWHERE, **DERIVED, "people.child": ""}
    ]


def _to_read(part: Part) -> Part:
    return Piece("unread", part) if isinstance(part, str) and part.strip() else part
