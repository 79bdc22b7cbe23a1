"""Setting up a second step, using it, and resetting it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from evenhand.accounts import second_steps
from evenhand.accounts.models import RecoveryCode, SecondStep, User
from evenhand.history.actions import Change, action
from evenhand.problems import Problem


def begin_second_step(user: User) -> SecondStep:
    """Return the user's second step, made with a new key where none was begun."""
    step, _ = SecondStep.objects.get_or_create(user=user, defaults={"key": second_steps.new_key()})
    return step


def use_code(step: SecondStep, code: str, *, at: datetime) -> bool:
    """Say whether an app's code is right now, and was not used before; it is used up by this."""
    counter = second_steps.counter_of(step.key, code, at, after=step.last_counter)
    if counter is None:
        return False
    unused = SecondStep.objects.filter(pk=step.pk, last_counter__lt=counter)
    step.last_counter = counter
    return unused.update(last_counter=counter) == 1


def use_recovery_code(step: SecondStep, code: str, *, at: datetime) -> bool:
    """Say whether a recovery code is one of the step's and unused; it is used up by this."""
    digest = second_steps.recovery_digest(code)
    with transaction.atomic():
        used = step.codes.filter(digest=digest, used_at=None).update(used_at=at)
        if used:
            _tell_of_use(step.user, by=step.user, at=at)
    return used == 1


@action("recovery_code.used")
def _tell_of_use(user: User, *, by: User, at: datetime) -> Change:
    left = RecoveryCode.objects.filter(step__user=user, used_at=None).count()
    return Change(user, {"recovery_codes": (left + 1, left)})


@action("second_step.set_up")
def confirm_second_step(step: SecondStep, *, by: User, at: datetime, code: str) -> Change:
    """Count the second step from now, having seen a right code; the result is the recovery codes.

    Raises Problem for a wrong code.
    """
    if not use_code(step, code, at=at):
        raise Problem(
            "That code is not right.", "Wait for the next one in the app, and check its clock."
        )
    step.confirmed_at = at
    step.save(update_fields=["confirmed_at"])
    return Change(step.user, {"second_step": (None, "set up")}, result=_new_codes(step))


@action("recovery_codes.replaced")
def replace_recovery_codes(step: SecondStep, *, by: User, at: datetime, code: str) -> Change:
    """Make new recovery codes, having seen a right code of the app; the old ones open nothing.

    The result is the codes, told this once. Raises Problem for a wrong code.
    """
    if not use_code(step, code, at=at):
        raise Problem("That code is not right.", "Wait for the next one in the app.")
    return Change(step.user, {"recovery_codes": ("replaced", "new")}, result=_new_codes(step))


@action("second_step.reset")
def reset_second_step(user: User, *, by: User, at: datetime, reason: str) -> Change:
    """Forget a person's app and codes, so that they set up another; every session ends."""
    found = SecondStep.objects.filter(Q(user=user))
    if not found.exists():
        raise Problem("This person has no second step.", "There is nothing to reset.")
    if by.pk == user.pk:
        raise Problem("Nobody resets their own second step.", "Ask another administrator.")
    found.delete()
    user.sessions.all().delete()
    return Change(user, {"second_step": ("set up", None)}, reason=reason)


def _new_codes(step: SecondStep) -> list[str]:
    codes = second_steps.new_recovery_codes()
    step.codes.all().delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(step=step, digest=second_steps.recovery_digest(code)) for code in codes
    )
    return codes
