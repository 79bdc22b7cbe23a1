"""What the column engine gives back."""

from __future__ import annotations

from dataclasses import dataclass

from evenhand.rules.table import Column, Days, Mask, Micros, Rows


@dataclass(frozen=True)
class OutcomeColumns:
    """One element for each cycle, in order of row and cycle.

    `row` is the subject's row in the columns given; `cycle` counts from 1. `due_from` is the
    earliest due in microseconds, where the due is a moment. `since` is the first day on which the
    event would have counted. `unrecorded` marks what is not recorded whatever the dates: the scope
    is unknown, or the fact that decides is not there.
    """

    row: Rows
    cycle: Rows
    anchor: Column
    due: Column
    done: Column
    due_from: Micros | None
    since: Days | None
    excused: Mask
    provisional: Mask
    unrecorded: Mask

    def __len__(self) -> int:
        return len(self.row)
