"""What stands around every page, and the pages for when something is wrong."""

from __future__ import annotations

from datetime import date

import pytest
from django import forms
from django.http import HttpRequest
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory, override_settings
from django.views import defaults

from evenhand.design.context import shell
from evenhand.design.forms import EvenhandForm
from evenhand.design.shell import AsAt, NavItem, Person, Shell
from tests.design.outline import texts

FULL = Shell(
    authority="Islehaven",
    navigation=[NavItem("Home", "/"), NavItem("Children", "/children/", active=True, count=3)],
    person=Person("Samira Khan", "Team manager", "/sign-out/"),
    as_at=AsAt(date(2026, 11, 21), "SSD extract of 20 November"),
    licence="Made-up people.",
    accessibility_url="/accessibility/",
    search_url="/children/",
)


def page(around: Shell | None, template: str = "design/base.html") -> str:
    """Return a bare page with this shell."""
    return render_to_string(template, {"shell": around} if around else {})


def from_setting(request: HttpRequest) -> Shell:
    """What the setting DESIGN_SHELL names in a test below."""
    return Shell(authority=f"From {request.path}")


def test_a_page_says_who_where_and_as_at_when() -> None:
    said = " ".join(texts(page(FULL)))
    for words in ("Islehaven", "Samira Khan", "Team manager", "Sign out", "Made-up people."):
        assert words in said
    assert said.count("As at Sat 21 November 2026 · SSD extract of 20 November") == 2


def test_the_place_one_is_in_is_marked_once() -> None:
    html = page(FULL)
    assert html.count('aria-current="true"') == 1
    assert "govuk-service-navigation__item--active" in html


def test_signing_out_is_posted() -> None:
    assert '<form method="post" action="/sign-out/">' in page(FULL)


def test_nobody_signed_in_has_nothing_to_search_or_leave() -> None:
    html = page(Shell(authority="Islehaven", search_url="/children/"))
    assert "Sign out" not in html
    assert "<form" not in html


def test_a_page_is_english_of_england_and_can_skip_to_its_content() -> None:
    html = page(FULL)
    assert '<html lang="en-GB"' in html
    assert 'href="#main-content" class="govuk-skip-link"' in html
    assert 'id="main-content"' in html


def test_htmx_may_not_evaluate_nor_style() -> None:
    html = page(FULL)
    assert '"allowEval": false' in html
    assert '"includeIndicatorStyles": false' in html


def test_nothing_inline_and_nothing_from_elsewhere() -> None:
    html = page(FULL)
    assert "style=" not in html
    assert "<style" not in html
    assert html.count("<script") == html.count("<script src=") + html.count(
        '<script type="module" src='
    )
    assert "//" not in html.replace("http-equiv", "")


def test_the_shell_a_view_set_comes_first() -> None:
    request = RequestFactory().get("/x/")
    request.shell = FULL
    assert shell(request)["shell"] is FULL


@override_settings(DESIGN_SHELL=f"{__name__}.from_setting")
def test_then_the_one_that_the_setting_makes() -> None:
    assert shell(RequestFactory().get("/x/"))["shell"].authority == "From /x/"


@override_settings(DESIGN_SHELL="", AUTHORITY="Islehaven")
def test_then_a_bare_one_with_the_authority() -> None:
    assert shell(RequestFactory().get("/x/"))["shell"] == Shell(authority="Islehaven")


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "429", "500"])
def test_an_error_says_what_happened_and_what_to_do_without_any_context(code: str) -> None:
    html = page(None, f"{code}.html")
    said = " ".join(texts(html))
    assert html.count("<h1") == 1
    assert "Go to your first page" in said
    assert "Error " + code[:3] not in said
    assert "Evenhand" in said


def test_django_finds_them() -> None:
    request = RequestFactory().get("/x/")
    assert b"Something went wrong on our side" in defaults.server_error(request).content


def test_a_refusal_gives_its_reason() -> None:
    html = render_to_string("403.html", {"exception": "Only the child's own team may do this."})
    assert "Only the child's own team may do this." in list(texts(html))


def test_paper_has_no_navigation_but_the_day_and_who_made_it() -> None:
    said = " ".join(texts(page(FULL, "design/print.html")))
    assert "As at Sat 21 November 2026" in said
    assert "Made by Samira Khan, Team manager." in said
    assert "Children" not in said


def test_a_page_sums_up_its_errors_once_at_the_top() -> None:
    class Ask(EvenhandForm):
        name = forms.CharField(label="Name")

    source = (
        '{% extends "design/base.html" %}{% block heading %}<h1>Ask</h1>{% endblock %}'
        "{% block content %}{% error_summary form other %}{% endblock %}"
    )
    context = {"form": Ask({}), "other": Ask({}, prefix="b")}
    html = engines["django"].from_string(source).render(context)
    assert html.count('href="#id_name"') == 1
    assert html.count('href="#id_b-name"') == 1
    assert html.index('href="#id_name"') < html.index("<h1>") < html.index('href="#id_b-name"')
    assert "<title>Error: " in html
