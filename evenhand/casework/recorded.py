"""What can be recorded by hand until the case system shows it, and what each belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from evenhand.casework.models import (
    CarePeriod,
    CoreGroup,
    LookedAfterReview,
    NeedPlan,
    ProtectionPlan,
    ReviewConference,
    Visit,
)

SOURCE: Final = "evenhand"
"""The source of what people recorded here: the last in every order of sources."""


class Owner(NamedTuple):
    """What an event belongs to: its model, the link to it, and the kind the event then is."""

    model: Any
    link: str
    kind: str
    constants: Mapping[str, str] = {}


class Recordable(NamedTuple):
    """One kind of event to choose from: its words, its model, and what it may belong to."""

    words: str
    model: Any
    owners: tuple[Owner, ...]


RECORDABLE: Final[Mapping[str, Recordable]] = {
    "visit": Recordable(
        "A visit to the child",
        Visit,
        (
            Owner(CarePeriod, "care_period", "care_visit", {"kind": "care"}),
            Owner(ProtectionPlan, "plan", "protection_visit", {"kind": "protection"}),
            Owner(NeedPlan, "need_plan", "need_visit", {"kind": "need"}),
        ),
    ),
    "looked_after_review": Recordable(
        "A looked-after review",
        LookedAfterReview,
        (Owner(CarePeriod, "care_period", "looked_after_review"),),
    ),
    "review_conference": Recordable(
        "A review child protection conference",
        ReviewConference,
        (Owner(ProtectionPlan, "plan", "review_conference"),),
    ),
    "core_group": Recordable(
        "A core group meeting", CoreGroup, (Owner(ProtectionPlan, "plan", "core_group"),)
    ),
}
