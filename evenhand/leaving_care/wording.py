"""A care leaver's standing, and why, as a tired social worker reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from evenhand.design.wording import day
from evenhand.leaving_care import told
from evenhand.leaving_care.models import FoundStanding
from evenhand.leaving_care.queries import Compared, Found
from evenhand.recording.models import Answer
from evenhand.rules.leaving_care import Kind, Period, Reason, Status, Values

MOST_PERIODS = 4
KINDS = {
    Kind.ELIGIBLE: "Eligible",
    Kind.RELEVANT: "Relevant",
    Kind.FORMER_RELEVANT: "Former relevant",
    Kind.QUALIFYING: "Qualifying",
    Kind.NONE: "None of the four, by our records",
    Kind.NOT_SHOWN: "Not shown by our records",
}
COMPARED = {
    Compared.DIFFERS: "Differs: look at both",
    Compared.NOT_IN_CASE_SYSTEM: "Not in the case system",
    Compared.NOT_SHOWN: "Cannot be compared",
    Compared.SAME: "Nothing to settle",
}


def stands(status: Status) -> str:
    """Return a standing in words; of one that ended by age before the scheme, that it did."""
    if status.kind is Kind.NONE and Reason.BEFORE_SCHEME in status.reasons:
        return "Historic qualifying group: entitlement ended by age"
    return KINDS[status.kind]


def span(status: Status) -> str:
    """Return since when and until when a standing holds."""
    first = f"since {day(status.since)}" if status.since else ""
    last = f"until {day(status.until)}" if status.until else ""
    told = ", ".join(each for each in (first, last) if each)
    return told[:1].upper() + told[1:]


def found(row: FoundStanding) -> str:
    """Return what was found with a standing: its days, and the nights counted."""
    shown = Status(Kind(row.kind), row.nights, row.since, row.until)
    nights = "1 night" if row.nights == 1 else f"{row.nights:,} nights"
    return ". ".join(one for one in (span(shown), f"{nights} counted in care") if one) + "."


def written(form: str, given: Mapping[str, Answer]) -> str:
    """Return what was written down on a form, in words."""
    if form == told.HOME:
        broke = given.get("broke_down")
        return "Home, until it broke down" if broke is not None and broke.day else "Home"
    if form == told.COURSE:
        return _course(given)
    kind = given.get("kind")
    return WRITTEN.get(kind.code if kind else "", "Hospital or detention")


def _course(given: Mapping[str, Answer]) -> str:
    is_one, agreed = given.get("is_one"), given.get("agreed")
    if is_one is not None and is_one.yes is False:
        return "No education or training"
    if agreed is not None and agreed.yes:
        return "Education or training that we agreed to help with"
    return "Education or training"


WRITTEN = {
    "hospital": "In hospital",
    "custody": "In custody or detained",
    "private-fostering": "Fostered privately",
    "voluntary": "Looked after by a voluntary organisation or in a private home",
    "health-or-education": "Looked after by health or education, or in a care home",
}


def why(status: Status, values: Values) -> str:
    """Return the reasons of a standing as sentences."""
    word = "night" if status.nights == 1 else "nights"
    return " ".join(
        WHY[reason].format(nights=status.nights, word=word, v=values) for reason in status.reasons
    )


def in_care(found: Found) -> str:
    """Return the time in care that a standing rests on, the newest few periods first."""
    told = list(_periods(found))
    shown = "; ".join(told[:MOST_PERIODS])
    more = f"; and {len(told) - MOST_PERIODS} earlier" if len(told) > MOST_PERIODS else ""
    return f"In care {shown}{more}." if told else "No time in care is in our records."


def _periods(found: Found) -> Iterator[str]:
    for one in reversed(found.periods):
        first = f"from {day(one.started_on)}" if one.started_on else "from a day not recorded"
        yield f"{first} {_end(one)}{' (short breaks)' if one.is_short_break else ''}"


def _end(one: Period) -> str:
    return f"to {day(one.ended_on)}" if one.ended_on else "until now"


NIGHTS = "{nights:,} {word} in care since the age of {v.counts_from}"
WHY = {
    Reason.BORN_NOT_RECORDED: "The day of birth is not recorded.",
    Reason.UNDER_AGE: "Not yet {v.eligible_from}.",
    Reason.OVER_AGE: "Past the age until which this standing lasts.",
    Reason.ENOUGH: NIGHTS + "; {v.nights} are needed.",
    Reason.TOO_FEW: NIGHTS + "; {v.nights} would be needed.",
    Reason.MAY_BE_ENOUGH: NIGHTS + ", of the {v.nights} needed; there may be others.",
    Reason.IN_CARE: "In care now.",
    Reason.LEFT: "In care no longer.",
    Reason.NOT_IN_CARE_AT_AGE: "Not in care at {v.eligible_from} or after.",
    Reason.NOT_SEEN_AT_AGE: (
        "Our records do not hold everything since the birthday at {v.eligible_from}."
    ),
    Reason.SHORT_BREAKS: "Short breaks planned in a series are left out.",
    Reason.START_UNKNOWN: "The day a period in care began is not recorded.",
    Reason.DATA_BEGINS: "Our records do not reach back to the birthday at {v.counts_from}.",
    Reason.DUTIES_ENDED: (
        "From {v.duties_until} the full duties go on only in an agreed course of education or "
        "training, and our records show none now; support may be asked for until "
        "{v.support_until}."
    ),
    Reason.EDUCATION_NOT_SHOWN: (
        "From {v.qualifying_until} it depends on education or training, which our records do "
        "not show."
    ),
    Reason.DETAINED: (
        "In hospital or detained on the birthday at {v.eligible_from}, straight after being in "
        "care."
    ),
    Reason.AT_HOME: "Back home: this ends once {v.months_at_home} months there are over.",
    Reason.STAYED_HOME: "Back home for {v.months_at_home} months without a break.",
    Reason.BROKE_DOWN: "Living at home broke down.",
    Reason.ELSEWHERE: "Fostered privately or looked after by others after {v.eligible_from}.",
    Reason.STILL_ELSEWHERE: (
        "Fostered privately or looked after by others still; it counts once that has ended."
    ),
    Reason.PROGRAMME: "It goes on past {v.duties_until} until an agreed course ends.",
    Reason.PROGRAMME_END_UNKNOWN: (
        "It goes on until an agreed course ends; on which day is not recorded."
    ),
    Reason.IN_EDUCATION: "In education or training.",
    Reason.NOT_IN_EDUCATION: (
        "In no education or training now, by what was written down; from {v.qualifying_until} "
        "advice and assistance depend on it."
    ),
    Reason.BEFORE_SCHEME: (
        "Left care before the scheme of today began: the historic qualifying group, whose "
        "entitlement ends by age at {v.qualifying_until}."
    ),
}
