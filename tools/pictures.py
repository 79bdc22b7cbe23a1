"""``make pictures``: photograph the main pages, as each role, at both widths, into docs/pictures.

Serves the demonstration (made first if it is not there) on a free port and drives Chromium over
PAGES. A picture is named NAME-WIDTH.png.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, sync_playwright

from tools.browser import demonstration, launch_options, sign_in

OUT = Path("docs") / "pictures"
WIDTHS = (1280, 390)
TALLEST = 1600  # of a longer page its beginning is shown


class Picture(NamedTuple):
    """One page: its picture's name, the role that looks, its address, and a link to follow."""

    name: str
    role: str
    address: str
    follow: str = ""


FIRST = "main table a[href^='/children/']"
RECORDS = "main table a[href^='/records/']"
MEASURE = "/equality/fares/clocks/england/single-assessment/"
CLOSER = f"{MEASURE}closer/?by=ethnicity"
PAGES = (
    Picture("sign-in", "", "/sign-in/"),
    Picture("social-worker-home", "social-worker", "/"),
    Picture("team-manager-home", "team-manager", "/"),
    Picture("reviewing-officer-home", "reviewing-officer", "/"),
    Picture("data-officer-home", "data-officer", "/"),
    Picture("director-home", "director", "/"),
    Picture("equality-lead-home", "equality-lead", "/"),
    Picture("quality-assurance-home", "quality-assurance", "/"),
    Picture("service-manager-home", "service-manager", "/"),
    Picture("data-protection-officer-home", "data-protection-officer", "/"),
    Picture("request-for-records", "data-protection-officer", "/records/", RECORDS),
    Picture("retention-schedule", "data-protection-officer", "/retention/schedule/"),
    Picture("looks-worth-a-question", "data-protection-officer", "/looks/"),
    Picture("see-your-records", "", "/your-records/"),
    Picture("users", "administrator", "/users/"),
    Picture("children", "team-manager", "/children/"),
    Picture("child", "reviewing-officer", "/children/", FIRST),
    Picture("who-to-ask", "team-manager", "/children/identity/"),
    Picture("about-me", "social-worker", "/children/identity/", FIRST),
    Picture("completeness", "director", "/children/identity/completeness/"),
    Picture("standards", "director", "/standards/"),
    Picture("standard", "director", "/standards/england/looked-after-review/"),
    Picture(
        "what-if", "director", "/standards/england/looked-after-review/what-if/?stage=1&value=10"
    ),
    Picture("who-fares-worse", "equality-lead", "/equality/fares/"),
    Picture("every-clock-by-group", "director", "/equality/fares/clocks/"),
    Picture("one-measure-by-group", "director", MEASURE),
    Picture("a-closer-look", "director", CLOSER),
    Picture("services-side-by-side", "equality-lead", "/equality/fares/services/"),
    Picture("figures-proposed", "director", f"{MEASURE}release/?by=ethnicity"),
    Picture("uses-of-monitoring", "director", "/monitoring/"),
    Picture("monitoring-plan", "equality-lead", "/monitoring/plan/"),
    Picture("tasks", "equality-lead", "/tasks/"),
    Picture("what-we-were-told", "director", "/feedback/quarter/"),
    Picture("my-work", "social-worker", "/my-work/"),
    Picture("team-managers-work", "team-manager", "/my-work/"),
    Picture("write-something-down", "social-worker", "/recorded/"),
    Picture("referrals-by-tier", "team-manager", "/eligibility/"),
    Picture("leaving-care", "director", "/leaving-care/"),
    Picture("standards-for-everybody", "", "/our-standards/"),
    Picture("audits-of-the-year", "quality-assurance", "/audits/"),
    Picture("what-i-audit", "team-manager", "/audits/mine/"),
    Picture(
        "one-audit", "quality-assurance", "/audits/given/", "main table a[href^='/audits/audit/']"
    ),
    Picture("a-tool", "social-worker", "/audits/tools/audit-file/"),
    Picture("what-audits-found", "quality-assurance", "/audits/findings/"),
    Picture("dashboard-of-audits", "director", "/audits/dashboard/"),
    Picture("do-auditors-agree", "quality-assurance", "/audits/moderation/"),
    Picture(
        "report-of-audits",
        "quality-assurance",
        "/audits/reports/",
        "main table a[href^='/audits/reports/']",
    ),
    Picture("supervision", "team-manager", "/supervision/"),
    Picture("inspection-week", "director", "/inspection-week/"),
    Picture("directors-report", "director", "/reports/new/"),
    Picture("policy", "director", "/policy/"),
    Picture("imports", "data-officer", "/imports/"),
    Picture("quarantine", "data-officer", "/imports/quarantine/"),
    Picture("sources-that-differ", "data-officer", "/imports/differences/"),
)


def photograph(browser: Browser, site: str, picture: Picture, width: int) -> Path:
    """Take one picture of the page from its top and return its file."""
    viewport = {"width": width, "height": 900}
    context = browser.new_context(base_url=site, viewport=viewport, locale="en-GB")
    page = context.new_page()
    if picture.role:
        sign_in(page, picture.role)
    answer = page.goto(picture.address)
    if answer is None or not answer.ok:
        raise SystemExit(f"{picture.address} did not answer {picture.role or 'anybody'}.")
    if picture.follow:
        page.click(picture.follow)
        page.wait_for_load_state()
    file = OUT / f"{picture.name}-{width}.png"
    tall = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
    shown = {"x": 0, "y": 0, "width": width, "height": tall}
    page.screenshot(path=file, full_page=True, clip=shown, animations="disabled")
    context.close()
    return file


def main(names: list[str]) -> int:
    """Photograph all PAGES, or those of ``names``."""
    OUT.mkdir(parents=True, exist_ok=True)
    chosen = [picture for picture in PAGES if not names or picture.name in names]
    with demonstration(os.environ) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        for picture in chosen:
            for width in WIDTHS:
                print(photograph(browser, site, picture, width))
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
