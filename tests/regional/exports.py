"""Made-up exports, as ``evenhand export parquet`` writes them, of made-up authorities."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

AS_AT = date(2026, 11, 20)
CLOCK, OTHER = "england/conference-after-enquiry", "england/single-assessment"
GROUPS = {
    "ethnicity": ["White", "Asian or Asian British", "Black, Black British, Caribbean or African",
                  "Not known to us"],
    "sex": ["Female", "Male"],
    "disability": ["Disabled", "Not disabled", "Not known to us", "Chose not to say (REFU)"],
}  # fmt: skip
SHARES = [0.5, 0.2, 0.2, 0.1]
STATES = ["kept", "kept late", "late", "open", "not known", "excused", "not recorded"]
FACTS = {
    "referral": ["referral.received", "referral.no_further_action"],
    "assessment": ["assessment.started", "assessment.authorised"],
    "section_47": ["section_47.started"],
    "conference": ["conference.held"],
    "protection_plan": ["protection_plan.started"],
    "care_period": ["care_period.started", "care_period.legal_statuses"],
}
Frames = dict[str, pl.DataFrame]


def made(name: str, children: int = 300, seed: int = 1) -> Frames:
    """The files of one authority; of Black children more are kept waiting."""
    draw = np.random.default_rng(seed)
    found = {"children": _children(children, draw)}
    black = found["children"].filter(ethnicity=GROUPS["ethnicity"][2])["key"].to_numpy()
    for subject, facts in FACTS.items():
        found[subject] = _records(subject, facts, children, draw)
    found["standings"] = _standings(children, black, draw)
    return {
        stem: frame.select(pl.lit(name).alias("authority"), pl.lit(AS_AT).alias("as_at"), pl.all())
        for stem, frame in found.items()
    }


def _children(count: int, draw: np.random.Generator) -> pl.DataFrame:
    told: dict[str, Any] = {"key": draw.permutation(np.arange(1, count + 1))}
    for dimension, labels in GROUPS.items():
        shares = SHARES if len(labels) == len(SHARES) else None
        told[dimension] = draw.choice(labels, count, p=shares)
    told["child.unaccompanied"] = _answers(draw, count, [0.05, 0.9, 0.05])
    return pl.DataFrame(told, schema_overrides={"child.unaccompanied": pl.Boolean})


def _answers(draw: np.random.Generator, count: int, shares: list[float]) -> list[bool | None]:
    answers = (True, False, None)
    return [answers[place] for place in draw.choice(3, count, p=shares)]


def _records(
    subject: str, facts: list[str], children: int, draw: np.random.Generator
) -> pl.DataFrame:
    count = {"referral": 3 * children, "care_period": 2 * children}.get(subject, 2 * children)
    whose = draw.integers(0, children + 1, count)
    days = draw.integers(0, 1100, count)
    told: dict[str, Any] = {
        "key": draw.permutation(np.arange(1, count + 1)),
        "child": [int(pk) or None for pk in whose],
        facts[0]: [AS_AT - timedelta(int(n)) if n % 50 else None for n in days],
    }
    if subject == "assessment":
        took = draw.integers(0, 120, count)
        told[facts[1]] = [AS_AT - timedelta(int(n - m)) if m % 9 else None
                          for n, m in zip(days, took, strict=True)]  # fmt: skip
    if subject == "referral":
        told[facts[1]] = _answers(draw, count, [0.3, 0.4, 0.3])
    if subject == "care_period":
        lists = [["V3"], ["C2"], ["V3", "C2"], ["V4", "V3"], [], None]
        told[facts[1]] = [lists[n] for n in draw.integers(0, len(lists), count)]
    types = {"child": pl.Int64, facts[0]: pl.Date, "assessment.authorised": pl.Date}
    types = {name: type_ for name, type_ in types.items() if name in told}
    return pl.DataFrame(told, schema_overrides=types, strict=False)


def _standings(children: int, black: np.ndarray, draw: np.random.Generator) -> pl.DataFrame:
    count = 4 * children
    whose = draw.integers(0, children + 1, count)
    states = draw.choice(STATES, count, p=[0.6, 0.1, 0.1, 0.05, 0.05, 0.05, 0.05])
    waits = np.isin(whose, black) & (draw.random(count) < 0.5)
    return pl.DataFrame(
        {
            "standard": draw.choice([CLOCK, OTHER], count),
            "child": [int(pk) or None for pk in whose],
            "due": [AS_AT - timedelta(int(n)) for n in draw.integers(-30, 900, count)],
            "state": np.where(waits, "late", states),
        },
        schema_overrides={"child": pl.Int64},
    )


def schema(name: str, frames: Frames, held_from: date | None = date(2020, 1, 1)) -> dict[str, Any]:
    """What an export says of itself: every fact held to the day of the figures."""
    facts = [column for frame in frames.values() for column in frame.columns if "." in column]
    first = held_from.isoformat() if held_from else None
    columns = [
        {"name": each, "held": True, "held_from": first, "held_to": AS_AT.isoformat()}
        for each in facts
    ]
    return {"authority": name, "as_at": AS_AT.isoformat(), "files": [{"columns": columns}]}


def write(folder: Path, name: str, frames: Frames | None = None, **how: Any) -> Path:
    """Write one export into a folder of its own; return the folder."""
    frames = made(name, **how) if frames is None else frames
    folder.mkdir(parents=True)
    for stem, frame in frames.items():
        frame.write_parquet(folder / f"{stem}.parquet")
    (folder / "schema.json").write_text(json.dumps(schema(name, frames)), "utf-8")
    return folder


def write_together(folder: Path, names: list[str]) -> Path:
    """Write several authorities into one folder, told apart by the column ``authority``."""
    each = [made(name, seed=seed) for seed, name in enumerate(names)]
    folder.mkdir(parents=True)
    for stem in each[0]:
        pl.concat([frames[stem] for frames in each]).write_parquet(folder / f"{stem}.parquet")
    told = [schema(name, frames) for name, frames in zip(names, each, strict=True)]
    (folder / "schema.json").write_text(json.dumps(told), "utf-8")
    return folder
