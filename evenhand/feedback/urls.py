"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from evenhand.feedback.views import barriers, children, error, quarter, register, surveys

app_name = "feedback"
urlpatterns = [
    path("", register.register, name="register"),
    path("new/", register.new, name="new"),
    path("quarter/", quarter.quarter, name="quarter"),
    path("item/<slug:ref>/", register.item, name="item"),
    path("item/<slug:ref>/barrier/", barriers.of_item, name="barrier-of-item"),
    path("barriers/", barriers.barriers, name="barriers"),
    path("barriers/<slug:ref>/", barriers.barrier, name="barrier"),
    path("told/<slug:ref>/", barriers.met, name="met"),
    path("child/<slug:ref>/", children.child, name="child"),
    path("child/<slug:ref>/new/", children.new, name="new-of-child"),
    path("child/<slug:ref>/barrier/", children.barrier, name="barrier-of-child"),
    path("child/<slug:ref>/discrimination/", children.discrimination, name="discrimination"),
    path("error/<slug:kind>/<slug:ref>/", error.in_error, name="in-error"),
    path("surveys/", surveys.surveys, name="surveys"),
    path("surveys/new/", surveys.new_survey, name="new-survey"),
    path("surveys/<slug:ref>/", surveys.survey, name="survey"),
    path("answer/<slug:token>/", surveys.answer, name="answer-survey"),
]
