"""Two extracts, made once: a small one with its faults, and a larger one without."""

from __future__ import annotations

from pathlib import Path

import pytest

from evenhand.synth.build import Order, build
from tests.synth.extracts import AS_AT


@pytest.fixture(scope="session")
def extract(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Islehaven as the demonstration has it: 500 children, seed 1, faults and all."""
    folder = tmp_path_factory.mktemp("islehaven")
    build(Order(500, 1, AS_AT), folder)
    return folder


@pytest.fixture(scope="session")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A larger Islehaven without faults: 3,000 children, seed 2."""
    folder = tmp_path_factory.mktemp("clean")
    build(Order(3000, 2, AS_AT, clean=True), folder)
    return folder
