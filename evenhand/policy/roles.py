"""Roles and permissions: who sees how far, who may do what, and what an authority may change.

The first pack to name a role or a permission defines it, whole. A pack that adopts it may change a
role's fields, add roles of its own, and ``give`` or ``take`` permissions, with a reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from evenhand.policy import documents, packs
from evenhand.policy.documents import Faults, Node, items_of, shown
from evenhand.policy.errors import PackErrors, nearest
from evenhand.policy.fields import Fields
from evenhand.policy.packs import Pack
from evenhand.rules.values import BASES

FILE = "roles.yaml"
CASELOAD, TEAMS, EVERYONE, NONE = "caseload", "teams", "everyone", "none"
REACHES = (CASELOAD, TEAMS, EVERYONE, NONE)
CLOSENESSES = ("worker", "manager", "reviewing_officer")
STEPS = ("required", "optional")
FIRST_PAGES = (
    "social_worker", "team_manager", "service_manager", "reviewing_officer", "quality_assurance",
    "equality_lead", "data_officer", "director", "rights", "plain",
)  # fmt: skip
"""The first pages that there are: evenhand.pages draws each, and a test holds the two alike."""

ROLE_FIELDS = (
    "id", "title", "first_page", "persons", "aggregates", "closeness", "second_step", "basis",
    "reason", "note",
)  # fmt: skip
PERMISSION_FIELDS = ("id", "words", "roles", "apart", "give", "take", "basis", "reason", "note")


@dataclass(frozen=True)
class RoleRule:
    """One role: its words, its first page, and how far it reaches.

    `persons` and `aggregates` are one of REACHES. `closeness` says as whom, in the child's own
    terms, its holder may stand to a child within reach.
    """

    id: str
    title: str
    first_page: str
    persons: str
    aggregates: str
    closeness: tuple[str, ...] = ()
    second_step: str = "optional"
    basis: str = "default"

    @property
    def needs_second_step(self) -> bool:
        """Whether its holder signs in with a second step."""
        return self.second_step == "required"


@dataclass(frozen=True)
class PermissionRule:
    """One thing to do, in words for people, and the roles that may.

    `apart`: held only by roles that open no child's record.
    """

    id: str
    words: str
    roles: frozenset[str]
    apart: bool = False
    basis: str = "default"


@dataclass(frozen=True)
class Roles:
    """Every role and permission of the adopted packs, by id, in their order."""

    roles: Mapping[str, RoleRule] = field(default_factory=dict)
    permissions: Mapping[str, PermissionRule] = field(default_factory=dict)

    def titles(self, held: Iterable[str]) -> list[str]:
        """The titles of the roles held, in the packs' order; those not known are left out."""
        mine = frozenset(held)
        return [role.title for id_, role in self.roles.items() if id_ in mine]


def load(folders: Iterable[Path]) -> Roles:
    """Read the roles alone of the packs in the folders. Raises PackErrors with every fault."""
    faults = Faults()
    found = read(packs.find(folders, faults), faults)
    if faults.errors:
        raise PackErrors(faults.errors)
    return found


def read(adopted: Iterable[Pack], faults: Faults) -> Roles:
    """The roles of packs in the order of adoption; what is wrong is noted in ``faults``."""
    reader = _Reader(faults)
    for pack in adopted:
        path = pack.folder / FILE
        node = documents.read(path, faults) if path.is_file() else None
        if node is not None:
            reader.take(node)
    reader.hold_apart()
    return Roles(reader.roles, reader.permissions)


