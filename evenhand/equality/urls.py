"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from evenhand.equality.views import (
    cases,
    closer,
    concerns,
    fares,
    findings,
    releases,
    services,
    volunteered,
)

app_name = "equality"
urlpatterns = [
    path("concerns/", concerns.concerns, name="concerns"),
    path("concerns/new/", concerns.record, name="record"),
    path("concerns/report/", concerns.report, name="report"),
    path("concerns/duty/", concerns.duty, name="duty"),
    path("concerns/<slug:ref>/", concerns.concern, name="concern"),
    path("fares/", fares.fares, name="fares"),
    path("fares/clocks/", fares.clocks, name="clocks"),
    path("fares/clocks/<slug:pack>/<slug:slug>/", fares.clock, name="clock"),
    path("fares/steps/<slug:step>/", fares.step, name="step"),
    path("fares/steps/<slug:step>/cases/", cases.cases_step, name="cases-step"),
    path("fares/clocks/<slug:pack>/<slug:slug>/cases/", cases.cases_clock, name="cases-clock"),
    path("fares/steps/<slug:step>/closer/", closer.closer_step, name="closer-step"),
    path("fares/clocks/<slug:pack>/<slug:slug>/closer/", closer.closer_clock, name="closer-clock"),
    path("fares/services/", services.services, name="services"),
    path("fares/volunteered/", volunteered.volunteered, name="volunteered"),
    path("fares/steps/<slug:step>/look-into/", findings.look_into_step, name="look-into-step"),
    path(
        "fares/clocks/<slug:pack>/<slug:slug>/look-into/",
        findings.look_into_clock,
        name="look-into-clock",
    ),
    path(
        "fares/clocks/<slug:pack>/<slug:slug>/release/",
        releases.release_clock,
        name="release-clock",
    ),
    path("fares/steps/<slug:step>/release/", releases.release_step, name="release-step"),
    path("fares/releases/", releases.releases, name="releases"),
    path("fares/releases/<slug:ref>/", releases.release, name="release"),
    path("fares/releases/<slug:ref>/decide/", releases.decide, name="decide-release"),
    path("fares/releases/<slug:ref>/withdraw/", releases.withdraw_release, name="withdraw-release"),
]
