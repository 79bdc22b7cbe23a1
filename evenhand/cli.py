"""The ``evenhand`` command: finds which subcommand is meant, and runs its handler.

``--help`` must answer at once, so this is the one module that imports when it needs to: argparse
for a subcommand, Django for one that uses the database. A handler takes the parsed arguments and
returns an exit code: 0 well, 1 problems were found, 2 wrong use or an input that cannot be used.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

import evenhand
from evenhand.commands import COMMANDS, GROUPS, Command
from evenhand.problems import Problem

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

WRONG_USE, INTERRUPTED = 2, 130
PROMISE = "Evenhand makes a children's services policy executable."
BEGIN = "Begin with:\n  evenhand demo"
USAGE = "evenhand COMMAND ..."
HELP = "Each command has its own: evenhand COMMAND --help"


def overview() -> str:
    """Return what ``evenhand --help`` prints."""
    lines = [(command.name, command.summary) for command, _ in COMMANDS]
    lines += [(name, summary) for name, summary, _ in GROUPS]
    listed = "\n".join(f"  {name:<10} {summary}" for name, summary in lines)
    return f"usage: {USAGE}\n\n{PROMISE}\n\ncommands:\n{listed}\n\n{HELP}\n{BEGIN}"


def parser() -> argparse.ArgumentParser:
    """Return the whole command's parser."""
    import argparse

    whole = argparse.ArgumentParser(prog="evenhand", usage=USAGE, allow_abbrev=False)
    whole.add_argument("--version", action="version", version=f"Evenhand {evenhand.__version__}")
    subparsers = whole.add_subparsers(prog="evenhand", metavar="COMMAND", required=True)
    for command, add_arguments in COMMANDS:
        add_arguments(_add(command, subparsers))
    for name, summary, commands in GROUPS:
        group = subparsers.add_parser(name, help=summary, description=f"{summary}.")
        inner = group.add_subparsers(title="commands", metavar="COMMAND", required=True)
        for command, add_arguments in commands:
            add_arguments(_add(command, inner))
    return whole


def _add(
    command: Command, subparsers: argparse._SubParsersAction[argparse.ArgumentParser]
) -> argparse.ArgumentParser:
    import argparse

    added = subparsers.add_parser(
        command.name,
        help=command.summary,
        description=f"{command.summary}.",
        epilog=f"Example:\n  {command.example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    added.add_argument("--json", action="store_true", help="answer in JSON, for a machine")
    added.set_defaults(chosen=command)
    return added


def main(words: Sequence[str] | None = None) -> int:
    """Run the command of ``words`` (by default the process's own) and return its exit code."""
    words = sys.argv[1:] if words is None else words
    if not words or words[0] in {"-h", "--help", "help"}:
        print(overview())
        return 0 if words else WRONG_USE
    try:
        return _run(parser().parse_args(words))
    except Problem as problem:
        print(problem.sentence, problem.remedy, sep="\n", file=sys.stderr)
        return WRONG_USE


def _run(arguments: argparse.Namespace) -> int:
    chosen: Command = arguments.chosen
    try:
        return _answer(chosen, arguments)
    except KeyboardInterrupt:
        print(f"\n{chosen.stopped}", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:  # the reader had enough, as `| head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _answer(command: Command, arguments: argparse.Namespace) -> int:
    os.environ.update(command.environment)
    if command.database:
        from evenhand.config import startup

        startup.prepare(migrate=getattr(arguments, "migrate", False))
        with startup.database_faults_in_words():
            return _call(command.handler, arguments)
    if command.settings:
        from evenhand.config import startup

        startup.set_up()
    return _call(command.handler, arguments)


def _call(handler: str, arguments: argparse.Namespace) -> int:
    module, function = handler.split(":")
    code: int = getattr(import_module(module), function)(arguments)
    sys.stdout.flush()
    return code
