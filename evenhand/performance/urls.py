"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from evenhand.performance.views import gaps, improvement, own, quarters, registers

app_name = "performance"
urlpatterns = [
    path("", registers.start, name="start"),
    path("mine/", own.mine, name="mine"),
    path("mine/objectives/new/", own.new_personal, name="new-personal"),
    path("people/", own.my_people, name="people"),
    path("people/<slug:ref>/", own.person, name="person"),
    path("personal/<slug:ref>/", own.personal, name="personal"),
    path("results/new/", own.tell, name="tell"),
    path("results/<slug:ref>/", own.result, name="result"),
    path("objectives/", registers.objectives, name="objectives"),
    path("objectives/new/", registers.new_objective, name="new-objective"),
    path("measures/", registers.measures, name="measures"),
    path("measures/teams/", registers.teams, name="teams"),
    path("measures/new/", registers.new_measure, name="new-measure"),
    path("measures/<slug:ref>/", registers.measure, name="measure"),
    path("measures/<slug:ref>/change/", registers.change_measure, name="change-measure"),
    path("measures/<slug:ref>/publish/", registers.publish_measure, name="publish-measure"),
    path("findings/", improvement.findings, name="findings"),
    path("findings/new/", improvement.new_finding, name="new-finding"),
    path("findings/<slug:ref>/", improvement.finding, name="finding"),
    path("findings/<slug:ref>/action/", improvement.answer, name="answer"),
    path("findings/<slug:ref>/close/", improvement.close, name="close"),
    path("practice/", improvement.practices, name="practices"),
    path("practice/new/", improvement.new_practice, name="new-practice"),
    path("practice/<slug:ref>/", improvement.practice, name="practice"),
    path("practice/<slug:ref>/share/", improvement.share, name="share"),
    path("practice/<slug:ref>/read/", improvement.read, name="read"),
    path("quarters/", quarters.quarters, name="quarters"),
    path("quarters/new/", quarters.propose, name="propose"),
    path("quarters/<slug:ref>/", quarters.quarter, name="quarter"),
    path("quarters/<slug:ref>/let-out/", quarters.let_out, name="let-out"),
    path("quarters/<slug:ref>/withdraw/", quarters.withdraw, name="withdraw"),
    path("gaps/", gaps.of_service, name="gaps"),
    path("first/", gaps.priorities, name="priorities"),
]
