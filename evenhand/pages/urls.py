"""Addresses of what crosses rooms."""

from __future__ import annotations

from django.urls import path

from evenhand.pages import views

app_name = "pages"
urlpatterns = [
    path("", views.home, name="home"),
    path("children/<slug:ref>/", views.child, name="child"),
    path("policy/", views.clauses, name="clauses"),
    path("policy/<str:clause_id>/", views.clause, name="clause"),
]
