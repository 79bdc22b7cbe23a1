"""What is sealed opens in its own place, under its own key, and says why it does not elsewhere."""

from __future__ import annotations

import base64
import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from evenhand.problems import Problem
from evenhand.secrecy import keys
from evenhand.secrecy.keys import WrongKey

ONE, TWO = keys.new_key(date(2026, 11, 1)), keys.new_key(date(2026, 11, 2))
PLACE = keys.context_of("people_identitystatement", "sealed_answer", "AbC")


@given(st.text(st.characters(exclude_categories=[]), max_size=300), st.text(max_size=20))
def test_what_is_sealed_comes_back(words: str, context: str) -> None:
    ring = keys.ring_of(ONE)
    assert ring.unseal(ring.seal(words, context), context) == words


def test_two_seals_of_one_answer_differ_and_are_equally_long() -> None:
    ring = keys.ring_of(ONE)
    sealed = {ring.seal(words, PLACE) for words in ("F", "F", "TRANSGENDER", "")}
    assert len(sealed) == 4
    assert len({len(each) for each in sealed}) == 1
    assert all(each.isascii() and keys.is_sealed(each) for each in sealed)


def test_the_first_key_seals_and_every_key_opens() -> None:
    old = keys.ring_of(ONE).seal("words", PLACE)
    both = keys.ring_of(f"{TWO}, {ONE}\n")
    assert both.unseal(old, PLACE) == "words"
    assert keys.key_of(both.seal("words", PLACE)) == TWO.split(":")[0]


def test_a_value_moved_to_another_row_does_not_open() -> None:
    moved = keys.context_of("people_identitystatement", "sealed_answer", "AbD")
    ring = keys.ring_of(ONE)
    with pytest.raises(WrongKey, match="altered or moved"):
        ring.unseal(ring.seal("words", PLACE), moved)


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_an_altered_byte_does_not_open(place: int, change: int) -> None:
    ring = keys.ring_of(ONE)
    mark, name, body = ring.seal("words", PLACE).split(":")
    raw = bytearray(base64.urlsafe_b64decode(body))
    raw[place % len(raw)] ^= change
    altered = f"{mark}:{name}:{base64.urlsafe_b64encode(raw).decode()}"
    with pytest.raises(WrongKey):
        ring.unseal(altered, PLACE)


@pytest.mark.parametrize("stored", ["", "plain", "sealed1:", "sealed1:a:b", "sealed1:a:####"])
def test_what_is_not_sealed_says_so(stored: str) -> None:
    with pytest.raises(WrongKey):
        keys.ring_of(ONE).unseal(stored, PLACE)


def test_a_key_that_is_gone_is_named() -> None:
    sealed = keys.ring_of(ONE).seal("words", PLACE)
    with pytest.raises(WrongKey, match=ONE.split(":")[0]):
        keys.ring_of(TWO).unseal(sealed, PLACE)


def test_another_key_of_the_same_name_says_so() -> None:
    name = ONE.split(":")[0]
    other = f"{name}:{TWO.split(':')[1]}"
    with pytest.raises(WrongKey, match="another one of that name"):
        keys.ring_of(other).unseal(keys.ring_of(ONE).seal("words", PLACE), PLACE)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("", "no column key"),
        ("one", "The column key one is not 32 bytes"),
        ("one:c2hvcnQ=", "The column key one is not 32 bytes"),
        (ONE.split(":")[1], "The column key 1 has no name"),
        (f"{ONE},{ONE}", "Two keys are named"),
    ],
    ids=["none", "nameless-word", "short", "without-a-name", "twice"],
)
def test_keys_that_cannot_be_used_are_named_and_not_shown(written: str, said: str) -> None:
    with pytest.raises(Problem, match=said) as refused:
        keys.ring_of(written)
    assert ONE.split(":")[1] not in str(refused.value)


def test_a_key_file_is_read_again_when_it_changes(tmp_path: Path, settings: Settings) -> None:
    settings.KEY_FILE = path = tmp_path / "keys"
    path.write_text(ONE)
    path.chmod(0o600)
    sealed = keys.seal("words", PLACE)
    path.write_text(f"{TWO}\n{ONE}\n")
    assert keys.unseal(sealed, PLACE) == "words"
    assert keys.key_of(keys.seal("words", PLACE)) == TWO.split(":")[0]


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_a_key_file_that_others_can_read_is_refused(tmp_path: Path, settings: Settings) -> None:
    settings.KEY_FILE = path = tmp_path / "keys"
    path.write_text(ONE)
    path.chmod(0o640)
    with pytest.raises(Problem, match="read by others") as refused:
        keys.seal("words", PLACE)
    assert "chmod 600" in refused.value.remedy


def test_a_key_file_that_is_not_there_is_named(tmp_path: Path, settings: Settings) -> None:
    settings.KEY_FILE = tmp_path / "nothing"
    with pytest.raises(Problem, match="nothing cannot be read: No such file"):
        keys.seal("words", PLACE)
