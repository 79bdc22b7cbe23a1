"""What a care leaver's standing is made of: values in force, time in care, what else is told."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """The four standings of the Children Act 1989, none of them, and what records cannot show."""

    ELIGIBLE = "eligible"
    RELEVANT = "relevant"
    FORMER_RELEVANT = "former relevant"
    QUALIFYING = "qualifying"
    NONE = "none"
    NOT_SHOWN = "not shown"


class Reason(StrEnum):
    """Why a standing is what it is; the room that shows it has the words."""

    BORN_NOT_RECORDED = "born not recorded"
    UNDER_AGE = "under age"
    OVER_AGE = "over age"
    ENOUGH = "enough"
    TOO_FEW = "too few"
    MAY_BE_ENOUGH = "may be enough"
    IN_CARE = "in care"
    LEFT = "left"
    NOT_IN_CARE_AT_AGE = "not in care at age"
    NOT_SEEN_AT_AGE = "not seen at age"
    SHORT_BREAKS = "short breaks"
    START_UNKNOWN = "start unknown"
    DATA_BEGINS = "data begins"
    DUTIES_ENDED = "duties ended"
    EDUCATION_NOT_SHOWN = "education not shown"
    DETAINED = "detained"
    AT_HOME = "at home"
    STAYED_HOME = "stayed home"
    BROKE_DOWN = "broke down"
    ELSEWHERE = "elsewhere"
    STILL_ELSEWHERE = "still elsewhere"
    PROGRAMME = "programme"
    PROGRAMME_END_UNKNOWN = "programme end unknown"
    IN_EDUCATION = "in education"
    NOT_IN_EDUCATION = "not in education"
    BEFORE_SCHEME = "before scheme"


class Values(NamedTuple):
    """The values in force: ages in years, the nights in care that make an eligible child, the
    months at home after which a relevant child is one no more, those for which somebody has to be
    accommodated by others, and the day on which the scheme began."""

    counts_from: int
    eligible_from: int
    child_until: int
    duties_until: int
    support_until: int
    qualifying_until: int
    qualifying_in_education_until: int
    nights: int
    months_at_home: int
    months_accommodated: int
    scheme_from: date


class Period(NamedTuple):
    """Time in care: its first day (None: not known) and the day of leaving (None: still there)."""

    started_on: date | None
    ended_on: date | None
    is_short_break: bool = False


class Stretch(NamedTuple):
    """A time somewhere else: its first day and its last (None: still there).

    ``months``: it counts only where it lasted for these months together.
    """

    first: date | None
    last: date | None
    months: int = 0


class Home(NamedTuple):
    """A return home from care, and the day on which it broke down (None: it did not)."""

    on: date
    broke_down_on: date | None = None


class Course(NamedTuple):
    """Education or training: its days (``last`` None: not known), and whether it is agreed.

    ``agreed``: the authority helps with it under the pathway plan. ``is_one`` false: somebody said
    that from ``first`` on there is none.
    """

    first: date
    last: date | None = None
    agreed: bool = False
    is_one: bool = True


@dataclass(frozen=True)
class Beside:
    """What is told beside time in care: hospital or detention, returns home, private fostering or
    being accommodated by others, and education or training."""

    detained: tuple[Stretch, ...] = ()
    homes: tuple[Home, ...] = ()
    elsewhere: tuple[Stretch, ...] = ()
    courses: tuple[Course, ...] = ()


@dataclass(frozen=True)
class Status:
    """A standing on a day: the nights that count, since when and until when, and why.

    ``since`` and ``until`` are None where there is no standing, or none that ends; of one that
    ended by age, ``until`` is when it did.
    """

    kind: Kind
    nights: int
    since: date | None = None
    until: date | None = None
    reasons: tuple[Reason, ...] = field(default=())
