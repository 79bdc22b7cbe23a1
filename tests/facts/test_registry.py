"""Every name of the vocabulary is bound to a model, or marked native."""

from __future__ import annotations

import pytest

from evenhand.casework.models import CarePeriod
from evenhand.facts import registry


def test_every_fact_is_bound_or_native() -> None:
    facts = registry.vocabulary().facts.values()
    neither = [f.name for f in facts if not f.native and f.name not in registry.BINDINGS]
    assert neither == []


def test_every_bound_fact_has_a_bound_subject_of_the_same_model_or_a_path_to_it() -> None:
    for name, binding in registry.BINDINGS.items():
        subject = registry.SUBJECTS[binding.fact.subject]
        assert not binding.is_own or binding.model is subject.model, name


def test_a_name_that_the_vocabulary_lacks_is_refused() -> None:
    with pytest.raises(LookupError, match=r"no fact called 'care_period\.reviews'"):
        registry.bind("care_period.reviews", CarePeriod, "started_on")


def test_a_fact_of_many_values_needs_a_path_to_its_subject() -> None:
    with pytest.raises(LookupError, match=r"holds many values"):
        registry.bind("review.minutes_sent", CarePeriod, "started_on")


def test_a_fact_is_bound_once() -> None:
    with pytest.raises(LookupError, match="bound twice"):
        registry.bind("care_period.started", CarePeriod, "started_on")
