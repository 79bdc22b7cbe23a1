"""Charts: where marks go, what they say to those who cannot see them, and their tables."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from django.template import engines

from evenhand.design import charts
from evenhand.design.components import Table
from evenhand.design.looks import look_of
from evenhand.rules.states import State
from tests.design.outline import texts

MONTHS = [date(2026, m, 1) for m in range(1, 7)]
TEAMS = [
    ("North", {"kept": 6, "late": 2, "not known": 4}),
    ("South", {"kept late": 3}),
    ("East", {}),
]


def drawn(chart: charts.Chart, tag: str = "{% chart c %}") -> str:
    """Return the chart's HTML."""
    return str(engines["django"].from_string("{% load design %}" + tag).render({"c": chart}))


def stacked() -> charts.StackedBars:
    return charts.stacked_bars("teams", "North is late most", TEAMS)


def test_a_bar_is_filled_from_end_to_end_in_the_order_of_states() -> None:
    north = stacked().bars[0]
    assert [p.slug for p in north.parts] == ["kept", "late", "not-known"]
    assert [p.x for p in north.parts] == [0, 50, 66.67]
    assert sum(p.width for p in north.parts) == pytest.approx(100, abs=0.02)


def test_a_group_of_none_is_an_empty_bar_not_a_good_one() -> None:
    east = stacked().bars[2]
    assert (east.parts, east.total) == ((), "none")
    assert "East: none." in stacked().spoken


def test_only_states_that_occur_are_in_the_legend() -> None:
    assert [k.words for k in stacked().legend] == ["kept", "kept late", "late", "not known"]


def test_every_state_is_told_apart_without_colour() -> None:
    keys = [charts.base.key_of(s) for s in charts.STATES]
    fills = [(k.pattern, k.turn) for k in keys]
    assert len(set(fills)) == len(fills)
    assert set(charts.STATES) <= {s.value for s in State}


def test_the_table_holds_the_same_figures() -> None:
    table = stacked().table
    assert [c.words for c in table.headings] == [
        "Group", "Kept", "Kept late", "Late", "Not known", "All",
    ]  # fmt: skip
    assert table.rows[0] == ["North", 6, 0, 2, 4, 12]


def test_a_month_not_known_breaks_the_line_and_is_shaded() -> None:
    chart = charts.trend("t", "Rising", MONTHS, [("All", [50, 60, None, None, 80, 100])])
    (line,) = chart.lines
    assert len(line.points) == 4
    assert len(line.pieces) == 2
    assert line.points[-1].y == chart.top
    (gap,) = chart.gaps
    assert line.points[1].x < gap.x
    assert gap.x + gap.width < line.points[2].x
    assert chart.table.rows[2][1].value == "not known"
    assert (
        chart.spoken
        == "All: from 50% in Jan 2026 to 100% in Jun 2026. 2 of 6 months are not known."
    )


def test_nothing_is_shaded_where_one_line_is_known() -> None:
    lines = [("All", [1, None, 3]), ("North", [1, 2, 3])]
    assert charts.trend("t", "Both", MONTHS[:3], lines).gaps == ()


def test_no_month_known_is_said() -> None:
    chart = charts.trend("t", "Nothing", MONTHS, [("All", [None] * 6)])
    assert chart.spoken == "All: not known in any month."
    assert drawn(chart)


def test_one_month_is_drawn_in_the_middle() -> None:
    (line,) = charts.trend("t", "One", MONTHS[:1], [("All", [40])]).lines
    assert line.points[0].x == 54
    assert line.pieces == ()


