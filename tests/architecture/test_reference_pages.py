"""docs/reference says what the packs say."""

from pathlib import Path

import pytest

from evenhand import policy
from evenhand.policy import reference_pages

SHIPPED = Path(__file__).resolve().parents[2] / "docs" / "reference"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reference")
    reference_pages.write(policy.load(), folder)
    return folder


PAGES = ("standards.md", "clauses.md", "vocabulary.md", "ask-set.md", "roles.md")
SCHEMAS = tuple(
    f"schema/{name}.json"
    for name in ("pack", "clauses", "ask-set", "roles", "retention", "standards")
)


@pytest.mark.parametrize("name", [*PAGES, *SCHEMAS])
def test_a_page_is_current(made: Path, name: str) -> None:
    assert (SHIPPED / name).read_text("utf-8") == (made / name).read_text("utf-8"), "make docs"
