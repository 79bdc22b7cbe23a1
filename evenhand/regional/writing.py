"""The folder of an analysis: exact results, tables that may be passed on, findings in words."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from textwrap import fill
from typing import Any, NamedTuple

import polars as pl

from evenhand.policy.disparity import UNKNOWN_WORDS, Rules
from evenhand.regional.comparing import EVERYONE, TOGETHER
from evenhand.regional.counts import STEP
from evenhand.regional.definitions import Definitions
from evenhand.regional.funnels import WITHIN
from evenhand.regional.hiding import Cell
from evenhand.regional.profiles import Authority
from evenhand.regional.wording import Words, day, listed, percent

RESULTS, COUNTS, FIGURES, BESIDE, FINDINGS = (
    "results.parquet", "counts.parquet", "figures.csv", "authorities.csv", "findings.txt",
)  # fmt: skip
HIDDEN, NONE = "[c]", "[x]"
WIDE, MOST, FEW = 100, 200, 6
NOTHING_FOUND = (
    "No difference is more than chance would bring. That does not prove that there is none: few "
    "children tell little."
)
RISKY = ("=", "+", "-", "@", "\t", "\r")
HEADINGS = (
    "Area", "Kind", "Measure", "Measure in words", "Compared by", "Group", "First day", "Last day",
    "Counted", "Went on or waited too long", "Rate", "Rate from", "Rate to", "Rate of all others",
    "Ratio", "Ratio from", "Ratio to", "Chance, corrected", "Comparisons corrected for",
    "More than chance",
)  # fmt: skip
BESIDE_HEADINGS = (
    "Kind", "Measure", "Measure in words", "Authority", "Counted", "Rate", "Rate of all together",
    "Inner limit from", "Inner limit to", "Outer limit from", "Outer limit to", "Where it lies",
)  # fmt: skip


class Analysis(NamedTuple):
    """All that was worked out: who, the counts, the comparison, the funnel, and what is hidden."""

    authorities: Sequence[Authority]
    counts: pl.DataFrame
    compared: pl.DataFrame
    funnel: pl.DataFrame
    cells: set[Cell]
    totals: set[Cell]
    rules: Rules
    said: Sequence[str]


def write(folder: Path, done: Analysis, defined: Definitions) -> int:
    """Write the files of an analysis into a folder; return how many findings there are."""
    words = Words(defined)
    done.counts.write_parquet(folder / COUNTS)
    done.compared.write_parquet(folder / RESULTS)
    _csv(folder / FIGURES, HEADINGS, _figures(done, words))
    _csv(folder / BESIDE, BESIDE_HEADINGS, _beside(done, words))
    findings = list(_findings(done, words))
    (folder / FINDINGS).write_text(_page(done, defined, words, findings), encoding="utf-8")
    return len(findings)


def _csv(path: Path, headings: Sequence[str], rows: Iterator[Sequence[object]]) -> None:
    """One table with one row of headings and nothing else, so that any program reads it aloud."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(headings)
        writer.writerows([_safe(value) for value in row] for row in rows)


def _safe(value: object) -> object:
    """A value that a spreadsheet shows as it is: text that could be run is quoted."""
    return f"'{value}" if isinstance(value, str) and value.startswith(RISKY) else value


def _figures(done: Analysis, words: Words) -> Iterator[list[object]]:
    for row in _printed(done).iter_rows(named=True):
        kind, measure = row["kind"], row["measure"]
        told = [
            row["area"], kind, measure, words.title(kind, measure),
            words.dimensions[row["dimension"]], row["label"], row["since"], row["until"],
        ]  # fmt: skip
        yield [*told, *_numbers(row, done)]


def _numbers(row: Mapping[str, Any], done: Analysis) -> list[object]:
    if is_hidden(row, done):
        return [HIDDEN] * (len(HEADINGS) - 8)
    others = row["others_reached"] / row["others_of"] if row["others_of"] else float("nan")
    against = [others, row["ratio"], row["ratio_low"], row["ratio_high"]]
    is_alone = _total(row) in done.totals  # everyone else's rate would give the total away
    shown = [HIDDEN] * len(against) if is_alone else [_decimal(each) for each in against]
    differs = ("yes" if row["differs"] else "no") if _is_number(row["corrected"]) else NONE
    own = [_decimal(row[name]) for name in ("rate", "rate_low", "rate_high")]
    sure = [_decimal(row["corrected"]), row["comparisons"], differs]
    return [row["of"], row["reached"], *own, *shown, *sure]


def is_hidden(row: Mapping[str, Any], done: Analysis) -> bool:
    """Whether a group's numbers may not be printed."""
    return (*_total(row)[:4], row["group"]) in done.cells


def _total(row: Mapping[str, Any]) -> Cell:
    return row["kind"], row["measure"], row["dimension"], row["area"], ""


def _is_number(value: float | None) -> bool:
    return value is not None and value == value


def _decimal(value: float | None) -> object:
    return f"{value:.4f}" if _is_number(value) else NONE


def _printed(done: Analysis) -> pl.DataFrame:
    return done.compared.filter(pl.col("population") == EVERYONE)


