"""The tables that are not one recipe read backwards: persons, staff, episodes, leavers, factors.

Each gives rows as cells by the dataset's column names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from django.db.models import Max

from evenhand.accounts.models import Team, Worker
from evenhand.casework import models as casework
from evenhand.formats.ssd.tables import codes
from evenhand.imports.extracting import rows
from evenhand.imports.extracting.keys import Keys
from evenhand.imports.extracting.rows import AT_ONCE, Cells
from evenhand.imports.recipes import Recipe, care, need, people, ssd
from evenhand.people.access_rules import sensitive
from evenhand.people.models import Adult, Child, FamilyMember, IdentityStanding, Relationship
from evenhand.people.pack import answers_to, ask_set

Rows = Callable[[], Iterator[Cells]]
SAID = ("ethnicity", "sex", "nationality")
"""What a person's row says of who they are. Gender identity is the child's to tell, and is not."""
CONFERENCE_FLAG = "CP_CONFERENCE_FLAG"


def persons(keys: Keys) -> Iterator[Cells]:
    """Children with the answers that lead, then the mothers of those who have one."""
    said, written = {name: _answers(name) for name in SAID}, set()
    children = Child.objects.filter(merged_into=None).order_by("pk")
    columns = ("pk", "forename", "surname", "born_on", "expected_on", "died_on", "upn")
    for pk, forename, surname, born, expected, died, upn in children.values_list(*columns).iterator(
        AT_ONCE
    ):
        key = keys.of("child", pk)
        written.add(key)
        yield {
            "pers_person_id": key,
            "pers_forename": forename,
            "pers_surname": surname,
            "pers_dob": born,
            "pers_expected_dob": expected,
            "pers_death_date": died,
            "pers_upn": upn,
            **{f"pers_{name}": said[name].get(pk, "") for name in SAID},
        }
    # A young mother is a child whom we know, and has her row.
    yield from (cells for cells in _mothers(keys) if cells["pers_person_id"] not in written)


def _answers(characteristic: str) -> dict[int, str]:
    """The leading answer of each child; a refusal by the code that returns have for it.

    None of what the packs call sensitive: that leaves in no export.
    """
    if characteristic in sensitive():
        return {}
    leading = IdentityStanding.objects.filter(child__isnull=False, characteristic=characteristic)
    found = list(leading.order_by().values_list("child_id", "status", "answer"))
    told = {child: answer for child, status, answer in found if status == "answered"}
    if characteristic == "nationality":
        words = _nationalities()
        told = {child: words.get(answer, "") for child, answer in told.items()}
    if characteristic == "ethnicity":
        told |= {child: "REFU" for child, status, _ in found if status == "declined"}
    return told


def _nationalities() -> dict[str, str]:
    """The dataset's word for each answer that the adopted packs offer: the name of a country."""
    asked = next((one for one in ask_set() if one.characteristic == "nationality"), None)
    by_name = {name.casefold(): name for name in codes()["country_of_origin"]}
    offered = answers_to(asked) if asked else {}
    return {code: by_name.get(label.casefold(), "") for code, label in offered.items()}


def _mothers(keys: Keys) -> Iterator[Cells]:
    mothers = Adult.objects.filter(relationships__kind="mother").distinct().order_by("pk")
    for pk, forename, surname, born in mothers.values_list("pk", "forename", "surname", "born_on"):
        yield {
            "pers_person_id": keys.of("adult", pk),
            "pers_forename": forename,
            "pers_surname": surname,
            "pers_dob": born,
            "pers_is_mother": "Y",
        }


def disabilities(keys: Keys) -> Iterator[Cells]:
    """A row for each code of each child whose disability is answered."""
    for child, answer in sorted(_answers("disability").items()):
        person = keys.of("child", child)
        for code in answer.split():
            yield {
                "disa_table_id": f"{person}-{code}",
                "disa_person_id": person,
                "disa_disability_code": code,
            }


def families(keys: Keys) -> Iterator[Cells]:
    """A row for each child of a family."""
    members = FamilyMember.objects.order_by("pk").values_list("pk", "family_id", "child_id")
    for pk, family, child in members:
        yield {
            "fami_table_id": f"{pk}",
            "fami_family_id": keys.of("family", family),
            "fami_person_id": keys.of("child", child),
        }


def mothers(keys: Keys) -> Iterator[Cells]:
    """A row for each child whose mother is known."""
    found = Relationship.objects.filter(kind="mother").order_by("pk")
    for pk, adult, child, born in found.values_list("pk", "adult", "child", "child__born_on"):
        yield {
            "moth_table_id": f"{pk}",
            "moth_person_id": keys.of("adult", adult),
            "moth_childs_person_id": keys.of("child", child),
            "moth_childs_dob": born,
        }


def departments(keys: Keys) -> Iterator[Cells]:
    """Teams, each with the one above it."""
    names = dict(Team.objects.values_list("pk", "name"))
    for pk, parent in Team.objects.order_by("pk").values_list("pk", "parent"):
        yield {
            "dept_team_id": keys.teams[pk],
            "dept_team_name": names[pk],
            "dept_team_parent_id": keys.teams.get(parent, ""),
            "dept_team_parent_name": names.get(parent, ""),
        }


