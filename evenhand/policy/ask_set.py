"""The ask set: what is asked about who a child is, of whom, from what age, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from evenhand.policy.documents import Faults, Mapping, Node, Scalar, items_of, shown
from evenhand.policy.fields import Fields
from evenhand.rules.values import BASES

FIELDS = (
    "characteristic", "label", "question", "hint", "asked_of", "from_age", "ask_child_again_at",
    "why", "lawful_condition", "used_by", "chased", "multiple", "answers", "clauses", "basis",
    "citation", "only_for", "about", "note",
)  # fmt: skip


@dataclass(frozen=True)
class Ask:
    """One characteristic that is asked about.

    `questions` is the wording by who is asked (child, parent); `from_age` is the age in years from
    which the child is asked; `ask_child_again_at` the birthday on which a parent's refusal is put
    to the child; `chased` false means volunteered: on no worklist and in no completeness. `about`
    says of whom it is recorded: the child, and where "parent" stands too, each parent of their own.
    """

    characteristic: str
    label: str
    questions: dict[str, str]
    asked_of: tuple[str, ...]
    why: str
    lawful_condition: str
    used_by: tuple[str, ...]
    chased: bool
    multiple: bool
    answers: str
    clauses: tuple[str, ...]
    basis: str
    pack: str
    hint: str = ""
    from_age: int | None = None
    ask_child_again_at: int | None = None
    citation: str = ""
    only_for: str = ""
    about: tuple[str, ...] = ("child",)
    note: str = field(default="", compare=False)

    def question(self, asked: str) -> str:
        """The wording for who is asked; any other is given the first."""
        return self.questions.get(asked) or next(iter(self.questions.values()), "")


def read(node: Node, pack: str, faults: Faults) -> Iterator[tuple[Ask, Node]]:
    """The entries of a pack's ask-set.yaml, each with its place."""
    for item in items_of(node):
        if isinstance(item, Mapping):
            yield _ask(Fields(item, faults, FIELDS, "the question"), pack), item
        else:
            faults.add(item, "question", shown(item), "Write its fields: characteristic, ...")


def _ask(fields: Fields, pack: str) -> Ask:
    name = fields.text("characteristic")
    return Ask(
        characteristic=name,
        label=fields.text("label", required=False) or name.replace("_", " ").capitalize(),
        questions=_questions(fields),
        asked_of=fields.texts("asked_of"),
        why=fields.text("why"),
        lawful_condition=fields.text("lawful_condition"),
        used_by=fields.texts("used_by"),
        chased=fields.flag("chased"),
        multiple=fields.flag("multiple"),
        answers=fields.text("answers", required=False),
        clauses=fields.texts("clauses"),
        basis=fields.choice("basis", BASES),
        pack=pack,
        hint=fields.text("hint", required=False),
        from_age=fields.integer("from_age", required=False),
        ask_child_again_at=fields.integer("ask_child_again_at", required=False),
        citation=fields.text("citation", required=False),
        only_for=fields.text("only_for", required=False),
        about=fields.texts("about") or ("child",),
        note=fields.text("note", required=False),
    )


def _questions(fields: Fields) -> dict[str, str]:
    node = fields.need("question")
    if isinstance(node, Scalar):
        return {"child": node.text.strip()}
    if isinstance(node, Mapping):
        inner = Fields(node, fields.faults, ("child", "parent", "carer", "worker"), "the question")
        return {asked: inner.text(asked) for asked in node.fields if asked in inner.allowed}
    return {}
