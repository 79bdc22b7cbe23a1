"""Authorities beside one another: whose rate lies beyond what chance would bring about the whole's.

It describes; it does not say that anybody was treated differently.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from evenhand.analytics import funnels
from evenhand.analytics.evidence import evidence
from evenhand.analytics.funnels import FunnelSettings
from evenhand.regional.comparing import EVERYONE
from evenhand.regional.counts import NUMBERS

WITHIN, BEYOND_NEAR, BEYOND_FAR = "within", "beyond the inner limits", "beyond the outer limits"
WHERE = (WITHIN, BEYOND_NEAR, BEYOND_FAR)
NUMBERS_OF = ("worth", "rate", "whole", "near_low", "near_high", "far_low", "far_high")
SCHEMA = {
    "kind": pl.String, "measure": pl.String, "area": pl.String, "of": pl.Int64,
    **dict.fromkeys(NUMBERS_OF, pl.Float64), "where": pl.String,
}  # fmt: skip


def funnel(compared: pl.DataFrame, dimension: str, settings: FunnelSettings | None) -> pl.DataFrame:
    """Return, for each measure, every authority's rate with its limits and where it lies.

    Counted over the groups of one dimension, since everybody is in one of its groups. ``of`` is
    counts, ``worth`` what they are worth once a child met again is allowed for. Without settings,
    or of one authority, nothing.
    """
    own = compared.filter(
        ~pl.col("is_whole"), pl.col("dimension") == dimension, pl.col("population") == EVERYONE
    )
    rows = own.group_by("kind", "measure", "area").agg(pl.col(NUMBERS).sum())
    rows = rows.filter(pl.col("of") > 0).sort("kind", "measure", "area")
    if settings is None:
        return pl.DataFrame(schema=SCHEMA)
    parts = rows.partition_by("kind", "measure", maintain_order=True)
    found = [_of_measure(part, settings) for part in parts if len(part) > 1]
    return pl.concat([pl.DataFrame(schema=SCHEMA), *found])


def _of_measure(rows: pl.DataFrame, settings: FunnelSettings) -> pl.DataFrame:
    ours = evidence(rows.select(NUMBERS).to_numpy())
    found = funnels.funnel(ours.reached, ours.of, settings)
    limits = funnels.limits(ours.of, found.target, settings.levels, found.spread.between)
    told = {
        "worth": ours.of, "rate": rows["reached"] / rows["of"],
        "whole": np.full(len(rows), found.target),
        "near_low": limits.low[0], "near_high": limits.high[0],
        "far_low": limits.low[-1], "far_high": limits.high[-1],
        "where": [WHERE[min(abs(int(place)), len(WHERE) - 1)] for place in found.place],
    }  # fmt: skip
    laid = rows.select("kind", "measure", "area", "of")
    return laid.with_columns(pl.Series(name, values) for name, values in told.items()).cast(
        pl.Schema(SCHEMA)
    )
