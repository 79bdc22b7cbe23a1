"""What changes or reads records says what it promises."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
MODULES = sorted(
    file for name in ("actions", "queries") for file in CHECKOUT.glob(f"evenhand/*/{name}*/**/*.py")
) + sorted(
    file for name in ("actions", "queries") for file in CHECKOUT.glob(f"evenhand/*/{name}.py")
)


@pytest.mark.parametrize("module", MODULES, ids=lambda file: str(file.relative_to(CHECKOUT)))
def test_public_functions_promise_something(module: Path) -> None:
    """In one line first, as STYLE asks."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    silent = [
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert not silent, f"{module.name}: {', '.join(silent)}"
