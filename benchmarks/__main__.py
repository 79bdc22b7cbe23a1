"""Run every module here that has a ``run``, print a table and write .bench/results.json.

``python -m benchmarks [NAME ...]`` runs those modules only. A bound that does not hold is printed
as such; the exit code is 0 all the same, for a slow machine is no fault of the code.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import sys
import traceback
from pathlib import Path

import benchmarks
from benchmarks.timing import Row

RESULTS = Path(".bench") / "results.json"
FAILED = "could not be measured"


def modules(names: list[str]) -> list[str]:
    """Return the modules of this folder that measure something, or those of ``names``."""
    found = [module.name for module in pkgutil.iter_modules(benchmarks.__path__)]
    wanted = names or [name for name in found if name not in {"__main__", "timing"}]
    return sorted(wanted)


def measure(name: str) -> list[Row]:
    """Return a module's rows; one that fails to measure is a row that does not hold."""
    print(f"Measuring {name} ...", file=sys.stderr, flush=True)
    try:
        module = importlib.import_module(f"benchmarks.{name}")
        return list(module.run()) if hasattr(module, "run") else []
    except Exception as fault:  # noqa: BLE001 (a fault in one must not lose the others)
        traceback.print_exc()
        nothing: Row = {
            "name": name,
            "ratio": -1.0,
            "bound": 0.0,
            "holds": False,
            "detail": f"{FAILED}: {type(fault).__name__}: {fault}",
        }
        return [nothing]


def table(rows: list[Row]) -> str:
    """Return the rows as a table for people."""
    width = max((len(each["name"]) for each in rows), default=0)
    lines = [f"{'':{width}}  {'ratio':>9}  {'bound':>7}"]
    for each in rows:
        verdict = "holds" if each["holds"] else "DOES NOT HOLD"
        lines.append(
            f"{each['name']:{width}}  {each['ratio']:9.3f}  {each['bound']:7.2f}  "
            f"{verdict:13}  {each['detail']}"
        )
    return "\n".join(lines)


def main(names: list[str]) -> int:
    """Measure, print and write."""
    rows = [each for name in modules(names) for each in measure(name)]
    print(table(rows))
    _write(rows, merge=bool(names))
    return 0


def _write(rows: list[Row], *, merge: bool) -> None:
    """Write the rows; when only some modules ran, beside the others' last ones."""
    kept: list[Row] = json.loads(RESULTS.read_text()) if merge and RESULTS.exists() else []
    measured = {each["name"] for each in rows}
    RESULTS.parent.mkdir(exist_ok=True)
    together = [each for each in kept if each["name"] not in measured] + rows
    RESULTS.write_text(json.dumps(together, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
