"""What an audit is of besides a child or a worker: which referral, conference or supervision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from evenhand.audits.models import Audit
from evenhand.audits.queries.copies import Supervision
from evenhand.audits.queries.populations import EVENTS
from evenhand.design.wording import day
from evenhand.facts.adopted import policy

MODELS: Final[Mapping[str, tuple[Any, str]]] = {
    **{subject: (model, on) for model, on, subject in EVENTS.values()},
    "supervision": (Supervision, "held_on"),
}
"""By subject, the model of what is audited, and the day by which people know it."""


def events_audited(audits: Iterable[Audit]) -> Mapping[int, str]:
    """Return, by audit's key, which event each is of: "Referral of Mon 10 August 2026".

    Nothing of audits of a whole file, and of events that are held no more. A query for each kind.
    """
    named = {one.pk: (one.subject, one.about_id) for one in audits if one.about_id is not None}
    days: dict[tuple[str, int | None], date | None] = {}
    for subject in {subject for subject, _ in named.values()} & MODELS.keys():
        model, on = MODELS[subject]
        wanted = [about for kind, about in named.values() if kind == subject]
        rows = model._default_manager.filter(pk__in=wanted).order_by()
        days |= {(subject, pk): held for pk, held in rows.values_list("pk", on)}
    return {pk: _words(key[0], days[key]) for pk, key in named.items() if key in days}


def _words(subject: str, on: date | None) -> str:
    said = policy().word(subject)
    said = said[:1].upper() + said[1:]
    return f"{said} of {day(on)}" if on else f"{said}, day not recorded"
