"""What of the figures may be printed: small numbers hidden, with whatever would give them away.

For each measure and dimension two tables are protected together, of those who went on and of those
who did not, authorities by groups with both totals. A group of an authority is hidden in both or in
neither. An authority's total that must be hidden in one dimension is hidden in all.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from evenhand.analytics.arrays import Ints, Mask
from evenhand.analytics.flows import Flows
from evenhand.analytics.suppression import with_totals
from evenhand.regional.comparing import EVERYONE, TOGETHER

TABLE = ("kind", "measure", "dimension")
Cell = tuple[str, str, str, str, str]


def hidden(compared: pl.DataFrame, threshold: int) -> tuple[set[Cell], set[Cell]]:
    """Return the cells that may not be printed, and the totals of areas that may not.

    Each by kind, measure, dimension, area and group; the group of a total is empty. ``threshold``
    is the least number that is shown.
    """
    rows = compared.filter(~pl.col("is_whole"), pl.col("population") == EVERYONE)
    cells: set[Cell] = set()
    totals: set[Cell] = set()
    for (kind, measure, dimension), part in rows.partition_by(*TABLE, as_dict=True).items():
        where = (str(kind), str(measure), str(dimension))
        areas, groups = sorted(set(part["area"])), sorted(set(part["group"]))
        mask = protected(*_tables(part, areas, groups), threshold)
        named = [*areas, TOGETHER]
        for row, column in zip(*np.nonzero(mask), strict=True):
            if column < len(groups):
                cells.add((*where, named[row], groups[column]))
            else:
                totals.add((*where, named[row], ""))
    return cells, _in_every_dimension(totals, sorted(set(rows["dimension"])))


def protected(reached: Ints, others: Ints, threshold: int) -> Mask:
    """Return which cells to hide, with a last row and a last column of totals.

    Small ones of either table and, in both, what is needed that none of those can be known.
    """
    tables = [with_totals(each) for each in (reached, others)]
    mask: Mask = np.logical_or.reduce([(each > 0) & (each < threshold) for each in tables])
    mask |= _small(tables[0] + tables[1], threshold)
    while True:
        more = np.logical_or.reduce([Flows(each, mask & (each > 0)).protect() for each in tables])
        if not (more & ~mask).any():
            return mask
        mask |= more


def _small(people: Ints, threshold: int) -> Mask:
    small: Mask = (people > 0) & (people < threshold)
    return small


def _tables(part: pl.DataFrame, areas: Sequence[str], groups: Sequence[str]) -> tuple[Ints, Ints]:
    reached = np.zeros((len(areas), len(groups)), np.int64)
    others = np.zeros_like(reached)
    for area, group, of, went_on in part.select("area", "group", "of", "reached").iter_rows():
        place = areas.index(area), groups.index(group)
        reached[place], others[place] = went_on, of - went_on
    return reached, others


def _in_every_dimension(totals: set[Cell], dimensions: Sequence[str]) -> set[Cell]:
    return {
        (kind, measure, dimension, area, "")
        for kind, measure, _, area, _ in totals
        for dimension in dimensions
    }
