# ruff: noqa: RUF001 (a dash is meant)
"""Components as template tags."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory

from evenhand.design.components import Cell, Column, SummaryRow, Table, TimelineItem
from evenhand.design.forms import FilterForm
from evenhand.design.looks import LOOKS, look_of
from evenhand.design.shell import NavItem, Shell
from evenhand.rules.states import State
from tests.design.outline import expected, outline, texts


def drawn(source: str, address: str = "/", **context: Any) -> str:
    """Return a template's HTML, for a request to ``address``."""
    template = engines["django"].from_string("{% load design %}" + source)
    request = RequestFactory().get(address)
    request.shell = Shell()
    return str(template.render(context, request))


@pytest.mark.parametrize("state", State)
def test_every_state_has_a_look(state: State) -> None:
    html = drawn("{% state_tag state %}", state=state)
    assert list(texts(html)) == [state.value]
    assert "<svg" in html


def test_no_state_is_told_by_colour_alone() -> None:
    icons = [look.icon for look in LOOKS.values()]
    assert len(set(icons)) == len(icons) == len(State)


def test_a_breach_of_law_is_worded_apart() -> None:
    assert list(texts(drawn('{% state_tag "late" law=True %}'))) == ["late", "by law"]
    assert list(texts(drawn('{% state_tag "late" %}'))) == ["late"]


def test_an_unknown_state_shows_as_itself() -> None:
    assert look_of("paused").words == "paused"
    assert list(texts(drawn("{% state_tag state %}", state="<b>"))) == ["<b>"]


def test_a_table_puts_each_kind_of_value_into_words() -> None:
    row = [
        Cell("Amara Obi", url="/child/", note="Age 9"),
        date(2026, 11, 20),
        datetime(2026, 7, 20, 9, 5, tzinfo=UTC),
        12345,
        None,
        Cell(state="late", law=True),
    ]
    columns = ["Child", "Due", "At", Column("Days", numeric=True), "By", "State"]
    html = drawn("{% table t %}", t=Table("Waiting", columns, [row]))
    assert list(texts(html))[-9:] == [
        "Amara Obi",
        "Age 9",
        "Fri 20 November 2026",
        "Mon 20 July 2026 at 10:05am",
        "12,345",
        "–",
        "none",
        "late",
        "by law",
    ]
    assert 'govuk-table__cell--numeric" data-label="Days">12,345' in html


def test_a_table_is_a_named_region_one_can_scroll_by_keyboard() -> None:
    html = drawn("{% table t %}", t=Table("Who is waiting", ["Child"], [["Amara"]]))
    assert 'role="region" aria-labelledby="table-who-is-waiting" tabindex="0"' in html
    assert 'id="table-who-is-waiting">Who is waiting</caption>' in html
    assert '<th scope="row"' in html


def test_a_sorted_column_says_so() -> None:
    columns = [Column("Due", url="?sort=-due", sorted="ascending")]
    html = drawn("{% table t %}", t=Table("Waiting", columns, [["x"]]))
    assert 'aria-sort="ascending"' in html
    assert 'href="?sort=-due"' in html


def test_a_row_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        list(Table("Waiting", ["Child", "Due"], [["Amara"]]).lines())


def test_an_empty_table_is_a_sentence() -> None:
    html = drawn("{% table t %}", t=Table("Late", ["Child"], [], empty="Nobody is waiting."))
    assert list(texts(html)) == ["Late", "Nobody is waiting."]


def test_what_is_shown_is_never_markup() -> None:
    html = drawn("{% table t %}", t=Table("<i>", ["<b>"], [["<script>alert(1)</script>"]]))
    assert "<script" not in html
    assert "<i>" not in html


def test_a_summary_list_names_what_each_link_changes() -> None:
    rows = [
        SummaryRow("Date of birth", date(2017, 3, 9), source="SSD", action_url="/change/"),
        ("Religion", None),
    ]
    assert outline(drawn("{% summary_list rows %}", rows=rows)) == expected("""
        dl.govuk-summary-list
          div.govuk-summary-list__row
            dt.govuk-summary-list__key
              'Date of birth'
            dd.govuk-summary-list__value
              time
                'Thu 9 March 2017'
              span
                'SSD'
            dd.govuk-summary-list__actions
              a.govuk-link[href=/change/]
                'Change'
                span.govuk-visually-hidden
                  'date of birth'
          div.govuk-summary-list__row.govuk-summary-list__row--no-actions
            dt.govuk-summary-list__key
              'Religion'
            dd.govuk-summary-list__value
              span
                '–'
              span.govuk-visually-hidden
                'none'
    """)


def test_pages_keep_the_rest_of_the_address() -> None:
    page = Paginator(range(500), 25).get_page(3)
    html = drawn('{% pagination page "children" %}', "/?team=a&page=3&team=b", page=page)
    assert 'href="?team=a&amp;page=2&amp;team=b"' in html or "?team=a&amp;team=b&amp;page=2" in html
    assert 'aria-label="Page 3" aria-current="page"' in html
    assert "Showing 51 to 75 of 500 children" in " ".join(texts(html))
    assert 'rel="prev"' in html
    assert 'rel="next"' in html


