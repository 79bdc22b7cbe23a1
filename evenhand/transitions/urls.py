"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from evenhand.transitions import views

app_name = "transitions"
urlpatterns = [path("", views.leaving_care, name="leaving-care")]
