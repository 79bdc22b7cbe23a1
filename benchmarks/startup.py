"""`evenhand --help` answers in at most a tenth of the time that Django takes to set up."""

from __future__ import annotations

import os
import sys

from benchmarks.timing import Row, pairs, process, row

BOUND = 0.1
MORE_PAIRS = 15  # short processes vary more


def run() -> list[Row]:
    """Measure the two whole processes."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    environment = {**kept, "DJANGO_SETTINGS_MODULE": "evenhand.config.settings"}
    helped = [sys.executable, "-c", "import sys; from evenhand.cli import main; main(['--help'])"]
    set_up = [sys.executable, "-c", "import django; django.setup()"]
    ours, django = pairs(process(helped, environment), process(set_up, environment), MORE_PAIRS)
    return [row("evenhand --help, of django.setup()", ours, django, BOUND, "whole processes")]
