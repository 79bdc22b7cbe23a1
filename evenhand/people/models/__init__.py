"""Children, their families, who works with them, and what they said of themselves."""

from evenhand.people.models.access import (
    OwnFamily,
    Restriction,
    RestrictionName,
    TemporaryAccess,
)
from evenhand.people.models.adoption import AdoptionOrder
from evenhand.people.models.campaigns import IdentityCampaign, IdentityCampaignItem
from evenhand.people.models.children import (
    Adult,
    Child,
    ChildQuerySet,
    Family,
    FamilyMember,
    Involvement,
    Relationship,
)
from evenhand.people.models.identity import (
    IdentityStanding,
    IdentityStatement,
    SettledDifference,
)
from evenhand.people.models.questions import IdentityQuestion, IdentityTally

__all__ = [
    "AdoptionOrder",
    "Adult",
    "Child",
    "ChildQuerySet",
    "Family",
    "FamilyMember",
    "IdentityCampaign",
    "IdentityCampaignItem",
    "IdentityQuestion",
    "IdentityStanding",
    "IdentityStatement",
    "IdentityTally",
    "Involvement",
    "OwnFamily",
    "Relationship",
    "Restriction",
    "RestrictionName",
    "SettledDifference",
    "TemporaryAccess",
]
