"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from evenhand.imports import views
from evenhand.imports.arrivals import views as arrivals
from evenhand.imports.mapping import views as mapping
from evenhand.imports.reconciling import views as reconciling

app_name = "imports"
urlpatterns = [
    path("", views.batches, name="batches"),
    path("new/", views.upload, name="upload"),
    path("quarantine/", views.quarantine, name="quarantine"),
    path("quarantine/<slug:ref>/", views.finding, name="finding"),
    path("quarantine/<slug:ref>/mend/", views.mend, name="mend"),
    path("quarantine/<slug:ref>/retry/", views.retry, name="retry"),
    path("quarantine/<slug:ref>/discard/", views.discard, name="discard"),
    path("quarantine/<slug:ref>/which/", reconciling.which, name="which"),
    path("differences/", reconciling.differences, name="differences"),
    path("differences/<slug:ref>/", reconciling.difference, name="difference"),
    path("ranks/", reconciling.ranks, name="ranks"),
    path("reports/", mapping.reports, name="reports"),
    path("reports/new/", mapping.new_report, name="new-report"),
    path("reports/columns/", mapping.columns, name="report-columns"),
    path("folders/", arrivals.folders, name="folders"),
    path("folders/new/", arrivals.new_folder, name="new-folder"),
    path("folders/stop/", arrivals.stop_folder, name="stop-folder"),
    path("<slug:ref>/", views.batch, name="batch"),
]
