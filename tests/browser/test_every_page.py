"""One page of each kind that links lead to, as each role: full of data, and with none at all."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import environment_of, served_copy
from tests.browser.parts import Looked
from tests.browser.roles import ROLES
from tests.browser.walking import DESKTOP, walk
from tools import browser as browser_tools

Check = Callable[[Page], None]
SignIn = Callable[[Page, str], None]
pytestmark = pytest.mark.parametrize("width", [DESKTOP])

EVERYBODY = {"pages:home", "pages:law", "pages:clauses", "pages:clause", "people:completeness",
             "standards:overview", "standards:standard", "standards:indicators",
             "standards:data", "equality:concerns", "work:tasks", "promises:mine",
             "promises:reminders",
             "equality:record", "accounts:account", "accounts:change-password",
             "accounts:set-up-second-step", "audits:findings", "audits:recommendations",
             "audits:reviews", "audits:mine", "audits:tools", "audits:tool",
             "audits:print-tool"}  # fmt: skip
OF_FOUND = {"audits:copies"}
OF_SENIOR = {"audits:dashboard"}
OF_CHILDREN = {"audits:of-child", "pages:gaps", "pages:gaps-to-print",
               "pages:front-sheet",
               "people:children", "eligibility:queue", "eligibility:resource-team",
               "people:worklist", "pages:child",
               "people:identity",
               "recording:start", "recording:of-child", "recording:register",
               "standards:children", "leaving_care:list", "people:own-family",
               "feedback:register", "feedback:new", "feedback:child", "feedback:new-of-child",
               "case_files:case-file", "case_files:chronology", "case_files:seen-alone",
               "transitions:register", "transitions:board", "transitions:meetings",
               "feedback:barrier-of-child", "transitions:requests"}  # fmt: skip
OF_RECORDERS = {"promises:one", "promises:step", "people:ask", "people:objection",
                "casework:record", "people:lend",
                "feedback:discrimination", "monitoring:provisions", "recording:new",
                "recording:new-of-child", "recording:new-about", "recording:paste"}  # fmt: skip
OF_WRITTEN = {"recording:one", "recording:change", "recording:in-error"}
OF_MOVING_ON = {"transitions:shares", "transitions:new-meeting"}
OF_HEARING = {"feedback:item"}
OF_DECISIONS = {"eligibility:advice", "eligibility:decide", "eligibility:decision",
                "eligibility:change", "eligibility:challenge", "eligibility:in-error",
                "eligibility:write"}  # fmt: skip
OF_MET = {"feedback:met"}
OF_TOLD = {"feedback:quarter", "feedback:barriers", "feedback:barrier"}
OF_MERGERS = {"people:twice", "people:restrict", "people:lent-list"}
OF_CAMPAIGNS = {"people:campaigns", "people:start-campaign"}
OF_REPORTS = {"equality:report", "equality:duty", "standards:what-if", "publications:reports",
              "publications:make"}  # fmt: skip
OF_FARES = {"equality:fares", "equality:clocks", "equality:clock", "equality:step",
            "equality:releases", "equality:services", "equality:closer-step",
            "equality:closer-clock", "monitoring:uses", "monitoring:needs",
            "monitoring:gap", "monitoring:quality", "equality:volunteered"}  # fmt: skip
OF_PLANS = {"monitoring:baselines", "monitoring:resources", "monitoring:benchmarks",
            "monitoring:judgements", "monitoring:new-judgement", "monitoring:judgement",
            "monitoring:answer", "monitoring:take-back-judgement", "monitoring:plan",
            "monitoring:dataset", "monitoring:strategy"}  # fmt: skip
OF_PLANNERS = {"monitoring:freeze", "monitoring:new-resource", "monitoring:bring-in",
               "monitoring:look"}  # fmt: skip
OF_CASES = {"equality:cases-step", "equality:cases-clock"}
OF_LOOKS = {"pages:seen"}
OF_CHANGES = {"pages:changes"}
OF_RELEASES = {"equality:release-step", "equality:release-clock", "monitoring:release-needs"}
OF_IMPORTS = {"imports:batches", "imports:batch", "imports:quarantine", "imports:finding",
              "imports:upload", "imports:differences", "imports:ranks", "imports:reports",
              "imports:new-report", "imports:folders", "imports:new-folder"}  # fmt: skip
OF_ANYBODY = {"pages:home", "pages:law", "work:tasks", "promises:mine", "promises:reminders",
              "pages:clauses", "pages:clause", "equality:concerns",
              "equality:record", "accounts:account", "accounts:change-password",
              "accounts:set-up-second-step", "audits:tools", "audits:tool",
              "audits:print-tool"}  # fmt: skip
OF_USERS = {"accounts:users", "accounts:new-user", "accounts:sign-ins", "accounts:user"}
OF_FILING = {"pages:rights", "retention:unfiled", "retention:filing", "retention:corrections",
             "retention:ask-correction"}  # fmt: skip
OF_RETENTION = {"retention:overview", "retention:schedule", "retention:not-told"}
OF_KEEPING = {"retention:child"}
OF_DISPOSAL = {"retention:holds", "retention:hold-all", "retention:deleted",
               "retention:certificates"}  # fmt: skip
OF_DECIDING = {"retention:hold", "retention:decide"}
OF_REQUESTS = {"records:requests", "records:find", "records:request", "records:new-complaint"}
OF_ANSWERING = {"records:step", "records:gather", "records:marks", "records:words", "records:read"}
OF_COMPLAINTS = {"records:complaints", "records:new-complaint", "records:complaint",
                 "records:complaint-step"}  # fmt: skip
OF_THE_PUBLIC = {"your_records:how", "your_records:form", "tiers:tiers"}
OF_SOURCES = {"pages:rights", "retention:at-source"}
OF_BETTER = {"workforce:supervision", "workforce:mine", "workforce:needs",
             "performance:start", "performance:mine", "performance:new-personal",
             "performance:objectives", "performance:teams", "performance:measures",
             "performance:measure", "performance:findings", "performance:finding",
             "performance:practices", "performance:practice", "performance:gaps",
             "performance:priorities", "our_standards:standards"}  # fmt: skip
OF_OWN_WORK = {"performance:personal", "performance:result"}
OF_LINES = {"performance:people", "performance:person", "workforce:worker", "workforce:record",
            "workforce:away", "workforce:post", "workforce:plan", "workforce:held",
            "workforce:in-error"}  # fmt: skip
OF_INSPECTIONS = {"pages:inspection", "pages:inspection-to-print"}
OF_MEASURES = {"performance:new-measure", "performance:change-measure", "performance:tell",
               "performance:new-practice", "performance:share"}  # fmt: skip
OF_LEADING = {"performance:new-objective", "performance:new-finding", "performance:answer",
              "performance:close", "performance:quarters", "performance:propose"}  # fmt: skip
OF_AUDITS = {"audits:programme", "audits:types", "audits:process", "audits:slot", "audits:scores"}
OF_AUDIT_REPORTS = {"audits:reports", "audits:report"}
OF_MODERATION = {"audits:moderation"}
OF_MODERATING = {"audits:draw-second", "audits:new-session"}
OF_CLOSING_THE_LOOP = {"audits:improving"}
OF_DRAFTS = {"audits:draw-up-report", "audits:edit-report", "audits:quotations", "audits:recommend",
             "audits:publish-report"}  # fmt: skip
OF_PROGRAMME = {"audits:line", "audits:add", "audits:plan-slot", "audits:move-slot",
                "audits:close-slot"}  # fmt: skip
OF_THEMES = {"audits:draw-themed"}
REACHED = {
    "social-worker": EVERYBODY
    | OF_AUDITS
    | OF_BETTER
    | OF_OWN_WORK
    | OF_REQUESTS
    | {"records:new"}
    | OF_DECISIONS
    | OF_FILING
    | OF_CHILDREN
    | OF_RECORDERS
    | OF_WRITTEN
    | OF_HEARING
    | OF_CHANGES,
    "team-manager": EVERYBODY
    | OF_FOUND
    | OF_AUDITS
    | OF_MODERATION
    | OF_AUDIT_REPORTS
    | OF_DECISIONS
    | {"eligibility:report", "eligibility:resource-team-report"}
    | OF_BETTER
    | OF_LINES
    | OF_MEASURES
    | {"promises:not-kept"}
    | OF_MOVING_ON
    | OF_TOLD
    | OF_FILING
    | OF_RETENTION
    | OF_KEEPING
    | OF_CHILDREN
    | OF_MERGERS
    | OF_RECORDERS
    | OF_WRITTEN
    | OF_HEARING
    | OF_MET
    | OF_CAMPAIGNS
    | OF_LOOKS
    | OF_CHANGES,
    "service-manager": EVERYBODY
    | OF_INSPECTIONS
    | OF_FOUND
    | OF_SENIOR
    | OF_AUDITS
    | OF_MODERATION
    | OF_CLOSING_THE_LOOP
    | OF_AUDIT_REPORTS
    | {"audits:digest"}
    | OF_BETTER
    | OF_LINES
    | OF_MEASURES
    | {"promises:not-kept"}
    | OF_MOVING_ON
    | OF_TOLD
    | OF_FILING
    | OF_RETENTION
    | OF_KEEPING
    | OF_CHILDREN
    | OF_MERGERS
    | OF_RECORDERS
    | OF_WRITTEN
    | OF_HEARING
    | OF_MET
    | OF_CAMPAIGNS
    | OF_FARES
    | OF_CASES
    | OF_LOOKS
    | OF_CHANGES,
    "reviewing-officer": EVERYBODY
    | OF_AUDITS
    | OF_MODERATION
    | {"audits:reports"}
    | OF_BETTER
    | OF_FILING
    | OF_CHILDREN
    | OF_RECORDERS
    | OF_LOOKS
    | OF_CHANGES,
    "quality-assurance": EVERYBODY
    | {"audits:given", "audits:agencies", "audits:take-up"}
    | OF_INSPECTIONS
    | OF_FOUND
    | OF_SENIOR
    | OF_AUDITS
    | OF_MODERATION
    | OF_MODERATING
    | OF_CLOSING_THE_LOOP
    | OF_REPORTS
    | OF_DRAFTS
    | {"audits:digest"}
    | OF_PROGRAMME
    | OF_THEMES
    | OF_BETTER
    | OF_MEASURES
    | OF_LEADING
    | {"promises:not-kept"}
    | OF_TOLD
    | OF_CHILDREN
    | OF_AUDIT_REPORTS
    | OF_FARES
    | OF_PLANS
    | OF_CHANGES,
    "equality-lead": EVERYBODY
    | OF_AUDITS
    | {"audits:reports"}
    | OF_BETTER
    | {"work:task", "work:step"}
    | OF_TOLD
    | OF_CAMPAIGNS
    | OF_REPORTS
    | OF_FARES
    | OF_PLANS
    | OF_PLANNERS
    | OF_RELEASES,
    "data-officer": EVERYBODY | OF_AUDITS | OF_MODERATION | OF_SOURCES | OF_IMPORTS,
    "director": EVERYBODY
    | OF_THEMES
    | OF_INSPECTIONS
    | OF_FOUND
    | OF_SENIOR
    | OF_AUDITS
    | OF_MODERATION
    | OF_CLOSING_THE_LOOP
    | OF_REPORTS
    | {"audits:digest"}
    | {"leaving_care:one"}
    | OF_BETTER
    | OF_MEASURES
    | OF_LEADING
    | {"promises:not-kept"}
    | OF_TOLD
    | OF_REQUESTS
    | {"records:release"}
    | OF_FILING
    | OF_RETENTION
    | OF_KEEPING
    | OF_DISPOSAL
    | OF_DECIDING
    | OF_CHILDREN
    | OF_MERGERS
    | OF_CAMPAIGNS
    | OF_AUDIT_REPORTS
    | OF_FARES
    | OF_CASES
    | OF_PLANS
    | OF_PLANNERS
    | OF_RELEASES
    | OF_LOOKS
    | OF_CHANGES,
    "administrator": OF_ANYBODY | OF_USERS,
    "data-protection-officer": OF_ANYBODY
    | OF_REQUESTS
    | OF_ANSWERING
    | OF_COMPLAINTS
    | OF_THE_PUBLIC
    | {"records:release"}
    | OF_RETENTION
    | OF_DISPOSAL
    | OF_SOURCES
    | {"pages:looks", "people:lent-list"},
    "complaints-officer": OF_ANYBODY | OF_COMPLAINTS | OF_THE_PUBLIC,
    "partner-auditor": OF_ANYBODY | {"audits:mine"},
}


@pytest.fixture(scope="session")
def looked(run_folder: Path) -> Looked:
    """Return what all processes of the run have looked at in a browser."""
    return Looked(run_folder / "looked")


@pytest.fixture(scope="session")
def site(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a demonstration in which no story of another module was played."""
    with served_copy(demonstration, tmp_path_factory.mktemp("walked")) as address:
        yield address


