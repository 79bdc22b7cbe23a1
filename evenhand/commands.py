"""What each subcommand of ``evenhand`` takes: words only, and no import that takes time.

A command's handler is named by its dotted path, and imported when it is chosen.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from evenhand.problems import Problem

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    Adder = Callable[[argparse.ArgumentParser], None]

ADDRESS, PORT = "127.0.0.1", 8000
AS_AT = date(2026, 11, 20)  # of an extract that is to be the same whenever it is written
NOTHING_LEFT = "Stopped. Nothing was changed."


class Command:
    """What one subcommand takes, which function answers it, and what that needs first."""

    def __init__(
        self,
        name: str,
        summary: str,
        *,
        example: str,
        handler: str,
        database: bool = False,
        settings: bool = False,
        environment: dict[str, str] | None = None,
        stopped: str = NOTHING_LEFT,
    ) -> None:
        self.name = name
        self.summary = summary
        self.example = example
        self.handler = handler
        self.database = database
        self.settings = settings
        self.environment = environment or {}
        self.stopped = stopped


DEMO = Command(
    "demo",
    "Make a pretend authority, import it and serve it",
    example="evenhand demo --children 200 --port 8080",
    handler="evenhand.config.demo:run",
    database=True,
    environment={"EVENHAND_DEMO": "1"},
    stopped="Stopped. Run it again to go on: what was finished is kept.",
)
SERVE = Command(
    "serve",
    "Serve Evenhand's pages from this machine",
    example="evenhand serve --address 0.0.0.0 --port 8080",
    handler="evenhand.config.cli:serve",
    database=True,
    stopped="Stopped serving.",
)
IMPORT = Command(
    "import",
    "Import an extract of the case system: a folder, files or a zip",
    example="evenhand import extract/ roster.csv --as-at 2026-11-20",
    handler="evenhand.imports.cli:run",
    database=True,
    stopped="Stopped. Nothing of this import was stored; run the same command again.",
)
PICKUP = Command(
    "pickup",
    "Import what came into the folders that are watched",
    example="evenhand pickup",
    handler="evenhand.imports.arrivals.cli:run",
    database=True,
    stopped="Stopped. Run it again: what was imported is kept, and taking it twice does no harm.",
)
SYNTH = Command(
    "synth",
    "Write the extract and roster of Islehaven, a made-up authority",
    example="evenhand synth --children 500 --seed 1 --out islehaven/",
    handler="evenhand.synth.cli:run",
    stopped="Stopped. The folder is not whole: run the same command again before using it.",
)
STANDARDS = Command(
    "standards",
    "Show what was kept, late, open or not known",
    example="evenhand standards --team ASSESS1 --month 2026-10",
    handler="evenhand.standards.cli:run",
    database=True,
)
IDENTITY = Command(
    "identity",
    "Show who was asked about themselves, and who is still to be",
    example="evenhand identity --team ASSESS1",
    handler="evenhand.people.cli:run",
    database=True,
)
UPKEEP = Command(
    "upkeep",
    "Bring the day's counts up to date and seal the history",
    example="evenhand upkeep",
    handler="evenhand.config.cli:tend",
    database=True,
    stopped="Stopped. Run it again: what was finished is kept.",
)
POLICY_CHECK = Command(
    "check",
    "Check every pack, and run every standard's cases",
    example="evenhand policy check packs/islehaven",
    handler="evenhand.policy.cli:check",
)
POLICY_DIFF = Command(
    "diff",
    "Show what a change of policy would change, and whose result",
    example="evenhand policy diff --standard isle-of-wight/referral-feedback --value 10",
    handler="evenhand.standards.flips:diff",
    database=True,
)
POLICY_DOCS = Command(
    "docs",
    "Write the reference pages of standards, clauses and facts from the packs",
    example="evenhand policy docs docs/reference",
    handler="evenhand.policy.cli:docs",
)
EXPORT_SSD = Command(
    "ssd",
    "Write all that is held as an extract in the dataset's own tables",
    example="evenhand export ssd extract/",
    handler="evenhand.imports.cli:export",
    database=True,
    stopped="Stopped. Nothing was written.",
)
EXPORT_PARQUET = Command(
    "parquet",
    "Write all that is held as Parquet files for Power BI and other tools",
    example="evenhand export parquet for-power-bi/",
    handler="evenhand.publications.cli:export_parquet",
    database=True,
    stopped="Stopped. Nothing was written.",
)
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


def day(text: str) -> date:
    """Return the day that a person typed, or say how to type one."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Problem(f"'{text}' is not a day.", "Write it as 2026-11-20.") from None


def count(text: str) -> int:
    """Return the whole number above nought that a person typed, or say what is wanted."""
    if not text.isdecimal() or int(text) == 0:
        raise Problem(
            f"'{text}' is not a number of anything.", "Write a whole number above nought."
        )
    return int(text)


