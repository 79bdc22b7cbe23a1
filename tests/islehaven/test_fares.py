"""What was planted in Islehaven is what its pages of groups find, and what was not is not."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from evenhand.equality import tallying
from evenhand.equality.pathway import main_dimensions
from evenhand.equality.queries import Asked, clocks_for, everything_for
from evenhand.people.groups import members
from evenhand.people.models import Child
from tests import factories
from tests.islehaven.conftest import Islehaven
from tests.pages import main_of

pytestmark = pytest.mark.django_db
CONFERENCE = "england/conference-after-enquiry"


def test_the_group_that_waits_longer_is_the_only_one_found(islehaven: Islehaven) -> None:
    """By ethnicity, of every clock and in every group; the decoy waits no longer."""
    tallying.refresh(islehaven.now)
    ethnicity = main_dimensions()[0]
    found = {
        (one.tallied.measure, row.group.split(",")[0])
        for one in clocks_for(factories.user("director"), Asked(ethnicity)).comparisons
        for row in one.worse()
    }
    slow = islehaven.manifest.planted["slow_group"]["group"]
    decoy = islehaven.manifest.decoys["other_group"]["group"]
    assert found == {(CONFERENCE, slow)}
    assert decoy not in {group for _, group in found}


def test_nothing_else_is_found_but_what_unaccompanied_children_bring(islehaven: Islehaven) -> None:
    """Sex, disability and age: only who becomes looked after, and only at the age of those."""
    tallying.refresh(islehaven.now)
    others = {
        (one.dimension.id, one.tallied.measure, row.group)
        for one in everything_for(factories.user("director"))
        for row in one.worse()
        if one.tallied.measure != CONFERENCE
    }
    assert others <= {("age", "looked-after", "from-16")}
    assert members("unaccompanied", set(Child.objects.values_list("pk", flat=True)))


def test_the_page_says_so(islehaven: Islehaven, client: Client) -> None:
    """In a sentence, with number, interval and strength."""
    tallying.refresh(islehaven.now)
    client.force_login(factories.user("director"))
    said = main_of(client.get(reverse("equality:clocks")))
    assert "Children of Black ethnic background waited longer." in said
    assert "Asian or Asian British background waited longer" not in said
