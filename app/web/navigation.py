"""The left navigation: by desk, only what this person may open, with the number waiting."""

from app.accounts.actor import Actor
from app.web.shell import NavGroup


def groups(_who: Actor, _endpoint: str) -> tuple[NavGroup, ...]:
    """The groups for one person."""
    return ()