@pytest.mark.parametrize(("number", "missing"), [(1, 'rel="prev"'), (20, 'rel="next"')])
def test_the_ends_of_the_pages(number: int, missing: str) -> None:
    page = Paginator(range(500), 25).get_page(number)
    assert missing not in drawn("{% pagination page %}", page=page)


def test_one_page_needs_no_way_through() -> None:
    html = drawn('{% pagination page "visits" %}', page=Paginator(range(3), 25).get_page(1))
    assert "<nav" not in html
    assert "Showing 1 to 3 of 3 visits" in html
    empty = drawn('{% pagination page "visits" %}', page=Paginator([], 25).get_page(1))
    assert list(texts(empty)) == ["No visits"]


def test_buttons_and_links_that_act() -> None:
    assert outline(drawn('{% button "Save" name="act" value="save" %}')) == [
        "button.govuk-button[name=act][type=submit][value=save]",
        "  'Save'",
    ]
    assert outline(drawn('{% button "Stop" href="/stop/" kind="warning" %}')) == [
        "a.govuk-button.govuk-button--warning[href=/stop/][role=button]",
        "  'Stop'",
    ]
    assert 'hx-post="/x/"' in drawn('{% button "Save" hx_post="/x/" %}')


def test_big_numbers() -> None:
    html = drawn('{% figures %}{% big_number 1234 "late" url="/late/" %}{% endfigures %}')
    assert list(texts(html)) == ["1,234", "late"]
    assert list(texts(drawn('{% big_number None "late" %}'))) == ["Not known", "late"]
    assert list(texts(drawn('{% big_number 0 "late" %}'))) == ["0", "late"]


def test_a_proportion_is_said_as_well_as_drawn() -> None:
    html = drawn('{% proportion 34 51 "asked" %}')
    assert " ".join(texts(html)) == "34 of 51 asked (67%)"
    assert 'width="66.67%"' in html
    assert " ".join(texts(drawn("{% proportion 0 0 %}"))) == "0 of 0 (none yet)"


def test_blocks_escape_their_titles_and_keep_their_contents() -> None:
    source = "{% card title url='/all/' %}<p>{{ words }}</p>{% endcard %}"
    html = drawn(source, title="<b>", words="<i>")
    assert "<p>&lt;i&gt;</p>" in html
    assert "&lt;b&gt;" in html
    assert "<b>" not in html


@pytest.mark.parametrize("tag", ["inset", "warning", 'details "Why?"', 'scroll "Visits"'])
def test_blocks_hold_markup(tag: str) -> None:
    html = drawn("{% " + tag + " %}<em>so</em>{% end" + tag.split(maxsplit=1)[0] + " %}")
    assert "<em>so</em>" in html


def test_a_chronology_says_when_by_whom_and_if_late() -> None:
    items = [
        TimelineItem(
            "First visit", date(2026, 10, 26), by="Jo", late_entry="recorded 4 days later"
        ),
        TimelineItem("Call", datetime(2026, 10, 26, 9, 30, tzinfo=UTC), state="kept"),
    ]
    said = " | ".join(texts(drawn("{% timeline items %}", items=items)))
    assert said == (
        "First visit | by Jo | Mon 26 October 2026 | recorded 4 days later"
        " | Call | kept | Mon 26 October 2026 at 9:30am"
    )
    assert list(texts(drawn("{% timeline items %}", items=[]))) == ["Nothing is recorded yet."]


def test_pages_that_belong_together() -> None:
    tabs = [NavItem("About me", "/a/", active=True), NavItem("Promises", "/b/", count=0)]
    html = drawn('{% sub_navigation tabs "Record" %}', tabs=tabs)
    assert 'aria-label="Record"' in html
    assert html.count('aria-current="page"') == 1
    assert list(texts(html)) == ["About me", "Promises", "0"]


def test_the_way_back_is_a_landmark() -> None:
    assert outline(drawn('{% back_link "Children" "/children/" %}')) == expected("""
        nav
          a.govuk-back-link[href=/children/]
            'Children'
    """)


def test_filters_can_be_cleared_once_used() -> None:
    class Narrow(FilterForm):
        """One filter."""

        name = forms.CharField()

    assert "Clear" not in drawn("{% filter_row form %}", form=Narrow({}))
    html = drawn(
        "{% filter_row form clear_url='/all/' %}", "/?name=obi", form=Narrow({"name": "obi"})
    )
    assert 'href="/all/"' in html
    assert 'value="obi"' in html


@pytest.mark.parametrize(("kind", "role"), [("success", "alert"), ("information", "region")])
def test_a_notification(kind: str, role: str) -> None:
    html = drawn("{% notification text kind=kind %}", text="Saved <b>.", kind=kind)
    assert f'role="{role}"' in html
    assert list(texts(html)) == ["Saved <b>."]


def test_filters_of_words_take_nothing_quietly() -> None:
    assert (
        drawn("[{{ x|day }}{{ x|daymonth }}{{ x|moment }}{{ x|ago:x }}{{ x|thousands }}]", x=None)
        == "[]"
    )
    assert drawn("{{ x|ago:shell.day }}", x=date(2026, 11, 20)) == "Fri 20 November 2026"
