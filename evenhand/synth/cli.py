"""``evenhand synth``: write an extract of Islehaven to a folder."""

from __future__ import annotations

import argparse
import json
from datetime import date
from pathlib import Path

from tqdm import tqdm

from evenhand.problems import Problem
from evenhand.synth.build import Order, build
from evenhand.synth.manifest import Manifest


def run(args: argparse.Namespace) -> int:
    """Write the extract that the arguments ask for, say what is in it, and return 0."""
    order = Order(
        children=args.children,
        seed=args.seed,
        as_at=_day(args.as_at),
        clean=args.clean,
        variant=getattr(args, "variant", None) or "standard",
    )
    try:
        made = _build(order, Path(args.out), quiet=args.json)
    except OSError as fault:
        raise Problem(
            f"The extract could not be written to {args.out}: {fault.strerror or fault}.",
            "See that the folder can be written and the disk has room, then run this again.",
        ) from fault
    print(json.dumps(_summary(made, args.out)) if args.json else _sentences(made, args.out))
    return 0


def _day(value: str | date) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def _build(order: Order, out: Path, *, quiet: bool) -> Manifest:
    with tqdm(total=order.children, unit=" children", disable=quiet or None, leave=False) as bar:

        def told(written: int) -> None:
            bar.update(written - bar.n)

        return build(order, out, told)


def _summary(made: Manifest, out: str) -> dict[str, object]:
    return {
        "folder": str(out),
        "children": made.children,
        "seed": made.seed,
        "as_at": made.as_at,
        "rows": sum(made.rows.values()),
        "files": len(made.rows) + 1,
        "faults": {kind: fault["count"] for kind, fault in made.dirt.items()},
        "planted": sorted(made.planted),
    }


def _sentences(made: Manifest, out: str) -> str:
    rows, workers = sum(made.rows.values()), sum(made.workers.values())
    faults = "no faults" if made.clean else f"{len(made.dirt)} kinds of fault"
    return (
        f"Islehaven as at {made.as_at}: {made.children:,} children, {workers:,} workers, "
        f"{rows:,} rows in {len(made.rows)} files, {faults}.\n"
        f"What was planted is in {Path(out) / 'manifest.json'}.\n"
        f"Next: evenhand import {out} --as-at {made.as_at}"
    )
