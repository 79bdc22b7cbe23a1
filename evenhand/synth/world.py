"""What a journey needs to know of its authority, and what it leaves behind."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from evenhand.synth.chance import Chance, Even
from evenhand.synth.days import Days
from evenhand.synth.figures import whole
from evenhand.synth.staff import Staff, Team, Worker

FAR = 10**7
"""A day that never comes: the end of what has no end yet."""

Row = tuple[str, ...]


@dataclass(slots=True)
class Allocation:
    """That a worker has a child in a role, from a day to a day, under a referral."""

    worker: Worker
    role: str
    starts: int
    ends: int
    referral: str
    reason: str = ""


@dataclass(slots=True)
class Sight:
    """One thing that a planted truth counts: which truth, of whom, and whether it was late."""

    truth: str
    team: str
    late: bool


@dataclass(slots=True)
class Child:
    """A child as Islehaven's case system knows them. Days are ordinals.

    ``referral`` is the latest that is in the extract; ``rows`` what the child leaves in it, and
    ``late_rows`` what a later file will add or change.
    """

    id: str
    family: str
    forename: str
    surname: str
    born: int
    sex: str
    ethnicity: str
    disabilities: tuple[str, ...] = ()
    unaccompanied: bool = False
    country: str = ""
    is_mother: bool = False
    adult_on: int = 0
    referral: str = ""
    gone: bool = False
    in_care_to: int = 0
    days_counted: int = 0
    rows: list[tuple[str, Row]] = field(default_factory=list)
    late_rows: list[tuple[str, Row]] = field(default_factory=list)
    allocations: list[Allocation] = field(default_factory=list)
    sights: list[Sight] = field(default_factory=list)

    def add(self, table: str, *cells: str) -> None:
        """Leave one row in a table of the extract."""
        self.rows.append((table, cells))

    def age(self, day: int) -> int:
        """Whole years, near enough to draw by; below 0 before birth."""
        return (day - self.born) * 100 // 36525


@dataclass(slots=True)
class Spell:
    """One referral of a family and what followed, until the last child's case closes.

    ``referrals`` gives each child's own referral; ``ends`` and ``reasons`` when and why it closed.
    """

    chance: Chance
    family: str
    group: str
    opened: int
    children: list[Child]
    team: Team
    source: str
    need: str
    area: str
    care_area: str
    referrals: dict[str, str] = field(default_factory=dict)
    ends: dict[str, int] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    authorised: int = FAR
    outcome: str = "PROV_OF_SERVICES_FLAG"
    no_further_action: bool = False
    role: str = ""


class Ids:
    """Row identifiers, counted for each table apart, so that a row's own do not move."""

    def __init__(self) -> None:
        self._last: dict[str, int] = defaultdict(lambda: 100000)

    def next(self, table: str) -> str:
        """Return the next identifier of a table."""
        self._last[table] += 1
        return str(self._last[table])


class World:
    """The authority on its as-at day: calendar, staff, identifiers and what is spread evenly."""

    def __init__(self, seed: int, as_at: date, staff: Staff) -> None:
        self.seed = seed
        self.today = as_at.toordinal()
        years = whole("families.years_of_history")
        self.history_from = date(as_at.year - years, as_at.month, min(as_at.day, 28)).toordinal()
        self.days = Days(as_at)
        self.staff = staff
        self.ids = Ids()
        self.even = Even()

    def past(self, day: int) -> int | None:
        """Return the day if it has come, or None."""
        return day if day <= self.today else None

    def chance(self, name: object) -> Chance:
        """Return the stream of draws of this name."""
        return Chance(self.seed, name)
