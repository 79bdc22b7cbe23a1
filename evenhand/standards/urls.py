"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from evenhand.standards import views

app_name = "standards"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("states/", views.states, name="states"),
    path("indicators/", views.indicators, name="indicators"),
    path("data/", views.data, name="data"),
    path("data/<slug:field>/", views.unfilled, name="unfilled"),
    path("<slug:pack>/<slug:slug>/", views.standard, name="standard"),
    path("<slug:pack>/<slug:slug>/children/", views.children, name="children"),
    path("<slug:pack>/<slug:slug>/action/", views.act, name="act"),
    path("<slug:pack>/<slug:slug>/what-if/", views.what_if, name="what-if"),
]
