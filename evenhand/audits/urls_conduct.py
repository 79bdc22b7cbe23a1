"""Addresses of doing audits, of giving them, and of their tools."""

from __future__ import annotations

from django.urls import URLPattern, path

from evenhand.audits.views import beside, conduct, giving, tools

urlpatterns: list[URLPattern] = [
    path("mine/", conduct.mine, name="mine"),
    path("child/<slug:ref>/", conduct.of_child, name="of-child"),
    path("audit/<slug:ref>/", conduct.audit, name="audit"),
    path("audit/<slug:ref>/print/", conduct.to_print, name="print"),
    path("audit/<slug:ref>/file/", beside.extract, name="extract"),
    path("audit/<slug:ref>/write/", conduct.write, name="write"),
    path("audit/<slug:ref>/check/", beside.check, name="check"),
    path("audit/<slug:ref>/finish/", conduct.finish, name="finish"),
    path("audit/<slug:ref>/another/", giving.another, name="another"),
    path("audit/<slug:ref>/leave/", giving.leave, name="leave"),
    path("given/", giving.given, name="given"),
    path("slot/<slug:ref>/give/", giving.give_of_slot, name="give-of-slot"),
    path("tools/", tools.library, name="tools"),
    path("agencies/", tools.agencies, name="agencies"),
    path("tools/<slug:tool>/", tools.tool, name="tool"),
    path("tools/<slug:tool>/print/", tools.tool_to_print, name="print-tool"),
    path("tools/<slug:tool>/comments/", tools.take_up, name="take-up"),
]
