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
from evenhand.people.models.living import Address, Place
from evenhand.people.models.objections import MonitoringObjection
from evenhand.people.models.questions import IdentityQuestion, IdentityTally

__all__ = [
    "Address",
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
    "MonitoringObjection",
    "OwnFamily",
    "Place",
    "Relationship",
    "Restriction",
    "RestrictionName",
    "SettledDifference",
    "TemporaryAccess",
]
