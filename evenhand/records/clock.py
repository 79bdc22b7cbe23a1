"""Until when a request is to be answered, from its own days and the packs' values."""

from __future__ import annotations

from evenhand.facts.adopted import policy
from evenhand.records.models import RecordsRequest
from evenhand.records.pack import leaves_out_both_days, time_on
from evenhand.rules.pauses import Due, Extension, Pause, due


def due_of(request: RecordsRequest) -> Due | None:
    """Return when a request is due and why; None where no rule was in force when it came."""
    time = time_on(request.received_on)
    if time.within is None:
        return None
    asked_on, told_on = request.identity_asked_on, request.extension_told_on
    return due(
        request.received_on,
        time.within,
        policy().calendar,
        identity=Pause(asked_on, request.identity_shown_on) if asked_on else None,
        clarifications=_clarifications(request),
        extension=Extension(time.extension, told_on) if told_on else None,
    )


def _clarifications(request: RecordsRequest) -> list[Pause]:
    asked = request.clarifications.values_list("asked_on", "answered_on")
    return [Pause(day, answered, leaves_out_both_days(day)) for day, answered in asked]


def set_clock(request: RecordsRequest) -> dict[str, tuple[object, object]]:
    """Put what is derived from the days on the request; return what changed. Does not save."""
    found = due_of(request)
    derived = {
        "due_on": found.on if found else None,
        "extended": bool(found and found.extended),
        "paused": bool(found and (found.days_left_out or found.stopped or _began_later(request))),
        "stopped": bool(found and found.stopped and request.answered_on is None),
    }
    changes = {
        name: (getattr(request, name), value)
        for name, value in derived.items()
        if getattr(request, name) != value
    }
    for name, value in derived.items():
        setattr(request, name, value)
    return changes


def _began_later(request: RecordsRequest) -> bool:
    shown = request.identity_shown_on
    return request.identity_asked_on is not None and shown is not None and (
        shown > request.received_on
    )  # fmt: skip