def _beside(done: Analysis, words: Words) -> Iterator[list[object]]:
    hidden = {(kind, measure, area) for kind, measure, _, area, _ in done.totals}
    limits = ("near_low", "near_high", "far_low", "far_high")
    for row in done.funnel.iter_rows(named=True):
        kind, measure, area = row["kind"], row["measure"], row["area"]
        told = [kind, measure, words.title(kind, measure), area]
        whole = HIDDEN if (kind, measure, TOGETHER) in hidden else _decimal(row["whole"])
        if (kind, measure, area) in hidden:
            yield [*told, *[HIDDEN] * (len(BESIDE_HEADINGS) - 4)]
        else:
            numbers = [_decimal(row[name]) for name in limits]
            yield [*told, row["of"], _decimal(row["rate"]), whole, *numbers, row["where"]]


def _findings(done: Analysis, words: Words) -> Iterator[str]:
    """The differences that are more than chance, the surest first; hidden ones are not named."""
    headline = done.compared.filter(
        pl.col("differs"),
        pl.col("population") == EVERYONE,
        pl.col("dimension").is_in(words.headlines),
        ~pl.col("group").is_in(list(UNKNOWN_WORDS)),
    )
    worse = headline.filter(
        (pl.col("kind") == STEP) | (pl.col("rate") * pl.col("others_of") > pl.col("others_reached"))
    )
    for row in worse.sort("corrected", "area", "measure", "group").iter_rows(named=True):
        if not is_hidden(row, done) and _total(row) not in done.totals:
            yield words.finding(row)


def _page(done: Analysis, defined: Definitions, words: Words, findings: list[str]) -> str:
    parts = [
        *_heading(done),
        *_found(findings),
        *_outside(done, words),
        *_how(done.rules, defined),
        *_what_may_leave(done.rules),
        *(["What was left out"] if done.said else []),
        *[f"- {each}" for each in done.said],
    ]
    lines = [fill(each, WIDE, subsequent_indent="  " * each.startswith("- ")) for each in parts]
    return "\n\n".join(lines) + "\n"


def _heading(done: Analysis) -> list[str]:
    names = [one.name for one in done.authorities]
    who = listed(names) if len(names) <= FEW else f"{len(names)} authorities"
    lies = listed([day(on) for on in sorted({one.as_at for one in done.authorities})])
    counted = (
        f"True for {lies}. Counted are the {done.rules.months} months up to then; a step of the "
        "pathway ends earlier, so that all had the same time to be followed."
    )
    return [f"Who fares worse: {who}", counted]


def _found(findings: list[str]) -> list[str]:
    if not findings:
        return [NOTHING_FOUND]
    how_many = _count(len(findings), "difference is", "differences are")
    more = len(findings) - MOST
    rest = [f"{more:,} more are in {FIGURES}."] if more > 0 else []
    shown = [f"- {each}" for each in findings[:MOST]]
    return [f"{how_many} more than chance would bring.", *shown, *rest]


def _how(rules: Rules, defined: Definitions) -> list[str]:
    against = (
        f"- Each group with {rules.comparison} whose group is known, in the year and in both years "
        "together; the two count double."
    )
    family = (
        "- All comparisons of one kind (steps, clocks), one dimension and one area are one family, "
        f"corrected together ({rules.correction}), so that one is {1 - rules.level:.0%} sure."
    )
    few = (
        f"- Groups under {rules.smallest}, and areas where fewer than {rules.completeness:.0%} of "
        "those counted have a known group, are not compared."
    )
    again = (
        "- A child met again is not separate evidence. That brothers and sisters are not either is "
        "known to an authority's own pages alone: an export does not say who they are."
    )
    return ["How it was compared", against, family, few, again, f"- {_left_out(defined)}"]


def _what_may_leave(rules: Rules) -> list[str]:
    hidden = (
        f"- {FIGURES} and {BESIDE}: counts from 1 to {rules.suppress_below - 1} are hidden, of "
        "those who went on and of those who did not, and whatever would give them away "
        f"({HIDDEN}; {NONE} says that there is none). Publish them beside no other table of the "
        "same children."
    )
    exact = (
        f"- {RESULTS} and {COUNTS} are exact, with and without unaccompanied children: they are "
        "for people who are entitled to the cases. Keep them where you keep the exports."
    )
    return ["What may leave", hidden, exact]


def _outside(done: Analysis, words: Words) -> list[str]:
    """Authorities beyond the funnel: it describes, and a person asks why."""
    if done.compared["area"].n_unique() < 2:
        return []
    hidden = {(kind, measure, area) for kind, measure, _, area, _ in done.totals}
    outside = [
        f"- {words.title(row['kind'], row['measure'])}: {row['area']}, {percent(row['rate'])} "
        f"({row['where']})"
        for row in done.funnel.filter(pl.col("where") != WITHIN).iter_rows(named=True)
        if (row["kind"], row["measure"], row["area"]) not in hidden
    ]
    heading = "Authorities whose rate lies outside the funnel about that of all together"
    return [heading, *outside[:MOST]] if outside else []


def _left_out(defined: Definitions) -> str:
    if not defined.left_out:
        return "All dimensions of the pack are compared."
    return (
        f"Not compared: {listed(list(defined.left_out)).lower()}. They are read on the day of an "
        "event, and an export does not tell them: with the days it would tell who a child is."
    )


def _count(number: int, one: str, many: str) -> str:
    return f"1 {one}" if number == 1 else f"{number:,} {many}"
