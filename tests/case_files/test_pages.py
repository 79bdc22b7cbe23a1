"""The pages of a case file where no adopted pack says what it must show."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from evenhand.accounts.models import Role
from tests import factories
from tests.pages import links_of, main_of

pytestmark = pytest.mark.django_db


def test_where_no_pack_says_what_a_file_must_show_the_page_says_so(
    client: Client, settings: Any
) -> None:
    settings.ADOPTED_PACK = "norfolk"
    child = factories.child()
    client.force_login(factories.user(Role.DIRECTOR))
    page = client.get(reverse("case_files:case-file", args=[child.ref]))
    chronology = reverse("case_files:chronology", args=[child.ref])
    assert "No adopted pack says what a case file must show" in main_of(page)
    assert chronology not in links_of(page)
    assert client.get(chronology).status_code == 404
    assert client.get(reverse("case_files:seen-alone")).status_code == 200
