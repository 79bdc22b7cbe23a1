"""The policy library: packs in, rules out. Pure: YAML and values, no Django, no clock."""

from evenhand.policy.ask_set import Ask
from evenhand.policy.checking import Problem
from evenhand.policy.clauses import Clause
from evenhand.policy.errors import PackError, PackErrors
from evenhand.policy.library import Policy, load
from evenhand.policy.packs import Pack, folders, shipped
from evenhand.policy.vocabulary import Fact, Vocabulary

__all__ = [
    "Ask",
    "Clause",
    "Fact",
    "Pack",
    "PackError",
    "PackErrors",
    "Policy",
    "Problem",
    "Vocabulary",
    "folders",
    "load",
    "shipped",
]
