"""manifest.json: what an extract holds, what was planted in it, and which faults it has."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evenhand.synth.days import TEXT
from evenhand.synth.figures import figure, share, sources

if TYPE_CHECKING:
    from evenhand.synth.build import Order
    from evenhand.synth.dirt import Dirt
    from evenhand.synth.planted import Planted
    from evenhand.synth.world import World

FILE = "manifest.json"
LICENCE = (
    "Contains public sector information licensed under the Open Government Licence v3.0 "
    "(Department for Education, Office for National Statistics)."
)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an extract of Islehaven says of itself. Days are ISO text; rows are by file name.

    ``planted`` is a mapping from a truth's name to its rule (``where``, rates, days) and, under
    ``counted``, what came of it in the files. ``decoys`` has the same shape. ``dirt`` maps a kind
    of fault to its table, column and count.
    """

    authority: str
    children: int
    seed: int
    as_at: str
    history_from: str
    clean: bool
    variant: str
    rows: Mapping[str, int]
    workers: Mapping[str, int]
    planted: Mapping[str, Mapping[str, Any]]
    decoys: Mapping[str, Mapping[str, Any]]
    dirt: Mapping[str, Mapping[str, Any]]
    sources: Mapping[str, str]
    licence: str = LICENCE


def late_folder() -> str:
    """The folder, inside the extract's, of the file that arrives some days later."""
    return str(figure("planted:late_entered.folder"))


def read(path: Path) -> Manifest:
    """Read the manifest of an extract's folder, or the file itself.

    Raises FileNotFoundError where there is none, and ValueError where it is not a manifest.
    """
    file = path / FILE if path.is_dir() else path
    found = json.loads(file.read_text(encoding="utf-8"))
    if not isinstance(found, dict):
        raise ValueError(f"{file.name} is not a manifest of Islehaven")
    try:
        return Manifest(**found)
    except TypeError as fault:
        raise ValueError(f"{file.name} is not a manifest of Islehaven: {fault}") from fault


def write(manifest: Manifest, folder: Path) -> None:
    """Write the manifest to a folder, keys in the order of the class."""
    text = json.dumps(asdict(manifest), indent=2, ensure_ascii=False)
    (folder / FILE).write_text(f"{text}\n", encoding="utf-8")


def make(
    order: Order,
    world: World,
    planted: Planted,
    dirt: Dirt,
    rows: Mapping[str, int],
    late_rows: Mapping[str, int],
) -> Manifest:
    """Return the manifest of an extract that has been written."""
    roles: dict[str, int] = {}
    for worker in world.staff.everyone:
        roles[worker.roles] = roles.get(worker.roles, 0) + 1
    return Manifest(
        authority=world.staff.authority["name"],
        children=order.children,
        seed=order.seed,
        as_at=order.as_at.isoformat(),
        history_from=TEXT[world.history_from],
        clean=order.clean,
        variant=order.variant,
        rows={f"ssd_{table}.csv": count for table, count in rows.items()},
        workers=roles,
        planted=_planted(order, planted, late_rows),
        decoys=_decoys(planted),
        dirt=dirt.entries(),
        sources=sources(),
    )


def _planted(
    order: Order, planted: Planted, late_rows: Mapping[str, int]
) -> dict[str, dict[str, Any]]:
    return {
        "late_team": {
            "what": "One team authorises assessments late more often than the others",
            "team": planted.late_team,
            "since": TEXT[planted.since],
            "late": share("planted:late_team.late"),
            "late_elsewhere": share("assessment.late"),
            "counted": planted.counted("assessment"),
        },
        "slow_group": {
            "what": "Children of one ethnic group wait longer for the initial conference",
            "group": planted.slow_group,
            "late": share("planted:slow_group.late"),
            "late_elsewhere": share("conference.late"),
            "counted": planted.counted("conference"),
        },
        "unasked": {
            "what": "Ethnicity is not recorded for more of the children of two teams",
            "teams": planted.unasked,
            "missing": share("planted:unasked.missing"),
            "missing_elsewhere": share("identity.ethnicity_missing"),
            "counted": planted.counted("ethnicity", "missing"),
        },
        "never_supplied": {
            "what": "No file of the extract holds these",
            "characteristics": figure("office:never_supplied"),
        },
        "visits_stop": {
            "what": "Visits to children in need are not supplied after this day",
            "table": f"ssd_{figure('planted:visits_stop.table')}",
            "last_day": TEXT[planted.visits_stop],
            "newest": planted.newest_visit,
        },
        "late_entered": _late_entered(order, planted, late_rows),
    }


def _late_entered(order: Order, planted: Planted, late_rows: Mapping[str, int]) -> dict[str, Any]:
    after = figure("planted:late_entered.entered_days_after")
    return {
        "what": "Reviews that one team held, but typed in only after the extract",
        "team": planted.late_entry_team,
        "held_from": TEXT[planted.late_entry_from],
        "held_to": TEXT[planted.late_entry_to],
        "file": f"{late_folder()}/ssd_cla_reviews.csv",
        "entered_on": TEXT[order.as_at.toordinal() + after],
        "rows": late_rows["cla_reviews"],
        "reviews": list(planted.late_reviews),
    }


def _decoys(planted: Planted) -> dict[str, dict[str, Any]]:
    counted = planted.counted("assessment").get(planted.small_team, {"late": 0, "of": 0})
    unlike = figure("planted:slow_group.unlike")
    return {
        "small_team": {
            "what": "A new team has too few assessments to tell: it is not late by habit",
            "team": planted.small_team,
            "from": TEXT[planted.small_from],
            "counted": counted,
        },
        "other_group": {
            "what": "Children of this group wait no longer than the rest",
            "group": unlike,
            "counted": planted.counted("conference").get(unlike, {"late": 0, "of": 0}),
        },
    }


__all__ = ["FILE", "Manifest", "late_folder", "make", "read", "write"]