class _Reader:
    """Takes one pack's file after another."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        self.roles: dict[str, RoleRule] = {}
        self.permissions: dict[str, PermissionRule] = {}
        self.places: dict[str, Node] = {}

    def take(self, node: Node) -> None:
        if not isinstance(node, documents.Mapping):
            remedy = "Begin with roles: and permissions:."
            self.faults.add(node, "file", "it is not a mapping", remedy)
            return
        both = Fields(node, self.faults, ("roles", "permissions"), "the file of roles")
        for fields in self._listed(both, "roles", ROLE_FIELDS, "the role"):
            self._role(fields)
        for fields in self._listed(both, "permissions", PERMISSION_FIELDS, "the permission"):
            self._permission(fields)

    def _listed(
        self, both: Fields, key: str, allowed: tuple[str, ...], name: str
    ) -> Iterator[Fields]:
        node = both.get(key)
        for item in items_of(node) if node else ():
            if isinstance(item, documents.Mapping):
                yield Fields(item, self.faults, allowed, name)
            else:
                self.faults.add(item, key, shown(item), f"Write the fields of {name}: id, ...")

    def _role(self, fields: Fields) -> None:
        id_ = fields.text("id")
        old = self.roles.get(id_)
        if old is not None:
            fields.text("reason")
        else:
            fields.choice("basis", BASES)
        self.roles[id_] = self._rule(fields, old or RoleRule(id_, "", "plain", NONE, NONE), old)
        self.places[id_] = fields.node

    def _rule(self, fields: Fields, before: RoleRule, old: RoleRule | None) -> RoleRule:
        new = old is None
        return replace(
            before,
            title=fields.text("title", required=new) or before.title,
            first_page=fields.choice("first_page", FIRST_PAGES, required=new) or before.first_page,
            persons=fields.choice("persons", REACHES, required=new) or before.persons,
            aggregates=fields.choice("aggregates", REACHES, required=new) or before.aggregates,
            second_step=fields.choice("second_step", STEPS, required=new) or before.second_step,
            closeness=self._closeness(fields) if "closeness" in fields else before.closeness,
            basis=fields.choice("basis", BASES, required=False) or before.basis,
        )

    def _closeness(self, fields: Fields) -> tuple[str, ...]:
        return self._known(fields, "closeness", CLOSENESSES)

    def _permission(self, fields: Fields) -> None:
        id_ = fields.text("id")
        old = self.permissions.get(id_)
        if old is None and "words" not in fields:
            remedy = nearest(id_, self.permissions, "Name one that a pack you adopt has.")
            fields.wrong("id", f'no permission is called "{id_}"', remedy)
            return
        self.permissions[id_] = self._changed(fields, old) if old else self._new(fields, id_)
        self.places[id_] = fields.node

    def _new(self, fields: Fields, id_: str) -> PermissionRule:
        fields.need("roles", "Name the roles that hold it.")
        held = frozenset(self._known(fields, "roles", self.roles))
        basis = fields.choice("basis", BASES, required=False) or "default"
        return PermissionRule(id_, fields.text("words"), held, fields.flag("apart"), basis)

    def _changed(self, fields: Fields, old: PermissionRule) -> PermissionRule:
        fields.text("reason")
        for key in ("words", "roles", "apart"):
            if key in fields:
                remedy = "Write give: [roles] or take: [roles] instead."
                fields.wrong(key, f'"{old.id}" stands in a pack that this one adopts', remedy)
        given = self._known(fields, "give", self.roles)
        taken = self._known(fields, "take", self.roles)
        return replace(old, roles=(old.roles | set(given)) - set(taken))

    def _known(self, fields: Fields, key: str, known: Iterable[str]) -> tuple[str, ...]:
        known, named = tuple(known), fields.texts(key)
        for name in named:
            if name not in known:
                remedy = nearest(name, known, f"Use one of: {', '.join(known)}.")
                fields.wrong(key, f'"{name}" is not known', remedy)
        return tuple(name for name in named if name in known)

    def hold_apart(self) -> None:
        """Refuse a role that opens children's records what is kept apart from them."""
        for permission in self.permissions.values():
            for role in sorted(permission.roles) if permission.apart else ():
                if self.roles[role].persons != NONE:
                    found = f'"{role}" opens children\'s records (persons: '
                    found += f'{self.roles[role].persons}) and would hold "{permission.id}"'
                    remedy = "Give it to a role of its own, with persons: none."
                    self.faults.add(self.places[permission.id], "roles", found, remedy)
