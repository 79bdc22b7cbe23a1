"""Addresses of what crosses rooms."""

from __future__ import annotations

from django.urls import path

from evenhand.pages import front_sheet, gaps, remembering, rights, views
from evenhand.pages.inspection import views as inspection

app_name = "pages"
urlpatterns = [
    path("", views.home, name="home"),
    path("children/<slug:ref>/", views.child, name="child"),
    path("children/<slug:ref>/seen/", remembering.seen, name="seen"),
    path("children/<slug:ref>/changes/", remembering.changes, name="changes"),
    path("children/<slug:ref>/gaps/", gaps.gaps, name="gaps"),
    path("children/<slug:ref>/front-sheet/", front_sheet.to_print, name="front-sheet"),
    path("children/<slug:ref>/gaps/print/", gaps.to_print, name="gaps-to-print"),
    path("records-and-rights/", rights.rights, name="rights"),
    path("inspection-week/", inspection.week, name="inspection"),
    path("inspection-week/print/", inspection.to_print, name="inspection-to-print"),
    path("inspection-week/annex-a/", inspection.lists, name="annex-a"),
    path("looks/", remembering.looks, name="looks"),
    path("policy/", views.clauses, name="clauses"),
    path("policy/law/", views.law, name="law"),
    path("policy/<str:clause_id>/", views.clause, name="clause"),
]
