"""The Children's Disability Team's two gates: what the answers advise, domain by domain."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.clock import Clock
from tests.pages import main_of, shown, words_of
from tests.recording.desk import Desk

pytestmark = pytest.mark.django_db
FORM = "disability-team"
RESTS = f"forms/{FORM}"
LISTED = ("hears", "sees", "speaks", "moves", "learns", "aware")
MET = {
    "judged_on": "2/2/2026", "delay": "significant", "lifelong": "yes", "episodic": "no",
    "sees": "yes",
}  # fmt: skip
VISION = {"useful_vision": "some", "vision_aids": "yes", "vision_daily": "yes"}
BEHAVIOUR = {"behaviour_long": "yes", "behaviour_social": "none"}
LEARNING = {"pmld": "no", "learning_permanent": "yes", "learning_roles": "yes"}


class Advice:
    """What the form of one child advises, filled in again and again."""

    def __init__(self, clock: Clock, born_on: date = date(2014, 4, 16)) -> None:
        clock.at("2026-02-02")
        self.desk = Desk()
        self.child = self.desk.child(born_on=born_on)

    def of(self, **answers: Any) -> dict[str, str]:
        """Fill it in with these answers: what the page says, line by line, and all of it."""
        made = self.desk.writes(FORM, self.child, **answers)
        page = self.desk.get("recording:one", made.ref)
        lines = {
            words_of(row.find("dt")): words_of(row.find("dd"))  # type: ignore[arg-type]
            for row in shown(page).iter("div")
            if row.find("dt") is not None and row.find("dd") is not None
        }
        return {**lines, "page": main_of(page)}

    def domain(self, domain: str, line: str, **answers: Any) -> str:
        """The level that one domain of the matrix comes to."""
        found = self.of(**MET, domains=domain, **answers)
        return found.get(f"Gate 2: {line}", "not told")


@pytest.fixture
def advice(clock: Clock) -> Advice:
    return Advice(clock)


@pytest.mark.clause("IOW-2.3.1", rests_on=f"{RESTS}/domains")
def test_both_gates_are_asked_and_the_matrix_may_close_what_the_definition_opened(
    advice: Advice,
) -> None:
    assert "Not eligible - matrix" in advice.of(**MET, domains="nothing")["page"]
    found = advice.of(**MET, domains="vision", **VISION, decided_by="Sam Weir")
    assert found["Gate 1, the definition"] == "Passed"
    assert found["Gate 2: Vision"] == "Significant"
    assert found["Who decides?"] == "Sam Weir"
    assert "EligibleThe definition and the matrix are both met." in found["page"]
    assert "More has to be answered" in advice.of(**MET)["page"]


@pytest.mark.clause("IOW-2.3.2-a", rests_on=f"{RESTS}/judged_on")
def test_a_child_is_under_18_until_the_day_before_the_birthday(clock: Clock) -> None:
    advice = Advice(clock, date(2008, 4, 16))
    clock.at("2026-04-20")
    line = "Gate 1: under 18 on the day"
    assert advice.of(judged_on="15/4/2026")[line] == "Met"
    found = advice.of(judged_on="16/4/2026")
    assert found[line] == "Not met: 18 or over"
    assert "Not eligible - 18 or over" in found["page"]


@pytest.mark.clause("IOW-2.3.2-b", rests_on=f"{RESTS}/delay")
def test_without_a_significant_delay_the_definition_is_not_met(advice: Advice) -> None:
    answers = {"judged_on": "2/2/2026", "delay": "none"}
    assert "Not eligible - no significant delay" in advice.of(**answers)["page"]
    found = advice.of(**{**answers, "delay": "significant"})
    assert found["Gate 1: severe or significant delay"] == "Met"
    assert "More has to be answered before this can be told" in found["page"]
    assert "Delay evidence missing: Ana Quay, Mon 2 February 2026" in found["page"]


@pytest.mark.clause("IOW-2.3.2-c", rests_on=f"{RESTS}/episodic")
def test_what_lasts_for_life_counts_although_it_comes_and_goes(advice: Advice) -> None:
    found = advice.of(**{**MET, "episodic": "yes"})
    assert found["Gate 1: expected to last for life"] == "Met, though it comes and goes"
    assert found["Gate 1, the definition"] == "Passed"
    found = advice.of(**{**MET, "lifelong": "no"})
    assert found["Gate 1, the definition"] == "Not passed"
    assert "Not eligible - not expected to last for life" in found["page"]


@pytest.mark.clause("IOW-2.3.2-d", rests_on=f"{RESTS}/aware")
def test_one_listed_impairment_is_enough_and_behaviour_is_not_on_the_list(advice: Advice) -> None:
    line = "Gate 1: at least one listed impairment"
    assert advice.of(**MET, domains="nothing")[line] == "Met"
    none = {**MET, **dict.fromkeys(LISTED, "no")}
    found = advice.of(**none, domains="behaviour", **BEHAVIOUR)
    assert found[line].startswith("Not met")
    assert found["Gate 2: Behaviour"].startswith("Profound")
    assert "Not eligible - no listed impairment" in found["page"]


@pytest.mark.clause("IOW-2.3.3-a", rests_on=f"{RESTS}/not-eligible-behaviour")
def test_profound_behaviour_counts_only_beside_another_domain(advice: Advice) -> None:
    both = advice.of(**MET, domains=["behaviour", "learning"], **BEHAVIOUR, **LEARNING)
    assert "EligibleThe definition and the matrix" in both["page"]
    alone = advice.of(**MET, domains="behaviour", **BEHAVIOUR)
    assert "Not eligible - matrix" in alone["page"]
    assert "counts only together with at least one of the listed impairments" in alone["page"]


@pytest.mark.clause("IOW-2.3.3-b", rests_on=f"{RESTS}/impact_environment")
def test_a_blank_comment_on_the_impact_is_shown_with_the_decider_and_the_day(
    advice: Advice,
) -> None:
    signed = {**MET, "domains": "vision", **VISION, "decided_by": "Sam Weir"}
    assert "impact comment missing" not in advice.of(**MET, domains="vision", **VISION)["page"]
    page = advice.of(**signed, impact_extent="Reads large print.")["page"]
    said = "impact comment missing: Sam Weir, Mon 2 February 2026"
    assert f"On the family, {said}" in page
    assert f"On the environment, {said}" in page
    assert f"On the extent of the impairment, {said}" not in page
    none = advice.of(**signed)["page"]
    assert f"On the extent of the impairment, {said}" in none
    said_all = dict.fromkeys(("impact_extent", "impact_family", "impact_environment"), "Known.")
    assert "impact comment missing" not in advice.of(**signed, **said_all)["page"]


@pytest.mark.clause("IOW-2.3.3-hearing-s", rests_on=f"{RESTS}/hearing_language")
def test_hearing_is_significant_where_aids_leave_difficulty(advice: Advice) -> None:
    answers = {"hearing_aids": "yes", "hearing_remains": "yes"}
    found = advice.of(**MET, domains="hearing", **answers)
    assert found["Gate 2: Hearing"] == "Significant"
    assert found["Gate 2, the matrix"].startswith("Passed")
    assert "Hearing, evidence missing: Ana Quay" in found["page"]
    language = {"hears_what": "some", "hearing_aids": "no", "hearing_remains": "no"}
    line = "Hearing"
    assert advice.domain("hearing", line, **language, hearing_language="yes") == "Significant"
    assert advice.domain("hearing", line, **language, hearing_language="no") == "None"
    row = {"hearing_source": "Audiology report", "hearing_by": "Dr Lee"}
    row |= {"hearing_on": "12/1/2026"}
    shown_ = advice.of(**MET, domains="hearing", **answers, **row)["page"]
    assert "Hearing, evidence missing" not in shown_
    assert "Audiology report" in shown_


@pytest.mark.clause("IOW-2.3.3-hearing-p", rests_on=f"{RESTS}/aid_benefit")
def test_hearing_is_profound_where_aids_give_little(advice: Advice) -> None:
    asked = {"hears_what": "little", "hearing_aids": "yes", "hearing_remains": "no"}
    asked |= {"hearing_language": "no"}
    assert advice.domain("hearing", "Hearing", **asked, aid_benefit="little") == "Profound"
    assert advice.domain("hearing", "Hearing", **asked, aid_benefit="good") == "None"


@pytest.mark.clause("IOW-2.3.3-vision-s", rests_on=f"{RESTS}/vision_aids")
def test_vision_is_significant_where_daily_activity_is_held_back(advice: Advice) -> None:
    assert advice.domain("vision", "Vision", **VISION) == "Significant"
    assert advice.domain("vision", "Vision", **{**VISION, "vision_daily": "no"}) == "None"


@pytest.mark.clause("IOW-2.3.3-vision-p", rests_on=f"{RESTS}/useful_vision")
def test_vision_is_profound_without_useful_sight(advice: Advice) -> None:
    assert advice.domain("vision", "Vision", useful_vision="none") == "Profound"
    assert advice.domain("vision", "Vision", **VISION) == "Significant"


SPEECH = {"speech": "some", "speech_hard": "yes", "social_hard": "yes", "cannot_join": "yes"}


@pytest.mark.clause("IOW-2.3.3-comm-s", rests_on=f"{RESTS}/cannot_join")
def test_communication_is_significant_where_all_three_are_met(advice: Advice) -> None:
    assert advice.domain("communication", "Communication", **SPEECH) == "Significant"
    without = {**SPEECH, "social_hard": "no"}
    assert advice.domain("communication", "Communication", **without) == "None"


@pytest.mark.clause("IOW-2.3.3-comm-p", rests_on=f"{RESTS}/main_method")
def test_communication_is_profound_without_speech_and_the_main_method_is_asked(
    advice: Advice,
) -> None:
    found = advice.of(**MET, domains="communication", speech="none")
    assert found["Gate 2: Communication"] == "Profound"
    assert "Main way of communicating missing: Ana Quay, Mon 2 February 2026" in found["page"]
    found = advice.of(**MET, domains="communication", speech="none", main_method="Makaton")
    assert found["Communication: how does the child mainly communicate?"] == "Makaton"


@pytest.mark.clause("IOW-2.3.3-gross-s", rests_on=f"{RESTS}/harm_long_term")
def test_gross_motor_is_significant_where_illness_does_lasting_harm_on_treatment(
    advice: Advice,
) -> None:
    ill = {"motor_or_illness": "yes", "harm_long_term": "yes", "on_treatment": "yes"}
    line = "Physical (gross motor)"
    assert advice.domain("gross_motor", line, **ill) == "Significant"
    less = {**ill, "harm_long_term": "no", "functions": "none"}
    assert advice.domain("gross_motor", line, **less) == "None"


@pytest.mark.clause("IOW-2.3.3-gross-p", rests_on=f"{RESTS}/functions")
def test_gross_motor_is_profound_where_every_basic_function_is_difficult(advice: Advice) -> None:
    line, no = "Physical (gross motor)", {"motor_or_illness": "no"}
    every = {"functions": "all", "help_likely": "yes"}
    assert advice.domain("gross_motor", line, **no, **every) == "Profound"
    assert advice.domain("gross_motor", line, **no, functions="some") == "None"


@pytest.mark.clause("IOW-2.3.3-fine-s", rests_on=f"{RESTS}/fine_help")
def test_fine_motor_is_significant_where_help_is_needed_in_a_practical_time(
    advice: Advice,
) -> None:
    line = "Physical (fine motor)"
    assert advice.domain("fine_motor", line, fine_help="yes") == "Significant"
    assert advice.domain("fine_motor", line, fine_help="no") == "None"


@pytest.mark.clause("IOW-2.3.3-fine-p", rests_on=f"{RESTS}/self_care")
def test_fine_motor_is_profound_where_most_self_care_needs_help(advice: Advice) -> None:
    line = "Physical (fine motor)"
    assert advice.domain("fine_motor", line, fine_help="yes", self_care="most") == "Profound"
    assert advice.domain("fine_motor", line, fine_help="yes", self_care="few") == "Significant"


@pytest.mark.clause("IOW-2.3.3-learning-s", rests_on=f"{RESTS}/learning_permanent")
def test_learning_is_significant_where_it_lasts_and_keeps_from_usual_roles(
    advice: Advice,
) -> None:
    assert advice.domain("learning", "Learning", **LEARNING) == "Significant"
    passing = {"pmld": "no", "learning_permanent": "no"}
    assert advice.domain("learning", "Learning", **passing) == "None"


@pytest.mark.clause("IOW-2.3.3-learning-p", rests_on=f"{RESTS}/pmld")
def test_learning_is_profound_only_where_a_document_says_so(advice: Advice) -> None:
    sourced = {"pmld": "yes", "pmld_source": "Paediatric report, 9 January 2026"}
    assert advice.domain("learning", "Learning", **sourced) == "Profound"
    found = advice.of(**MET, domains="learning", pmld="yes")
    assert found["Gate 2: Learning"] == "Evidence needed"
    assert "Evidence needed: Ana Quay, Mon 2 February 2026" in found["page"]
    assert "More has to be answered" in found["page"]


@pytest.mark.clause("IOW-2.3.3-consc-s", rests_on=f"{RESTS}/absences")
def test_absences_without_passing_out_are_significant(advice: Advice) -> None:
    absent = {"unconscious": "no", "absences": "yes", "confusion": "yes"}
    found = advice.of(**MET, domains="consciousness", **absent)
    assert found["Gate 2: Consciousness"] == "Significant"
    assert found["Gate 2, the matrix"].startswith("Passed")
    assert found["Consciousness: is the child confused after them?"] == "Yes"
    made = advice.desk.writes(FORM, advice.child, **MET, domains="consciousness", unconscious="yes")
    asked = advice.desk.words("recording:change", made.ref)
    assert "Consciousness: is treatment or care needed then" in asked
    assert "Consciousness: are there absences" not in asked


@pytest.mark.clause("IOW-2.3.3-consc-p", rests_on=f"{RESTS}/unconscious")
def test_passing_out_is_profound_where_care_is_needed_for_safety(advice: Advice) -> None:
    out = {"unconscious": "yes"}
    line = "Consciousness"
    assert advice.domain("consciousness", line, **out, unconscious_care="yes") == "Profound"
    assert advice.domain("consciousness", line, **out, unconscious_care="no") == "None"


@pytest.mark.clause("IOW-2.3.3-behaviour-p", rests_on=f"{RESTS}/behaviour_risk")
def test_behaviour_is_profound_and_adds_nothing_without_another_domain(advice: Advice) -> None:
    both = advice.of(**MET, domains=["behaviour", "learning"], **BEHAVIOUR, **LEARNING)
    assert both["Gate 2: Behaviour"].startswith("Profound, and it counts")
    risk = {"behaviour_long": "yes", "behaviour_social": "hard", "behaviour_risk": "yes"}
    assert advice.domain("behaviour", "Behaviour", **risk).startswith("Profound")
    assert advice.domain("behaviour", "Behaviour", **{**risk, "behaviour_risk": "no"}) == "None"
    alone = advice.of(**MET, domains="behaviour", **BEHAVIOUR)
    assert alone["Gate 2: Behaviour"].startswith("Profound, but it adds nothing")
    assert alone["Gate 2, the matrix"] == "Not passed: behaviour alone"
