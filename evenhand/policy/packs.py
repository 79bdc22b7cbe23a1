"""Finding packs in folders, and reading what a pack.yaml says."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from evenhand.policy import documents
from evenhand.policy.documents import Faults, Mapping, Node, items_of
from evenhand.policy.errors import nearest
from evenhand.policy.fields import Fields
from evenhand.problems import Problem

PACK_FILE = "pack.yaml"
FOLDERS_SETTING = "EVENHAND_PACKS"


@dataclass(frozen=True)
class Pack:
    """One source of policy: its title and folder, the packs it adopts, and what it overrides."""

    id: str
    title: str
    source: str
    licence: str
    adopts: tuple[str, ...]
    folder: Path
    overrides: tuple[Node, ...]
    authority: str = ""


def shipped() -> Path:
    """The folder of the packs that come with Evenhand: in the wheel, or in the checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "packs"
    return inside if inside.is_dir() else package.parent / "packs"


def folders() -> tuple[Path, ...]:
    """The packs shipped, then the folders of EVENHAND_PACKS (set apart as in PATH)."""
    named = os.environ.get(FOLDERS_SETTING, "").split(os.pathsep)
    return (shipped(), *(Path(name) for name in named if name.strip()))


def folder_of(name: str) -> Path:
    """The folder of the pack of that name; Problem, naming the settings, where there is none."""
    for place in reversed(folders()):
        for folder in (place / name, place):
            if folder.name == name and (folder / PACK_FILE).is_file():
                return folder
    raise Problem(
        f'No pack is called "{name}".',
        "Set EVENHAND_PACK to a pack that is there, or EVENHAND_PACKS to the folder that holds it.",
    )


def find(paths: Iterable[Path], faults: Faults) -> list[Pack]:
    """Every pack in the folders, those adopted before those that adopt them.

    A folder is a pack (it has a pack.yaml) or holds packs. What such a pack adopts is looked for
    beside it and among those shipped.
    """
    paths = [Path(path) for path in paths]
    found: dict[str, Pack] = {}
    for path in _pack_files(paths, faults):
        pack = _read(path, faults)
        if pack is not None:
            _add(pack, found, faults)
    _adopted(paths, found, faults)
    return list(_in_order(found, faults))


def _pack_files(paths: Iterable[Path], faults: Faults) -> Iterator[Path]:
    for path in paths:
        own = path / PACK_FILE
        inside = [own] if own.is_file() else sorted(path.glob(f"*/{PACK_FILE}"))
        if not inside:
            here = Node(str(path), 1, 1)
            remedy = f"Name a folder that holds {PACK_FILE}, or folders that do."
            faults.add(here, "folder", "no pack is here", remedy)
        yield from inside


def _adopted(paths: Iterable[Path], found: dict[str, Pack], faults: Faults) -> None:
    """Add what the packs adopt and the folders do not hold: from beside them, or as shipped."""
    places = [path.parent for path in paths if (path / PACK_FILE).is_file()] + [shipped()]
    wanted = [name for pack in found.values() for name in pack.adopts if name not in found]
    while wanted:
        name = wanted.pop()
        path = next(
            (p / name / PACK_FILE for p in places if (p / name / PACK_FILE).is_file()), None
        )
        pack = _read(path, faults) if path and name not in found else None
        if pack is not None:
            _add(pack, found, faults)
            wanted += [other for other in pack.adopts if other not in found]


def _add(pack: Pack, found: dict[str, Pack], faults: Faults) -> None:
    if pack.id in found and found[pack.id].folder.resolve() != pack.folder.resolve():
        here = Node(str(pack.folder / PACK_FILE), 1, 1)
        text = f'"{pack.id}" is also the id of {found[pack.id].folder}'
        faults.add(here, "id", text, "Give each pack its own id.")
        return
    found.setdefault(pack.id, pack)


def _read(path: Path, faults: Faults) -> Pack | None:
    node = documents.read(path, faults)
    if node is None:
        return None
    if not isinstance(node, Mapping):
        faults.add(
            node, "file", "it is not a mapping", "Begin with id:, title:, source:, licence:."
        )
        return None
    fields = Fields(
        node, faults, ("id", "title", "source", "licence", "adopts", "overrides", "authority"),
        "the pack",
    )  # fmt: skip
    if fields.text("id") not in ("", path.parent.name):
        remedy = f'Name both alike: the folder is "{path.parent.name}".'
        fields.wrong("id", f'"{fields.text("id")}" is not the folder\'s name', remedy)
    overrides = fields.get("overrides")
    return Pack(
        path.parent.name, fields.text("title"), fields.text("source"), fields.text("licence"),
        fields.texts("adopts"), path.parent, items_of(overrides) if overrides else (),
        fields.text("authority", required=False),
    )  # fmt: skip


def _in_order(found: dict[str, Pack], faults: Faults) -> Iterator[Pack]:
    done: set[str] = set()

    def visit(pack: Pack, above: tuple[str, ...]) -> Iterator[Pack]:
        if pack.id in done:
            return
        for name in pack.adopts:
            here = Node(str(pack.folder / PACK_FILE), 1, 1)
            if name in (*above, pack.id):
                faults.add(here, "adopts", f'"{name}" adopts this pack', "Let one adopt the other.")
            elif name not in found:
                remedy = nearest(name, found, "Add its folder, or leave it out.")
                faults.add(here, "adopts", f'no pack is called "{name}"', remedy)
            else:
                yield from visit(found[name], (*above, pack.id))
        if pack.id not in done:
            done.add(pack.id)
            yield pack

    for name in sorted(found):
        yield from visit(found[name], ())
