"""Groups compared in every authority and in all together, as an authority's own pages compare them.

Each against all others whose group is known, or against a named group; on the year and on both
years together, and the two count double. All comparisons of one kind, one dimension, one area and
one population are one family, corrected together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl

from evenhand.analytics import bounds, tests
from evenhand.analytics.arrays import Floats, Ints, Mask, sum_by
from evenhand.analytics.evidence import evidence
from evenhand.analytics.intervals import wilson
from evenhand.analytics.rates import against
from evenhand.analytics.ratios import relative_rate
from evenhand.policy.disparity import UNKNOWN_WORDS, Rules
from evenhand.regional.counts import NUMBERS
from evenhand.regional.definitions import Dimension
from evenhand.rules.periods import BEFORE, YEAR

EVERYONE, WITHOUT = "everyone", "without unaccompanied children"
TOGETHER = "All together"
CORRECTIONS = {"holm": tests.holm, "benjamini-hochberg": tests.benjamini_hochberg}
EXACT_UNDER = 500
"""People expected in the smallest of the four counts from which chi-squared takes the place of the
exact test, whose work grows with them; from there on the two agree."""
SET = ("area", "kind", "measure", "dimension", "population")
FAMILY = ("area", "kind", "dimension", "population")


def compared(
    counts: pl.DataFrame, dimensions: Sequence[Dimension], rules: Mapping[str, Rules]
) -> pl.DataFrame:
    """Return the year's counts with their rates, comparisons and chances, a row a group.

    ``rules`` are those of each authority; all together go by those of the newest day.
    """
    laid = _laid_out(counts, dimensions)
    parts = [
        _numbers(part.sort(*SET, "order"), rules[str(area)])
        for (area,), part in laid.partition_by("area", as_dict=True).items()
    ]
    found = pl.concat([each for each in parts if len(each)] or [_numbers(laid, _any(rules))])
    return found.drop("order", "number").sort("is_whole", *SET, maintain_order=True)


def _any(rules: Mapping[str, Rules]) -> Rules:
    return next(iter(rules.values()))


def _laid_out(counts: pl.DataFrame, dimensions: Sequence[Dimension]) -> pl.DataFrame:
    """A row for each group of each area and population in the year, with both years beside it."""
    areas = _areas(counts)
    populations = pl.concat(
        [
            areas.with_columns(population=pl.lit(EVERYONE)),
            areas.filter(~pl.col("unaccompanied")).with_columns(population=pl.lit(WITHOUT)),
        ]
    )
    keys = [*SET, "group", "is_whole"]
    year = populations.filter(pl.col("period") == YEAR)
    held = year.group_by(keys).agg(
        pl.col("since").min(), pl.col("until").max(), pl.col(NUMBERS).sum()
    )
    before = (
        populations.filter(pl.col("period") == BEFORE)
        .group_by(keys)
        .agg(pl.col(NUMBERS).sum().name.suffix("_before"))
    )
    both = held.join(before, on=keys, how="left", maintain_order="left")
    return both.join(_order(dimensions), on=["dimension", "group"], maintain_order="left")


def _areas(counts: pl.DataFrame) -> pl.DataFrame:
    """Every authority and, where there are several, all together."""
    own = counts.rename({"authority": "area"}).with_columns(is_whole=pl.lit(False))
    if counts["authority"].n_unique() < 2:
        return own
    return pl.concat([own, own.with_columns(area=pl.lit(TOGETHER), is_whole=pl.lit(True))])


def _order(dimensions: Sequence[Dimension]) -> pl.DataFrame:
    """Each group's place and label; the number of one that is not known is -1."""
    rows = [
        (way.id, group, place, label, -1 if group in UNKNOWN_WORDS else place)
        for way in dimensions
        for place, (group, label) in enumerate(zip(way.groups, way.labels, strict=True))
    ]
    text, whole = pl.String, pl.Int64
    schema = {"dimension": text, "group": text, "order": whole, "label": text, "number": whole}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _numbers(rows: pl.DataFrame, rules: Rules) -> pl.DataFrame:
    sets = _numbered(rows, SET)
    number, of, reached = (rows[name].to_numpy() for name in ("number", "of", "reached"))
    known = number >= 0
    reference = _reference(rows, rules)
    year, both = _both(rows)
    other = against(reached, of, number, reference, sets=sets, known=known)
    enough = known & (of >= rules.smallest) & (other.of >= rules.smallest)
    once, twice = (_chance(each, number, reference, sets, known) for each in (year, both))
    chance = np.where(enough, np.fmin(1.0, 2 * np.fmin(once, twice)), np.nan)
    families = _numbered(rows, FAMILY)
    corrected = _corrected(chance, sets, families, known & (of > 0), rules, reference)
    ours = evidence(year)
    theirs = against(*ours, number, reference, sets=sets, known=known)
    rate = wilson(*ours, rules.confidence)
    ratio = relative_rate(*ours, theirs.events, theirs.of, rules.confidence)
    span = bounds.of_rate(reached, of, *_unknown(reached, of, sets, known))
    there = np.where(known, of, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = (sum_by(there, sets) / sum_by(of, sets))[sets] if len(rows) else np.zeros(0)
        told: dict[str, Any] = {
            "rate": reached / of, "rate_low": rate.low, "rate_high": rate.high,
            "others_reached": other.events, "others_of": other.of,
            "ratio": np.where(enough, (reached / of) / (other.events / other.of), np.nan),
            "ratio_low": np.where(enough, ratio.low, np.nan),
            "ratio_high": np.where(enough, ratio.high, np.nan),
            "lowest": np.where(known, span.low, np.nan),
            "highest": np.where(known, span.high, np.nan),
            "known": share, "chance": chance, "corrected": corrected,
            "differs": (np.nan_to_num(corrected, nan=1.0) < rules.level)
            & (share >= rules.completeness),
            "comparisons": _size(corrected, families),
        }  # fmt: skip
    return rows.with_columns(pl.Series(name, values) for name, values in told.items())


def _numbered(rows: pl.DataFrame, by: Sequence[str]) -> Ints:
    return rows.select(pl.struct(*by).rank("dense") - 1).to_series().cast(pl.Int64).to_numpy()


def _reference(rows: pl.DataFrame, rules: Rules) -> int | None:
    found = rows.filter(pl.col("group") == rules.comparison)["number"]
    return int(found[0]) if len(found) else None


def _both(rows: pl.DataFrame) -> tuple[Ints, Ints]:
    """The counts of the year, and of both years together, as ``evidence`` takes them."""
    year = rows.select(NUMBERS).to_numpy()
    before = rows.select(pl.col(f"{name}_before").fill_null(0) for name in NUMBERS).to_numpy()
    return year, year + before


def _chance(counts: Ints, number: Ints, reference: int | None, sets: Ints, known: Mask) -> Floats:
    ours = evidence(counts)
    theirs = against(*ours, number, reference, sets=sets, known=known)
    four = (*ours, theirs.events, theirs.of)
    p = tests.chi_squared(*four).p
    few = ~(tests.smallest_expected(*four) >= EXACT_UNDER)
    if few.any():
        p[few] = tests.mid_p(*(part[few] for part in four))
    return p


def _corrected(
    chance: Floats, sets: Ints, families: Ints, there: Mask, rules: Rules, reference: int | None
) -> Floats:
    """Correct in each family. Of two groups that are each the other's rest, one is a comparison."""
    once = chance.copy()
    first, second = _twins(chance, sets, there) if reference is None else (_none(), _none())
    once[second] = np.nan
    found = CORRECTIONS[rules.correction](once, families) if len(once) else once
    found[second] = found[first]
    return found


def _twins(chance: Floats, sets: Ints, there: Mask) -> tuple[Ints, Ints]:
    """The places of the two groups of each set that has only two, where both are compared."""
    places = np.flatnonzero(there)
    places = places[np.argsort(sets[places], kind="stable")]
    of = np.bincount(sets[places], minlength=int(sets.max(initial=-1)) + 1)
    pairs = places[of[sets[places]] == 2].reshape(-1, 2)
    pairs = pairs[~np.isnan(chance[pairs]).any(axis=1)]
    return pairs[:, 0], pairs[:, 1]


def _none() -> Ints:
    return np.zeros(0, np.int64)


def _unknown(reached: Ints, of: Ints, sets: Ints, known: Mask) -> tuple[Ints, Ints]:
    if not len(sets):
        return reached, of
    return tuple(sum_by(np.where(known, 0, part), sets)[sets] for part in (reached, of))  # type: ignore[return-value]


def _size(corrected: Floats, families: Ints) -> Ints:
    """How many groups of each family were compared."""
    size = int(families.max(initial=-1)) + 1
    return np.bincount(families[~np.isnan(corrected)], minlength=size)[families]