def professionals(keys: Keys) -> Iterator[Cells]:
    """Workers as the case system names them."""
    columns = ("pk", "name", "registration", "job_title", "is_agency")
    for pk, name, registration, title, agency in Worker.objects.order_by("pk").values_list(
        *columns
    ):
        yield {
            "prof_professional_id": keys.workers[pk],
            "prof_professional_name": name,
            "prof_social_worker_registration_no": registration,
            "prof_professional_job_title": title,
            "prof_agency_worker_flag": "" if agency is None else rows.yes_no(agency),
        }


def factors(keys: Keys) -> Iterator[Cells]:
    """A row for each assessment that names factors."""
    named = casework.Assessment.objects.filter(withdrawn=False).exclude(factors=[])
    for pk, found in named.order_by("pk").values_list("pk", "factors").iterator(AT_ONCE):
        assessment = keys.of("assessment", pk)
        yield {
            "cinf_table_id": assessment,
            "cinf_assessment_id": assessment,
            "cinf_assessment_factors_json": rows.flags(found),
        }


def enquiries(keys: Keys) -> Iterator[Cells]:
    """Section 47 enquiries; that no conference was needed is a flag of the outcome."""
    needed = dict(
        casework.Section47.objects.filter(outcome={}, conference_needed__isnull=False).values_list(
            "pk", "conference_needed"
        )
    )
    by_key = {keys.of("section_47", pk): value for pk, value in needed.items()}
    for cells in rows.rows_of(need.SECTION_47, keys):
        answer = by_key.get(cells["s47e_s47_enquiry_id"])
        if answer is not None:
            cells["s47e_s47_outcome_json"] = rows.flags({CONFERENCE_FLAG: rows.yes_no(answer)})
        yield cells


def episodes(keys: Keys) -> Iterator[Cells]:
    """Episodes with their period of care; a period that no episode tells of has one of its own."""
    periods = _periods(keys)
    told = set()
    for cells in rows.rows_of(care.CARE_EPISODE, keys):
        period = cells["clae_cla_id"]
        told.add(period)
        yield cells | periods.get(period, {})
    for period, cells in periods.items():
        if period not in told:
            yield {
                **cells,
                "clae_cla_episode_id": f"{period}-1",
                "clae_cla_id": period,
                "clae_cla_episode_start_date": cells["clae_entered_care_date"],
                "clae_cla_episode_ceased_date": cells["ended_on"],
                "clae_cla_episode_ceased_reason": cells["end_reason"],
            }


def _periods(keys: Keys) -> dict[str, Cells]:
    """What every episode of a period says of the period, by the period's identifier."""
    found = casework.CarePeriod.objects.filter(withdrawn=False).order_by("pk")
    contacts = dict(
        casework.ReviewingOfficerContact.objects.filter(withdrawn=False)
        .order_by()
        .values("care_period")
        .annotate(last=Max("contacted_on"))
        .values_list("care_period", "last")
    )
    columns = ("pk", "child", "referral", "started_on", "ended_on", "end_reason")
    return {
        keys.of("care_period", pk): {
            "clae_person_id": keys.of("child", child),
            "clae_referral_id": keys.of("referral", referral),
            "clae_entered_care_date": started,
            "clae_cla_last_iro_contact_date": contacts.get(pk, ""),
            "ended_on": ended,
            "end_reason": reason,
        }
        for pk, child, referral, started, ended, reason in found.values_list(*columns)
    }


def leavers(keys: Keys) -> Iterator[Cells]:
    """Care leavers with the latest contact and the latest review of the pathway plan."""
    latest = {
        keys.of("care_leaver", pk): (contact, review)
        for pk, contact, review in casework.CareLeaver.objects.filter(withdrawn=False)
        .annotate(
            contact=Max("contacts__contacted_on"),
            review=Max("pathway_plan_reviews__reviewed_on"),
        )
        .values_list("pk", "contact", "review")
    }
    for cells in rows.rows_of(care.CARE_LEAVER, keys):
        contact, review = latest[cells["clea_table_id"]]
        yield cells | {
            "clea_care_leaver_latest_contact": contact,
            "clea_pathway_plan_review_date": review,
        }


OWN: Mapping[str, Callable[[Keys], Iterator[Cells]]] = {
    "ssd_person": persons,
    "ssd_disability": disabilities,
    people.FAMILY_MEMBER.table: families,
    people.MOTHER.table: mothers,
    "ssd_department": departments,
    "ssd_professionals": professionals,
    need.FACTORS.table: factors,
    need.SECTION_47.table: enquiries,
    care.CARE_EPISODE.table: episodes,
    care.CARE_LEAVER.table: leavers,
}
"""The tables written by functions of their own."""


def every(keys: Keys) -> Mapping[str, Rows]:
    """How to make the rows of each table of the dataset that we hold anything of."""
    own = {name: partial(make, keys) for name, make in OWN.items()}
    return {**own, **{one.table: partial(rows.rows_of, one, keys) for one in _plain_recipes()}}


def _plain_recipes() -> Iterator[Recipe]:
    for recipe in ssd.RECIPES:
        if recipe.model is not None and recipe.table and recipe.table not in OWN:
            yield recipe
