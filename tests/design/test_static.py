"""What is served to browsers: only what may be, only from here, and legible."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import evenhand

PACKAGE = Path(evenhand.__file__).parent
STATIC = PACKAGE / "design" / "static" / "design"
STYLES = sorted(STATIC.glob("*.css"))
TEMPLATES = sorted(PACKAGE.glob("*/templates/**/*.html"))
OURS = (STATIC / "evenhand.css").read_text(encoding="utf-8")
ENOUGH = 4.5


@pytest.mark.parametrize("file", STYLES + sorted(STATIC.glob("*.js")), ids=lambda f: f.name)
def test_nothing_that_only_govuk_may_use(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    for word in ("GDS Transport", "crown", "crest", "sourceMappingURL"):
        assert word not in text


@pytest.mark.parametrize("file", STYLES, ids=lambda f: f.name)
def test_every_address_in_a_style_sheet_is_a_file_of_ours(file: Path) -> None:
    found = re.findall(r"url\(\"?([^)\"]+)\"?\)", file.read_text(encoding="utf-8"))
    assert all((STATIC / name).is_file() for name in found if not name.startswith("data:"))


def test_the_typeface_ships_with_its_licence() -> None:
    faces = (STATIC / "typeface.css").read_text(encoding="utf-8").count("@font-face")
    assert faces == len(list((STATIC / "fonts").glob("*.woff2"))) > 0
    assert "SIL OPEN FONT LICENSE" in (STATIC / "fonts" / "OFL.txt").read_text(encoding="utf-8")


def test_the_notice_names_every_package_and_its_terms() -> None:
    notice = (STATIC / "NOTICE.md").read_text(encoding="utf-8")
    for name in ("govuk-frontend | 6", "@ministryofjustice/frontend | 11", "Source Sans 3"):
        assert name in notice
    assert "Permission is hereby granted" in notice


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda f: str(f.relative_to(PACKAGE)))
def test_no_template_asks_for_what_the_content_security_policy_refuses(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle\s*=", text), "Give it a class in evenhand.css."
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text), "Put it in a file of scripts."
    assert not re.search(r"<style|<script(?![^>]*\ssrc=)", text)


def _colours() -> dict[str, str]:
    return dict(re.findall(r"--((?:eh|govuk)-[a-z-]+):\s*(#[0-9a-f]{3,6})\b", OURS))


def _luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(c * 2 for c in digits) if len(digits) == 3 else digits
    shares = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return sum(w * s for w, s in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, as WCAG 2 defines it."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_reckoned_as_published() -> None:
    assert contrast("#000", "#fff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("state", ["kept", "kept-late", "late", "open", "unknown", "excused"])
def test_the_words_of_a_state_are_legible_on_it(state: str) -> None:
    colours = _colours()
    assert contrast(colours[f"eh-{state}"], colours[f"eh-{state}-tint"]) >= ENOUGH


@pytest.mark.parametrize("ink", ["eh-ink", "eh-quiet", "govuk-link-colour", "govuk-error-colour"])
@pytest.mark.parametrize("ground", ["eh-page", "eh-paper", "eh-brand-tint"])
def test_words_are_legible_on_every_ground(ink: str, ground: str) -> None:
    colours = _colours()
    assert contrast(colours[ink], colours[ground]) >= ENOUGH


def test_parts_of_a_bar_are_parted_by_white() -> None:
    assert re.search(r"\.eh-fill-edge \{ stroke: #fff", OURS)


def test_our_own_look_comes_last() -> None:
    base = (PACKAGE / "design/templates/design/base.html").read_text(encoding="utf-8")
    order = re.findall(r'stylesheet" href="{% static "design/([\w.-]+)"', base)
    assert order == [
        "typeface.css",
        "govuk-frontend.min.css",
        "moj-frontend.min.css",
        "evenhand.css",
    ]
