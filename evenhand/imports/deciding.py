"""The fate of every staged row, decided before anything is locked."""

from __future__ import annotations

from datetime import date

from evenhand.imports import derived, identity, matching, of_staff, older, repeats, resolving, sql
from evenhand.imports.checks import Checker
from evenhand.imports.findings import TAKEN, Finding
from evenhand.imports.reading import Contents
from evenhand.imports.reconciling import sharing
from evenhand.imports.staging import Stage


def decide(contents: Contents, today: date) -> Checker:
    """Check and resolve every stage, parents first; afterwards no row is without a fate."""
    checker = Checker(contents.findings, today)
    stages = contents.stages
    source = contents.source.pk
    sharing.begin()
    is_older = older.is_older(contents)
    for stage in stages.values():
        _check_own(stage, checker)
    _share_fates(contents)
    for stage in stages.values():
        if stage.recipe.staged_by is not None:
            with sql.aside():
                stage.recipe.staged_by(whole=contents.whole)
        _share_refusals(contents, stage)
        if stage.read or stage.recipe.staged_by is not None:
            _decide(stage, stages, checker, source)
        if is_older:
            with sql.aside():
                older.keep_known(stage)
        if stage.kind == "child":
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
    if stage.kind == "child":
        checker.people(stage)
    checker.days(stage)


def _share_fates(contents: Contents) -> None:
    """A second record of a row that was refused or repeated is not made; a child always is."""
    for part in contents.parts:
        counting = contents.counting(part.table)
        for stage, recipe in contents.made_of(part.table):
            if recipe.secondary and counting is not None and stage.kind != "child":
                repeats.share_fates(stage, part.number, counting)


def _share_refusals(contents: Contents, stage: Stage) -> None:
    """Nor is it made where the row's first record, decided before it, turned out impossible."""
    if stage.kind == "child" or not any(recipe.secondary for recipe in stage.recipes):
        return
    for part in contents.parts:
        counting = contents.counting(part.table)
        if stage.recipes_of(part.table) and counting is not None and counting is not stage:
            repeats.share_refusals(stage, part.number, counting)


def _decide(stage: Stage, stages: dict[str, Stage], checker: Checker, source: int) -> None:
    kind = stage.kind
    with sql.aside():
        resolving.known_records(stage, source)
    if kind == "child":
        matching.find_children(stage, source, checker)
    with sql.aside():
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
    of_staff.settle(stage, source, checker)
    matching.find_events(stage, source, checker)
    resolving.of_others(stage, checker)
    sharing.share(stage, source)
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
        remedy="Check that the file of assessments is whole, or mend the row of this one.",
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
