"""How many there are of each group on one day, as figures that may leave."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from evenhand.analytics.profiles import Profile
from evenhand.design.wording import day
from evenhand.equality.releasing.protecting import Counts, Draft
from evenhand.equality.tables.releasing import HIDDEN, Leaving

COUNT = "count"
ALL = "All together"


class CountedGroups(NamedTuple):
    """How many there are of each group on a day: ``what`` is counted, as "Children we work with".

    ``labels`` are all groups of the way ``by``, in order; ``parents`` the coarser group of each
    where these are parts of the groups of ``root``. ``counts`` has those that have anybody.
    """

    measure: str
    what: str
    by: str
    by_words: str
    source: str
    on: date
    labels: Mapping[str, str]
    counts: Mapping[str, int]
    root: str
    parents: Mapping[str, str]

    @property
    def kind(self) -> str:
        """Return that it is a count."""
        return COUNT

    @property
    def title(self) -> str:
        """Return what is counted and by which groups, in words."""
        return f"{self.what}, by {self.by_words.lower()}"

    def draft(self, profile: Profile, *, ref: str) -> Draft:
        """Return its true counts, small ones hidden; where noughts are, each group has a row."""
        rows = [each for each in self.labels if self.counts.get(each) or not profile.shows_zeros]
        counts = {group: _counts(self.counts.get(group, 0)) for group in rows}
        hidden = frozenset(group for group in rows if profile.small(counts[group].of))
        whole = sum(self.counts.values())
        return Draft(
            ref=ref, measure=f"{COUNT} {self.measure}", after="", root=self.root,
            dimension=self.by, groups={g: self.parents.get(g, g) for g in self.labels},
            since=self.on, until=self.on, counts=counts, hidden=hidden,
            total_hidden=bool(profile.small(whole)), is_count=True,
        )  # fmt: skip

    def leaving(self, draft: Draft, profile: Profile) -> Leaving:
        """Return its title, rows and notes: a small number says so, a hidden total does not."""
        small = set(draft.said_small(profile))
        rows = [
            [self.labels[group], _cell(each.of, group in draft.hidden, group in small, profile)]
            for group, each in draft.counts.items()
        ]
        total = _cell(draft.total.of, draft.total_hidden, False, profile)
        headings = [self.by_words, f"{self.what} [note 1]"]
        return Leaving(self.title, [headings, *rows, [ALL, total]], self._notes(profile))

    def _notes(self, profile: Profile) -> list[str]:
        least, nobody = (
            ("1", " A group of nobody has no row.") if profile.shows_zeros else ("0", "")
        )
        below = profile.threshold
        small = (
            f"<{below}: a number from {least} to {below - 1}. Others are hidden, from which it "
            "could be worked out."
        )
        return [
            f"{small} The rest is rounded to the nearest {profile.base}.",
            f"Counted on {day(self.on)}.{nobody}",
            f"Groups: {self.source}.",
        ]


def _counts(number: int) -> Counts:
    return Counts(number, number)


def _cell(number: int, is_hidden: bool, is_small: bool, profile: Profile) -> str:
    if not is_hidden:
        return str(profile.rounded(number))
    return f"<{profile.threshold}" if is_small else HIDDEN
