"""Addresses of lists of files: drawing them, and what becomes of their files."""

from __future__ import annotations

from django.urls import URLPattern, path

from evenhand.audits.views import sampled, samples, themed

urlpatterns: list[URLPattern] = [
    path("slot/<slug:ref>/draw/", samples.draw, name="draw"),
    path("themed/", themed.draw, name="draw-themed"),
    path("slot/<slug:ref>/pick/", sampled.pick, name="pick"),
    path("list/<slug:ref>/", samples.sample, name="sample"),
    path("list/<slug:ref>/again/", samples.again, name="sample-again"),
    path("list/<slug:ref>/publish/", samples.publish, name="publish-sample"),
    path("list/<slug:ref>/add/", sampled.add, name="add-file"),
    path("list/<slug:ref>/give/", sampled.give, name="give"),
    path("list/file/<slug:ref>/leave-out/", sampled.leave_out, name="leave-out"),
]
