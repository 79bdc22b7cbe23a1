"""Write the tables of published figures from the files that the Department and the ONS publish.

``python -m tools.published FOLDER [OUTPUT]``: FOLDER holds ``benchmarks`` and ``lookups``, the
downloads under the names used below. What is written is short and of one shape: area, year, group,
number, of, value. A mark (c, z, x, :, k, low, u) becomes an empty cell: missing, never nought.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

OUTPUT = Path(__file__).parents[1] / "evenhand" / "analytics" / "published"
ENGLAND = ("E92000001", "England")
LONDON = "E12000007"
RENAMED = {"E08000038": "E08000016", "E08000039": "E08000019"}  # Barnsley and Sheffield, 2025.
YEARS = 3
COLUMNS = ("area", "year", "group", "number", "of", "value")
LICENCE = (
    "Contains public sector information licensed under the Open Government Licence v3.0 "
    "(Department for Education, Office for National Statistics)."
)
Cells = dict[str, str]
Line = tuple[object, ...]
Reading = Callable[[list[Cells]], Iterator[Line]]

GROUPS = {
    "White": "White",
    "Mixed": "Mixed or Multiple ethnic groups",
    "Mixed / Multiple ethnic groups": "Mixed or Multiple ethnic groups",
    "Mixed or Multiple ethnic groups": "Mixed or Multiple ethnic groups",
    "Asian": "Asian or Asian British",
    "Asian / Asian British": "Asian or Asian British",
    "Asian or Asian British": "Asian or Asian British",
    "Black": "Black, African, Caribbean or Black British",
    "Black / African / Caribbean / Black British": "Black, African, Caribbean or Black British",
    "Black, African, Caribbean or Black British": "Black, African, Caribbean or Black British",
    "Black or Black British": "Black, African, Caribbean or Black British",
    "Other": "Other ethnic group",
    "Other ethnic group": "Other ethnic group",
    "Any other ethnic group": "Other ethnic group",
    "Total White": "White",
    "Total mixed": "Mixed or Multiple ethnic groups",
    "Total Asian or Asian British": "Asian or Asian British",
    "Total Black or Black British": "Black, African, Caribbean or Black British",
    "Not known": "Not known",
    "Refused or information not yet available": "Refused or not yet available",
}


def main(arguments: list[str]) -> int:
    """Write every table, and say how large each is."""
    folder = Path(arguments[0])
    output = Path(arguments[1]) if len(arguments) > 1 else OUTPUT
    areas = _areas(folder, output)
    for each in TABLES:
        rows = read(folder / "benchmarks" / each.file)
        lines = set(each.lines(_latest(rows) if each.recent else rows))
        if each.per_child:
            lines = set(_per_child(lines, folder))
        found = sorted((line for line in lines if line[0] in areas), key=_order)
        path = _write(output / f"{each.name}.csv", each.source, COLUMNS, found)
        print(f"{path.name}: {len(found)} rows, {path.stat().st_size:,} bytes")
    return 0


def read(path: Path) -> list[Cells]:
    """The rows of one download; some begin with a byte order mark."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def number(text: str | None) -> float | None:
    """A published number, or None for a mark or nothing."""
    try:
        return float(text or "")
    except ValueError:
        return None


def plain(value: float | None) -> str:
    """A number as short as it can be written; nothing where it is missing."""
    if value is None:
        return ""
    return str(int(value)) if value == int(value) else f"{value:.6g}"


def _order(line: Line) -> tuple[str, ...]:
    return tuple(str(cell) for cell in line)


