"""A page with every component on it, for a real browser: python tests/design/gallery.py.

Runs in a process of its own, under settings of its own, so that it needs no database.
"""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import django  # noqa: E402
from django import forms  # noqa: E402
from django.conf import settings  # noqa: E402
from django.contrib.staticfiles.handlers import StaticFilesHandler  # noqa: E402
from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.core.paginator import Paginator  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.shortcuts import render  # noqa: E402
from django.urls import path  # noqa: E402

from evenhand.design import charts  # noqa: E402
from evenhand.design.components import Cell, Column, SummaryRow, Table, TimelineItem  # noqa: E402
from evenhand.design.fields import DayBoxes, DayField, FilesField  # noqa: E402
from evenhand.design.forms import EvenhandForm, FilterForm, Why  # noqa: E402
from evenhand.design.looks import LOOKS  # noqa: E402
from evenhand.design.shell import AsAt, NavItem, Person, Shell  # noqa: E402
from evenhand.design.widgets import Checkboxes, Radios  # noqa: E402

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'; manifest-src 'self'"
)
TODAY = date(2026, 11, 21)


class Ask(EvenhandForm):
    """One of every question."""

    why = {
        "religion": Why(
            "So that meals, visits and placements respect it, and so that we can see whether "
            "families of every faith are served alike.",
            "Isle of Wight policy 2.4.20",
            "/clause/",
        ),
        "words": "The child's own words matter more than ours.",
    }
    known_as = forms.CharField(label="Name the child uses", max_length=60)
    religion = forms.ChoiceField(
        label="What is the child's religion or belief?",
        choices=[
            ("c", "Christian"),
            ("m", "Muslim"),
            ("n", "No religion"),
            ("p", "Prefers not to say"),
        ],
        widget=Radios(hints={"n": "This is an answer too"}, apart="p"),
    )
    languages = forms.MultipleChoiceField(
        label="Languages spoken at home",
        choices=[
            ("en", "English"),
            ("so", "Somali"),
            ("bsl", "British Sign Language"),
            ("none", "None of these"),
        ],
        widget=Checkboxes(apart="none"),
        required=False,
    )
    team = forms.ChoiceField(label="Team", choices=[("", "Choose a team"), ("a", "Assessment 1")])
    asked_on = DayField(label="Day we asked", help_text="For example, 27/3/2026", latest=TODAY)
    born_on = DayField(label="Date of birth", help_text="For example, 31 3 2014", widget=DayBoxes)
    words = forms.CharField(
        label="In the child's own words",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        required=False,
    )
    siblings = forms.IntegerField(label="Brothers and sisters", required=False)
    files = FilesField(label="Extract files", required=False)
    agreed = forms.BooleanField(label="The child knows who will see this", required=False)


class Narrow(FilterForm):
    """Filters above a list."""

    name = forms.CharField(label="Name", required=False)
    team = forms.ChoiceField(label="Team", choices=[("", "All teams"), ("a", "Assessment 1")])
    state = forms.ChoiceField(label="State", choices=[("", "All"), ("late", "Late")])


def shell() -> Shell:
    """A header with everything in it."""
    places = ["Home", "Children", "Standards", "Identity", "Imports", "Clauses"]
    return Shell(
        authority="Islehaven Children's Services",
        navigation=[
            NavItem(p, f"/{p}", active=p == "Children", count=12 if p == "Identity" else None)
            for p in places
        ],
        person=Person("Samira Khan", "Team manager, Assessment 1", "/sign-out/"),
        as_at=AsAt(TODAY, "SSD extract of 20 November", "/imports/"),
        search_url="/children/",
        demo=True,
        licence="Made-up people. Standards from policy under the Open Government Licence.",
        accessibility_url="/accessibility/",
    )


def waiting() -> Table:
    """A list of children, with one of each state."""
    names = [
        "Amara Obi",
        "Tomasz Kowalczyk",
        "Bethan Price-Llewellyn",
        "Yusuf Ali",
        "Nguyễn Thị Hoa",
        "Oleksandra Шевченко",
        "Jo Bell",
        "Kit Marsh",
        "Noor Rahman",
    ]
    rows = [
        [
            Cell(n, url="/child/", note="Age 9 · Assessment 1"),
            "First looked-after review",
            date(2026, 11, 10 + i),
            3 * i,
            Cell(state=s, law=i == 2),
        ]
        for i, (n, s) in enumerate(zip(names, LOOKS, strict=True))
    ]
    columns = [
        Column("Child", url="?sort=child", sorted="ascending"),
        Column("Promise"),
        Column("Due", url="?sort=due"),
        Column("Days", numeric=True),
        Column("State"),
    ]
    return Table("Who is waiting", columns, rows)


