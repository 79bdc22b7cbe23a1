"""The policy library: packs in, rules out. Pure: YAML and values, no Django, no clock."""

from evenhand.policy.ask_set import Ask
from evenhand.policy.building import load
from evenhand.policy.checking import Problem
from evenhand.policy.clauses import Clause
from evenhand.policy.errors import PackError, PackErrors
from evenhand.policy.library import Policy
from evenhand.policy.packs import Pack, folder_of, folders, shipped
from evenhand.policy.roles import PermissionRule, RoleRule, Roles
from evenhand.policy.vocabulary import Fact, Vocabulary

__all__ = [
    "Ask",
    "Clause",
    "Fact",
    "Pack",
    "PackError",
    "PackErrors",
    "PermissionRule",
    "Policy",
    "Problem",
    "RoleRule",
    "Roles",
    "Vocabulary",
    "folder_of",
    "folders",
    "load",
    "shipped",
]
