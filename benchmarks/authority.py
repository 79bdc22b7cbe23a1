"""An authority's database of a given size, made once and kept under .bench."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(".bench").resolve()
MADE_OF = ("evenhand/*/models.py", "evenhand/*/models/*.py", "benchmarks/population.py")
RESULTING = (
    "evenhand/standards/*.py", "evenhand/facts/*.py", "evenhand/equality/**/*.py",
    "evenhand/monitoring/**/*.py", "packs/**/*.yaml",
)  # fmt: skip


def folder(children: int) -> Path:
    """Return the data folder of an embedded authority with so many children, made if need be."""
    place = HERE / f"authority-{children}-{_made_of()}"
    if not (place / "whole").exists():
        place.mkdir(parents=True, exist_ok=True)
        make(children, environment(place))
        (place / "whole").touch()
    return place


def environment(place: Path, url: str = "") -> dict[str, str]:
    """Return the environment in which Evenhand keeps its data in ``place``, or at ``url``."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("EVENHAND_")}
    ours = {
        "DJANGO_SETTINGS_MODULE": "evenhand.config.settings",
        "EVENHAND_DATA": str(place),
        "EVENHAND_DATABASE_URL": url,
    }
    return {**kept, **ours}


def make(children: int, settings: dict[str, str]) -> None:
    """Write the authority and work out its standings, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.authority", str(children)]
    subprocess.run(command, check=True, env=settings)


def _made_of() -> str:
    whole = hashlib.sha256()
    for path in sorted(_files()):
        whole.update(path.read_bytes())
    return whole.hexdigest()[:12]


def _files() -> Iterator[Path]:
    for pattern in (*MADE_OF, *RESULTING):
        yield from Path().glob(pattern)


def _write(children: int) -> None:
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    for alias in settings.DATABASES:
        call_command("migrate", database=alias, verbosity=0)

    from django.db import connection

    from benchmarks.population import NOW, TODAY, Population
    from evenhand.equality import tallying
    from evenhand.monitoring import counting
    from evenhand.people.actions import rebuild_lists
    from evenhand.standards import standing

    print(f"Making an authority of {children:,} children ...", file=sys.stderr, flush=True)
    Population(children).write()
    standing.refresh(NOW)
    tallying.refresh(NOW)
    counting.refresh(NOW)
    rebuild_lists(today=TODAY)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    _write(int(sys.argv[1]))