@pytest.mark.parametrize(
    ("most", "top"),
    [(7, "10 days"), (38, "40 days"), (0, "1 days"), (100, "100 days"), (101, "200 days")],
)
def test_the_axis_ends_at_a_round_number_above_all(most: int, top: str) -> None:
    chart = charts.trend("t", "Days", MONTHS[:2], [("All", [0, most])], unit="days")
    assert chart.rules[-1].words == top
    assert all(chart.top <= p.y <= chart.top + chart.depth for p in chart.lines[0].points)


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 11, 12, 13, 24, 36])
def test_months_are_named_without_colliding(count: int) -> None:
    months = [date(2024 + m // 12, m % 12 + 1, 1) for m in range(count)]
    ticks = charts.trend("t", "T", months, [("All", [50] * count)]).ticks
    assert 1 <= len(ticks) <= 4
    assert all(b.x - a.x > 15 for a, b in pairwise(ticks))


def test_shares_with_their_intervals() -> None:
    chart = charts.proportions(
        "g", "Longer", [charts.Proportion("A", 22, 51, 0.3, 0.57), charts.Proportion("B", 0, 0)],
        reference=0.74,
    )  # fmt: skip
    first, none = chart.bars
    assert (first.rate, first.low, first.high) == (43.14, 30, 57)
    assert (none.rate, none.value) == (None, "none")
    assert chart.reference == 74
    assert chart.spoken == "A: 22 of 51, 43%, between 30% and 57%. B: none."


def test_a_long_name_has_a_line_of_its_own() -> None:
    long, short = charts.proportions(
        "g",
        "T",
        [
            charts.Proportion("Any other Asian background, asked", 1, 2),
            charts.Proportion("A", 1, 2),
        ],
    ).bars
    assert long.y_value > long.y_label
    assert short.y_value == short.y_label > long.y


@pytest.mark.parametrize(
    "chart",
    [
        stacked(),
        charts.trend("t", "Rising", MONTHS, [("All", [50, 60, None, None, 80, 90])]),
        charts.proportions("g", "Longer", [charts.Proportion("A", 22, 51, 0.3, 0.57)]),
    ],
    ids=["bars", "trend", "shares"],
)
def test_every_chart_has_a_title_words_a_table_and_no_inline_style(chart: charts.Chart) -> None:
    html = drawn(chart, '{% chart c csv_url="/x.csv" %}')
    assert f'<title id="{chart.id}-t">{chart.title}</title>' in html
    assert f'<desc id="{chart.id}-d">{chart.spoken}</desc>' in html
    assert 'role="img"' in html
    assert "<table" in html
    assert 'href="/x.csv" download' in html
    assert "style=" not in html


def test_every_fill_of_a_bar_is_defined_in_its_chart() -> None:
    html = drawn(stacked())
    for state in ("kept", "kept late", "late", "not known"):
        slug = look_of(state).slug
        assert f'<pattern id="teams-{slug}"' in html
        assert f'fill="url(#teams-{slug})"' in html


def test_without_a_file_no_link_to_one() -> None:
    assert "Download CSV" not in texts(drawn(stacked()))


def test_a_long_name_of_a_bar_stands_above_its_total() -> None:
    long, short = charts.stacked_bars(
        "g",
        "T",
        [("Children with a child in need plan are visited", {"kept": 1}), ("A", {"kept": 1})],
    ).bars
    assert long.y_label < long.y_total < long.y
    assert short.y_label == short.y_total > long.y


def funnel(*units: charts.Unit) -> charts.FunnelPlot:
    sizes = (10.0, 20.0, 40.0)
    limits = [
        charts.Limit("95 of 100 by chance", sizes, (0.0, 0.1, 0.15), (0.5, 0.4, 0.35)),
        charts.Limit("99.8 of 100 by chance", sizes, (0.0, 0.0, 0.1), (0.9, 0.5, 0.4)),
    ]
    table = Table("Team by team", ["Team"], [[unit.name] for unit in units])
    return charts.funnel_plot(
        "teams", "South lies outside", units, 0.25, limits, table=table, axis="How many"
    )


WITHIN, OUTSIDE = charts.Unit("North", 20, 0.25, 0), charts.Unit("South", 40, 0.5, 2)


def test_a_funnel_names_only_what_lies_outside_and_draws_it_in_another_shape() -> None:
    said = drawn(funnel(WITHIN, OUTSIDE))
    shown = [dot.name for dot in funnel(WITHIN, OUTSIDE).dots]
    assert sorted(shown) == ["", "South"]
    assert said.count("<circle") == 1
    assert said.count("eh-funnel__dot--far") == 1
    assert "style=" not in said


def test_a_funnel_says_its_marks_and_holds_its_table() -> None:
    chart = funnel(WITHIN, OUTSIDE)
    assert "South: 50% of 40, above the limits. 1 lies within them." in chart.spoken
    assert "Team by team" in drawn(chart)


def test_a_funnel_keeps_marks_and_limits_within_its_frame() -> None:
    """What would lie above the highest rule is left out, and no mark is."""
    chart = funnel(WITHIN, OUTSIDE)
    highest, lowest = chart.rules[-1].y, chart.rules[0].y
    ends = [y for curve in chart.curves for piece in curve.pieces for y in (piece.y1, piece.y2)]
    assert all(highest <= y <= lowest for y in [*ends, *(dot.y for dot in chart.dots)])
    assert all(0 <= dot.x <= 100 for dot in chart.dots)


def test_names_of_a_funnel_do_not_lie_on_each_other() -> None:
    units = [charts.Unit(f"Team {place}", 40, 0.5, 1) for place in range(4)]
    places = sorted(dot.y_name for dot in funnel(*units).dots)
    assert all(later - first >= 14 for first, later in pairwise(places))


def test_a_funnel_of_nothing_that_happened_is_drawn() -> None:
    assert "0%" in drawn(funnel(charts.Unit("North", 10, 0.0, 0)))
