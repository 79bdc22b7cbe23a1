"""The kinds of event in a child's chronology, and how each is said."""

from __future__ import annotations

from typing import Any, NamedTuple

from evenhand.casework.models import (
    AdviserContact,
    Assessment,
    CarePeriod,
    CaseNote,
    Contact,
    CoreGroup,
    EarlyHelpEpisode,
    InitialConference,
    LegalStatus,
    LookedAfterReview,
    MissingEpisode,
    NeedPlan,
    PathwayPlanReview,
    Placement,
    ProtectionPlan,
    Referral,
    ReviewConference,
    ReviewingOfficerContact,
    Section47,
    Visit,
)
from evenhand.formats.ssd.tables import codes


class Kind(NamedTuple):
    """One kind of event: its model, the column of its day, and what is said of it.

    ``detail`` is the column that says more, ``list`` the code list that puts it into words.
    """

    kind: str
    model: Any
    day: str
    words: str
    detail: str = ""
    list: str = ""


HAPPENINGS: tuple[Kind, ...] = (
    Kind("contact", Contact, "received_on", "Somebody got in touch about them",
         "source_code", "referral_source"),
    Kind("early help", EarlyHelpEpisode, "started_on", "Early help began"),
    Kind("early help", EarlyHelpEpisode, "ended_on", "Early help ended"),
    Kind("referral", Referral, "received_on", "Referred to us", "source_code", "referral_source"),
    Kind("referral", Referral, "closed_on", "Our services under a referral ended",
         "close_reason", "cin_closure_reason"),
    Kind("assessment", Assessment, "started_on", "An assessment began"),
    Kind("assessment", Assessment, "authorised_on", "An assessment was finished"),
    Kind("section 47", Section47, "started_on", "A section 47 enquiry began"),
    Kind("section 47", Section47, "ended_on", "A section 47 enquiry was completed"),
    Kind("conference", InitialConference, "held_on",
         "An initial child protection conference was held"),
    Kind("protection", ProtectionPlan, "started_on", "A child protection plan began",
         "initial_category", "category_of_abuse"),
    Kind("protection", ProtectionPlan, "ended_on", "A child protection plan ended"),
    Kind("conference", ReviewConference, "held_on",
         "A review child protection conference was held"),
    Kind("core group", CoreGroup, "held_on", "The core group met"),
    Kind("need", NeedPlan, "started_on", "A child in need plan began"),
    Kind("need", NeedPlan, "ended_on", "A child in need plan ended"),
    Kind("care", CarePeriod, "started_on", "Came into our care"),
    Kind("care", CarePeriod, "ended_on", "Left our care", "end_reason", "reason_episode_ceased"),
    Kind("home", Placement, "started_on", "Moved to a home", "kind", "placement_type"),
    Kind("care", LegalStatus, "started_on", "Legal status", "status", "legal_status"),
    Kind("review", LookedAfterReview, "held_on", "A looked-after review was held",
         "participation", "review_participation"),
    Kind("visit", Visit, "held_on", "Visited", "kind"),
    Kind("note", CaseNote, "held_on", "A note was written", "kind"),
    Kind("missing", MissingEpisode, "started_on", "Went missing or away", "kind", "missing_type"),
    Kind("missing", MissingEpisode, "ended_on", "Came back or was found"),
    Kind("review", ReviewingOfficerContact, "contacted_on", "The reviewing officer was in touch"),
    Kind("leaving care", AdviserContact, "contacted_on", "The personal adviser was in touch"),
    Kind("leaving care", PathwayPlanReview, "reviewed_on", "The pathway plan was reviewed"),
)  # fmt: skip
LATEST_ONLY = frozenset({ReviewingOfficerContact, AdviserContact, PathwayPlanReview})
LONGEST_SHORT = 4
VISITS = {
    "need": "under the child in need plan",
    "protection": "under the child protection plan",
    "care": "in our care",
}


def in_words(kind: Kind, detail: str) -> str:
    """Say an event; a code that is in no list stands as it is."""
    if not detail:
        return kind.words
    if kind.model is Visit:
        return f"{kind.words} {VISITS.get(detail, detail)}"
    label = codes().get(kind.list, {}).get(detail, detail) if kind.list else detail
    return f"{kind.words}: {_quiet(label)}"


def _quiet(label: str) -> str:
    """A code list's label to stand inside a sentence: no word in capitals but abbreviations."""
    words = [word.lower() if word.isupper() and len(word) > LONGEST_SHORT else word
             for word in label.split()]  # fmt: skip
    first, *others = words or [""]
    return " ".join([first[:1].lower() + first[1:] if first[1:2].islower() else first, *others])
