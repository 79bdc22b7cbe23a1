"""Every file that leaves is known, and figures by group leave through the register alone."""

from __future__ import annotations

import ast
from pathlib import Path

import evenhand

ROOT = Path(evenhand.__file__).parent
ATTACHED = {
    "audits/views/programme.py": "the year's audits: what is due and done, of no child",
    "audits/views/reports.py": "a report: counts of audits, and of children none that is small",
    "audits/views/samples.py": "a list of files to audit, for who may open each of them",
    "audits/views/results.py": "scores of audits, by team: no group of children is told apart",
    "eligibility/views.py": "one letter of reasons, to one child's family",
    "equality/exports/__init__.py": "a release of the register",
    "pages/inspection/views.py": "the lists of Annex A, for whoever may see every child",
    "publications/views.py": "the director's report, whose figures by group are releases",
    "pages/remembering.py": "who has seen one record, for that child's family",
    "records/views/bundles.py": "one child's own record",
    "retention/views/disposal.py": "the certificate that records were disposed of",
    "retention/views/filing.py": "what is to be filed of one child",
    "transitions/views/meetings.py": "the young people whom a monitoring meeting goes through",
    "standards/exports.py": "promises kept, of everybody: no group is told apart",
}
ALLOWED = {"standing_for"}


def test_every_file_that_leaves_is_known_and_what_it_holds() -> None:
    found = {
        path.relative_to(ROOT).as_posix()
        for path in ROOT.rglob("*.py")
        if '"Content-Disposition"] =' in path.read_text()
    }
    assert found == set(ATTACHED), "Say what it holds; figures by group go through a release."


def test_the_directors_report_reads_nothing_by_group_but_the_register() -> None:
    for path in (ROOT / "publications").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(
                "evenhand.equality.queries"
            ):
                assert {name.name for name in node.names} <= ALLOWED, path
