"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from evenhand.records.views import bundles, complaints, requests

app_name = "records"
urlpatterns = [
    path("", requests.listed, name="requests"),
    path("find/", requests.find, name="find"),
    path("new/<slug:ref>/", requests.new, name="new"),
    path("complaints/", complaints.listed, name="complaints"),
    path("complaints/new/", complaints.new, name="new-complaint"),
    path("complaints/<slug:ref>/", complaints.one, name="complaint"),
    path("complaints/<slug:ref>/<slug:slug>/", complaints.step, name="complaint-step"),
    path("<slug:ref>/", requests.one, name="request"),
    path("<slug:ref>/steps/<slug:slug>/", requests.step, name="step"),
    path("<slug:ref>/gather/", bundles.gather, name="gather"),
    path("<slug:ref>/marks/", bundles.marks, name="marks"),
    path("<slug:ref>/marks/words/", bundles.words, name="words"),
    path("<slug:ref>/read/", bundles.read, name="read"),
    path("<slug:ref>/release/", bundles.release, name="release"),
    path("<slug:ref>/files/<slug:kind>/", bundles.file, name="file"),
]
