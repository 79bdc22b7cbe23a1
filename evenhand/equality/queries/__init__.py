"""Reads of this room: concerns and the duty, and who fares worse. Each takes the viewer."""

from evenhand.equality.queries.concerns import (
    Aim,
    CharacteristicRow,
    GroundRow,
    Report,
    concerns_for,
    duty_for,
    report_for,
)
from evenhand.equality.queries.fares import (
    Asked,
    Fares,
    clocks_for,
    counted_on,
    counts_to_release,
    everything_for,
    fares_of,
    services_offered,
    steps_for,
)
from evenhand.equality.queries.releases import (
    Waiting,
    any_for,
    for_second_person,
    register_for,
    releases_for,
    standing_for,
    waiting_for,
)

__all__ = [
    "Aim",
    "Asked",
    "CharacteristicRow",
    "Fares",
    "GroundRow",
    "Report",
    "Waiting",
    "any_for",
    "clocks_for",
    "concerns_for",
    "counted_on",
    "counts_to_release",
    "duty_for",
    "everything_for",
    "fares_of",
    "for_second_person",
    "register_for",
    "releases_for",
    "report_for",
    "services_offered",
    "standing_for",
    "steps_for",
    "waiting_for",
]