def pictures() -> dict[str, charts.Chart]:
    """One of each chart."""
    months = [date(2026 if m > 0 else 2025, m if m > 0 else m + 12, 1) for m in range(-1, 12)]
    team = {"kept": 61, "kept late": 9, "late": 14, "open": 22, "not known": 6}
    return {
        "bars": charts.stacked_bars(
            "by-team",
            "Assessment 2 keeps half as many first visits in time as the other teams",
            [
                ("Assessment 1", team),
                (
                    "Assessment 2",
                    {"kept": 28, "kept late": 22, "late": 31, "open": 8, "not recorded": 5},
                ),
                ("Disabled Children", {"kept": 40, "open": 3, "excused": 4}),
                ("Leaving Care", {}),
            ],
            desc="First visits of referrals received since April.",
            first_column="Team",
        ),
        "trend": charts.trend(
            "by-month",
            "Reviews held in time rose from 71% to 88% in a year",
            months,
            [
                ("Islehaven", [71, 70, 73, 72, None, None, 78, 80, 79, 83, 85, 88, 88]),
                ("Assessment 2", [60, 58, 57, 61, None, None, 60, 55, 52, 57, 54, 58, 61]),
            ],
        ),
        "shares": charts.proportions(
            "by-group",
            "Black children wait longer for a first visit, by more than chance",
            [
                charts.Proportion("White British", 310, 420, 0.69, 0.78),
                charts.Proportion("Black or Black British", 22, 51, 0.30, 0.57),
                charts.Proportion("Asked, and the family would rather not say", 9, 14, 0.39, 0.84),
                charts.Proportion("Gypsy, Roma or Traveller", 0, 0),
            ],
            reference=0.738,
            desc="The mark below each bar is the rate for White British children.",
        ),
    }


def everything(request: HttpRequest) -> HttpResponse:
    """The page itself; POST shows the form's errors."""
    form = Ask(request.POST or None)
    child = [
        SummaryRow("Name", "Amara Obi", source="SSD person table, 20 November 2026"),
        SummaryRow("Date of birth", date(2017, 3, 9), action_url="/change/"),
        SummaryRow(
            "Religion",
            None,
            source="No record that we asked",
            action_url="/ask/",
            action_words="Record",
        ),
        SummaryRow("First review", Cell(state="kept late")),
    ]
    events = [
        TimelineItem(
            "Became looked after",
            date(2026, 10, 24),
            by="Jo Marsh",
            text="Section 20, with her aunt.",
        ),
        TimelineItem(
            "First visit",
            datetime(2026, 10, 26, 9, 30, tzinfo=UTC),
            url="/visit/",
            late_entry="recorded 4 days later",
        ),
        TimelineItem("First review", date(2026, 11, 20), state="kept"),
    ]
    context = {
        "form": form if request.method == "POST" else None,
        "ask": form,
        "narrow": Narrow(request.GET),
        "states": list(LOOKS),
        "waiting": waiting(),
        "child": child,
        "events": events,
        "page": Paginator(range(4312), 25).get_page(request.GET.get("page", 7)),
        "nothing": Table(
            "Late today", ["Child", "Due"], [], empty="Nobody in your team is waiting. Well done."
        ),
        "tabs": [
            NavItem("About me", "#a", active=True),
            NavItem("Promises", "#b", count=3),
            NavItem("Chronology", "#c"),
        ],
        "shell": shell(),
    }
    return _with_policy(render(request, "everything.html", context | pictures()))


def piece(request: HttpRequest) -> HttpResponse:
    """What htmx asks for: a question that needs its component woken."""
    return _with_policy(HttpResponse(str(Ask(prefix="more")["words"].as_field_group())))


def error(request: HttpRequest, code: str) -> HttpResponse:
    """An error page, as Django would show it."""
    return _with_policy(render(request, f"{code}.html", {"shell": shell()}))


def paper(request: HttpRequest) -> HttpResponse:
    """A page meant for paper."""
    return _with_policy(render(request, "paper.html", {"shell": shell(), "waiting": waiting()}))


def _with_policy(response: HttpResponse) -> HttpResponse:
    response.headers["Content-Security-Policy"] = POLICY
    return response


urlpatterns = [
    path("", everything),
    path("piece/", piece),
    path("paper/", paper),
    path("error/<str:code>/", error),
]


def configure() -> None:
    """Settings enough for templates, forms and static files."""
    settings.configure(
        DEBUG=True,
        SECRET_KEY="gallery",
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=__name__,
        INSTALLED_APPS=[
            "evenhand.design",
            "django.forms",
            "django.contrib.staticfiles",
            "django_htmx",
        ],
        FORM_RENDERER="evenhand.design.forms.EvenhandFormRenderer",
        STATIC_URL="/static/",
        LANGUAGE_CODE="en-gb",
        TIME_ZONE="Europe/London",
        USE_TZ=True,
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "DIRS": [Path(__file__).parent / "templates"],
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "evenhand.design.context.shell",
                    ],
                    "builtins": ["evenhand.design.templatetags.design"],
                    "string_if_invalid": "",
                },
            }
        ],
    )
    django.setup()


class Quiet(WSGIRequestHandler):
    """A handler that writes no log."""

    def log_message(self, *args: object) -> None:
        """Say nothing."""


if __name__ == "__main__":
    configure()
    with make_server(
        "127.0.0.1",
        int(sys.argv[1] if sys.argv[1:] else 0),
        StaticFilesHandler(WSGIHandler()),
        handler_class=Quiet,
    ) as server:
        print(server.server_port, flush=True)
        server.serve_forever()
