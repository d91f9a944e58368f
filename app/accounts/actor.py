"""The person (or the system) on whose behalf a verb acts."""

from dataclasses import dataclass

from tenants.messages import Fault


class Forbidden(Fault):
    """The actor lacks the permission; pages answer with the same 404 as for a missing row when
    the row is foreign, and with 403 when only the right is missing."""


@dataclass(frozen=True)
class Actor:
    """Who acts: account, the scope it signed in with, and what it may do."""

    account_id: int
    name: str
    agency_id: int
    unit_id: int = 0
    desk_id: int = 0
    roles: frozenset[str] = frozenset()
    permissions: frozenset[str] = frozenset()

    def may(self, permission: str) -> bool:
        """True when the permission table gives this person ``permission``."""
        return permission in self.permissions

    def must(self, permission: str) -> None:
        """Raise ``Forbidden`` unless the person may."""
        if permission and not self.may(permission):
            raise Forbidden("forbidden")


def system_actor(agency_id: int) -> Actor:
    """The system itself: it holds no permission, so it can only make moves that need none."""
    return Actor(account_id=0, name="", agency_id=agency_id)
