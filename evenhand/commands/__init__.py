"""What each subcommand of ``evenhand`` takes: words only, and no import that takes time.

A command's handler is named by its dotted path, and imported when it is chosen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from evenhand.commands import everyday, keeping, packs
from evenhand.commands.command import Command, nothing_more

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    Adder = Callable[[argparse.ArgumentParser], None]

COMMANDS: tuple[tuple[Command, Adder], ...] = (
    (everyday.DEMO, everyday.demo),
    (everyday.SERVE, everyday.serve),
    (everyday.IMPORT, everyday.bring_in),
    (everyday.PICKUP, everyday.pickup),
    (everyday.SYNTH, everyday.synth),
    (everyday.STANDARDS, everyday.standards),
    (everyday.IDENTITY, everyday.identity),
    (everyday.PLACES, everyday.places),
    (everyday.ANALYSE, everyday.analyse),
    (everyday.UPKEEP, nothing_more),
    (keeping.BACKUP, keeping.backup),
    (keeping.RESTORE, keeping.restore),
)
GROUPS: tuple[tuple[str, str, tuple[tuple[Command, Adder], ...]], ...] = (
    (
        "policy",
        "Check, compare and describe the policy packs",
        (
            (packs.POLICY_CHECK, packs.policy_check),
            (packs.POLICY_DIFF, packs.policy_diff),
            (packs.POLICY_DOCS, packs.policy_docs),
        ),
    ),
    (
        "export",
        "Take out again what is held",
        ((packs.EXPORT_SSD, packs.folder), (packs.EXPORT_PARQUET, packs.folder)),
    ),
    (
        "database",
        "Bring the database up to date; make a user for the web",
        (
            (keeping.DATABASE_MIGRATE, keeping.database_migrate),
            (keeping.DATABASE_WEB_USER, keeping.database_web_user),
        ),
    ),
    (
        "history",
        "Verify the append-only history",
        (
            (keeping.HISTORY_VERIFY, nothing_more),
            (keeping.HISTORY_WITNESS, keeping.history_witness),
        ),
    ),
    (
        "retention",
        "Dispose again after a restore; write over what was disposed of",
        (
            (keeping.RETENTION_REAPPLY, keeping.retention_reapply),
            (keeping.RETENTION_SCRUB, nothing_more),
        ),
    ),
    (
        "users",
        "Make the first administrator; all others are made on the page Users",
        ((keeping.USERS_ADMINISTRATOR, keeping.users_administrator),),
    ),
    (
        "keys",
        "Make and change the keys of sealed columns",
        (
            (keeping.KEYS_NEW, nothing_more),
            (keeping.KEYS_STATUS, nothing_more),
            (keeping.KEYS_ROTATE, nothing_more),
        ),
    ),
)
