"""Islehaven from first family to last: journeys told, children written, the manifest made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from evenhand.formats.roster import ROSTER_COLUMNS, ROSTER_FILE
from evenhand.synth import families, manifest, people
from evenhand.synth.dirt import Dirt
from evenhand.synth.planted import Planted
from evenhand.synth.staff import Staff
from evenhand.synth.tables import Row, Variant, layouts
from evenhand.synth.world import Child, World
from evenhand.synth.write import Folder, make_room, write_table

AT_ONCE = 200
"""Children gathered before their rows are written: a few megabytes."""
VISITED = 2
HELD, CANCELLED = 4, 5
"""Where a visit's day, a review's day and its being called off stand in their rows."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to make: how many children, by which seed, as at which day, and how spelled."""

    children: int
    seed: int
    as_at: date
    clean: bool = False
    variant: Variant = "standard"


def build(
    order: Order, out: Path, told: Callable[[int], None] = lambda _: None
) -> manifest.Manifest:
    """Write an extract, its roster and its manifest to a folder; return the manifest.

    ``told`` is called with the number of children written so far. The same order gives the same
    bytes on any machine. Memory does not grow with the number of children. The manifest is written
    last: a folder without one is not whole. Raises Problem where the folder cannot be used.
    """
    make_room(out, manifest.FILE)
    staff = Staff(order.seed, order.children)
    world = World(order.seed, order.as_at, staff)
    planted = Planted(world)
    spelled = layouts(order.variant)
    dirt = Dirt(world, spelled, clean=order.clean)
    late = {"cla_reviews": spelled["cla_reviews"]}
    late_folder = out / manifest.late_folder()
    with Folder(out, spelled) as folder, Folder(late_folder, late) as late_entered:
        for written, batch in _batches(world, planted, order.children):
            late_entered.add("cla_reviews", _as_entered_late(planted, batch))
            _write(planted, batch, folder, dirt)
            told(written)
        _write_office(staff, folder, dirt)
    write_table(out / ROSTER_FILE, ROSTER_COLUMNS, staff.roster())
    made = manifest.make(order, world, planted, dirt, folder.rows, late_entered.rows)
    manifest.write(made, out)
    return made


def _batches(world: World, planted: Planted, wanted: int) -> Iterator[tuple[int, list[Child]]]:
    batch: list[Child] = []
    written = number = 0
    while written < wanted:
        number += 1
        for child in _known_children(world, planted, number)[: wanted - written]:
            people.write_person(world, planted, child)
            batch.append(child)
            written += 1
        if len(batch) >= AT_ONCE or written >= wanted:
            yield written, batch
            batch = []


def _known_children(world: World, planted: Planted, number: int) -> list[Child]:
    family = families.make_family(world, number)
    families.live(world, planted, family)
    return [child for child in family.children if child.rows]


def _write(planted: Planted, batch: list[Child], folder: Folder, dirt: Dirt) -> None:
    gathered: dict[str, list[Row]] = {}
    for child in batch:
        for table, row in child.rows:
            gathered.setdefault(table, []).append(row)
    for table, rows in gathered.items():
        folder.add(table, dirt.on(table, rows))
    newest = max((row[VISITED] for row in gathered.get("cin_visits", ())), default="")
    planted.newest_visit = max(planted.newest_visit, newest)


def _as_entered_late(planted: Planted, batch: list[Child]) -> list[Row]:
    """The reviews of these children as the later file has them, those that came late included."""
    found: list[Row] = []
    for child in batch:
        later = [row for _, row in child.late_rows]
        replaced = {row[0] for row in later}
        found += [
            row for table, row in child.rows if table == "cla_reviews" and row[0] not in replaced
        ]
        found += later
        planted.late_reviews += [row[0] for row in later if row[HELD] and row[CANCELLED] == "N"]
    return found


def _write_office(staff: Staff, folder: Folder, dirt: Dirt) -> None:
    folder.add("department", list(staff.departments()))
    folder.add("professionals", dirt.on("professionals", list(staff.professionals())))
