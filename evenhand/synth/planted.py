"""What is planted: a team that is late, a group that waits, children not asked, and decoys.

Rates come from planted.yaml. Each thing that a truth counts leaves a ``Sight`` on its child, and
the counts are made from the children that are written, so that the manifest says what is there.
"""

from __future__ import annotations

from collections import Counter

from evenhand.synth.figures import figure, share, whole, words
from evenhand.synth.world import Child, World

GROUPS = words("ethnicity.groups")


def group_of(code: str) -> str:
    """Return the Department's group of an ethnicity code; of an answer not held, its own name."""
    return GROUPS.get(code, "Not recorded")


class Planted:
    """The planted rates, as journeys ask for them, and the counts as children are written."""

    def __init__(self, world: World) -> None:
        today, read = world.today, figure
        self.late_team: str = read("planted:late_team.team")
        self.since = today - whole("planted:late_team.since_days")
        self.small_team: str = read("planted:small_team.team")
        opens, closes = read("planted:small_team.between_days")
        self.small_from, self.small_to = today - opens, today - closes
        self.slow_group: str = read("planted:slow_group.group")
        self.unasked: list[str] = read("planted:unasked.teams")
        self.visits_stop = today - whole("planted:visits_stop.days_before")
        self.late_entry_team: str = read("planted:late_entered.team")
        opens, closes = read("planted:late_entered.between_days")
        self.late_entry_from, self.late_entry_to = today - opens, today - closes
        self.newest_visit = ""
        self.late_reviews: list[str] = []
        self._taken = 0
        self.counts: Counter[tuple[str, str, bool]] = Counter()

    def takes_small_team(self, opened: int, children: int) -> bool:
        """Whether the small team takes this assessment; it takes few, and one child at a time."""
        wanted = whole("planted:small_team.assessments")
        room = self._taken < wanted and self.small_from <= opened <= self.small_to
        self._taken += room and children == 1
        return room and children == 1

    def assessment_late(self, team: str, opened: int) -> float:
        """The share of this team's assessments, of referrals of this day, that are late."""
        if team == self.small_team:
            return 1 / whole("planted:small_team.late_each")
        planted = team == self.late_team and opened >= self.since
        return share("planted:late_team.late" if planted else "assessment.late")

    def conference_late(self, group: str) -> float:
        """The share of this group's initial conferences that are late."""
        slow = group == self.slow_group
        return share("planted:slow_group.late" if slow else "conference.late")

    def ethnicity_missing(self, team: str) -> float:
        """The share of this team's children whose ethnicity nobody has recorded."""
        unasked = team in self.unasked
        return share("planted:unasked.missing" if unasked else "identity.ethnicity_missing")

    def entered_late(self, team: str, day: int) -> bool:
        """Whether a review held on this day was typed in only after the extract."""
        return team == self.late_entry_team and self.late_entry_from <= day <= self.late_entry_to

    def count(self, child: Child, recorded_group: str) -> None:
        """Count what was seen of a child that is now written."""
        for sight in child.sights:
            key = recorded_group if sight.truth == "conference" else sight.team
            self.counts[sight.truth, key, sight.late] += 1

    def counted(self, truth: str, word: str = "late") -> dict[str, dict[str, int]]:
        """Return, for each team or group, how many there were and how many of them were so."""
        keys = sorted({key for kind, key, _ in self.counts if kind == truth})
        return {
            key: {
                word: self.counts[truth, key, True],
                "of": self.counts[truth, key, True] + self.counts[truth, key, False],
            }
            for key in keys
        }
