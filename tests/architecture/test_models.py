"""Each model says what in it is personal, how long it is kept, and what stands in for it."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db.models import Model

PEOPLE = {"people.Child", "accounts.User"}
OURS = [model for model in apps.get_models() if model.__module__.startswith("evenhand.")]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_a_model_declares_its_privacy(model: type[Model]) -> None:
    """Every personal field is one of the model's own."""
    privacy = getattr(model, "Privacy", None)
    assert privacy is not None, f"{model._meta.label} has no class Privacy."
    names = {field.name for field in model._meta.get_fields()}
    assert set(privacy.personal) <= names, f"{set(privacy.personal) - names} are not its fields."
    assert privacy.retention, "Say how long it is kept."
    assert privacy.stand_in, "Say what stands in for it in tests and demonstrations."


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_what_points_to_a_person_is_personal(model: type[Model]) -> None:
    """A row that names a child or a user is about them."""
    pointing = {
        field.name
        for field in model._meta.concrete_fields
        if field.remote_field and field.remote_field.model._meta.label in PEOPLE
    }
    forgotten = pointing - set(model.Privacy.personal)
    assert not forgotten, f"{model._meta.label}: say that these are personal: {forgotten}"


def test_there_are_models_to_check() -> None:
    """The test above would pass with none."""
    assert len(OURS) > 20