@pytest.mark.parametrize("role", ROLES)
def test_each_kind_of_page_with_data_in_it(
    page: Page, role: str, sign_in: SignIn, axe: Check, looked: Looked
) -> None:
    """Links lead to every page that the role needs, and each can be used by everyone."""
    sign_in(page, role)
    found = list(walk(page, axe, looked, each_kind=True))
    assert not (faults := [fault for each in found for fault in each.faults]), "\n".join(faults)
    assert REACHED[role] - {each.kind for each in found} == set()


@pytest.fixture(scope="session")
def empty_site(tmp_path_factory: pytest.TempPathFactory, empty_databases: Path) -> Iterator[str]:
    """Return the address of Evenhand with a person of each role, and nothing else."""
    data = shutil.copytree(empty_databases, tmp_path_factory.mktemp("empty") / "data")
    environment = environment_of(data) | {"EVENHAND_SECOND_STEP": "optional"}
    script = Path(__file__).with_name("nobody.py")
    subprocess.run([sys.executable, str(script)], env=environment, check=True)
    with browser_tools.served(environment) as address:
        yield address


@pytest.mark.parametrize("role", ROLES)
def test_each_kind_of_page_before_anything_came(
    open_page: Callable[[str], Page],
    empty_site: str,
    role: str,
    sign_in: SignIn,
    axe: Check,
    looked: Looked,
) -> None:
    """Each page stands, says that nothing was imported yet, and promises nothing it cannot know."""
    page = open_page(empty_site)
    sign_in(page, role)
    for found in walk(page, axe, looked, each_kind=False):
        assert not found.faults, "\n".join(found.faults)
        assert "othing has been imported yet" in found.words, found.kind
        assert "100%" not in found.words, found.kind
