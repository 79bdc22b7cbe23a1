"""Charts as values: where each mark goes. Pure: numbers in, marks out; templates draw them.

Positions across are in per cent of the width, so that a chart fits any screen and its words keep
their size; positions down are in pixels. Every chart has a title that says the finding (given by
the caller), a sentence for those who cannot see it, and a table of the same figures. Each state has
a pattern besides its colour.
"""

from evenhand.design.charts.base import STATES, Chart
from evenhand.design.charts.funnels import FunnelPlot, Limit, Unit, funnel_plot
from evenhand.design.charts.months import Trend, trend, waiting
from evenhand.design.charts.shares import Intervals, Proportion, proportions
from evenhand.design.charts.stacked import StackedBars, stacked_bars

__all__ = [
    "STATES",
    "Chart",
    "FunnelPlot",
    "Intervals",
    "Limit",
    "Proportion",
    "StackedBars",
    "Trend",
    "Unit",
    "funnel_plot",
    "proportions",
    "stacked_bars",
    "trend",
    "waiting",
]
