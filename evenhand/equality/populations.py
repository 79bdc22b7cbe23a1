"""Which services are set beside who lives here, and who does: read from the packs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from evenhand.analytics import published
from evenhand.equality.comparison import rules_on
from evenhand.equality.pathway import dimension_called
from evenhand.equality.representation import Limits, Population, Service
from evenhand.equality.thresholds import limit
from evenhand.facts.adopted import policy
from evenhand.policy.pathway import unless
from evenhand.problems import Problem

PER_CENT = 100


def services() -> list[Service]:
    """Return the services that are set beside who lives here (representation.yaml)."""
    document: Any = policy().document("representation") or {}
    return [_service(each) for each in document.get("services", ())]


def services_of(step: str) -> list[Service]:
    """Return the services that are shown on the page of one step."""
    return [each for each in services() if each.step == step]


def populations() -> list[Population]:
    """Return who lives here, for each dimension of which it is known (population.yaml)."""
    document: Any = policy().document("population") or {}
    found = (_population(each) for each in document.get("population", ()))
    return [each for each in found if each is not None and each.shares]


def limits_on(day: date) -> Limits | None:
    """Return the limits of thresholds.yaml in force on a day; None where no pack has them."""
    over = limit("disproportionality", "more_than", day)
    smallest = limit("smallest-group", "at_least", day)
    if over is None or smallest is None:
        return None
    return Limits(int(smallest), over, rules_on(day).confidence)


def _service(each: Mapping[str, Any]) -> Service:
    fact, codes = unless(each)
    return Service(
        each["id"], each["label"], each["step"], each["subject"], each["starts"], each["ends"],
        fact, codes,
    )  # fmt: skip


def _population(each: Mapping[str, Any]) -> Population | None:
    dimension = dimension_called(each["dimension"])
    if dimension is None:
        return None
    if "shares" in each:
        shares = {str(group): _share(each, group, of) for group, of in each["shares"].items()}
        return Population(dimension, shares, str(each.get("source", "")), "")
    document: Any = policy().document("published") or {}
    found = published.figures(each["published"], str(document.get("authority_code") or ""))
    figures = found.authority or found.england
    known = {each["groups"].get(figure.group): figure.value for figure in figures}
    shares = {group: of / PER_CENT for group, of in known.items() if group and of is not None}
    said = [found.measure.caution, "" if found.authority else "These are England's figures."]
    return Population(dimension, shares, found.measure.source, " ".join(filter(None, said)))


def _share(each: Mapping[str, Any], group: str, per_cent: float) -> float:
    if not 0 <= per_cent <= PER_CENT:
        raise Problem(
            f'population.yaml: "{each["id"]}" has {per_cent} per cent for "{group}".',
            "Write a share between 0 and 100 per cent.",
        )
    return per_cent / PER_CENT
