"""Two pages of the same parts need one look; whatever axe can find makes another part."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.parts import Looked, faults_of, parts_of
from tests.browser.walking import DESKTOP
from tests.pages import tree_of

PAGE = """<main><h1>Children</h1><h2>Late</h2><label for="day">Day</label>
<input id="day" type="text"><ul class="list"><li><a href="/a/">A</a></li></ul></main>"""
OTHER = {
    "a link without words": ("/a/&quot;>A<", "/a/&quot;><"),
    "a field without a label": ('for="day"', 'for="daz"'),
    "a heading left out": ("<h2>Late</h2>", "<h3>Late</h3>"),
    "another class": ('class="list"', 'class="pale"'),
    "a role": ('class="list"', 'class="list" role="table"'),
    "a list item in no list": ("<ul", "<div"),
    "something before it": ("<ul", "<p></p><ul"),
    "a state": ('type="text"', 'type="text" aria-checked="true"'),
}


@pytest.mark.parametrize("change", OTHER)
def test_what_axe_can_find_is_a_part(change: str) -> None:
    """So that such a page is looked at."""
    old, new = (each.replace("&quot;", '"') for each in OTHER[change])
    other = PAGE.replace(old, new).replace("</ul>", "</div>" if new == "<div" else "</ul>")
    assert other != PAGE
    assert not parts_of(tree_of(other)) <= parts_of(tree_of(PAGE))


def test_words_and_length_are_none(tmp_path: Path) -> None:
    """What passed is known to every process; a longer list of the same is the same."""
    looked = Looked(tmp_path / "looked")
    assert looked.is_new(parts_of(tree_of(PAGE)))
    looked.note(parts_of(tree_of(PAGE)))
    item = '<li><a href="/a/">A</a></li>'
    longer = PAGE.replace(item, item * 3).replace("Late", "In time").replace("/a/", "/b/")
    three = Looked(tmp_path / "looked")
    third = parts_of(tree_of(longer))
    three.note(parts_of(tree_of(PAGE.replace(item, item * 2))))
    assert not three.is_new(third)


def test_names_twice_and_names_of_nothing() -> None:
    """Those turn on a whole page."""
    page = '<main><p id="a"></p><p id="a"></p><input aria-describedby="b a"></main>'
    assert list(faults_of(tree_of(page))) == [
        "2 elements are called a", "aria-describedby names b, which is not there",
    ]  # fmt: skip


ROW = '<tr><td>Ada</td><td><label>Day <input type="text"></label></td></tr>'
UNLABELLED = '<tr><td>Ada</td><td><input type="text"></td></tr>'
LIST = """<!doctype html><html lang="en"><title>Days</title>
<main><h1>Days</h1><table><tbody>{}</tbody></table></main>"""


@pytest.mark.parametrize("width", [DESKTOP])
def test_a_row_that_is_made_otherwise_is_looked_at(
    browser: Browser, axe: Callable[[Page], None], width: int
) -> None:
    """However many rows before it are alike."""
    page = browser.new_page()
    page.set_content(LIST.format(ROW * 4))
    axe(page)
    page.set_content(LIST.format(ROW * 3 + UNLABELLED + ROW))
    with pytest.raises(AssertionError, match="label"):
        axe(page)
    page.close()
