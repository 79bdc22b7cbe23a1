"""Columns whose words are sealed when stored, and opened only when they are looked at.

A sealed value is bound to its table, its column and its row's own reference. Reading a row opens
nothing: the words are opened when the attribute is read, which raises WrongKey where they cannot
be. Nothing sealed can be searched, sorted or compared in the database.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import FieldError
from django.db import models
from django.db.models.lookups import Exact, IsNull
from django.db.models.query_utils import DeferredAttribute

from evenhand.secrecy import keys


class Secret(str):
    """Words that a sealable column is to seal. A str in all else."""

    __slots__ = ()


class Sealed(str):
    """A value as it is stored, not opened. It shows nothing of what it holds."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "<sealed>"


def is_sealed(row: models.Model, name: str) -> bool:
    """Say whether a row's column holds a sealed value that has not been opened."""
    return isinstance(row.__dict__.get(name), Sealed)


class _Opening(DeferredAttribute):
    """Opens the words of a row when they are asked for."""

    field: SealableTextField

    def __get__(self, instance: models.Model | None, cls: Any = None) -> Any:
        held = super().__get__(instance, cls)
        return self.field.opened(held, instance) if isinstance(held, Sealed) else held

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value  # with it, reading always comes through here


class SealableTextField(models.TextField):
    """Text of which ``Secret`` words are sealed, and others are stored as they are.

    ``bound_to`` names the row's own unique reference, which must be set before the row is saved.
    """

    descriptor_class = _Opening

    def __init__(self, *args: Any, bound_to: str = "ref", **kwargs: Any) -> None:
        self.bound_to = bound_to
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Return what a migration needs to make the field again."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "bound_to": self.bound_to}

    def from_db_value(self, value: str | None, *_: object) -> str | None:
        """Return a stored value, marked where it is sealed; nothing is opened."""
        return Sealed(value) if value and keys.is_sealed(value) else value

    def pre_save(self, instance: models.Model, add: bool) -> Any:  # noqa: ARG002 (Django's hook)
        """Return what is stored: a value that was never opened stays as it was."""
        held = instance.__dict__.get(self.attname)
        return self.sealed(held, instance) if self.is_secret(held) else held

    def is_secret(self, held: Any) -> bool:
        """Say whether these words are to be sealed."""
        return isinstance(held, Secret) and bool(held)

    def sealed(self, words: str, instance: models.Model) -> Sealed:
        """Return the words of a row sealed for it."""
        return Sealed(keys.seal(words, self.context(instance)))

    def opened(self, sealed: str, instance: Any) -> Secret:
        """Return the words of a row, so marked that saving seals them again. Raises WrongKey."""
        return Secret(keys.unseal(sealed, self.context(instance)))

    def context(self, instance: models.Model) -> str:
        """Return what the words of this row are bound to."""
        ref = getattr(instance, self.bound_to)
        if not ref:
            raise FieldError(f"{self.name} is sealed for its row: give the row its reference.")
        return keys.context_of(self.model._meta.db_table, self.column, str(ref))

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """Refuse secret words that no row sealed, as those of ``update()``."""
        if self.is_secret(value) and not isinstance(value, Sealed):
            raise FieldError(f"{self.name} is sealed row by row: save the row.")
        return super().get_db_prep_save(value, connection)


class SealedTextField(SealableTextField):
    """Text that is always sealed; empty stays empty, and None stays None."""

    def is_secret(self, held: Any) -> bool:
        """Seal all words but those that are sealed already."""
        return isinstance(held, str) and not isinstance(held, Sealed) and bool(held)

    def get_lookup(self, lookup_name: str) -> Any:
        """Return the lookup for "is empty" or "is null"; of the words themselves there is none."""
        allowed = {"exact": IsEmpty, "isnull": IsNull}
        if lookup_name not in allowed:
            raise FieldError(f"{self.name} is sealed: it can be neither searched nor compared.")
        return allowed[lookup_name]


class IsEmpty(Exact):
    """Compares a sealed column with nothing, and with no words."""

    def get_prep_lookup(self) -> Any:
        """Return the empty text; raise FieldError for any other."""
        if self.rhs != "":
            name = self.lhs.output_field.name
            raise FieldError(f"{name} is sealed: it can be neither searched nor compared.")
        return self.rhs
