"""In which role somebody acts: an account may be several things, and is one of them at a time."""

from __future__ import annotations

from dataclasses import replace

from storage.accounts import Account
from storage.hats import Hat, as_worn

__all__ = ["Hat", "hat_worn", "hats_of", "wearing"]


def hats_of(account: Account) -> tuple[Hat, ...]:
    """The roles this account can act in."""
    actor = account.actor
    held = {
        Hat.STAFF: actor.is_staff,
        Hat.ADVISOR: actor.is_advisor,
        Hat.MUNICIPALITY: bool(actor.municipalities),
        Hat.SUPPORTING_PARTY: bool(actor.organisations),
    }
    return tuple(hat for hat, is_held in held.items() if is_held)


def hat_worn(account: Account, chosen: str | None) -> Hat | None:
    """The role that was chosen, when the account still has it, or else its first; None when it has none."""
    hats = hats_of(account)
    return next((hat for hat in hats if hat == chosen), hats[0] if hats else None)


def wearing(account: Account, hat: Hat | None) -> Account:
    """The account as it acts in this role: what it is besides does not count."""
    return replace(account, actor=as_worn(account.actor, hat), hat=hat)
