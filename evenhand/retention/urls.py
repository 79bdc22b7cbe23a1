"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from evenhand.retention.views import corrections, deletions, disposal, filing, keeping

app_name = "retention"
urlpatterns = [
    path("retention/", keeping.overview, name="overview"),
    path("retention/schedule/", keeping.schedule, name="schedule"),
    path("retention/not-told/", keeping.not_told, name="not-told"),
    path("retention/holds/", keeping.holds, name="holds"),
    path("retention/holds/new/", keeping.hold_all, name="hold-all"),
    path("retention/holds/<slug:ref>/", keeping.release, name="release"),
    path("retention/decisions/<slug:ref>/", disposal.answer, name="answer"),
    path("retention/certificates/", disposal.certificates, name="certificates"),
    path("retention/certificates/<slug:ref>/", disposal.certificate, name="certificate"),
    path("retention/deleted/", deletions.deleted, name="deleted"),
    path("children/<slug:ref>/withdrawn/", deletions.withdrawn, name="withdrawn"),
    path("retention/filing/", filing.unfiled, name="unfiled"),
    path("retention/corrections/", corrections.corrections, name="corrections"),
    path("retention/corrections/at-source/", corrections.at_source, name="at-source"),
    path("retention/corrections/<slug:ref>/", corrections.correction, name="correction"),
    path("retention/corrections/<slug:ref>/decide/", corrections.decide, name="decide-correction"),
    path("retention/corrections/<slug:ref>/told/", corrections.told, name="told"),
    path("children/<slug:ref>/corrections/new/", corrections.ask, name="ask-correction"),
    path("children/<slug:ref>/filing/", filing.filing, name="filing"),
    path("children/<slug:ref>/retention/", keeping.child, name="child"),
    path("children/<slug:ref>/retention/hold/", keeping.hold, name="hold"),
    path("children/<slug:ref>/retention/decide/", disposal.decide, name="decide"),
]
