"""Who is at work in this request, and what a route asks of them."""

from collections.abc import Callable
from typing import TypeVar, cast

from flask_login import current_user

from app.accounts.actor import Actor
from app.accounts.permissions import ALL_PERMISSIONS
from app.accounts.sign_in import SignedIn

ANYONE = "anyone"
"""The permission of pages that need no sign-in (sign-in itself, the QR code's page)."""

DECLARED = "declared_permission"

View = TypeVar("View", bound=Callable[..., object])


def permitted(permission: str) -> Callable[[View], View]:
    """Declare what a route asks for. A route without a declaration stops the application from
    starting; an unknown permission stops it at import."""
    if permission != ANYONE and permission not in ALL_PERMISSIONS:
        raise LookupError(f"the permission table has no {permission}")

    def declare(view: View) -> View:
        setattr(view, DECLARED, permission)
        return view

    return declare


def actor() -> Actor:
    """The signed-in person's actor; only for routes that are not open to anyone."""
    return cast(SignedIn, current_user).actor
