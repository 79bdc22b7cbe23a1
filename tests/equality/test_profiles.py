"""How small numbers are hidden is the pack's to say: nothing is filled in that it leaves out."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import override_settings

from evenhand.equality.releasing.profiles import SAID, profiles_on
from evenhand.policy import packs
from evenhand.problems import Problem
from tests.factories import TODAY

PACK = "id: {id}\ntitle: Ours\nsource: Made up\nlicence: none\nadopts: [england]\n"
OWN = (packs.shipped() / "england" / "disclosure.yaml").read_text("utf-8")


def said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, disclosure: str) -> str:
    """Return what is said of a pack whose disclosure.yaml is this."""
    id_ = f"ours-{len(list(tmp_path.parent.iterdir()))}"  # a pack is read once by its name
    place = tmp_path / "packs" / id_
    place.mkdir(parents=True)
    (place / "pack.yaml").write_text(PACK.format(id=id_))
    (place / "clauses.yaml").write_text("[]\n")
    (place / "disclosure.yaml").write_text(disclosure, encoding="utf-8")
    monkeypatch.setenv("EVENHAND_PACKS", str(tmp_path / "packs"))
    with override_settings(ADOPTED_PACK=id_), pytest.raises(Problem) as found:
        profiles_on(TODAY)
    return str(found.value)


@pytest.mark.parametrize("name", SAID)
def test_what_a_profile_leaves_out_is_asked_for_by_name(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = said(tmp_path, monkeypatch, OWN.replace(f"{name}:", "elsewhere:", 1))
    assert told == (
        f"disclosure.yaml: the profile “own”, from 01/04/2005, has no {name}. "
        "Say it as the pack england does."
    )


def test_another_word_is_refused_and_not_guessed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = said(tmp_path, monkeypatch, OWN.replace("zeros: shown", "zeros: see", 1))
    assert "has zeros: see. Use one of shown, hidden." in told
