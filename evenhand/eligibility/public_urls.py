"""The page of the tiers, which anybody may open, without signing in."""

from __future__ import annotations

from django.urls import path

from evenhand.eligibility import views

app_name = "tiers"
urlpatterns = [path("", views.public_tiers, name="tiers")]
