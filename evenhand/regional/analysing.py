"""An analysis from beginning to end: read, count, compare, hide, write; whole or not at all."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, Protocol

import polars as pl

from evenhand.policy.disparity import Rules
from evenhand.problems import Problem
from evenhand.regional import comparing, funnels, hiding, layout, plans, writing
from evenhand.regional.counts import together
from evenhand.regional.definitions import Definitions, funnel_on, read
from evenhand.regional.layout import Source
from evenhand.regional.plans import Plan

ROOM = "Name a folder of your own with --out, on a disk with room."


class Engine(Protocol):
    """What counts: a plan in, the table of counts out. ``room`` is a folder for what it spills."""

    def __call__(self, plan: Plan, room: Path) -> pl.DataFrame:
        """Return the counts of one source."""
        ...


class Analysed(NamedTuple):
    """What an analysis wrote: where, of whom, how many groups, and what was found and left out."""

    folder: Path
    authorities: tuple[str, ...]
    rows: int
    findings: int
    left_out: tuple[str, ...]


def analyse(path: Path, out: Path, pack: str, engine: Engine) -> Analysed:
    """Analyse the exports under a path into a new folder, which is there only when whole.

    What can be analysed is, and sentences say what cannot. Raises Problem where nothing can be,
    where the folder is there already, or where there is no room.
    """
    if out.exists():
        raise Problem(f"{out} is there already.", "Name a folder that is not there yet.")
    defined = read(pack)
    said: list[str] = []
    unfinished = out.with_name(f".{out.name}.unfinished")
    with _made(unfinished):
        planned = _plans(path, defined, said)
        counts = together(list(_counted(planned, engine, unfinished, said)))
        done = _compared(counts, planned, said, path, defined)
        findings = writing.write(unfinished, done, defined)
        unfinished.rename(out)
    names = tuple(one.name for one in done.authorities)
    return Analysed(out, names, len(done.compared), findings, tuple(said))


@contextmanager
def _made(folder: Path) -> Iterator[None]:
    """A folder that is gone again unless it was renamed; what the disk says becomes a Problem."""
    shutil.rmtree(folder, ignore_errors=True)
    try:
        folder.mkdir(parents=True)
        yield
    except (OSError, pl.exceptions.PolarsError) as error:
        raise Problem(f"{folder.parent} cannot be written to ({_why(error)}).", ROOM) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _why(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or str(error).splitlines()[0])


def _is_of_the_disk(error: Exception) -> bool:
    """Whether writing failed, and not the reading of a file."""
    full = getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
    return full or "No space left" in str(error)


def _plans(path: Path, defined: Definitions, said: list[str]) -> list[Plan]:
    sources, told = layout.find(path)
    said += told
    planned = [plan for each in sources if (plan := _plan(each, defined, said))]
    kept = _once_each(planned, said)
    if not kept:
        raise Problem(f"Nothing under {path} can be analysed. {' '.join(said)}", layout.WHERE)
    return kept


def _plan(source: Source, defined: Definitions, said: list[str]) -> Plan | None:
    try:
        return plans.plan(source, defined, said)
    except (OSError, pl.exceptions.PolarsError) as error:
        said.append(_unreadable(source, error))
        return None


def _unreadable(source: Source, error: Exception) -> str:
    return (
        f"{source.folder} cannot be read whole ({_why(error)}): it is left out. Write the export "
        "again with `evenhand export parquet`."
    )


def _once_each(planned: list[Plan], said: list[str]) -> list[Plan]:
    """Leave out folders whose authority another is of too: one cannot tell which is right."""
    of: dict[str, list[Plan]] = {}
    for plan in planned:
        for one in plan.authorities:
            of.setdefault(one.name, []).append(plan)
    twice: list[Plan] = []
    for name, found in of.items():
        if len(found) > 1:
            folders = " and ".join(str(plan.source.folder) for plan in found)
            said.append(
                f"{folders} are each of {name}: they are left out, since one cannot tell which "
                "is right. Leave one of them."
            )
            twice += found
    return [plan for plan in planned if not any(plan is each for each in twice)]


def _counted(
    planned: list[Plan], engine: Engine, unfinished: Path, said: list[str]
) -> Iterator[pl.DataFrame]:
    for number, plan in enumerate(planned):
        room = unfinished / f"spilled-{number}"
        try:
            yield engine(plan, room)
        except (OSError, pl.exceptions.PolarsError) as error:
            if _is_of_the_disk(error):
                raise
            said.append(_unreadable(plan.source, error))
        finally:
            shutil.rmtree(room, ignore_errors=True)


def _compared(
    counts: pl.DataFrame, planned: list[Plan], said: list[str], path: Path, defined: Definitions
) -> writing.Analysis:
    if not len(counts):
        why = " ".join(said) or "No event lies in the months that are counted."
        raise Problem(f"Nothing under {path} can be counted. {why}", layout.WHERE)
    authorities = sorted({one for plan in planned for one in plan.authorities})
    rules = _rules(planned)
    dimensions = list({way.id: way for plan in planned for way in plan.dimensions}.values())
    compared = comparing.compared(counts, dimensions, rules)
    newest = max(one.as_at for one in authorities)
    funnel = funnels.funnel(compared, dimensions[0].id, funnel_on(defined.policy, newest))
    threshold = max(each.suppress_below for each in rules.values())
    cells, totals = hiding.hidden(compared, threshold)
    whole = rules[comparing.TOGETHER]
    return writing.Analysis(
        authorities, counts, compared, funnel, cells, totals, whole, tuple(said)
    )


def _rules(planned: list[Plan]) -> Mapping[str, Rules]:
    """The rules of each authority; all together go by those of the newest day."""
    own = {one.name: (one.as_at, plan.rules[one.name]) for plan in planned
           for one in plan.authorities}  # fmt: skip
    newest = max(own.values(), key=lambda each: each[0])[1]
    return {name: rules for name, (_, rules) in own.items()} | {comparing.TOGETHER: newest}
