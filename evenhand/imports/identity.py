"""What an extract says of who children are: prepared here, stated by the people room.

REFU is a refusal; NOBT, a blank and sex "unknown" say nothing. Gender is stated only where it
differs from sex: many extracts copy one field into both, and a copy is nobody's word. That there
is a disability adds nothing where its kind is known already.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from evenhand.accounts.references import new_references
from evenhand.imports import sql
from evenhand.imports.checks import Checker
from evenhand.imports.codes import DECLINED
from evenhand.imports.findings import TAKEN, Finding
from evenhand.imports.recipes.report import SAID, SAID_KIND
from evenhand.imports.staging import Stage
from evenhand.people import sealing
from evenhand.people.actions import Said, state_from_import
from evenhand.people.pack import answers_to, ask_set
from evenhand.sources.models import ImportBatch

AT_ONCE = 5_000
LIVE = "fate IN ('created', 'changed', 'unchanged')"
AS_SEX = "CASE gender WHEN '01' THEN 'M' WHEN '02' THEN 'F' ELSE gender END"


def stage(stages: dict[str, Stage]) -> None:
    """Lay out one row for each child and characteristic that the extract speaks of."""
    kind = "INTEGER PRIMARY KEY" if sql.is_sqlite() else "bigserial PRIMARY KEY"
    sql.run("DROP TABLE IF EXISTS stage_statement")
    sql.run(
        f"CREATE TEMPORARY TABLE stage_statement (n {kind}, child_id bigint, "
        "characteristic text, status text, answer text, is_new integer)"
    )
    with sql.aside():
        if stages["child"].read:
            _of_persons()
        if stages["disability"].read:
            _disabilities()
        if stages[SAID_KIND].read:
            _of_reports()
        sql.run("CREATE INDEX stage_statement_child ON stage_statement (child_id)")


def _say(characteristic: str, status: str, answer: str, where: str) -> None:
    sql.run(
        "INSERT INTO stage_statement (child_id, characteristic, status, answer) "
        f"SELECT target_id, %s, %s, {answer} FROM stage_child WHERE {LIVE} AND {where}",
        [characteristic, status],
    )


def _of_persons() -> None:
    _say("ethnicity", "answered", "ethnicity", "ethnicity NOT IN ('REFU', 'NOBT')")
    _say("ethnicity", "declined", "''", "ethnicity = 'REFU'")
    _say("sex", "answered", "sex", "sex IN ('M', 'F')")
    _say("nationality", "answered", "nationality", "nationality IS NOT NULL")
    own = f"gender IN ('01', '02', 'M', 'F') AND sex IN ('M', 'F') AND {AS_SEX} <> sex"
    word = f"CASE {AS_SEX} WHEN 'M' THEN 'boy' ELSE 'girl' END"
    _say("gender_identity", "answered", word, own)


def _of_reports() -> None:
    """What the case system's own reports tell, of what the adopted packs ask."""
    for name in (item.characteristic for item in ask_set() if item.characteristic in SAID):
        for status, answer, where in (
            ("answered", "{c}", "{c} <> %s"),
            ("declined", "''", "{c} = %s"),
        ):
            sql.run(
                "INSERT INTO stage_statement (child_id, characteristic, status, answer) "
                f"SELECT child_id, %s, %s, {answer} FROM {{name}} WHERE fate IS NULL "
                f"AND child_id IS NOT NULL AND {{c}} IS NOT NULL AND {where}",
                [name, status, DECLINED],
                name=f"stage_{SAID_KIND}",
                c=name,
            )


def _disabilities() -> None:
    joined = "group_concat(code, ' ')" if sql.is_sqlite() else "string_agg(code, ' ' ORDER BY code)"
    sql.run(
        "INSERT INTO stage_statement (child_id, characteristic, status, answer) "
        f"SELECT child_id, 'disability', 'answered', {joined} FROM ("
        "SELECT DISTINCT child_id, code FROM stage_disability WHERE fate IS NULL "
        "AND child_id IS NOT NULL AND code IS NOT NULL AND NOT (code = 'NONE' AND child_id IN ("
        "SELECT child_id FROM stage_disability WHERE fate IS NULL AND code <> 'NONE')) "
        "ORDER BY child_id, code) AS codes GROUP BY child_id"
    )
    sql.run(
        "DELETE FROM stage_statement WHERE characteristic = 'disability' AND answer = 'YES' "
        "AND EXISTS (SELECT 1 FROM people_identitystanding s WHERE s.child_id = "
        "stage_statement.child_id AND s.characteristic = 'disability' "
        "AND s.status = 'answered' AND s.answer NOT IN ('NONE', 'YES'))"
    )


