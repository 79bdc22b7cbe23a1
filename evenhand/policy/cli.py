"""`evenhand policy`: check the packs, compare two sets of them, write the reference pages."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from evenhand.policy import building, comparing, locking, reference_pages
from evenhand.policy.checking import Problem
from evenhand.policy.comparing import Change, Flip
from evenhand.policy.errors import PackErrors, nearest
from evenhand.policy.library import Policy
from evenhand.problems import Problem as Stop
from evenhand.rules.standards import Standard
from evenhand.rules.states import State

WELL, FOUND_PROBLEMS = 0, 1
WhoseResults = Callable[[Standard, Standard], Iterable[Flip]]


def check(args: argparse.Namespace, today: date | None = None) -> int:
    """Read the packs, run every case through both engines, and hold the locks; 1 if any fails."""
    today = today or date.today()  # noqa: DTZ011  the person's own day decides what is in force
    try:
        policy = _load(args.folders)
    except PackErrors as errors:
        return _report_errors(errors, args.json)
    problems = [*policy.problems()]
    if args.lock and not problems:
        problems += _lock(policy, today)
    problems += policy.lock_problems(today)
    if args.json:
        _print_json({"problems": [one._asdict() for one in problems], **_counts(policy)})
    else:
        _tell_problems(problems, policy)
    return FOUND_PROBLEMS if problems else WELL


def diff(args: argparse.Namespace, whose: WhoseResults | None = None) -> int:
    """What changes between two folders of packs, or if one standard had another value.

    `whose` gives the results that would flip, from the standings; without it only what is said is
    compared.
    """
    if args.standard:
        return _what_if(args, whose)
    if len(args.folders) != 2:
        raise Stop(
            f"{len(args.folders)} folders were named.",
            "Name the old folder and the new one, or use --standard ID --value N.",
        )
    old, new = (_load_or_stop([folder]) for folder in args.folders)
    changes = comparing.diff(old, new)
    pairs = _changed_pairs(old, new)
    _tell_changes(changes, _flips(pairs, whose), args.json)
    return WELL


def docs(args: argparse.Namespace) -> int:
    """Write the reference pages into a folder."""
    policy = _load_or_stop([])
    try:
        written = reference_pages.write(policy, Path(args.out))
    except OSError as error:
        raise Stop(
            f"{args.out} cannot be written ({error.strerror}).", "Name a folder of your own."
        ) from error
    if args.json:
        _print_json({"written": [str(path) for path in written]})
    else:
        print(*(f"Wrote {path}" for path in written), sep="\n")
    return WELL


def _load(folders: Sequence[str]) -> Policy:
    return building.load([Path(folder) for folder in folders] or None)


def _load_or_stop(folders: Sequence[str]) -> Policy:
    try:
        return _load(folders)
    except PackErrors as errors:
        count = len(errors.errors)
        raise Stop(
            f"The packs have {count} fault{'s' if count > 1 else ''}: {errors.errors[0]}",
            "Run: evenhand policy check",
        ) from errors


# Check -------------------------------------------------------------------------------------------


def _lock(policy: Policy, today: date) -> list[Problem]:
    """Lock what is newly in force, unless what was locked has changed."""
    refused = [one for one in policy.lock_problems(today) if one.remedy != locking.MAKE_LOCK]
    if not refused:
        for pack in policy.packs:
            try:
                locking.write(pack, policy.written, policy.written_forms, today)
            except OSError as error:
                raise Stop(
                    f"{pack.folder / locking.LOCK_FILE} cannot be written ({error.strerror}).",
                    "Name the folders of your own packs.",
                ) from error
    return []


def _report_errors(errors: PackErrors, as_json: bool) -> int:
    if as_json:
        _print_json({"errors": [error._asdict() for error in errors.errors]})
    else:
        print(*errors.errors, sep="\n", file=sys.stderr)
        count = len(errors.errors)
        print(f"{count} fault{'s' if count > 1 else ''}. Mend, and run it again.", file=sys.stderr)
    return FOUND_PROBLEMS


def _tell_problems(problems: Sequence[Problem], policy: Policy) -> None:
    if problems:
        print(*problems, sep="\n", file=sys.stderr)
        count = len(problems)
        print(f"{count} problem{'s' if count > 1 else ''}.", file=sys.stderr)
        return
    counts = _counts(policy)
    print(
        f"{counts['packs']} packs, {counts['standards']} standards, {counts['cases']} cases, "
        f"{counts['clauses']} clauses: all is well."
    )


def _counts(policy: Policy) -> dict[str, int]:
    return {
        "packs": len(policy.packs),
        "standards": len(policy.standards),
        "cases": sum(len(cases) for cases in policy.examples.values()),
        "clauses": len(policy.clauses),
    }


# Diff --------------------------------------------------------------------------------------------


def _what_if(args: argparse.Namespace, whose: WhoseResults | None) -> int:
    policy = _load_or_stop(args.folders)
    standard = policy.standards.get(args.standard)
    if standard is None:
        remedy = nearest(args.standard, policy.standards, "Run: evenhand policy docs FOLDER")
        raise Stop(f'No standard is called "{args.standard}".', remedy)
    if args.value is None or args.value < 0:
        raise Stop("No value was given.", "Say which: --value 10")
    try:
        changed = comparing.with_value(standard, args.value)
    except ValueError as error:
        raise Stop(
            f"{error}.", "Name a standard with a deadline, a recurrence or a count."
        ) from error
    changes = comparing.changes(standard, changed)
    _tell_changes(changes, _flips([(standard, changed)], whose), args.json)
    return WELL


def _changed_pairs(old: Policy, new: Policy) -> list[tuple[Standard, Standard]]:
    both = [name for name in old.standards if name in new.standards]
    pairs = [(old.standards[name], new.standards[name]) for name in both]
    return [(first, second) for first, second in pairs if first.digest != second.digest]


def _flips(
    pairs: Iterable[tuple[Standard, Standard]], whose: WhoseResults | None
) -> dict[str, list[Flip]] | None:
    if whose is None:
        return None
    return {old.id: list(whose(old, new)) for old, new in pairs}


def _tell_changes(
    changes: Sequence[Change], flips: Mapping[str, list[Flip]] | None, as_json: bool
) -> None:
    if as_json:
        told = {name: [_flip_json(flip) for flip in found] for name, found in (flips or {}).items()}
        _print_json({"changes": [_change_json(one) for one in changes], "flips": told})
        return
    print(*changes, sep="\n") if changes else print("Nothing differs.")
    for name, found in (flips or {}).items():
        print(f"{name}: {len(found)} result{'' if len(found) == 1 else 's'} would change")
        for (before, after), count in comparing.tally(found).items():
            print(f"  {_state(before)} -> {_state(after)}: {count}")


def _state(state: State | None) -> str:
    return state.value if state else "no clock"


def _change_json(change: Change) -> dict[str, object]:
    return {**change._asdict(), "from_": change.from_.isoformat() if change.from_ else None}


def _flip_json(flip: Flip) -> dict[str, object]:
    return {"subject": str(flip.subject), "cycle": flip.cycle, "before": flip.before,
            "after": flip.after}  # fmt: skip


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))
