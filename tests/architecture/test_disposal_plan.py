"""Every table that leads to a child has its line in the disposal plan: none is forgotten."""

from __future__ import annotations

from django.apps import apps
from django.db.models import Model

from evenhand.people.models import Child
from evenhand.retention.plan import BY_NUMBER, PLAN, STAYS

LEADS_BY_NUMBER = {"child_id", "target_id", "subject_id"}


def _leads_to_a_child(model: type[Model], seen: frozenset[type[Model]] = frozenset()) -> bool:
    """Through any chain of foreign keys, or by a number that is no foreign key."""
    if model is Child:
        return True
    fields = model._meta.concrete_fields
    if any(field.name in LEADS_BY_NUMBER for field in fields):
        return True
    onward = {field.remote_field.model for field in fields if field.remote_field} - seen - {model}
    return any(_leads_to_a_child(each, seen | {model}) for each in onward)


def _leading() -> set[str]:
    return {model._meta.label_lower for model in apps.get_models() if _leads_to_a_child(model)}


def test_what_leads_to_a_child_has_a_line() -> None:
    """Add a line to evenhand/retention/plan.py when this fails: how are its rows found?"""
    assert _leading() - set(PLAN) - set(BY_NUMBER) - set(STAYS) == set()


def test_each_line_is_of_a_model_and_finds_its_rows() -> None:
    """No line is idle, and each path is one of the model's own."""
    for label, line in PLAN.items():
        rows = apps.get_model(label)._base_manager.all()
        for path in (*line.child, *line.adult):
            assert not rows.none().filter(**{f"{path}__in": []}).exists()
        assert line.child or line.adult, label
    for label in (*BY_NUMBER, *STAYS):
        apps.get_model(label)


def test_there_is_something_to_dispose_of() -> None:
    """The walk finds the tables of every room that has any."""
    assert {"casework", "people", "standards", "sources", "history", "retention"} <= {
        label.split(".")[0] for label in _leading()
    }
