"""What is to be counted in a source, by the packs' definitions: the same plan for every engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

import polars as pl

from evenhand.policy.disparity import Rules
from evenhand.policy.entries import in_force
from evenhand.policy.pathway import Step
from evenhand.regional.definitions import Definitions, Dimension, rules_on
from evenhand.regional.layout import Described, Source, parts
from evenhand.regional.profiles import AUTHORITY, CHILDREN, KEY, Authority, authorities
from evenhand.regional.schemas import Schemas
from evenhand.rules import Calendar, Dated, Deadline, Horizon, Standard, State
from evenhand.rules.holding import horizon_of
from evenhand.rules.periods import Spans, known_from, spans_to

STANDINGS, CHILD, ALONE = "standings", "child", "child.unaccompanied"
YES_NO = ("yes", "no")
WANTED = {"yes": "yes or no", "no": "yes or no", "recorded": "anything"}
OF_STANDINGS = {"standard": "text", CHILD: "a whole number", "due": "a day", "state": "text"}


class Place(NamedTuple):
    """Where a step is counted: the periods of one authority, and the days allowed there."""

    spans: Spans
    within: int


class StepPlan(NamedTuple):
    """One step, and the authorities in which it can be counted.

    ``at`` and ``next_at`` are the types of those columns: Date, or a moment's.
    """

    step: Step
    places: Mapping[str, Place]
    at: str
    next_at: str


class ClockPlan(NamedTuple):
    """One clock that is worked out from facts, with the horizon of each authority."""

    standard: Deadline
    horizons: Mapping[str, Horizon | None]


@dataclass(frozen=True)
class Plan:
    """What is to be counted in one source. ``spans`` are the periods of clocks, by authority.

    ``stands`` are the standards whose cycles stand in standings.parquet; without that file
    ``clocks`` are worked out from the facts.
    """

    source: Source
    calendar: Calendar
    authorities: tuple[Authority, ...]
    dimensions: tuple[Dimension, ...]
    rules: Mapping[str, Rules]
    names_authority: frozenset[str]
    knows_alone: bool
    steps: tuple[StepPlan, ...]
    stands: frozenset[str]
    clocks: tuple[ClockPlan, ...]
    spans: Mapping[str, Spans] = field(default_factory=dict)


def plan(source: Source, defined: Definitions, said: list[str]) -> Plan | None:
    """Return what can be counted of a source, or None; says what cannot be, and why."""
    schemas = Schemas(source, said)
    found = authorities(schemas, defined.dimensions, said)
    if not found:
        return None
    if len(found) > 1:  # no folder's name can say whose a row is
        source = schemas.source = source._replace(named="")
    rules = {one.name: rules_on(defined.policy, one.as_at) for one in found}
    stands = _stood(schemas, defined, said) if _stands(schemas) else frozenset()
    return Plan(
        source,
        defined.policy.calendar,
        tuple(found),
        tuple(_dimensions(schemas, defined, said)),
        rules,
        frozenset(name for name in source.files() if schemas.has(name, AUTHORITY)),
        schemas.has(CHILDREN, ALONE),
        tuple(_steps(schemas, defined, found, rules, said)),
        stands,
        () if STANDINGS in source.files() else tuple(_clocks(schemas, defined, found)),
        {one.name: spans_to(one.as_at, rules[one.name].months) for one in found},
    )


def _dimensions(schemas: Schemas, defined: Definitions, said: list[str]) -> list[Dimension]:
    held = []
    for way in defined.dimensions:
        if not schemas.has(CHILDREN, way.id):
            said.append(
                f"{schemas.source.folder / CHILDREN}.parquet has no {way.label.lower()}: groups "
                "are not compared by it."
            )
        elif schemas.fit(CHILDREN, {way.id: "text"}, "groups are not compared by it"):
            held.append(way)
    return held


def _stands(schemas: Schemas) -> bool:
    if schemas.source.file(STANDINGS) is None:
        return False
    wanted = OF_STANDINGS | _whose(schemas, STANDINGS)
    return schemas.fit(STANDINGS, wanted, "no clock is counted")


def _stood(schemas: Schemas, defined: Definitions, said: list[str]) -> frozenset[str]:
    """The standards of standings.parquet that can be counted; says which cannot, and why."""
    path = schemas.source.file(STANDINGS)
    listed = (
        pl.scan_parquet(parts(path) if path else [])
        .group_by(pl.col("standard", "state").cast(pl.String))
        .agg(pl.len(), pl.col("due").count().alias("dated"))
        .collect(engine="streaming")
    )
    strange = sorted(set(listed["standard"].drop_nulls()) - set(defined.standards))
    if strange:
        said.append(
            f"{path} has clocks that the pack does not know: {', '.join(strange)}. They are left "
            "out. Name the pack that has them (--pack)."
        )
    odd = sorted(set(listed["state"].drop_nulls()) - set(State))
    if odd:
        said.append(
            f'{path} has states that are none of ours: "{", ".join(odd)}". Those cycles are left '
            "out. Write the export again with this version of Evenhand."
        )
    dated = listed.group_by("standard").agg(pl.col("dated").sum())
    birthdays = set(dated.filter(pl.col("dated") == 0)["standard"]) - set(strange)
    if birthdays:
        said.append(
            f"{path} tells no due days of {', '.join(sorted(birthdays))}, which count from a "
            "birthday: they are left out."
        )
    return frozenset(set(listed["standard"].drop_nulls()) - set(strange) - birthdays)


def _whose(schemas: Schemas, name: str) -> dict[str, str]:
    """What a file needs to say whose a row is: its own column, or the folder's name."""
    named = bool(schemas.source.named) and not schemas.has(name, AUTHORITY)
    return {} if named else {AUTHORITY: "text"}


