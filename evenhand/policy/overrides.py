"""An authority's own values, where a pack leaves the value to it: same unit, within its bound."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from evenhand.policy.documents import Faults, Mapping, Node, shown
from evenhand.policy.errors import nearest
from evenhand.policy.fields import Fields
from evenhand.policy.packs import Pack
from evenhand.rules.standards import Deadline, PerPeriod, Recurrence, Standard
from evenhand.rules.values import Dated, Entry, Offset

FIELDS = ("standard", "field", "stage", "from", "value", "unit", "reason", "note")


@dataclass(frozen=True)
class _Place:
    """One dated value of a standard that an override names."""

    field: str
    stage: int
    dated: Dated[Any]


def apply(packs: list[Pack], standards: dict[str, Standard], faults: Faults) -> None:
    """Put every pack's overrides into the standards, in the order of adoption."""
    for pack in packs:
        for node in pack.overrides:
            _apply(node, pack, standards, faults)


def _apply(node: Node, pack: Pack, standards: dict[str, Standard], faults: Faults) -> None:
    if not isinstance(node, Mapping):
        faults.add(node, "overrides", shown(node), "Write {standard: ID, field: within, ...}.")
        return
    before = len(faults.errors)
    fields = Fields(node, faults, FIELDS, "the override")
    name, from_, value = fields.text("standard"), fields.day("from"), fields.integer("value")
    reason = fields.text("reason")
    standard = standards.get(name)
    if standard is None:
        remedy = nearest(name, standards, "Name a standard as pack/standard.")
        fields.wrong("standard", f'no standard is called "{name}"', remedy)
    place = _place(fields, standard) if standard else None
    if standard is None or place is None or from_ is None or value is None:
        return
    entry = _entry(fields, place, from_, value, f"{pack.title}: {reason}")
    if entry is not None and len(faults.errors) == before:
        standards[name] = _with(standard, place, _from_then_on(place.dated, entry))


def _place(fields: Fields, standard: Standard) -> _Place | None:
    """The dated value that `field` (and `stage`, from 1) names."""
    field = fields.text("field")
    if isinstance(standard, Deadline) and field == "within" and isinstance(standard.within, Dated):
        return _Place(field, 0, standard.within)
    if isinstance(standard, PerPeriod) and field == "at_least":
        return _Place(field, 0, standard.at_least)
    if isinstance(standard, Recurrence) and field == "stages":
        stage = fields.integer("stage") or 0
        if 1 <= stage <= len(standard.stages):
            return _Place(field, stage - 1, standard.stages[stage - 1])
        fields.wrong("stage", f"it has no stage {stage}", f"It has {len(standard.stages)}.")
        return None
    found = f'"{field}" of {standard.id} is not a value that can be overridden'
    fields.wrong("field", found, "Name within, at_least or stages, as the standard has it.")
    return None


def _entry(
    fields: Fields, place: _Place, from_: date, value: int, citation: str
) -> Entry[Any] | None:
    """The overriding entry, if the one it replaces is local, in that unit, and so bounded."""
    old = place.dated.entry_on(from_)
    if old is None:
        fields.wrong("from", f"no value is in force on {from_}", "Begin when one is.")
        return None
    if not old.local:
        remedy = (
            "Only a value marked local: true may be; adopt the pack without it or ask its owner."
        )
        fields.wrong("standard", f"its {place.field} is not local, so it stands", remedy)
        return None
    unit = old.value.unit if isinstance(old.value, Offset) else ""
    given = fields.text("unit", required=bool(unit))
    if given != unit:
        fields.wrong(
            "unit", f'"{given}" is another unit than "{unit}"', f"Use {unit or 'no unit'}."
        )
        return None
    if not _within_bound(fields, old, value):
        return None
    new = Offset(value, old.value.unit) if isinstance(old.value, Offset) else value
    return replace(old, from_=from_, to=None, value=new, basis="text", citation=citation)


def _within_bound(fields: Fields, old: Entry[Any], value: int) -> bool:
    if old.at_most is not None and value > old.at_most:
        fields.wrong("value", f"{value} is more than {old.at_most}", f"{old.at_most} at most.")
        return False
    if value < (old.at_least if old.at_least is not None else 0):
        fields.wrong(
            "value", f"{value} is less than {old.at_least or 0}", f"{old.at_least or 0} at least."
        )
        return False
    return True


def _from_then_on(dated: Dated[Any], entry: Entry[Any]) -> Dated[Any]:
    """The dated value with an override that holds from its day until another override."""
    kept = [old for old in dated.entries if old.from_ and entry.from_ and old.from_ < entry.from_]
    return Dated.of([*kept, entry])


def _with(standard: Standard, place: _Place, dated: Dated[Any]) -> Standard:
    if isinstance(standard, Recurrence):
        stages = list(standard.stages)
        stages[place.stage] = dated
        return replace(standard, stages=tuple(stages))
    return replace(standard, **{place.field: dated})  # type: ignore[arg-type]
