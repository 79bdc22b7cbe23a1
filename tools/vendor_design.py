"""Vendor the design system: built CSS and JavaScript, and an open typeface, into evenhand.design.

Run by hand when a version below changes, then commit the result:

    python tools/vendor_design.py

Needs npm on the path. Nothing from node is needed to run Evenhand.
The GOV.UK typeface, crown and crest may be used on GOV.UK only, so they are cut out.
"""

import re
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent / "evenhand" / "design" / "static" / "design"

GOVUK = ("govuk-frontend", "6.6.0")
MOJ = ("@ministryofjustice/frontend", "11.1.0")
TYPEFACE = ("@fontsource-variable/source-sans-3", "5.3.0")
SUBSETS = ("latin", "latin-ext", "vietnamese", "greek", "cyrillic", "cyrillic-ext")

OUR_FONTS = "var(--eh-font,system-ui,sans-serif)"
NOT_OURS = r"(?:logotype|crown|copyright-logo)"


TAKEN = (
    (
        "`govuk-frontend.min.css`, `govuk-frontend.min.js`",
        *GOVUK,
        "MIT",
        "Crown Copyright (Government Digital Service), 2017",
    ),
    (
        "`moj-frontend.min.css`, `moj-frontend.min.js`, `images/`",
        *MOJ,
        "MIT",
        "Crown Copyright (Ministry of Justice) and contributors",
    ),
    (
        "`typeface.css`, `fonts/`",
        *TYPEFACE,
        "SIL Open Font License 1.1 (`fonts/OFL.txt`)",
        "Google Inc. and Adobe (Source Sans 3)",
    ),
)
TERMS = """# Work of others in this folder

Written by `tools/vendor_design.py`. Do not edit the files named here; change the tool.

| files | package | version | licence | copyright |
|---|---|---|---|---|
{rows}

Changed by us: the GOV.UK typeface, crown and crest were cut out (they may be used on GOV.UK only),
font names became a custom property, addresses of images became relative, comments and source map
addresses were dropped. Evenhand is no GOV.UK service and claims no endorsement.

`evenhand.css`, `evenhand.js`, `supported.js` and `mark.svg` are Evenhand's own.

## MIT licence (for the first two rows, each under the copyright named there)

"""


class Packages(NamedTuple):
    """The unpacked npm packages, one folder each."""

    govuk: Path
    moj: Path
    typeface: Path


def main() -> None:
    """Fetch, clean and write everything."""
    with tempfile.TemporaryDirectory() as scratch:
        packages = Packages(*(fetch(p, Path(scratch)) for p in (GOVUK, MOJ, TYPEFACE)))
        TARGET.mkdir(parents=True, exist_ok=True)
        write_styles_and_scripts(packages)
        write_images(packages.moj)
        write_typeface(packages.typeface)
        (TARGET / "NOTICE.md").write_text(notice(), encoding="utf-8")
    print(f"Written to {TARGET}. Look at the difference, run tests/design, commit.")


def fetch(package: tuple[str, str], scratch: Path) -> Path:
    """Unpack one npm package and return its folder."""
    name, version = package
    folder = scratch / name.replace("/", "-").lstrip("@")
    folder.mkdir()
    subprocess.run(
        ["npm", "pack", "--silent", f"{name}@{version}"],
        cwd=folder,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    with tarfile.open(next(folder.glob("*.tgz"))) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


def write_styles_and_scripts(packages: Packages) -> None:
    """Write the four built files, cleaned."""
    for folder, stem in (
        (packages.govuk / "dist" / "govuk", "govuk-frontend"),
        (packages.moj / "moj", "moj-frontend"),
    ):
        for suffix, clean in ((".min.css", clean_css), (".min.js", clean_script)):
            source = (folder / f"{stem}{suffix}").read_text(encoding="utf-8")
            (TARGET / f"{stem}{suffix}").write_text(clean(source), encoding="utf-8")


def clean_css(css: str) -> str:
    """Return the style sheet with our typeface, our addresses, and no crown or crest."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"@font-face\{[^}]*\}", "", css)
    css = css.replace("GDS Transport,arial,sans-serif", OUR_FONTS)
    css = css.replace("font-family:sans-serif", f"font-family:{OUR_FONTS}")
    css = re.sub(rf"[^{{}}]*{NOT_OURS}[^{{}}]*\{{[^{{}}]*\}}", "", css)
    for _ in ("inner", "outer"):
        css = re.sub(r"@(?:media|supports)[^{}]*\{\}", "", css)
    css = css.replace("/assets/images/", "images/")
    refuse_leftovers(css)
    return css.strip() + "\n"


def refuse_leftovers(css: str) -> None:
    """Stop if anything that may only be used on GOV.UK is still there."""
    for word in ("GDS Transport", "crown", "crest", "@font-face", "/assets/"):
        if word in css:
            raise SystemExit(f"The cleaned CSS still holds {word!r}: mend clean_css first.")


def clean_script(script: str) -> str:
    """Return the script without the address of its source map."""
    return re.sub(r"//# sourceMappingURL=\S+", "", script).strip() + "\n"


def write_images(moj: Path) -> None:
    """Copy the icons that the MoJ style sheet asks for, and no logo."""
    images = TARGET / "images"
    images.mkdir(exist_ok=True)
    wanted = re.findall(r"url\(images/([\w.-]+)\)", (TARGET / "moj-frontend.min.css").read_text())
    for name in sorted(set(wanted)):
        (images / name).write_bytes((moj / "moj" / "assets" / "images" / name).read_bytes())


def write_typeface(package: Path) -> None:
    """Copy the subsets that names in Britain need, their licence and their @font-face rules."""
    fonts = TARGET / "fonts"
    fonts.mkdir(exist_ok=True)
    for subset in SUBSETS:
        source = package / "files" / f"source-sans-3-{subset}-wght-normal.woff2"
        (fonts / f"source-sans-3-{subset}.woff2").write_bytes(source.read_bytes())
    (fonts / "OFL.txt").write_text(
        (package / "LICENSE").read_text(encoding="utf-8"), encoding="utf-8"
    )
    (TARGET / "typeface.css").write_text("".join(font_faces(package)), encoding="utf-8")


def font_faces(package: Path) -> Iterator[str]:
    """Yield one @font-face rule for each subset, so that a page loads only what it shows."""
    ranges = (package / "unicode.json").read_text(encoding="utf-8")
    for subset in SUBSETS:
        found = re.search(rf'"{subset}":\s*"([^"]+)"', ranges)
        if found is None:
            raise SystemExit(f"The typeface has no unicode range for {subset!r}.")
        yield (
            '@font-face{font-family:"Source Sans 3";font-style:normal;font-weight:200 900;'
            f'font-display:swap;src:url(fonts/source-sans-3-{subset}.woff2) format("woff2");'
            f"unicode-range:{found[1]}}}\n"
        )


def notice() -> str:
    """Return what was taken from whom, on which terms, and what was changed."""
    mit = (HERE / "licences" / "MIT.txt").read_text(encoding="utf-8")
    rows = "\n".join(" | ".join(["", *row, ""]).strip() for row in TAKEN)
    return TERMS.format(rows=rows) + mit


if __name__ == "__main__":
    main()