def _steps(
    schemas: Schemas,
    defined: Definitions,
    found: list[Authority],
    rules: Mapping[str, Rules],
    said: list[str],
) -> list[StepPlan]:
    planned: list[StepPlan] = []
    for step in defined.steps:
        places = {
            one.name: place
            for one in found
            if (place := _place(schemas.source, step, one, rules[one.name], said))
        }
        if step.after:
            before = next((each.places for each in planned if each.step.id == step.after), {})
            places = {name: place for name, place in places.items() if name in before}
        if places and _fits(schemas, step):
            planned.append(StepPlan(step, places, *_types(schemas, step)))
    return planned


def _fits(schemas: Schemas, step: Step) -> bool:
    lost = f'the step "{step.title}" is left out'
    wanted = {KEY: "a whole number", CHILD: "a whole number", step.at: "a day or a moment"}
    wanted |= {name: WANTED[how] for name, how in step.among.items()}
    if step.answered_by:
        kind = "yes or no" if step.answer in YES_NO else "text"
        wanted |= _whose(schemas, step.subject) | {step.answered_by: kind}
        return schemas.fit(step.subject, wanted, lost)
    after = {CHILD: "a whole number", step.next_at: "a day or a moment"}
    after |= {step.unless_fact: "a list of text"} if step.unless_fact else {}
    first = schemas.fit(step.subject, wanted | _whose(schemas, step.subject), lost)
    return first and schemas.fit(
        step.next_subject, after | _whose(schemas, step.next_subject), lost
    )


def _types(schemas: Schemas, step: Step) -> tuple[str, str]:
    first, after = schemas.of(step.subject) or {}, schemas.of(step.next_subject) or {}
    return str(first.get(step.at)), str(after.get(step.next_at))


def _place(
    source: Source, step: Step, one: Authority, rules: Rules, said: list[str]
) -> Place | None:
    told = source.described.get(one.name)
    if told is None:
        _once(
            said,
            f"{one.name} has no horizon: schema.json does not describe it, so no step of the "
            "pathway is counted there. Put what its own export said beside the files.",
        )
        return None
    horizon = told.horizons.get(step.next_at)
    if horizon is None:
        _once(
            said,
            f'{one.name}: no source holds {step.next_at}, so the step "{step.title}" is not '
            "counted there.",
        )
        return None
    within = in_force(step.within, one.as_at)
    if within is None:
        return None
    return Place(_spans(one.as_at, horizon, int(within), rules.months), int(within))


def _spans(as_at: date, horizon: Horizon, within: int, months: int) -> Spans:
    """The periods of a step, all of whose events had the same time to be followed.

    A period that begins before what would follow is held is left out.
    """
    until = min(as_at, horizon.complete_to or as_at) - timedelta(within)
    return known_from(spans_to(until, months), horizon.complete_from)


def _once(said: list[str], sentence: str) -> None:
    if sentence not in said:
        said.append(sentence)


def _clocks(schemas: Schemas, defined: Definitions, found: list[Authority]) -> list[ClockPlan]:
    return [
        ClockPlan(standard, {one.name: _horizon(schemas.source, standard, one) for one in found})
        for standard in defined.standards.values()
        if isinstance(standard, Deadline) and _is_plain(standard) and _has_days(schemas, standard)
    ]


def _horizon(source: Source, standard: Standard, one: Authority) -> Horizon | None:
    told: Described | None = source.described.get(one.name)
    return horizon_of(standard, told.horizons) if told else None


def _is_plain(standard: Deadline) -> bool:
    """Whether a start and a stop alone decide it, in days: no condition, excuse or other ending."""
    asks = (standard.where, standard.until, standard.excused_by, standard.also_shown_by)
    within = standard.within
    counted = isinstance(within, Dated) and not any(each.value.is_exact for each in within.entries)
    return counted and standard.stops is not None and not standard.all_of_many and not any(asks)


def _has_days(schemas: Schemas, standard: Deadline) -> bool:
    held = schemas.of(standard.subject) or {}
    names = (standard.starts, standard.stops or "")
    days = all(str(held.get(name)) == "Date" for name in names)
    whose = _whose(schemas, standard.subject)
    return days and CHILD in held and all(column in held for column in whose)
