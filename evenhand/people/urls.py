"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from evenhand.people.views import (
    about,
    access,
    campaigns,
    children,
    identity,
    merging,
    objecting,
)

app_name = "people"
urlpatterns = [
    path("", children.listed, name="children"),
    path("search/", children.search, name="search"),
    path("identity/", identity.worklist, name="worklist"),
    path("identity/completeness/", identity.completeness, name="completeness"),
    path("identity/conflicts/", identity.differences, name="conflicts"),
    path("identity/campaigns/", campaigns.listed, name="campaigns"),
    path("identity/campaigns/new/", campaigns.start, name="start-campaign"),
    path("identity/campaigns/<slug:ref>/", campaigns.campaign, name="campaign"),
    path("identity/campaigns/<slug:ref>/stop/", campaigns.stop, name="stop-campaign"),
    path("opened/", access.lent_list, name="lent-list"),
    path("opened/new/", access.lend, name="lend"),
    path("opened/<slug:ref>/", access.lent, name="lent"),
    path("opened/<slug:ref>/review/", access.review, name="review-lent"),
    path("<slug:ref>/restrict/", access.restrict, name="restrict"),
    path("<slug:ref>/lift/", access.lift, name="lift"),
    path("<slug:ref>/family-declared/", access.family_declared, name="family-declared"),
    path("<slug:ref>/own-family/", access.own_family, name="own-family"),
    path("twice/", merging.twice, name="twice"),
    path("<slug:ref>/merge/<slug:other>/", merging.merge, name="merge"),
    path("<slug:ref>/unmerge/<slug:other>/", merging.unmerge, name="unmerge"),
    path("<slug:ref>/identity/", about.identity, name="identity"),
    path("<slug:ref>/identity/objection/", objecting.objection, name="objection"),
    path("<slug:ref>/identity/<slug:characteristic>/ask/", about.ask, name="ask"),
    path("<slug:ref>/identity/<slug:characteristic>/settle/", about.settle, name="settle"),
    path("<slug:ref>/identity/said/<slug:said>/error/", about.in_error, name="in-error"),
    path(
        "<slug:ref>/family/<slug:adult>/identity/<slug:characteristic>/ask/",
        about.ask,
        name="ask-adult",
    ),
    path(
        "<slug:ref>/family/<slug:adult>/identity/<slug:characteristic>/settle/",
        about.settle,
        name="settle-adult",
    ),
]