def _running(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--address", default=ADDRESS, help="the address to serve on (%(default)s)")
    parser.add_argument("--port", type=int, default=PORT, help="the port (%(default)s)")


def _demo(parser: argparse.ArgumentParser) -> None:
    _running(parser)
    parser.add_argument("--children", type=count, help="how many children to make up (500)")
    parser.add_argument("--seed", type=int, default=1, help="another number, another authority")
    parser.add_argument(
        "--as-at", type=day, metavar="DATE", help="the extract's last day (yesterday)"
    )
    parser.add_argument("--no-serve", action="store_true", help="stop when all is ready")


def _serve(parser: argparse.ArgumentParser) -> None:
    _running(parser)
    parser.add_argument("--threads", type=count, default=8, help="requests at once (%(default)s)")
    parser.add_argument(
        "--processes",
        type=count,
        default=1,
        help="processes that serve, for PostgreSQL (%(default)s)",
    )
    parser.add_argument(
        "--migrate", action="store_true", help="bring the database up to date first"
    )


def _import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a folder, a file or a zip")
    parser.add_argument("--as-at", type=day, metavar="DATE", help="the day the extract was made")
    parser.add_argument(
        "--source", default="", help="the system it comes from (left out: named after the format)"
    )
    parser.add_argument(
        "--accept-withdrawals",
        action="store_true",
        help="take rows that are gone for withdrawn, however many they are",
    )


def _pickup(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--wait",
        type=count,
        default=10,
        metavar="SECONDS",
        help="how long a file must stay unchanged to be whole (%(default)s)",
    )


def _synth(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--children", type=count, default=500, help="how many (%(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="another number, another authority")
    parser.add_argument(
        "--as-at",
        type=day,
        metavar="DATE",
        default=AS_AT,
        help="the extract's last day (%(default)s)",
    )
    parser.add_argument("--out", required=True, metavar="FOLDER", help="where to write")
    parser.add_argument("--clean", action="store_true", help="leave out the dirty rows")
    parser.add_argument(
        "--variant", choices=["standard", "mosaic"], default="standard", help="column spellings"
    )


def _standards(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--standard", metavar="ID", help="one standard only")
    parser.add_argument("--team", metavar="CODE", help="one team only")
    parser.add_argument("--month", metavar="YYYY-MM", help="one month only")


def _identity(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--team", metavar="CODE", help="one team only")


def _policy_check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folders", nargs="*", metavar="FOLDER", help="packs (all that are found)")
    parser.add_argument("--lock", action="store_true", help="write pack.lock for new values")


def _policy_diff(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folders", nargs="*", metavar="FOLDER", help="the old packs and the new")
    parser.add_argument("--standard", metavar="ID", help="what if this standard ...")
    parser.add_argument("--value", type=int, metavar="N", help="... had this value instead")


def _policy_docs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("out", metavar="FOLDER", help="where to write")


def _folder(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", metavar="FOLDER", help="a new folder to write to")


def _database_migrate(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(migrate=True)


def _database_web_user(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="the user, who is there already")
    parser.add_argument("--print", action="store_true", help="print the SQL and do nothing")


def _retention_reapply(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("lists", metavar="LIST", nargs="*", help="lists of disposals, kept apart")


def _history_witness(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--because", required=True, metavar="REASON", help="why, for the history")


def _backup(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a new file; with --check, one there is")
    parser.add_argument(
        "--check", action="store_true", help="bring FILE back into a place of its own and compare"
    )


def _restore(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a file of `evenhand backup`")
    parser.add_argument(
        "--replace", action="store_true", help="put it in the place of what is here already"
    )


def _users_administrator(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("username", help="with which they sign in; an existing one is helped")
    parser.add_argument("--name", default="", help="their name, where the user is new")
    parser.add_argument(
        "--site", default=f"http://{ADDRESS}:{PORT}", help="where people reach Evenhand"
    )


def _nothing_more(_: argparse.ArgumentParser) -> None:
    """Take no more than every command does."""


COMMANDS: tuple[tuple[Command, Adder], ...] = (
    (DEMO, _demo),
    (SERVE, _serve),
    (IMPORT, _import),
    (PICKUP, _pickup),
    (SYNTH, _synth),
    (STANDARDS, _standards),
    (IDENTITY, _identity),
    (UPKEEP, _nothing_more),
    (BACKUP, _backup),
    (RESTORE, _restore),
)
GROUPS: tuple[tuple[str, str, tuple[tuple[Command, Adder], ...]], ...] = (
    (
        "policy",
        "Check, compare and describe the policy packs",
        ((POLICY_CHECK, _policy_check), (POLICY_DIFF, _policy_diff), (POLICY_DOCS, _policy_docs)),
    ),
    (
        "export",
        "Take out again what is held",
        ((EXPORT_SSD, _folder), (EXPORT_PARQUET, _folder)),
    ),
    (
        "database",
        "Bring the database up to date; make a user for the web",
        ((DATABASE_MIGRATE, _database_migrate), (DATABASE_WEB_USER, _database_web_user)),
    ),
    (
        "history",
        "Verify the append-only history",
        ((HISTORY_VERIFY, _nothing_more), (HISTORY_WITNESS, _history_witness)),
    ),
    (
        "retention",
        "Dispose again after a restore; write over what was disposed of",
        ((RETENTION_REAPPLY, _retention_reapply), (RETENTION_SCRUB, _nothing_more)),
    ),
    (
        "users",
        "Make the first administrator; all others are made on the page Users",
        ((USERS_ADMINISTRATOR, _users_administrator),),
    ),
    (
        "keys",
        "Make and change the keys of sealed columns",
        (
            (KEYS_NEW, _nothing_more),
            (KEYS_STATUS, _nothing_more),
            (KEYS_ROTATE, _nothing_more),
        ),
    ),
)
