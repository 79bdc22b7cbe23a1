"""A table as a network: which hidden cells are known all the same, and what would hide them.

A cell is an arc between its row and its column; a hidden one can go up, and down if it is over 1.
A change that keeps every sum is a walk round a ring of hidden cells, up and down by turns. A cell
on no such ring can have one value only. Totals are cells of a last row and column, and go up with
what they sum, so their arcs run the other way. Gusfield (1988), SIAM J. Comput. 17:552-571.
"""

from __future__ import annotations

import numpy as np

from evenhand.analytics.arrays import Floats, Ints, Mask
from evenhand.analytics.rings import Arc, off_every_ring

_TOTAL = 1e9  # What it costs to hide a total: more than all the cells of any table of people.


class Flows:
    """A table with totals and which of its cells are hidden; nothing given is changed."""

    def __init__(self, table: Ints, hidden: Mask, least: int = 1) -> None:
        """`least` is what a hidden count is at least: 1 where zeros are shown, else 0."""
        self.table = table
        self.hidden = hidden.copy()
        margin = np.zeros(table.shape, bool)
        margin[-1, :-1] = margin[:-1, -1] = True
        there, spare = table >= least, table > least
        self._out = there & (spare | ~margin)  # From its row to its column.
        self._back = there & (spare | margin)  # From its column to its row.

    def exposed(self) -> Mask:
        """Where a hidden cell can have one value only."""
        known = np.zeros(self.table.shape, bool)
        rows, columns = np.nonzero(self.hidden)
        arcs = self._arcs(rows, columns)
        nodes = sum(self.table.shape)
        places = off_every_ring(nodes, arcs)
        known[rows[places], columns[places]] = True
        return known

    def protect(self) -> Mask:
        """Hide cells until none is exposed, each time the cheapest ring of four; all the hidden.

        There always is one: through the cell's own totals and the total of all.
        """
        out, back = self._costs()
        rows, columns = np.nonzero(self.exposed())
        order = np.argsort(self.table[rows, columns], kind="stable")[::-1]
        safe: set[tuple[int, int]] = set()
        for row, column in zip(rows[order].tolist(), columns[order].tolist(), strict=True):
            if (row, column) not in safe:
                safe.update(self._ring(row, column, out, back))
        return self.hidden

    def _arcs(self, rows: Ints, columns: Ints) -> list[Arc]:
        out, back = self._out[rows, columns], self._back[rows, columns]
        ends = columns + self.table.shape[0]
        return list(zip(rows.tolist(), ends.tolist(), out.tolist(), back.tolist(), strict=True))

    def _costs(self) -> tuple[Floats, Floats]:
        """What it costs to hide each cell, to walk it either way; infinite where one cannot."""
        cost = self.table + 1.0
        cost[-1] += _TOTAL
        cost[:, -1] += _TOTAL
        cost[self.hidden] = 0.0
        out, back = np.where(self._out, cost, np.inf), np.where(self._back, cost, np.inf)
        return out, back

    def _ring(self, row: int, column: int, out: Floats, back: Floats) -> list[tuple[int, int]]:
        """Hide the cheapest ring of four through a cell, and return its cells."""
        best, found = np.inf, (row, column)
        for there, here in ((out, back), (back, out)):
            if there[row, column] == np.inf:
                continue
            costs = here[row] + here[:, column, None] + there
            costs[row], costs[:, column] = np.inf, np.inf
            place = int(costs.argmin())
            if costs.flat[place] < best:
                best, found = float(costs.flat[place]), divmod(place, costs.shape[1])
        ring = [(row, column), (row, found[1]), (found[0], column), found]
        for each in ring:
            self._hide(each, out, back)
        return ring

    def _hide(self, cell: tuple[int, int], out: Floats, back: Floats) -> None:
        self.hidden[cell] = True
        for costs in (out, back):
            if costs[cell] != np.inf:
                costs[cell] = 0.0
