"""Addresses of this room that anybody may open, signed in or not."""

from __future__ import annotations

from django.urls import path

from evenhand.performance.views import quarters

app_name = "our_standards"
urlpatterns = [
    path("", quarters.standards, name="standards"),
    path("<slug:quarter>/", quarters.our_quarter, name="quarter"),
]