def unreadable(checker: Checker) -> None:
    """Leave out answers that the adopted packs do not offer, and say so once for each.

    An answer in the pack's own words, such as the name of a country, is taken as its code.
    """
    allowed = {item.characteristic: set(answers_to(item)) for item in ask_set()}
    _words_to_codes()
    met = sql.rows(
        "SELECT characteristic, answer, count(*) FROM stage_statement "
        "WHERE status = 'answered' GROUP BY characteristic, answer"
    )
    for characteristic, answer, count in met:
        if allowed.get(characteristic, set()).issuperset(answer.split()):
            continue
        sql.run(
            "DELETE FROM stage_statement WHERE characteristic = %s AND answer = %s",
            [characteristic, answer],
        )
        checker.findings.add(_not_offered(characteristic, answer, count))


def _words_to_codes() -> None:
    for item in ask_set():
        met = sql.rows(
            "SELECT DISTINCT answer FROM stage_statement WHERE characteristic = %s",
            [item.characteristic],
        )
        codes = {label.lower(): code for code, label in answers_to(item).items()}
        for (answer,) in met:
            if answer and answer.lower() in codes:
                sql.run(
                    "UPDATE stage_statement SET answer = %s "
                    "WHERE characteristic = %s AND answer = %s",
                    [codes[answer.lower()], item.characteristic, answer],
                )


def _not_offered(characteristic: str, answer: str, count: int) -> Finding:
    rows = "row gives" if count == 1 else "rows give"
    return Finding(
        table="ssd_disability" if characteristic == "disability" else "ssd_person",
        line=1,
        fate=TAKEN,
        rule="SSD-A01",
        column=characteristic,
        found=answer,
        sentence=f"{count:,} {rows} {answer} as {characteristic.replace('_', ' ')}, which the ask "
        "set of the adopted packs does not offer: nothing was recorded of it.",
        remedy="Add the answer to the pack's code list, then import again.",
        row={"": ""},
    )


def copied_genders(checker: Checker) -> None:
    """Say once how many rows give as gender what they give as sex."""
    copies = sql.one(
        f"SELECT count(*) FROM stage_child WHERE {LIVE} AND gender IS NOT NULL AND {AS_SEX} = sex"
    )
    if copies:
        checker.findings.add(
            Finding(
                table="ssd_person",
                line=1,
                fate=TAKEN,
                rule="SSD-G01",
                column="pers_gender",
                sentence=f"{copies:,} rows give as gender what they give as sex: taken as a copy, "
                "and no gender was recorded.",
                remedy="Nothing need be done. Gender identity is for the child to tell.",
                row={"": ""},
            )
        )


LAST = (
    "(SELECT {of} FROM people_identitystatement i "
    "WHERE i.child_id = s.child_id AND i.characteristic = s.characteristic "
    "AND i.said_by = 'import' AND i.source = %s AND NOT i.entered_in_error "
    "ORDER BY i.recorded_at DESC, i.id DESC LIMIT 1)"
)


def settle(source: str) -> None:
    """Mark what is new, and let the rows that say it share in it."""
    with sql.aside():
        sql.run(
            "UPDATE stage_statement AS s SET is_new = CASE WHEN "
            + LAST.replace("{of}", "i.status || ':' || i.answer")
            + " {differs} (s.status || ':' || s.answer) THEN 1 ELSE 0 END",
            [source],
        )
        _open_and_compare(source)
        sql.run(
            "UPDATE stage_child SET fate = 'changed' WHERE fate = 'unchanged' AND EXISTS "
            "(SELECT 1 FROM stage_statement s WHERE s.child_id = stage_child.target_id "
            "AND s.is_new = 1 AND s.characteristic <> 'disability')"
        )
        sql.run(
            "UPDATE stage_disability SET fate = CASE WHEN EXISTS (SELECT 1 FROM stage_statement s "
            "WHERE s.child_id = stage_disability.child_id AND s.is_new = 1 "
            "AND s.characteristic = 'disability') THEN 'folded' ELSE 'unchanged' END "
            "WHERE fate IS NULL"
        )
        sql.run(
            "UPDATE {name} SET fate = CASE WHEN EXISTS (SELECT 1 FROM stage_statement s "
            "WHERE s.child_id = {name}.child_id AND s.is_new = 1) "
            "THEN 'folded' ELSE 'unchanged' END WHERE fate IS NULL",
            name=f"stage_{SAID_KIND}",
        )


