"""The commands of policy packs, and those that take data out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evenhand.commands.command import Command

if TYPE_CHECKING:
    import argparse


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


def policy_check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folders", nargs="*", metavar="FOLDER", help="packs (all that are found)")
    parser.add_argument("--lock", action="store_true", help="write pack.lock for new values")


def policy_diff(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folders", nargs="*", metavar="FOLDER", help="the old packs and the new")
    parser.add_argument("--standard", metavar="ID", help="what if this standard ...")
    parser.add_argument("--value", type=int, metavar="N", help="... had this value instead")


def policy_docs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("out", metavar="FOLDER", help="where to write")


def folder(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", metavar="FOLDER", help="a new folder to write to")
