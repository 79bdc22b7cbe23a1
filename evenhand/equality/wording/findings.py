"""Findings in plain words: what happened to whom, how often, how sure; never whose fault."""

from __future__ import annotations

import math
from collections.abc import Sequence

from evenhand.design.wording import day, number
from evenhand.design.wording import quarter as months_of_quarter
from evenhand.equality.comparison import Comparison, Row
from evenhand.equality.models import GroupTally
from evenhand.equality.pathway import step_called
from evenhand.facts.adopted import policy
from evenhand.policy.disparity import Rules
from evenhand.rules.periods import Span

STEP = GroupTally.Kind.STEP


def title_of(kind: str, measure: str) -> str:
    """Return a step's title, or a standard's."""
    if kind == STEP:
        step = step_called(measure)
        return step.title if step else measure
    standard = policy().standards.get(measure)
    return standard.title if standard else measure


def counted(one: Comparison) -> str:
    """Return what is counted, as a sentence goes on: referrals, or what fell due."""
    step = step_called(one.tallied.measure) if one.tallied.kind == STEP else None
    return step.counted if step else "what fell due"


def happened(one: Comparison) -> str:
    """Return what the rate is a rate of."""
    step = step_called(one.tallied.measure) if one.tallied.kind == STEP else None
    return step.led if step else "was not done in time"


def share(rate: float) -> str:
    """Return a rate as a whole per cent; never 0% or 100% unless it is exactly so."""
    if math.isnan(rate):
        return "none yet"
    per_cent = 100 * rate
    if 0 < per_cent < 1:
        return "under 1%"
    if 99 < per_cent < 100:
        return "over 99%"
    return f"{per_cent:.0f}%"


def between(low: float, high: float) -> str:
    """Return the ends of an interval of a rate; empty where there is none."""
    if math.isnan(low) or math.isnan(high):
        return ""
    return f"{100 * low:.0f}% to {100 * high:.0f}%"


def times(row: Row) -> str:
    """Return how many times as often as the comparison group, with its interval."""
    if math.isnan(row.ratio):
        return ""
    if math.isinf(row.ratio):
        return "to no one else"
    ends = ratio_between(row.ratio_low, row.ratio_high)
    return f"{row.ratio:.2f} ({ends})" if ends else f"{row.ratio:.2f}"


def parity(one: Comparison, row: Row) -> str:
    """Return whether a rate is as good as the others' by the band of the pack: a help to read by,
    and never a reason by itself to say that groups differ."""
    if math.isnan(row.at_parity) or math.isnan(row.ratio):
        return ""
    so_many, of_every = one.rules.parity
    place = "within" if row.at_parity else "outside"
    return f"{place} {so_many} in {of_every} either way"


def ratio_between(low: float, high: float, places: int = 2) -> str:
    """Return the ends of an interval of a ratio, which may have no upper end; empty without one."""
    if math.isnan(low) or math.isnan(high):
        return ""
    if math.isinf(high):
        return f"{low:.{places}f} or more"
    return f"{low:.{places}f} to {high:.{places}f}"


def against_whom(rules: Rules) -> str:
    """Return whom a group is compared with, in words."""
    return "everyone else" if rules.comparison == "everyone else" else rules.comparison


def finding(one: Comparison, row: Row) -> str:
    """Return a flagged difference as a sentence: whom, what, how often, against whom."""
    whom = one.dimension.children_of(row.group)
    if row.hidden:
        return _finding_without_numbers(one, row, whom)
    ours = f"{share(row.rate)} ({number(row.shown_reached)} of {number(row.shown_of)})"
    theirs = f"{share(row.others)} for {against_whom(one.rules)}"
    often = "more often" if row.more else "less often"
    if one.tallied.kind == STEP:
        first = f"{_capital(counted(one))} about {whom} {happened(one)} {often}"
        return f"{first}: {ours}, against {theirs}."
    waited = "waited longer" if row.more else "waited less long"
    about = title_of(one.tallied.kind, one.tallied.measure)
    return f"{_capital(whom)} {waited}. “{about}” was not in time for {ours}, against {theirs}."


def _finding_without_numbers(one: Comparison, row: Row, whom: str) -> str:
    often = "more often" if row.more else "less often"
    than = f"{often} than for {against_whom(one.rules)}"
    if one.tallied.kind == STEP:
        return f"{_capital(counted(one))} about {whom} {happened(one)} {than}."
    about = title_of(one.tallied.kind, one.tallied.measure)
    return f"{_capital(whom)}: “{about}” was not in time {than}."


