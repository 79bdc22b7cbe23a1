"""What may be proposed to leave: groups compared on one measure, or counts of groups."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from evenhand.analytics.profiles import Profile
from evenhand.equality.comparison import Comparison
from evenhand.equality.models import GroupTally
from evenhand.equality.pathway import step_called
from evenhand.equality.releasing.drafting import draft_of
from evenhand.equality.releasing.protecting import Draft
from evenhand.equality.tables.releasing import Leaving, leaving, title

STEP = GroupTally.Kind.STEP


class Figures(Protocol):
    """One table of figures by group as it is counted: the draft of it, and what would leave.

    Every file that holds figures by group is made of a release, and every release of these.
    """

    @property
    def kind(self) -> str:
        """Return what kind of measure it is of, in a word."""

    @property
    def measure(self) -> str:
        """Return what is counted."""

    @property
    def by(self) -> str:
        """Return the way in which groups are told apart."""

    @property
    def title(self) -> str:
        """Return what it is called."""

    def draft(self, profile: Profile, *, ref: str) -> Draft:
        """Return its true counts, with what its own table must hide."""

    def leaving(self, draft: Draft, profile: Profile) -> Leaving:
        """Return its title, rows and notes, with what a draft hides hidden."""


class Compared(NamedTuple):
    """A comparison of groups as figures that may leave."""

    one: Comparison

    @property
    def kind(self) -> str:
        """Return whether it is of a step or a clock."""
        return self.one.tallied.kind

    @property
    def measure(self) -> str:
        """Return the step or the standard."""
        return self.one.tallied.measure

    @property
    def by(self) -> str:
        """Return the dimension."""
        return self.one.dimension.id

    @property
    def title(self) -> str:
        """Return the measure and the groups, in words."""
        return title(self.one)

    def draft(self, profile: Profile, *, ref: str) -> Draft:
        """Return its true counts, with what its own table must hide."""
        return draft_of(self.one, profile, ref=ref, after=self._after())

    def leaving(self, draft: Draft, profile: Profile) -> Leaving:
        """Return its title, rows and notes, with what a draft hides hidden."""
        return leaving(self.one, draft, profile)

    def _after(self) -> str:
        """Return the step whose reached are just those counted here; empty if that is not so."""
        step = step_called(self.measure) if self.kind == STEP else None
        if step is None or not step.after or step.among or step.answered_by:
            return ""
        return f"{STEP} {step.after}"