def _open_and_compare(source: str) -> None:
    """What is volunteered is sealed, so that it is compared here, opened in memory."""
    names = sorted(sealing.volunteered())
    if not names:
        return
    marks = ", ".join(["%s"] * len(names))
    held = sql.rows(
        "SELECT n, status, coalesce(answer, ''), "
        + LAST.replace("{of}", "i.ref || ' ' || i.status || ':' || i.answer")
        + f" FROM stage_statement AS s WHERE s.characteristic IN ({marks})",
        [source, *names],
    )
    for number, status, answer, last in held:
        if last is not None and _is_as_before(status, answer, last):
            sql.run("UPDATE stage_statement SET is_new = 0 WHERE n = %s", [number])


def _is_as_before(status: str, answer: str, last: str) -> bool:
    ref, _, said = last.partition(" ")
    before, _, held = said.partition(":")
    return (before, sealing.opened(held, ref)) == (status, answer)


def state(batch: ImportBatch) -> int:
    """Have what is new stated, in the caller's transaction; how many statements were added.

    The first word on something leads by itself and is written in bulk; what follows other words
    goes through the people room, which decides what leads.
    """
    first = _first_words(batch)
    if not sql.one("SELECT 1 FROM stage_statement WHERE is_new = 1 LIMIT 1"):
        return first
    following = (Said(child, None, *rest) for child, *rest in _rows(NEW))
    return first + state_from_import(following, batch=batch, at=batch.started_at).added


NEW, FIRST = 1, 2
STATEMENT = (
    "ref", "child_id", "characteristic", "status", "answer", "own_words", "said_by", "source",
    "how", "may_see", "recorded_at", "import_batch_id", "entered_in_error",
)  # fmt: skip


def _first_words(batch: ImportBatch) -> int:
    count = sql.run(
        "UPDATE stage_statement AS s SET is_new = %s WHERE s.is_new = %s AND NOT EXISTS ("
        "SELECT 1 FROM people_identitystatement i WHERE i.child_id = s.child_id "
        "AND i.characteristic = s.characteristic)",
        [FIRST, NEW],
    )
    rows, secret = _rows(FIRST), sealing.volunteered()
    while some := list(islice(rows, AT_ONCE)):
        refs = new_references(len(some))
        sql.insert(
            "people_identitystatement",
            STATEMENT,
            [
                (
                    ref,
                    *row[:3],
                    sealing.stored(row[1], row[3], ref, secret),
                    "",
                    "import",
                    batch.source.key,
                    "",
                    "",
                    batch.started_at,
                    batch.pk,
                    False,
                )
                for ref, row in zip(refs, some, strict=True)
            ],
        )
    if count:
        _first_standings(batch)
    return count


def _first_standings(batch: ImportBatch) -> None:
    chased = [item.characteristic for item in ask_set() if item.chased]
    marks = ", ".join(["%s"] * len(chased))
    sql.run(
        "INSERT INTO people_identitystanding "
        "(child_id, characteristic, status, answer, said_by, asked_on, conflict, statement_id) "
        "SELECT i.child_id, i.characteristic, i.status, i.answer, i.said_by, %s, FALSE, i.id "
        "FROM people_identitystatement i JOIN stage_statement s ON s.child_id = i.child_id "
        "AND s.characteristic = i.characteristic AND s.is_new = %s "
        f"WHERE i.import_batch_id = %s AND i.characteristic IN ({marks})",
        [batch.started_at.date().isoformat(), FIRST, batch.pk, *chased],
    )


def _rows(which: int) -> Iterator[tuple[int, str, str, str]]:
    """The child, characteristic, status and answer of staged statements."""
    last = 0
    while some := sql.rows(
        "SELECT n, child_id, characteristic, status, coalesce(answer, '') FROM stage_statement "
        "WHERE is_new = %s AND n > %s ORDER BY n LIMIT %s",
        [which, last, AT_ONCE],
    ):
        last = some[-1][0]
        yield from (row[1:] for row in some)
