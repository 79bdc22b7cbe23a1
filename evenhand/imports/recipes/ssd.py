"""How each table of the Standard Safeguarding Dataset becomes records of ours.

Recipes stand in the order in which they must be made: a record comes after those it points at.
"""

from __future__ import annotations

from evenhand.imports.recipes.care import (
    CARE_EPISODE,
    CARE_LEAVER,
    CARE_PERIOD,
    LEGAL_STATUS,
    LOOKED_AFTER_REVIEW,
    MISSING_EPISODE,
    PLACEMENT,
)
from evenhand.imports.recipes.need import (
    ASSESSMENT,
    CONFERENCE,
    CONTACT,
    EARLY_HELP,
    FACTORS,
    NEED_PLAN,
    PROTECTION_PLAN,
    REFERRAL,
    REVIEW_CONFERENCE,
    SECTION_47,
)
from evenhand.imports.recipes.people import (
    ADDRESS,
    ADULT,
    CHILD,
    CHILD_NAME,
    DISABILITY,
    FAMILY,
    FAMILY_MEMBER,
    IMMIGRATION_STATUS,
    INVOLVEMENT,
    MOTHER,
)
from evenhand.imports.recipes.shape import Recipe
from evenhand.imports.recipes.visits import CARE_VISIT, NEED_VISIT, PROTECTION_VISIT

RECIPES: tuple[Recipe, ...] = (
    CHILD,
    CHILD_NAME,
    DISABILITY,
    FAMILY,
    ADULT,
    FAMILY_MEMBER,
    MOTHER,
    ADDRESS,
    CONTACT,
    EARLY_HELP,
    REFERRAL,
    FACTORS,
    ASSESSMENT,
    SECTION_47,
    CONFERENCE,
    PROTECTION_PLAN,
    REVIEW_CONFERENCE,
    NEED_PLAN,
    CARE_PERIOD,
    PLACEMENT,
    CARE_EPISODE,
    LEGAL_STATUS,
    LOOKED_AFTER_REVIEW,
    NEED_VISIT,
    PROTECTION_VISIT,
    CARE_VISIT,
    CARE_LEAVER,
    MISSING_EPISODE,
    IMMIGRATION_STATUS,
    INVOLVEMENT,
)
