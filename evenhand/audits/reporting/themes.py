"""What files met: theme by theme, team by team, and quarter by quarter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from evenhand.audits.queries.counting import Tally
from evenhand.audits.queries.material import Material
from evenhand.audits.reporting.showing import IMPROVE, NONE, STRENGTH, TOO_FEW, Showing
from evenhand.design.documents import Figures, Section

WHOLE = "The grade of the whole"
NOTHING = Tally(0, 0)
FEW_EACH = (
    "These are counts of audits, not of children. Teams have few audits each: where the ranges "
    "overlap, a difference may be chance."
)


def themes(made_of: Material, show: Showing) -> Iterator[Section]:
    """Yield each theme with its share, where that lies, and whether it is strong or weak."""
    found, titles = made_of.drawn.by_theme, made_of.drawn.themes
    rows = tuple(
        (title, show.share(found[theme]), show.interval(found[theme]), show.verdict(found[theme]))
        for theme, title in titles.items() if theme in found
    )  # fmt: skip
    if rows:
        heads, numeric = ("Theme", "Met", "Between", "What it is"), (False, True, True, False)
        table = Figures("What files met, theme by theme", heads, numeric, rows)
        yield Section("What we found", (), (table,))


def in_short(made_of: Material, show: Showing) -> tuple[str, ...]:
    """Return what is strong and what is to be improved, each in a sentence."""
    found, titles = made_of.drawn.by_theme, made_of.drawn.themes
    verdicts = {theme: show.verdict(tally) for theme, tally in found.items()}
    return tuple(
        _list(words, [titles[theme] for theme in titles if verdicts.get(theme) == verdict])
        for words, verdict in (("Strengths", STRENGTH), ("To improve", IMPROVE))
    )


def teams(made_of: Material, show: Showing) -> Iterator[Section]:
    """The grade of the whole, and each theme, team by team."""
    names = sorted({one.team.name for one in made_of.drawn.audits if one.team is not None})
    if not names:
        return
    found = made_of.drawn.by(lambda mark: (mark.audit.team and mark.audit.team.name, mark.theme))
    whole = tuple(_by_team({name: found.get((name, ""), NOTHING) for name in names}, show))
    heads = ("Team", "Good or better", "Between")
    tables = [Figures(WHOLE, heads, (False, True, True), whole)]
    sentences = [FEW_EACH]
    if not show.under:  # one team's number would tell with the whole what is hidden of others
        rows, compared = _apart(made_of, found, names, show)
        sentences.append(_how_many(rows, compared))
        if rows:
            heads = ("Theme", "Team", "Met", "Between", "All other teams")
            numeric = (False, False, True, True, True)
            tables.append(Figures("Where a team stands apart", heads, numeric, tuple(rows)))
    yield Section("Team by team", tuple(sentences), tuple(tables))


def _apart(
    made_of: Material, found: Mapping[Any, Tally], names: Sequence[str], show: Showing
) -> tuple[list[tuple[str, ...]], int]:
    """Return the themes in which a team's range leaves out the share of the others, and of how
    many it was asked: by theme, each team with as many audits as a theme needs."""
    rows, compared = [], 0
    for theme in (one for one in made_of.drawn.themes if one in made_of.drawn.by_theme):
        whole = made_of.drawn.by_theme[theme]
        for name in names:
            own = found.get((name, theme), NOTHING)
            others = Tally(whole.n - own.n, whole.of - own.of)
            if own.of < show.least or not others.of:
                continue
            compared += 1
            low, high = own.interval(show.confidence)
            if not low <= others.n / others.of <= high:
                title = made_of.drawn.themes[theme]
                rows.append((title, name, show.share(own), show.interval(own), show.share(others)))
    return rows, compared


def _how_many(rows: Sequence[object], compared: int) -> str:
    if not compared:
        return "No team has enough audits to be set beside the others theme by theme."
    said = (
        f"Each theme of each team was set beside all other teams: {compared:,} times. "
        f"{len(rows):,} stand{'s' * (len(rows) == 1)} apart."
    )
    if not rows:
        return f"{said} All numbers are under Scores by team."
    return f"{said} Of so many, some do by chance alone. All numbers are under Scores by team."


def _by_team(tallies: Mapping[str, Tally], show: Showing) -> Iterator[tuple[str, str, str]]:
    """Yield the row of each team; where one is hidden none is shown, as the total would tell it."""
    is_hidden = any(show.hides(tally) for tally in tallies.values())
    for name, tally in tallies.items():
        if is_hidden and tally.of:
            yield name, TOO_FEW, ""
        else:
            yield name, show.share(tally), show.interval(tally)


def trends(made_of: Material, show: Showing) -> Iterator[Section]:
    """Each theme, quarter by quarter."""
    quarters = list(made_of.trend)
    titles = {t: title for one in made_of.trend.values() for t, title in one.themes.items()}
    rows = []
    for theme, title in {"": WHOLE, **titles}.items():
        tallies = [made_of.trend[q].by(lambda mark: mark.theme).get(theme) for q in quarters]
        if not any(tallies):
            continue
        cells = [show.share(tally) for tally in tallies]
        if TOO_FEW in cells:  # with the others and all of them, the hidden one could be told
            cells = [TOO_FEW if tally else NONE for tally in tallies]
        rows.append((title, *cells))
    if rows:
        heads = ("Theme", *(f"{q.since:%b} to {q.until:%b %Y}" for q in quarters))
        numeric = (False, *(True for _ in quarters))
        table = Figures("What files met, quarter by quarter", heads, numeric, tuple(rows))
        yield Section("How it changes", (), (table,))


def _list(words: str, titles: Sequence[str]) -> str:
    """Return themes in a sentence, each in its marks, for many are questions."""
    named = ", ".join(f"“{title}”" for title in titles)
    return f"{words}: {named or 'none that the numbers can tell'}."
