"""What people paste, programs send and attackers try."""

from __future__ import annotations

FORMULAS = ("=1+1", "+1", "-1+1", "@SUM(A1)", "=cmd|' /C calc'!A0")
WORDS = (
    "<img src=x onerror=alert(1)>",
    "</textarea><script>alert(1)</script>",
    "{{ 7*7 }}{% load x %}",
    "'; DROP TABLE people_child; --",
    *FORMULAS,
    "\u202egnirts desrever",
    "nul\x00inside",
    "lone \ud800 surrogate",
    "👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "e\u0301\u0302\u0303" * 40,
    "line\r\nline\u2028line\x0b\x1b[31m",
    "javascript:alert(1)",
    "../../etc/passwd",
    " \t\u200b ",
    "",
)
NUMBERS = ("1" + "0" * 30, "-1", "ä", "1e400", "NaN", "0", "٣", "0x10", "2147483648")
DAYS = ("31/02/2026", "99/99/9999", "00/00/0000", "2026-13-45", "01/01/0001", "31/12/9999")
EVERY = (*WORDS, *NUMBERS, *DAYS)
SLUGS = (
    "-",
    "_",
    "0",
    "a" * 300,
    "9" * 40,
    "Ada-Tray",
    "new",
    "00000000-0000-0000-0000-000000000000",
)
LONG = "<b>ten million</b> " * 550_000
"""A little over ten million letters."""
