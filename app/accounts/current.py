"""Who is at work in this request, and what a route asks of them."""

from collections.abc import Callable
from typing import TypeVar, cast

from flask import g, has_request_context
from flask_login import current_user

from app.accounts.actor import Actor
from app.accounts.permissions import ALL_PERMISSIONS
from app.accounts.sign_in import SignedIn
from tenants.scope import current_scope

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


def person() -> SignedIn | None:
    """Who is at work in this session: whom the worker makes a file for, else who is signed in."""
    made_for: SignedIn | None = g.get("made_for")
    if made_for is not None:
        return made_for
    return cast(SignedIn, current_user) if current_user.is_authenticated else None


def actor() -> Actor:
    """The actor of who is at work; only for routes that are not open to anyone."""
    made_for: SignedIn | None = g.get("made_for")
    return (made_for or cast(SignedIn, current_user)).actor


def work_as(person: SignedIn) -> None:
    """Pages drawn in this session are this person's: for the worker, whose session has taken on
    their scope already. ``RuntimeError`` when it has not, or when somebody is at work."""
    scope = current_scope()
    if g.get("made_for") is not None or has_request_context():
        raise RuntimeError("somebody is at work in this session")
    if scope != person.scope(read_only=scope.read_only):
        raise RuntimeError("the session is not in this person's scope")
    g.made_for = person