def _write(path: Path, source: str, columns: Iterable[str], lines: Iterable[Line]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(f"# Source: {source}\n# Licence: {LICENCE}\n")
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(lines)
    return path


def _latest(rows: list[Cells]) -> list[Cells]:
    years = sorted({row["time_period"] for row in rows})[-YEARS:]
    return [row for row in rows if row["time_period"] in years]


def _area(row: Cells) -> str:
    """The code of the row's authority, region or country."""
    level = row.get("geographic_level")
    if level == "National":
        return ENGLAND[0]
    code = row["region_code"] if level == "Regional" else row["new_la_code"]
    return RENAMED.get(code, code)


def _line(row: Cells, group: str, top: float | None, of: float | None, value: float | None) -> Line:
    return (_area(row), row["time_period"][:4], group, plain(top), plain(of), plain(value))


def _looked_after(kind: str) -> Reading:
    def lines(rows: list[Cells]) -> Iterator[Line]:
        for row in rows:
            group = row["characteristic"]
            if row["cla_group"] == kind and group != "Total":
                name = GROUPS[group] if kind == "Ethnicity" else group
                top, of = number(row["number"]), number(row["cla_total"])
                yield _line(row, name, top, of, number(row["percentage"]))

    return lines


def _looked_after_rate(rows: list[Cells]) -> Iterator[Line]:
    for row in rows:
        top, of = number(row["cla_total"]), number(row["population_0_17"])
        yield _line(row, "", top, of, number(row["cla_rate_per_10000"]))


def _percent(top: float | None, of: float | None) -> float | None:
    return None if top is None or not of else round(100 * top / of, 1)


def _sum(row: Cells, columns: tuple[str, ...]) -> float | None:
    """The sum of the columns; None where any is missing."""
    found = [number(row[column]) for column in columns]
    return None if None in found else sum(each for each in found if each is not None)


def _share(of: str, *parts: str, value: str | None = None) -> Reading:
    """Lines of a percentage: published as ``value``, or worked out from the counts published."""

    def lines(rows: list[Cells]) -> Iterator[Line]:
        for row in rows:
            top, under = _sum(row, parts), number(row[of])
            per_cent = number(row[value]) if value else _percent(top, under)
            yield _line(row, "", top, under, per_cent)

    return lines


def _in_time(of: str, parts: tuple[str, ...], late: tuple[str, ...]) -> Reading:
    """Lines of a percentage in time: from the counts in time, or else from the late ones."""

    def lines(rows: list[Cells]) -> Iterator[Line]:
        for row in rows:
            under, top, after = number(row[of]), _sum(row, parts), _sum(row, late)
            if top is None and under is not None and after is not None:
                top = under - after
            yield _line(row, "", top, under, _percent(top, under))

    return lines


def _per_child(lines: Iterable[Line], folder: Path) -> Iterator[Line]:
    """The counts for each 10,000 children of the mid-year before the year's 31 March."""
    rows = read(folder / "benchmarks" / "ons_mid_year_population_0_17_2012_2024.csv")
    children = {(_area(row), row["time_period"]): row["population_estimate"] for row in rows}
    for area, year, group, count, _, _ in lines:
        people = number(children.get((str(area), str(int(str(year)) - 1))))
        top = number(str(count))
        rate = None if top is None or not people else round(10_000 * top / people, 1)
        yield area, year, group, count, plain(people), plain(rate)


def _count(column: str) -> Reading:
    return lambda rows: (_line(row, "", number(row[column]), None, None) for row in rows)


def _census(rows: list[Cells]) -> Iterator[Line]:
    totals: dict[str, float] = {}
    for row in rows:
        people = number(row["usual_residents_all_ages"])
        totals[row["area_code"]] = totals.get(row["area_code"], 0) + (people or 0)
    for row in rows:
        area, people = row["area_code"], number(row["usual_residents_all_ages"])
        share = number(row["percent"])
        yield area, "2021", GROUPS[row["group5"]], plain(people), plain(totals[area]), plain(share)


def _social_workers(rows: list[Cells]) -> Iterator[Line]:
    wanted = [row for row in rows if row["geographic_level"] != "Statistical neighbours (median)"]
    known = {
        (_area(row), row["time_period"]): number(row["inpost_headcount"])
        for row in wanted
        if row["breakdown"] == "Known"
    }
    for row in wanted:
        if row["breakdown"] in GROUPS:
            top, of = number(row["inpost_headcount"]), known.get((_area(row), row["time_period"]))
            asked = None if row["breakdown"] == "Not known" else of
            yield _line(row, GROUPS[row["breakdown"]], top, asked, _published_share(row))


def _published_share(row: Cells) -> float | None:
    return number(row["inpost_headcount_percentage"])


def _in_need(detailed: bool) -> Reading:
    def lines(rows: list[Cells]) -> Iterator[Line]:
        wanted = [row for row in rows if row["category"] == "Children in Need at 31 March"]
        ethnic = [row for row in wanted if row["characteristic"] == "Ethnicity"]
        known = {
            row["time_period"]: number(row["number"])
            for row in ethnic
            if row["characteristic_type"] == "Known ethnicity"
        }
        for row in ethnic:
            name = row["characteristic_type"]
            is_total = name.startswith("Total ") or name == "Any other ethnic group"
            if name != "Known ethnicity" and (
                not name.startswith("Total ") if detailed else is_total
            ):
                group = name if detailed else GROUPS[name]
                of, share = known[row["time_period"]], number(row["percent"])
                yield _line(row, group, number(row["number"]), of, share)

    return lines


def _plans_by_ethnicity(rows: list[Cells]) -> Iterator[Line]:
    ethnic = [row for row in rows if row["characteristic"] == "Ethnicity"]
    known = {
        row["time_period"]: number(row["CPP_At31"])
        for row in ethnic
        if row["characteristic_type"] == "Known ethnicity"
    }
    for row in ethnic:
        if row["characteristic_type"] != "Known ethnicity":
            top, of = number(row["CPP_At31"]), known[row["time_period"]]
            yield _line(row, GROUPS[row["characteristic_type"]], top, of, _percent(top, of))


def _areas(folder: Path, output: Path) -> set[str]:
    """Areas with their codes and what each lies in, and statistical neighbours in order."""
    authorities = read(folder / "lookups" / "la_codes.csv")
    regional = read(folder / "benchmarks" / "dfe_b1_children_in_need_2013_2025.csv")
    regions = {row["region_name"]: row["region_code"] for row in regional if row["region_code"]}
    lines: list[Line] = [(*ENGLAND, "", "")]
    for name, code in sorted(regions.items(), key=lambda each: each[1]):
        lines.append((code, name, "", LONDON if code.startswith("E13") else ENGLAND[0]))
    for row in sorted(authorities, key=lambda each: each["new_la_code"]):
        within = regions[row["region_name"]]
        lines.append((row["new_la_code"], row["la_name"], row["old_la_code"], within))
    source = "Department for Education, local authority codes and regions, 2025"
    _write(output / "areas.csv", source, ("area", "name", "number", "within"), lines)
    _neighbours(folder, output, {row["old_la_code"]: row["new_la_code"] for row in authorities})
    return {str(line[0]) for line in lines}


def _neighbours(folder: Path, output: Path, codes: dict[str, str]) -> None:
    rows = read(folder / "lookups" / "statistical_neighbours_2025_wide.csv")
    lines: list[Line] = [
        (
            codes[row["old_la_code"]],
            place,
            codes[row[f"SN_{place}"].strip()],
            row[f"SN_{place}P"].strip(),
        )
        for row in rows
        if row["old_la_code"] in codes
        for place in range(1, 11)
        if row[f"SN_{place}"].strip() in codes
    ]
    source = "Department for Education, statistical neighbours for children's services, 2025 model"
    columns = ("area", "place", "neighbour", "closeness")
    _write(output / "neighbours.csv", source, columns, lines)


@dataclass(frozen=True)
class Table:
    """One table to write: its name, the download it comes from, whose it is, and how it is read."""

    name: str
    file: str
    source: str
    lines: Callable[[list[Cells]], Iterable[Line]]
    recent: bool = True
    per_child: bool = False


_CLA = "Department for Education, Children looked after in England, at 31 March 2023 to 2025"
_CLA_FILE = "dfe_cla_31march_characteristics_by_la_2021_2025.csv"
_CIN = "Department for Education, Characteristics of children in need, years to 31 March"
_CIN_ETHNICITY = "dfe_a7_cin_by_ethnicity_national_2015_2024.csv"
_WORKFORCE = "Department for Education, Children's social work workforce, 30 September 2023 to 2025"
_REREFERRALS = _share("referral_count", "rereferral_count", value="rereferral_percent")
_ASSESSED = _in_time(
    "Assessments_completed",
    ("Same_day", "1-10_days", "11-20_days", "21-30_days", "31-40_days", "41-45_days"),
    ("46-50_days", "51-60_days", "61+_days"),
)
_CONFERENCES = _in_time(
    "ICPC",
    ("Duration_0-10_days", "Duration_11-15_days"),
    ("Duration_16-20_days", "Duration_21+_days"),
)
_REVIEWS = _share(
    "CPP_At31_3Months",
    "Reviewed_within_timescales",
    value="Reviewed_within_timescales_percent",
)
_REPEATS = _share("CPP_start", "CPP_subsequent", value="CPP_subsequent_percent")

TABLES = (
    Table("looked_after", _CLA_FILE, _CLA, _looked_after_rate),
    Table("looked_after_by_ethnicity", _CLA_FILE, _CLA, _looked_after("Ethnicity")),
    Table("looked_after_by_sex", _CLA_FILE, _CLA, _looked_after("Sex")),
    Table("looked_after_by_age", _CLA_FILE, _CLA, _looked_after("Age group")),
    Table("children_in_need", "dfe_b1_children_in_need_2013_2025.csv",
          f"{_CIN} 2023 to 2025; rate worked out from counts published",
          _count("At31_episodes"), per_child=True),
    Table("referrals", "dfe_c1_referrals_rereferrals_2013_2025.csv",
          f"{_CIN} 2023 to 2025; rate worked out from counts published",
          _count("referral_count"), per_child=True),
    Table("rereferrals", "dfe_c1_referrals_rereferrals_2013_2025.csv",
          f"{_CIN} 2023 to 2025", _REREFERRALS),
    Table("assessments_within_45_days", "dfe_c2_assessment_duration_2014_2024.csv",
          f"{_CIN} 2022 to 2024; percentage worked out from the counts published", _ASSESSED),
    Table("conferences_within_15_days", "dfe_c4_s47_icpc_timeliness_2013_2024.csv",
          f"{_CIN} 2022 to 2024; percentage worked out from the counts published", _CONFERENCES),
    Table("reviews_within_timescales", "dfe_d6_cpp_reviewed_within_timescales_2013_2024.csv",
          f"{_CIN} 2022 to 2024", _REVIEWS),
    Table("repeat_plans", "dfe_d3_cpp_subsequent_2013_2025.csv",
          f"{_CIN} 2023 to 2025", _REPEATS),
    Table("children_in_need_by_ethnicity", _CIN_ETHNICITY,
          f"{_CIN} 2022 to 2024; England only", _in_need(detailed=False)),
    Table("children_in_need_by_detailed_ethnicity", _CIN_ETHNICITY,
          f"{_CIN} 2022 to 2024; England only", _in_need(detailed=True)),
    Table("protection_plans_by_ethnicity",
          "dfe_a5_cpp_category_by_ethnicity_national_2018_2024.csv",
          f"{_CIN} 2022 to 2024; England only; percentage worked out from the counts published",
          _plans_by_ethnicity),
    Table("population_by_ethnicity", "census2021_population_by_ethnic_group5.csv",
          "Office for National Statistics, Census 2021, usual residents of all ages", _census,
          recent=False),
    Table("children", "ons_mid_year_population_0_17_2012_2024.csv",
          "Office for National Statistics, mid-year population aged 0 to 17, 2022 to 2024",
          _count("population_estimate")),
    Table("social_workers_by_ethnicity",
          "dfe_csww_social_workers_by_ethnicity_by_la_2019_2025.csv", _WORKFORCE, _social_workers),
)  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
