"""Find a Chromium for the browser tests, or install Debian's. Prints its path.

Looks at CHROMIUM, then for the usual names. As root on Debian it installs the package;
elsewhere it says what to do and exits with 2.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class NoChromium(Exception):
    """No Chromium was found and none could be installed."""


def find() -> str | None:
    """Return the path of a Chromium that is here already, or None.

    Raises NoChromium when CHROMIUM names a program that is not there.
    """
    named = os.environ.get("CHROMIUM")
    if named:
        found = shutil.which(named)
        if found is None:
            raise NoChromium(f"CHROMIUM names {named}, which is not a program. Mend or unset it.")
        return found
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def _install() -> None:
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        raise NoChromium(
            "The browser tests need Chromium and none was found. Install it (on Debian, as root: "
            "apt-get install chromium), or set CHROMIUM to its path."
        )
    print("Installing Debian's Chromium for the browser tests.", file=sys.stderr)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", "chromium"]
    for command in (["apt-get", "update", "--quiet"], install):
        done = subprocess.run(
            command, env=environment, stdout=sys.stderr, stdin=subprocess.DEVNULL, check=False
        )
        if done.returncode:
            raise NoChromium(f"'{' '.join(command)}' failed: see above. Install Chromium by hand.")


def find_or_install() -> str:
    """Return the path of a Chromium, installing Debian's if need be and allowed."""
    found = find()
    if found is None:
        _install()
        found = find()
    if found is None:
        raise NoChromium("Chromium was installed but its program was not found on the path.")
    return found


if __name__ == "__main__":
    try:
        print(find_or_install())
    except NoChromium as fault:
        print(fault, file=sys.stderr)
        sys.exit(2)
