"""A care leaver's standing, and why, as a tired social worker reads it."""

from __future__ import annotations

from collections.abc import Iterator

from evenhand.design.wording import day
from evenhand.leaving_care.queries import Compared, Found
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


def span(status: Status) -> str:
    """Return since when and until when a standing holds."""
    first = f"since {day(status.since)}" if status.since else ""
    last = f"until {day(status.until)}" if status.until else ""
    told = ", ".join(each for each in (first, last) if each)
    return told[:1].upper() + told[1:]


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
        "From {v.duties_until} the full duties go on only in education or training, which our "
        "records do not show; support may be asked for until {v.support_until}."
    ),
    Reason.EDUCATION_NOT_SHOWN: (
        "From {v.qualifying_until} it depends on education or training, which our records do "
        "not show."
    ),
}
