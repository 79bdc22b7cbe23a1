"""An audits.yaml is checked before a year is drawn up: a fault says where, and what to do."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

import pytest

from evenhand.policy import audit_programme, cli, documents, shipped
from evenhand.policy.audit_programme import Known
from evenhand.policy.documents import Faults

KNOWN = Known(
    standards={"our/monthly", "our/list-ready"}, counted={"our/monthly"},
    roles={"team_manager", "quality_assurance"}, forms={"audit-file"}, tasks={"audit-copy"},
)  # fmt: skip
WELL = """
types:
  - {id: file, short: TM, title: File audit, tier: 1, owner: team_manager, frequency: Monthly,
     tool: audit-file}
lines:
  - {id: files, type: file, standard: our/monthly, for: team, owner: team_manager,
     population: children, list: our/list-ready}
panel: [{id: manager, label: Manager}]
findings: [{id: poor, label: Poor practice, task: audit-copy}]
scale: [{id: good, label: Good, points: 3}]
recipients: [{id: leaders, label: Leaders, role: quality_assurance}]
reports: [{id: half-year, title: Half a year, types: [file], needs: [leaders]}]
limits: [{id: files, from: 2005-04-01, value: 6, unit: files}]
"""


def faults_of(folder: Path, text: str) -> list[str]:
    path = folder / "audits.yaml"
    path.write_text(text, "utf-8")
    faults = Faults()
    node = documents.read(path, faults, "audits.yaml")
    assert node is not None
    audit_programme.check(node, KNOWN, faults)
    return [str(error) for error in faults.errors]


def test_a_whole_programme_has_no_fault(tmp_path: Path) -> None:
    assert faults_of(tmp_path, WELL) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("standard: our/monthly", "standard: our/montly", "line 6: standard"),
        ("standard: our/monthly", "standard: our/list-ready", "does not say how many"),
        ("standard: our/monthly, ", "", "an entry of lines has none"),
        ("type: file,", "type: fil,", 'no type of audit is called "fil"'),
        ("owner: team_manager,\n     pop", "owner: team_manger,\n     pop", "team_manager"),
        ("tool: audit-file", "tool: audit-fil", 'no form is called "audit-fil"'),
        ("for: team,", "for: teams,", '"teams" is not known'),
        ("population: children", "population: child", '"child" is not known'),
        ("task: audit-copy", "task: audit-coppy", 'no kind of task is called "audit-coppy"'),
        ("needs: [leaders]", "needs: [leader]", "group of recipients"),
        ("from: 2005-04-01", "from: 2005-13-01", "is not a date"),
        ("points: 3", "points: three", "is not a whole number"),
        ("tier: 1", "tier: first", "line 3: tier"),
        ("lines:", "line:", "it has none"),
    ],
)
def test_a_fault_names_its_line_and_what_to_do(
    old: str, new: str, said: str, tmp_path: Path
) -> None:
    assert old in WELL
    found = faults_of(tmp_path, WELL.replace(old, new, 1))
    assert [one for one in found if said in one and one.startswith("audits.yaml, line ")]


def test_an_id_stands_once(tmp_path: Path) -> None:
    twice = WELL.replace("panel: [", "panel: [{id: manager, label: Another}, ")
    assert "stands twice" in faults_of(tmp_path, twice)[0]


def test_policy_check_says_so_and_of_a_month_that_is_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ours = tmp_path / "ours"
    (ours / "standards").mkdir(parents=True)
    (ours / "pack.yaml").write_text(
        "{id: ours, title: Ours, source: Us, licence: none, adopts: [england]}", "utf-8"
    )
    text = (shipped() / "isle-of-wight" / "audits.yaml").read_text("utf-8")
    (ours / "audits.yaml").write_text(text, "utf-8")
    (ours / "standards" / "audits.yaml").write_text(
        "- {id: seniors, title: Seniors, subject: authority, per_period: {counted:"
        " authority.senior_audits, period: [Marc]}, at_least: [{from: 2005-04-01, value: 1,"
        " basis: default}]}", "utf-8",
    )  # fmt: skip
    asked = argparse.Namespace(folders=[str(ours)], json=False, lock=False)
    assert cli.check(asked, today=date(2026, 1, 5)) == 1
    said = capsys.readouterr().err
    assert 'no standard is called "isle-of-wight/senior-audits"' in said
    assert 'no form is called "audit-threshold"' in said
    assert "Marc" in said
