"""The commands of whoever looks after an installation: backups, keys, history, users."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evenhand.commands.command import ADDRESS, PORT, Command

if TYPE_CHECKING:
    import argparse


HISTORY_VERIFY = Command(
    "verify",
    "Check that no entry of the history was changed or taken away",
    example="evenhand history verify",
    handler="evenhand.history.cli:verify",
    database=True,
)
BACKUP = Command(
    "backup",
    "Write an encrypted copy of everything while Evenhand runs",
    example="evenhand backup evenhand-2026-11-20.backup",
    handler="evenhand.config.backup.cli:backup",
    settings=True,
    environment={"EVENHAND_AS_OWNER": "1"},
    stopped="Stopped. No backup was made.",
)
RESTORE = Command(
    "restore",
    "Bring a backup back, verified before anything is touched",
    example="evenhand restore evenhand-2026-11-20.backup",
    handler="evenhand.config.backup.cli:restore",
    settings=True,
    environment={"EVENHAND_AS_OWNER": "1"},
    stopped="Stopped. Run it again: until it has ended, do not serve.",
)
USERS_ADMINISTRATOR = Command(
    "administrator",
    "Make the first administrator, or help one who is locked out",
    example='evenhand users administrator ada --name "Ada Keystone" --site https://evenhand.example',
    handler="evenhand.accounts.cli:administrator",
    database=True,
)
KEYS_NEW = Command(
    "new",
    "Print a new key for the sealed columns; it is kept nowhere",
    example="evenhand keys new",
    handler="evenhand.secrecy.cli:new",
)
KEYS_STATUS = Command(
    "status",
    "Show how much is sealed under each key",
    example="evenhand keys status",
    handler="evenhand.secrecy.cli:status",
    database=True,
)
KEYS_ROTATE = Command(
    "rotate",
    "Seal everything again under the current key, while Evenhand runs",
    example="evenhand keys rotate",
    handler="evenhand.config.rotating:rotate",
    database=True,
    stopped="Stopped. Run it again: what was sealed again stays so, and the rest is as it was.",
)
DATABASE_MIGRATE = Command(
    "migrate",
    "Bring the tables up to date, as the database's owner",
    example="evenhand database migrate",
    handler="evenhand.config.roles_of_database:migrate",
    database=True,
    environment={"EVENHAND_AS_OWNER": "1"},
    stopped="Stopped. Run it again: what was finished is kept.",
)
DATABASE_WEB_USER = Command(
    "prepare-web-user",
    "Grant a PostgreSQL user what the pages need, but not to alter history",
    example="evenhand database prepare-web-user evenhand_web",
    handler="evenhand.config.roles_of_database:prepare_web_user",
    database=True,
    environment={"EVENHAND_AS_OWNER": "1"},
)
RETENTION_REAPPLY = Command(
    "reapply",
    "Dispose again of what a restored backup brought back",
    example="evenhand retention reapply disposals.jsonl",
    handler="evenhand.retention.cli:reapply",
    database=True,
    environment={"EVENHAND_AS_OWNER": "1"},
    stopped="Stopped. Run it again: what was finished is kept.",
)
RETENTION_SCRUB = Command(
    "scrub",
    "Write over the room in the database that disposals freed",
    example="evenhand retention scrub",
    handler="evenhand.retention.cli:scrub",
    database=True,
    environment={"EVENHAND_AS_OWNER": "1"},
)
HISTORY_WITNESS = Command(
    "witness",
    "Begin the lists of seals anew, where one was lost and nobody tampered",
    example='evenhand history witness --because "The disk was replaced"',
    handler="evenhand.history.cli:witness",
    database=True,
)


def database_migrate(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(migrate=True)


def database_web_user(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="the user, who is there already")
    parser.add_argument("--print", action="store_true", help="print the SQL and do nothing")


def retention_reapply(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("lists", metavar="LIST", nargs="*", help="lists of disposals, kept apart")


def history_witness(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--because", required=True, metavar="REASON", help="why, for the history")


def backup(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a new file; with --check, one there is")
    parser.add_argument(
        "--check", action="store_true", help="bring FILE back into a place of its own and compare"
    )


def restore(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a file of `evenhand backup`")
    parser.add_argument(
        "--replace", action="store_true", help="put it in the place of what is here already"
    )


def users_administrator(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("username", help="with which they sign in; an existing one is helped")
    parser.add_argument("--name", default="", help="their name, where the user is new")
    parser.add_argument(
        "--site", default=f"http://{ADDRESS}:{PORT}", help="where people reach Evenhand"
    )
