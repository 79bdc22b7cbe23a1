"""Laying out what would follow if a standard had another value: the question and the answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django import forms

from evenhand.accounts.models import Team
from evenhand.design.components import Cell, Column, Table
from evenhand.design.forms import EvenhandForm
from evenhand.design.wording import number
from evenhand.policy.comparing import Flip, tally, with_value
from evenhand.rules import Offset, Recurrence, Standard, State
from evenhand.rules.values import Dated, Entry
from evenhand.standards.flips import Compared

ORDINALS = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth")
LARGEST_VALUE = 10_000  # far beyond any sensible number of days


class WhatIf(EvenhandForm):
    """Another value for a standard: the number alone, its unit stays."""

    stage = forms.TypedChoiceField(label="Which of its intervals", coerce=int)
    value = forms.IntegerField(min_value=0, max_value=LARGEST_VALUE)

    def __init__(self, *args: Any, standard: Standard, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stages = numbers(standard)
        self.fields["value"].label = f"Another number of {_units(stages)}"
        if len(stages) > 1:
            choices = [
                (place, f"{ORDINALS[place - 1]}: {dated.newest.value}")
                for place, dated in enumerate(stages, start=1)
            ]
            self.fields["stage"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["stage"]

    def changed(self, standard: Standard) -> Standard:
        """Return the standard with the value asked about; only of a form that is valid."""
        return with_value(standard, self.cleaned_data["value"], self.cleaned_data.get("stage") or 1)


def numbers(standard: Standard) -> list[Dated[Any]]:
    """Return the dated numbers of a standard, by stage; empty where it has none to change."""
    plain = [one for one in standard.dated if isinstance(one.newest.value, int | Offset)]
    return plain if isinstance(standard, Recurrence) else plain[:1]


def _units(stages: Iterable[Dated[Any]]) -> str:
    units = {one.newest.value.unit for one in stages if isinstance(one.newest.value, Offset)}
    return units.pop() if len(units) == 1 else "the same unit" if units else "times"


def who_decides(standard: Standard) -> str:
    """Say who may change a standard's newest value, and how far."""
    entry: Entry[Any] = numbers(standard)[0].newest
    if entry.basis == "law" and not entry.local:
        return "This is the law's limit. Only Parliament or the government can change it."
    if not entry.local:
        return "This is the policy's own value. It is changed by adopting a new policy."
    bounds = [
        f"{words} {bound}"
        for words, bound in (("at most", entry.at_most), ("at least", entry.at_least))
        if bound is not None
    ]
    within = f", to {' and '.join(bounds)}" if bounds else ""
    return f"The authority may set this value itself{within}, in its own pack."


def in_a_sentence(found: Compared) -> str:
    """Say how many results would be others."""
    count = len(found.flips)
    if not found.results:
        return "Nothing that we hold starts this standard yet, so no result would change."
    if not count:
        return f"None of its {number(found.results)} results would change."
    would = "1 result would" if count == 1 else f"{number(count)} results would"
    return f"{would} change, of the {number(found.results)} that there are today."


def changes_table(flips: Iterable[Flip]) -> Table:
    """Return how many results would go from one state to another, the most first."""
    rows = [
        [_state(before), _state(after), Cell(count, numeric=True)]
        for (before, after), count in sorted(tally(flips).items(), key=lambda each: -each[1])
    ]
    columns = ("Today", "With the other value", Column("Results", numeric=True))
    return Table("What they would change to", columns, rows, empty="No result would change.")


def _state(state: State | None) -> Cell:
    return Cell(state=state) if state else Cell("No clock yet")


def teams_table(flips: Iterable[Flip]) -> Table:
    """Return how many results would change in each team, the most first."""
    counts = Counter(int(str(flip.subject)) for flip in flips)
    names = dict(Team.objects.filter(pk__in=counts).values_list("pk", "name"))
    rows = [
        [names.get(team, "No team recorded"), Cell(count, numeric=True)]
        for team, count in counts.most_common()
    ]
    columns = ("Team", Column("Results", numeric=True))
    return Table("Where they are", columns, rows, empty="No team would see a change.")
