"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from evenhand.monitoring.views import (
    allocation,
    baselines,
    benchmarks,
    judgements,
    outcomes,
    plan,
    provisions,
    quality,
    uses,
)

app_name = "monitoring"
urlpatterns = [
    path("", uses.uses, name="uses"),
    path("needs/", uses.needs, name="needs"),
    path("needs/<slug:way>/release/", uses.release_needs, name="release-needs"),
    path("gaps/<slug:need>/", uses.gap, name="gap"),
    path("quality/", quality.quality, name="quality"),
    path("quality/action/", quality.improve, name="improve"),
    path("children/<slug:ref>/", provisions.provisions, name="provisions"),
    path("children/<slug:ref>/<slug:key>/", provisions.provision, name="provision"),
    path("baselines/", baselines.baselines, name="baselines"),
    path("baselines/new/", baselines.freeze_now, name="freeze"),
    path("baselines/<slug:ref>/", baselines.baseline, name="baseline"),
    path("places/", allocation.resources, name="resources"),
    path("places/new/", allocation.new_resource, name="new-resource"),
    path("places/<slug:ref>/", allocation.resource, name="resource"),
    path("places/<slug:ref>/decision/", allocation.decide, name="decide"),
    path("benchmarks/", benchmarks.benchmarks, name="benchmarks"),
    path("benchmarks/new/", benchmarks.bring_in, name="bring-in"),
    path("judgements/", judgements.judgements, name="judgements"),
    path("judgements/new/", judgements.new_judgement, name="new-judgement"),
    path("judgements/<slug:ref>/", judgements.judgement, name="judgement"),
    path("judgements/<slug:ref>/action/", judgements.answer, name="answer"),
    path("judgements/<slug:ref>/error/", judgements.take_back, name="take-back-judgement"),
    path("plan/", plan.plan, name="plan"),
    path("plan/<slug:dataset>/", plan.dataset, name="dataset"),
    path("plan/<slug:dataset>/look/", plan.look, name="look"),
    path("strategy/", outcomes.strategy, name="strategy"),
]
