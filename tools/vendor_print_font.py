"""Take over the typeface that printed reports are set in: `python -m tools.vendor_print_font`.

It is the pages' own typeface, Source Sans 3, whose npm package holds it for browsers, cut into
subsets. Here the Latin ones are joined into the two TrueType files that a PDF embeds. Needs npm,
and the Python packages fonttools and brotli, which nothing else in Evenhand needs.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.ttLib import TTFont

from tools.vendor_design import fetch

PACKAGE = ("@fontsource/source-sans-3", "5.3.0")
TARGET = Path(__file__).resolve().parents[1] / "evenhand" / "design" / "print_fonts"
SUBSETS = ("latin", "latin-ext")
WEIGHTS = {"400": "Regular", "700": "Bold"}
FAMILY = "Source Sans 3"
NAMES = {1: FAMILY, 2: "{style}", 4: f"{FAMILY} {{style}}", 16: FAMILY, 17: "{style}"}


def main() -> None:
    """Fetch the package, join the subsets of each weight and write them with their licence."""
    with tempfile.TemporaryDirectory() as scratch:
        package = fetch(PACKAGE, Path(scratch))
        TARGET.mkdir(parents=True, exist_ok=True)
        for weight, style in WEIGHTS.items():
            font = Merger().merge([str(path) for path in _plain(package, weight, Path(scratch))])
            for number, name in NAMES.items():
                font["name"].setName(name.format(style=style), number, 3, 1, 0x409)
            font.save(TARGET / f"SourceSans3-{style}.ttf")
        licence = (package / "LICENSE").read_text(encoding="utf-8")
        (TARGET / "OFL.txt").write_text(licence, encoding="utf-8")
    print(f"Written to {TARGET}. Look at a report, run tests/publications, commit.")


def _plain(package: Path, weight: str, scratch: Path) -> list[Path]:
    """Unpack the subsets of a weight from their web format."""
    made = []
    for subset in SUBSETS:
        font = TTFont(package / "files" / f"source-sans-3-{subset}-{weight}-normal.woff2")
        font.flavor = None
        path = scratch / f"{subset}-{weight}.ttf"
        font.save(path)
        made.append(path)
    return made


if __name__ == "__main__":
    main()
