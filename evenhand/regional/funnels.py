"""Authorities beside one another: whose rate lies beyond what chance would bring about the whole's.

Spiegelhalter (2005), Statistics in Medicine 24:1185-1202: limits about the rate of all together for
an authority's own number. It describes; it does not say that anybody was treated differently.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from evenhand.analytics.evidence import evidence
from evenhand.analytics.special import normal_quantile
from evenhand.regional.comparing import EVERYONE
from evenhand.regional.counts import NUMBERS

NEAR, FAR = 0.95, 0.998
"""The two pairs of limits that a funnel plot has: about two and about three standard errors."""
WITHIN, BEYOND_NEAR, BEYOND_FAR = "within", "beyond 95%", "beyond 99.8%"


def funnel(compared: pl.DataFrame, dimension: str) -> pl.DataFrame:
    """Return, for each measure, every authority's rate with its limits and where it lies.

    Counted over the groups of one dimension, since everybody is in one of its groups. ``of`` is
    counts, ``worth`` what they are worth once a child met again is allowed for.
    """
    own = compared.filter(
        ~pl.col("is_whole"), pl.col("dimension") == dimension, pl.col("population") == EVERYONE
    )
    rows = own.group_by("kind", "measure", "area").agg(pl.col(NUMBERS).sum())
    rows = rows.filter(pl.col("of") > 0).sort("kind", "measure", "area")
    whole = rows.select(
        (pl.col("reached").sum() / pl.col("of").sum()).over("kind", "measure")
    ).to_series()
    worth = evidence(rows.select(NUMBERS).to_numpy()).of
    target = whole.to_numpy()
    with np.errstate(divide="ignore", invalid="ignore"):
        error = np.sqrt(target * (1 - target) / worth)
    told: dict[str, object] = {"worth": worth, "rate": rows["reached"] / rows["of"],
                               "whole": target}  # fmt: skip
    for name, sure in (("near", NEAR), ("far", FAR)):
        reach = normal_quantile(sure) * error
        told[f"{name}_low"] = np.maximum(target - reach, 0.0)
        told[f"{name}_high"] = np.minimum(target + reach, 1.0)
    found = rows.with_columns(**told)  # type: ignore[arg-type]
    outside = {
        name: (pl.col("rate") < pl.col(f"{name}_low")) | (pl.col("rate") > pl.col(f"{name}_high"))
        for name in ("near", "far")
    }
    return found.with_columns(
        where=pl.when(outside["far"]).then(pl.lit(BEYOND_FAR))
        .when(outside["near"]).then(pl.lit(BEYOND_NEAR)).otherwise(pl.lit(WITHIN))
    )  # fmt: skip
