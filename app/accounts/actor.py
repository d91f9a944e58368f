"""The person (or the system) on whose behalf a verb acts."""

from dataclasses import dataclass

from app.accounts.permissions import permissions_of
from tenants.messages import Fault


class Forbidden(Fault):
    """The actor lacks the permission; pages answer with the same 404 as for a missing row when
    the row is foreign, and with 403 when only the right is missing."""


@dataclass(frozen=True)
class Standing:
    """In whose stead somebody works today, and in which role (AB角)."""

    absent_id: int
    absent_name: str
    role: str


@dataclass(frozen=True)
class Actor:
    """Who acts: account, the scope it signed in with, and what it may do.

    ``roles`` are those held and those stood in for; what is done in either is this person's act.
    """

    account_id: int
    name: str
    agency_id: int
    unit_id: int = 0
    desk_id: int = 0
    roles: frozenset[str] = frozenset()
    permissions: frozenset[str] = frozenset()
    standing: tuple[Standing, ...] = ()

    def may(self, permission: str) -> bool:
        """True when the permission table gives this person ``permission``."""
        return permission in self.permissions

    @property
    def own_roles(self) -> frozenset[str]:
        """The roles that this person holds without standing in for anybody."""
        return self.roles - {standing.role for standing in self.standing}

    def stands_in_for(self, permission: str) -> int:
        """The account in whose stead this person may; 0 for a right of their own, or none."""
        standing = self._standing_for(permission)
        return standing.absent_id if standing else 0

    def absent_name(self, permission: str) -> str:
        """The name of whom this person stands in for with it; empty for a right of their own."""
        standing = self._standing_for(permission)
        return standing.absent_name if standing else ""

    def _standing_for(self, permission: str) -> Standing | None:
        if self.standing and permission not in permissions_of(self.own_roles):
            for standing in self.standing:
                if permission in permissions_of([standing.role]):
                    return standing
        return None

    def must(self, permission: str) -> None:
        """Raise ``Forbidden`` unless the person may."""
        if permission and not self.may(permission):
            raise Forbidden("forbidden")


def system_actor(agency_id: int) -> Actor:
    """The system itself: it holds no permission, so it can only make moves that need none."""
    return Actor(account_id=0, name="", agency_id=agency_id)