def strength(one: Comparison, row: Row) -> str:
    """Return how strong the evidence is, and what was allowed for."""
    sure = "Very strong evidence" if row.corrected < one.rules.strong else "Evidence"
    return (
        f"{sure}: more than chance would explain, after allowing for {_comparisons(one.compared)}."
    )


def how_often(one: Comparison, row: Row) -> str:
    """Return the relative rate with its interval, and the year before, as sentences."""
    if row.hidden:
        return "The numbers are hidden here, because one of them is small."
    said = []
    if row.ratio and math.isfinite(row.ratio):
        said.append(f"That is {row.ratio:.1f} times as often{_likely(row)}.")
    if row.before is not None and row.before.of:
        was = share(row.before.reached / row.before.of)
        said.append(f"The year before it was {was} ({row.before.reached} of {row.before.of}).")
    if one.tallied.kind != STEP and row.count.waiting and not one.is_suppressed:
        waiting = row.count.waiting
        said.append(f"{number(waiting)} of them {'is' if waiting == 1 else 'are'} not done yet.")
    return " ".join(said)


def _likely(row: Row) -> str:
    if math.isnan(row.ratio_low) or math.isnan(row.ratio_high):
        return ""
    if math.isinf(row.ratio_high):
        return f" (likely {row.ratio_low:.1f} or more)"
    return f" (likely between {row.ratio_low:.1f} and {row.ratio_high:.1f})"


def summary(one: Comparison) -> str:
    """Return what one measure shows as a whole, in one sentence."""
    if not one.total.of:
        return "Nothing of this can be counted yet."
    if not one.has_headline:
        return no_headline(one)
    flagged = one.flagged()
    if flagged:
        return finding(one, flagged[0])
    if not any(row.is_compared for row in one.rows):
        return (
            f"Too few to compare: we compare groups of {one.rules.smallest} or more, and a group "
            "needs another to be compared with."
        )
    return "No group differs by more than chance would explain."


def released_summary(one: Comparison) -> str:
    """Return what a release says of itself: of the groups shown, no more."""
    if not one.total.of or not one.has_headline:
        return summary(one)
    shown = [row for row in one.flagged() if not row.hidden]
    if shown:
        return f"{finding(one, shown[0])} {strength(one, shown[0])}"
    return "Of the groups whose numbers are shown, none differs by more than chance would explain."


def no_headline(one: Comparison) -> str:
    """Return why nothing is concluded where too many are not known."""
    what = one.dimension.label.lower()
    return (
        f"We draw no conclusion. The {what} is known for {share(one.known)} of "
        f"{counted(one)}; below {share(one.rules.completeness)} those not known could turn it "
        "round."
    )


def chart_title(one: Comparison) -> str:
    """Return the finding of a chart in a few words."""
    flagged = one.flagged()
    shown = [row for row in flagged if not row.hidden]
    if not shown:
        if one.total_hidden:
            return f"The share that {happened(one)}"
        return f"All together: {share(one.rate)} {happened(one)}"
    row = shown[0]
    label = one.dimension.label_of(row.group)
    return f"{label}: {share(row.rate)} {happened(one)}, against {share(row.others)}"


def flag(one: Comparison, row: Row) -> str:
    """Return what one row shows, in a few words."""
    if not row.is_known:
        return "Shown, not compared"
    if not row.is_compared:
        return f"Fewer than {one.rules.smallest}, or no one to compare with"
    if row.corrected >= one.rules.level:
        return "No more than chance would explain"
    often = "More often" if row.more else "Less often"
    return f"{often} than chance would explain" if one.has_headline else "No conclusion drawn"


def why_hidden(one: Comparison, row: Row) -> str:
    """Return why a row shows no numbers."""
    if row.secondary:
        return "Hidden, so that a smaller number cannot be worked out"
    return f"Hidden: fewer than {one.rules.suppress_below} are in one of its numbers"


def period(one: Comparison) -> str:
    """Return the days that one measure's events fall in."""
    span = one.tallied.span
    return f"{day(span.since)} to {day(span.until)}"


def quarter(span: Span) -> str:
    """Return a quarter by its months; of one that still runs, that it does."""
    words = months_of_quarter(span.since)
    return words if span.is_quarter else f"{words}, so far"


def in_a_row(words: Sequence[str]) -> str:
    """Return words as a sentence lists them: one, two and three."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def _comparisons(count: int) -> str:
    return "one comparison" if count == 1 else f"{count} comparisons"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
