"""What a barrier or a note is fastened to: an assessment that was imported, or feedback.

Later rooms (complaints, audits) are added by a line in ``KINDS``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from django.apps import apps
from django.db.models import Model

from evenhand.casework.models import Assessment
from evenhand.design.wording import day
from evenhand.feedback.models import Feedback

ASSESSMENT: Final = Assessment._meta.label_lower
FEEDBACK: Final = Feedback._meta.label_lower
KINDS: Final[Mapping[str, str]] = {ASSESSMENT: "assessment", FEEDBACK: "feedback"}
"""By the label of the model: how a list names what told it."""


Place = tuple[str, int | None]
"""A model's label and a key: where a row points."""


def place_of(record: Model | None) -> dict[str, object]:
    """Return the columns that point at a record; of none, at nothing."""
    if record is None:
        return {"target": "", "target_id": None}
    return {"target": record._meta.label_lower, "target_id": record.pk}


def record_at(target: str, target_id: int | None) -> Model | None:
    """Return what is pointed at; None for nothing, and for what is no longer there."""
    if target not in KINDS:
        return None
    found: Model | None = apps.get_model(target)._default_manager.filter(pk=target_id).first()
    return found


def records_at(places: Iterable[Place]) -> dict[Place, Model]:
    """Return what each of these places points at, with one query for each kind of record."""
    wanted: dict[str, set[int]] = {}
    for target, target_id in places:
        if target in KINDS and target_id is not None:
            wanted.setdefault(target, set()).add(target_id)
    return {
        (target, pk): record
        for target, keys in wanted.items()
        for pk, record in apps.get_model(target)._default_manager.in_bulk(list(keys)).items()
    }


def words_of(record: Model | None) -> str:
    """Return a source as a sentence names it."""
    if isinstance(record, Assessment):
        begun = day(record.started_on) if record.started_on else "a day not recorded"
        gone = " (its source no longer holds it)" if record.withdrawn else ""
        return f"Assessment begun {begun}{gone}"
    if isinstance(record, Feedback):
        return f"Feedback of {day(record.received_on)}"
    return "Told outside of any record"
