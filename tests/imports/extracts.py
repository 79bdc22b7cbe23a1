"""Small extracts, written as a case system would write them."""

from __future__ import annotations

import csv
from pathlib import Path

from evenhand.formats import extract

DAY = "2026-11-20"
DEFAULTS: dict[str, dict[str, str]] = {
    "ssd_person": {"pers_sex": "F", "pers_dob": "2015-06-01", "pers_ethnicity": "WBRI"},
    "ssd_contacts": {"cont_contact_date": "2026-03-02"},
    "ssd_cin_episodes": {"cine_referral_date": "2026-03-02"},
    "ssd_cin_assessments": {"cina_assessment_start_date": "2026-03-05"},
    "ssd_cla_episodes": {
        "clae_cla_episode_start_date": "2026-04-01",
        "clae_entered_care_date": "2026-04-01",
        "clae_cla_id": "C1",
    },
    "ssd_cla_reviews": {"clar_cla_review_date": "2026-04-20", "clar_cla_id": "C1"},
    "ssd_involvements": {"invo_involvement_start_date": "2026-03-03"},
    "ssd_cin_plans": {"cinp_cin_plan_start_date": "2026-03-20"},
}
CHILD = {
    "ssd_cla_reviews": "clar_cla_person_id",
    "ssd_mother": "moth_childs_person_id",
}


class Extract:
    """A folder of tables; each call of ``row`` adds one row, by column names."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rows: dict[str, list[dict[str, str]]] = {}

    def row(self, table: str, key: str, child: str = "", **cells: str) -> Extract:
        """Add a row with its key, its child and some cells; the rest as in ``DEFAULTS``."""
        known = extract.known_tables()[table]
        values = {**DEFAULTS.get(table, {}), known.key.name: key, **cells}
        if child:
            person = CHILD.get(table) or next(
                c.name for c in known.columns if c.name.endswith("person_id")
            )
            values[person] = child
        self.rows.setdefault(table, []).append(values)
        return self

    def person(self, key: str, **cells: str) -> Extract:
        """Add a child."""
        return self.row("ssd_person", key, **{f"pers_{name}": v for name, v in cells.items()})

    def write(self) -> Path:
        """Write every table with its whole header; the folder."""
        self.folder.mkdir(exist_ok=True, parents=True)
        for path in self.folder.glob("*.csv"):
            path.unlink()
        for table, rows in self.rows.items():
            columns = [column.name for column in extract.known_tables()[table].columns]
            with (self.folder / f"{table}.csv").open("w", newline="", encoding="utf-8") as file:
                writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)
        return self.folder

    def change(self, table: str, key: str, **cells: str) -> Extract:
        """Put other cells into the rows of a key."""
        name = extract.known_tables()[table].key.name
        for row in self.rows[table]:
            if row[name] == key:
                row.update(cells)
        return self

    def drop(self, table: str, key: str) -> Extract:
        """Take the rows of a key out."""
        name = extract.known_tables()[table].key.name
        self.rows[table] = [row for row in self.rows[table] if row[name] != key]
        return self
