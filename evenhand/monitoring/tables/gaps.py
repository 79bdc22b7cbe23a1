"""Needs and what meets them, as sentences and tables."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from evenhand.design.components import Cell, Column, Table
from evenhand.monitoring.models import Provision
from evenhand.monitoring.pack import need_met_by
from evenhand.monitoring.queries.gaps import Gap, Gaps, labels_of
from evenhand.monitoring.queries.groups import Way
from evenhand.people.models import Child
from evenhand.people.tables.listed import listed

NUMBERS = (
    Column("Have the need", numeric=True),
    Column("Have a service", numeric=True),
    Column("Unmet", numeric=True),
)


def answer(gaps: Gaps) -> str:
    """Return the largest gap as a sentence."""
    unmet = [gap for gap in gaps.gaps if gap.unmet]
    if not any(gap.has for gap in gaps.gaps):
        return "No need is recorded yet. Needs come from what children and parents said."
    if not unmet:
        return "Every need that is recorded has a service that meets it."
    most = max(unmet, key=lambda gap: gap.unmet)
    return f"The largest gap is {_said(gaps, most)}"


def sentence(gaps: Gaps, gap: Gap) -> str:
    """Return what is said of one need."""
    return _said(gaps, gap) if gap.has else f"Nobody has a need for {gap.need.label} recorded."


def _said(gaps: Gaps, gap: Gap) -> str:
    met, unmet, has = gaps.total(gap)
    return (
        f"{gap.need.label}: {has} have the need, {met} have a service that meets it, and for "
        f"{unmet} it is unmet."
    )


def needs_table(gaps: Gaps) -> Table:
    """Return each need with how many have it, have it met and have not."""
    rows = []
    for gap in gaps.gaps:
        met, unmet, has = gaps.total(gap)
        url = reverse("monitoring:gap", args=[gap.need.id])
        rows.append([Cell(gap.need.label, url=url), *_numbers(has, met, unmet)])
    return Table("Needs recorded, and services that meet them", [Column("Need"), *NUMBERS], rows)


def way_table(gaps: Gaps, gap: Gap, way: Way) -> Table:
    """Return one need by area or by a dimension, all children last."""
    columns, empty = [Column(way.label), *NUMBERS], "Nobody has this need recorded."
    table = gaps.tables[gap.need.id].get(way.id)
    labels = [*labels_of(way, gap), "All"]
    lines = zip(labels, table.rows, strict=True) if table is not None else ()
    rows = [[label, *_numbers(has, met, unmet)] for label, (met, unmet, has) in lines]
    return Table(f"{gap.need.label}, by {way.label.lower()}", columns, rows, empty=empty)


def _numbers(*texts: str) -> list[Cell]:
    return [Cell(text, numeric=True) for text in texts]


def children_table(children: Iterable[Child], caption: str) -> Table:
    """Return children whose need is unmet, each leading to their page."""
    said = {"Team": "team", "Worker": "worker"}
    return listed(caption, children, said, empty="None whom you may open.")


def service_label(service: str) -> str:
    """Return a service in words; its key where the packs have it no more."""
    need = need_met_by(service)
    found = next((one.label for one in need.services if one.id == service), "") if need else ""
    return found or service


def provisions_table(provisions: Iterable[Provision], *, may_record: bool) -> Table:
    """Return what was recorded of a child's needs; what goes on leads to ending it."""
    rows = []
    for one in provisions:
        url = reverse("monitoring:provision", args=[one.child.ref, one.ref])
        rows.append(
            [
                Cell(service_label(one.service), url=url if may_record else ""),
                one.get_outcome_display(), one.starts_on, one.ends_on, one.recorded_by.name,
            ]
        )  # fmt: skip
    columns = ["What helps", "How it stands", "From", "To", "Recorded by"]
    return Table("What is recorded", columns, rows, empty="Nothing is recorded yet.")
