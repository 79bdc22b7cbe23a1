"""The fate of every staged row, decided before anything is locked."""

from __future__ import annotations

from datetime import date

from evenhand.imports import derived, identity, resolving, sql
from evenhand.imports.checks import Checker
from evenhand.imports.findings import TAKEN, Finding
from evenhand.imports.reading import Contents
from evenhand.imports.staging import Stage

PRE_STAGED = {
    "adult": derived.adults,
    "family": derived.families,
    "care_period": derived.care_periods,
}


def decide(contents: Contents, today: date) -> Checker:
    """Check and resolve every stage, parents first; afterwards no row is without a fate."""
    checker = Checker(contents.findings, today)
    stages = contents.stages
    source = contents.source.pk
    for stage in stages.values():
        _check_own(stage, checker)
    for stage in stages.values():
        if stage.recipe.kind in PRE_STAGED:
            with sql.aside():
                PRE_STAGED[stage.recipe.kind]()
        if stage.read or not stage.recipe.table:
            _decide(stage, stages, checker, source)
        if stage.recipe.kind == "child":
            resolving.births(stages)
    identity.stage(stages)
    identity.unreadable(checker)
    identity.settle(contents.source.key)
    identity.copied_genders(checker)
    contents.staff.decide()
    _workers_by_code(contents)
    return checker


def _check_own(stage: Stage, checker: Checker) -> None:
    """What a row shows by itself."""
    if not stage.read:
        return
    checker.keys(stage)
    if stage.recipe.kind == "child":
        checker.people(stage)
    checker.days(stage)


def _decide(stage: Stage, stages: dict[str, Stage], checker: Checker, source: int) -> None:
    kind = stage.recipe.kind
    with sql.aside():
        resolving.known_records(stage, source)
        if kind == "child":
            derived.names(stages)
        resolving.links(stage, source)
        resolving.children(stage, source)
    if stage.recipe.child:
        checker.orphans(stage)
        checker.before_birth(stage)
        with sql.aside():
            derived.by_time(stage)
    resolving.unlinked(stage, checker)
    if kind == "assessment":
        with sql.aside():
            derived.factors(stages)
    if kind == "child_name":
        with sql.aside():
            derived.fates_of_names()
    resolving.settle(stage)
    if kind == "assessment":
        _factors(stages["factors"], checker)


def _factors(stage: Stage, checker: Checker) -> None:
    with sql.aside():
        derived.fates_of_factors()
    checker.find(
        stage,
        "SSD-P03",
        "1 = 1",
        [],
        column="assessment_key",
        sentence=lambda key: f"its assessment, {key}, was not taken or is not in this extract.",
        remedy="Check that ssd_cin_assessments.csv is whole, or mend its row.",
    )


def _workers_by_code(contents: Contents) -> None:
    count = contents.staff.by_code_alone()
    if count and contents.parts:
        contents.findings.add(
            Finding(
                table=contents.parts[0].table,
                line=1,
                fate=TAKEN,
                rule="SSD-W01",
                sentence=f"{count:,} workers are named in these files and described in none: they "
                "are known by their code alone.",
                remedy="Add them to the roster, or extract ssd_professionals again.",
                row={"": ""},
            )
        )
