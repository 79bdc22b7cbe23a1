"""Pasted tables: read whole, or a sentence for each line that cannot be used."""

from __future__ import annotations

import pytest

from evenhand.monitoring.actions.benchmarking import values_in
from evenhand.monitoring.reading import decoded, lines_of
from evenhand.problems import Problem

HEAD = "indicator,period,authority,value"
ID = "reviews-in-time"


def refused(text: str) -> str:
    """What is said of a table that is not taken."""
    with pytest.raises(Problem) as found:
        values_in(text)
    return str(found.value)


def test_an_indicator_is_named_by_id_or_title_and_cells_may_be_parted_otherwise() -> None:
    title = "Looked-after reviews held in time"
    told = values_in(f"Value;Period;Authority;Indicator\n85%;2025-26;Farshire;{title}\n\n")
    assert [(one.indicator, one.period, one.authority, one.value) for one in told] == [
        (ID, "2025-26", "Farshire", 85)
    ]
    pasted = values_in(f"indicator\tperiod\tauthority\tvalue\tgroup\n{ID}\t2025\tFarshire\t8.5\tX")
    assert pasted[0].group == "X"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (f"{ID},2025-26,Farshire,101", "Line 2: The value is 101, and no share is over 100 per"),
        (f"{ID},2025-26,Farshire,-1", "Line 2: The value is -1, and cannot be below 0."),
        (f"{ID},2025-26,Farshire,many", "Line 2: The value must be a number; it says 'many'."),
        (f"{ID},2025-26,Farshire,nan", "Line 2: The value must be a number; it says 'nan'."),
        (f"{ID},2025-26,Farshire,", "Line 2: The value must be a number; there is none."),
        (f"{ID},2025-26,Farshire", "Line 2: The value must be a number; there is none."),
        (f"{ID},,Farshire,8", "Line 2: The period is missing."),
        (f"{ID},2025-26,,8", "Line 2: The authority is missing."),
        (f"{ID},2025-26,{'F' * 101},8", "Line 2: The authority is longer than 100 characters."),
        ("unknown,2025-26,Farshire,8", "Line 2: No indicator is called 'unknown'."),
        (
            f"{ID},2025-26,Farshire,8\n{ID},2025-26,Farshire,9",
            "Line 3: Farshire has a value of this indicator and period in line 2 too.",
        ),
    ],
)
def test_a_line_that_cannot_be_used_is_told(row: str, said: str) -> None:
    found = refused(f"{HEAD}\n{row}")
    assert found.startswith(said)
    assert found.endswith("Nothing was taken: mend the lines and send the table again.")


def test_every_fault_is_told_up_to_ten() -> None:
    found = refused("\n".join([HEAD, *[f"{ID},2025,F{n},x" for n in range(14)]]))
    assert "Line 11:" in found
    assert "Line 12:" not in found
    assert "And 4 more lines." in found


def test_what_is_no_table_is_told() -> None:
    assert "There is nothing in the table." in refused("  \n ")
    assert "has headings and no rows" in refused(HEAD)
    assert "no column called 'authority'" in refused("indicator,period,value\nx,y,1")
    assert "20,002 rows" in refused("\n".join([HEAD] + ["a,b,c,1"] * 20_001))
    with pytest.raises(Problem, match="no CSV file"):
        decoded(b"PK\x03\x04\x00\x00")
    assert lines_of(decoded("area,number\nÁrea,1".encode("cp1252")), ["area"])[0].says("area")
