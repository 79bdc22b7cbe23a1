"""Every address of Evenhand, room by room. References in them are random, never a name or id."""

from django.urls import include, path

urlpatterns = [
    path("", include("evenhand.config.health")),
    # Before the page of one child, whose address is children/<ref>/.
    path("children/", include("evenhand.people.urls")),
    path("children/", include("evenhand.casework.urls")),
    path("", include("evenhand.accounts.urls")),
    path("recorded/", include("evenhand.recording.urls")),
    path("tasks/", include("evenhand.work.urls")),
    path("my-work/", include("evenhand.promises.urls")),
    path("standards/", include("evenhand.standards.urls")),
    path("equality/", include("evenhand.equality.urls")),
    path("monitoring/", include("evenhand.monitoring.urls")),
    path("transitions/", include("evenhand.transitions.urls")),
    path("leaving-care/", include("evenhand.leaving_care.urls")),
    path("", include("evenhand.retention.urls")),
    path("feedback/", include("evenhand.feedback.urls")),
    path("performance/", include("evenhand.performance.urls")),
    path("our-standards/", include("evenhand.performance.public_urls")),
    path("imports/", include("evenhand.imports.urls")),
    path("reports/", include("evenhand.publications.urls")),
    path("eligibility/", include("evenhand.eligibility.urls")),
    path("audits/", include("evenhand.audits.urls")),
    path("supervision/", include("evenhand.workforce.urls")),
    path("tiers/", include("evenhand.eligibility.public_urls")),
    path("case-files/", include("evenhand.case_files.urls")),
    path("records/", include("evenhand.records.urls")),
    path("your-records/", include("evenhand.records.public_urls")),
    path("", include("evenhand.pages.urls")),
]

handler400 = "evenhand.config.faults.unreadable"
handler403 = "evenhand.config.faults.refused"
handler404 = "evenhand.config.faults.not_found"
handler500 = "evenhand.config.faults.our_fault"
