"""What happened, in words and in every detail that is held, and what was promised."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db.models import Field, ForeignKey, Model, TextField

from evenhand.accounts.models import Team, User, Worker
from evenhand.casework.happenings import HAPPENINGS
from evenhand.casework.queries import chronology
from evenhand.design.wording import day, moment
from evenhand.formats.ssd.tables import codes
from evenhand.people.models import Adult, Child
from evenhand.records.contents import Cell, Piece, Section
from evenhand.records.gathering.about import About
from evenhand.records.gathering.names import PARENT
from evenhand.standards import wording
from evenhand.standards.queries import outcomes_of

REFERRER, WHEREABOUTS = "referrer", "whereabouts"
TOLD_BY = {"contact": REFERRER, "referral": REFERRER}
"""Kinds of event whose detail, after the colon, tells who got in touch."""
KIND_OF_FIELD = {
    "source_code": REFERRER, "source_text": REFERRER, "postcode": WHEREABOUTS,
    "urn": WHEREABOUTS, "provider": WHEREABOUTS,
}  # fmt: skip
LISTS = {(one.model, one.detail): one.list for one in HAPPENINGS if one.list}
UNTOLD = {"id", "child", "ref"}
IN_PROFESSION = (Worker, Team, User)


def what_happened(about: About) -> Section:
    """Return the whole chronology in words, newest first, with where each event came from."""
    rows = []
    page = chronology(about.child, about.viewer)
    for number in page.paginator.page_range:
        for one in chronology(about.child, about.viewer, page=number).object_list:
            gone = "Its source no longer holds it. " if one.withdrawn else ""
            rows.append(
                ((day(one.day),), _in_words(one.kind, one.words, about), (gone + one.source,))
            )
    return Section(
        "what-happened", "What happened",
        "What our records say happened, the newest first, and where we have it from.",
        ("When", "What", "Where we have it from"), tuple(rows),
    )  # fmt: skip


def _in_words(kind: str, words: str, about: About) -> Cell:
    told, colon, detail = words.partition(": ")
    if colon and kind in TOLD_BY and told != "Our services under a referral ended":
        return (f"{told}: ", Piece(TOLD_BY[kind], detail))
    return about.named.told(words)


def every_detail(about: About) -> Section:
    """Return each value that is held of each event."""
    rows = [
        row
        for model in apps.get_app_config("casework").get_models()
        for row in rows_of(model, about)
    ]
    return Section(
        "every-detail", "Every detail of what happened",
        "The same events with each thing that was written down about them. Short codes are as the "
        "law's forms have them.",
        ("Record", "Number", "What", "What we hold"), tuple(rows),
    )  # fmt: skip


def rows_of(model: type[Model], about: About) -> Iterator[tuple[Cell, ...]]:
    """Yield a row for each filled field of each row of a model that is of the child."""
    paths = [field.name for field in of_child(model)]
    name = str(model._meta.verbose_name).capitalize()
    for path in paths:
        found = model._default_manager.filter(**{f"{path}__in": about.kin}).order_by("pk")
        for number, row in enumerate(found, start=1):
            for field in model._meta.concrete_fields:
                cell = _cell(field, row, about)
                if cell:
                    label = str(field.verbose_name).capitalize()
                    yield (name,), (str(number),), (label,), cell


def of_child(model: type[Model]) -> list[ForeignKey[Any, Any]]:
    """Return the fields of a model that point to a child."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and field.remote_field.model is Child
    ]


def _cell(field: Field[Any, Any], row: Model, about: About) -> Cell:
    if field.name in UNTOLD or (isinstance(field, ForeignKey) and _is_link(field)):
        return ()
    value = getattr(row, field.name)
    if value in (None, "", [], {}):
        return ()
    if isinstance(value, Adult):
        return (Piece(PARENT, str(value)),)
    text = _text(value)
    kind = KIND_OF_FIELD.get(field.name)
    named = LISTS.get((type(row), field.name), "")
    text = codes().get(named, {}).get(text, text)
    if kind:
        return (Piece(kind, text),)
    is_prose = isinstance(field, TextField) and isinstance(value, str)
    return about.named.prose(text) if is_prose else about.named.told(text)


def _is_link(field: ForeignKey[Any, Any]) -> bool:
    """Whether it leads to another record, which is told on its own."""
    return not issubclass(field.remote_field.model, (*IN_PROFESSION, Adult))


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_text(one)}" for name, one in value.items())
    if isinstance(value, list):
        return "; ".join(map(_text, value))
    return str(value)


def what_was_promised(about: About) -> Section:
    """Return each promise to the child and how it stands."""
    rows = [
        (
            (one.standard.words or one.standard.title,),
            (wording.due_in_words(one.row),),
            (day(one.row.done_on) if one.row.done_on else "",),
            (str(one.state).capitalize(),),
        )
        for one in outcomes_of(about.child, about.viewer, now=about.now)
    ]
    return Section(
        "what-was-promised", "What we promised you, and whether we did it",
        "Things that the law or our own promises say we do for you by a day.",
        ("What we promised", "By when", "Done", "How it stands"), tuple(rows),
    )  # fmt: skip
