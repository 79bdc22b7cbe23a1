"""Put this checkout on its environment's path, with the ``evenhand`` command.

A plain path file and a three-line script: no build, so nothing to compile or download.
"""

from __future__ import annotations

import sys
import sysconfig
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
SCRIPT = """#!{python}
import sys
from evenhand.cli import main
sys.exit(main())
"""


def link() -> None:
    """Write the path file and the command into the environment of the running Python."""
    packages = Path(sysconfig.get_path("purelib"))
    (packages / "evenhand-checkout.pth").write_text(f"{CHECKOUT}\n", encoding="utf-8")
    command = Path(sysconfig.get_path("scripts")) / "evenhand"
    command.write_text(SCRIPT.format(python=sys.executable), encoding="utf-8")
    command.chmod(0o755)


if __name__ == "__main__":
    link()
