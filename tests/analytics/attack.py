"""The attacker: linear programmes over all that a release shows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import linprog


def recovered(table: np.ndarray, hidden: np.ndarray, least: float = 1.0) -> np.ndarray:
    """The hidden cells of a table with totals whose least and greatest possible are the same."""
    cells = [tuple(cell) for cell in np.argwhere(hidden)]
    answer = np.zeros(table.shape, bool)
    if cells:
        equations, sums = _sums(table, hidden, cells)
        for place, known in enumerate(fixed(equations, sums, [least] * len(cells))):
            answer[cells[place]] = known
    return answer


def fixed(equations: np.ndarray, sums: np.ndarray, least: Sequence[float]) -> list[bool]:
    """For each unknown whether the equations and its least value leave it one value only."""
    bounds = [(low, None) for low in least]
    answer = []
    for place in range(len(bounds)):
        aim = np.zeros(len(bounds))
        aim[place] = 1
        down = linprog(aim, A_eq=equations, b_eq=sums, bounds=bounds)
        up = linprog(-aim, A_eq=equations, b_eq=sums, bounds=bounds)
        assert down.status == 0
        assert up.status in {0, 3}
        answer.append(up.status == 0 and bool(-up.fun - down.fun < 1e-6))
    return answer


def _sums(
    table: np.ndarray, hidden: np.ndarray, cells: list[tuple[int, int]]
) -> tuple[np.ndarray, np.ndarray]:
    """One equation for each row and column, totals with a minus: hidden parts equal the shown."""
    rows, columns = table.shape
    sign = np.ones(table.shape)
    row_sign, column_sign = sign.copy(), sign.copy()
    row_sign[:, -1] = -1
    column_sign[-1] = -1
    equations = np.zeros((rows + columns, len(cells)))
    for place, (row, column) in enumerate(cells):
        equations[row, place] = row_sign[row, column]
        equations[rows + column, place] = column_sign[row, column]
    shown = np.where(hidden, 0, table)
    sums = -np.concatenate([(row_sign * shown).sum(1), (column_sign * shown).sum(0)])
    return equations, sums
