"""The commands of every day: the demonstration, serving, bringing data in, reading counts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from evenhand.commands.command import ADDRESS, PORT, Command, count, day

if TYPE_CHECKING:
    import argparse


AS_AT = date(2026, 11, 20)  # of an extract that is to be the same whenever it is written


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
PLACES = Command(
    "places",
    "Take in a lookup of postcodes: deprivation, rural or urban, locality",
    example="evenhand places lookup.csv",
    handler="evenhand.people.cli:places",
    database=True,
)
ANALYSE = Command(
    "analyse",
    "Compare groups over the Parquet exports of a region or of England",
    example="evenhand analyse exports/ --out who-fares-worse/",
    handler="evenhand.regional.cli:run",
    stopped="Stopped. Nothing was written.",
)
UPKEEP = Command(
    "upkeep",
    "Bring the day's counts up to date and seal the history",
    example="evenhand upkeep",
    handler="evenhand.config.cli:tend",
    database=True,
    stopped="Stopped. Run it again: what was finished is kept.",
)


def running(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--address", default=ADDRESS, help="the address to serve on (%(default)s)")
    parser.add_argument("--port", type=int, default=PORT, help="the port (%(default)s)")


def demo(parser: argparse.ArgumentParser) -> None:
    running(parser)
    parser.add_argument("--children", type=count, help="how many children to make up (500)")
    parser.add_argument("--seed", type=int, default=1, help="another number, another authority")
    parser.add_argument(
        "--as-at", type=day, metavar="DATE", help="the extract's last day (yesterday)"
    )
    parser.add_argument("--no-serve", action="store_true", help="stop when all is ready")


def serve(parser: argparse.ArgumentParser) -> None:
    running(parser)
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


def bring_in(parser: argparse.ArgumentParser) -> None:
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


def pickup(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--wait",
        type=count,
        default=10,
        metavar="SECONDS",
        help="how long a file must stay unchanged to be whole (%(default)s)",
    )


def synth(parser: argparse.ArgumentParser) -> None:
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


def standards(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--standard", metavar="ID", help="one standard only")
    parser.add_argument("--team", metavar="CODE", help="one team only")
    parser.add_argument("--month", metavar="YYYY-MM", help="one month only")


def identity(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--team", metavar="CODE", help="one team only")


def places(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", metavar="PATH", help="the lookup, as CSV or in a zip file")
    parser.add_argument(
        "--indices", default="", metavar="YEAR", help="whose ranks it holds (the newest in force)"
    )


def analyse(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", metavar="PATH", help="an export, or a folder of one for each")
    parser.add_argument("--out", required=True, metavar="FOLDER", help="a new folder to write to")
    parser.add_argument(
        "--engine",
        choices=["columns", "spark"],
        default="columns",
        help="what counts (%(default)s)",
    )
    parser.add_argument("--pack", default="", help="whose definitions to use (EVENHAND_PACK)")
    parser.add_argument(
        "--memory", type=count, default=1024, metavar="MIB", help="at most so much (%(default)s)"
    )
    parser.add_argument(
        "--master", default="local[*]", help="the cluster that Spark runs on (%(default)s)"
    )
