"""The bureau of human resources that decides together with civil affairs here."""

from sqlalchemy import select

from app.accounts.models import Account, AccountRole
from tenants.agency.models import Unit
from tenants.calendar import business_date
from tenants.database import db
from tenants.rulebook.model import HUMAN_RESOURCES

ROLE = "joint_determiner"


def bureau_here() -> int | None:
    """The unit of human resources that has somebody to decide today (desk); None without one."""
    today = business_date()
    holds = (
        select(Account.unit_id)
        .join(
            AccountRole,
            (AccountRole.agency_id == Account.agency_id) & (AccountRole.account_id == Account.id),
        )
        .where(
            Account.is_active,
            AccountRole.role == ROLE,
            AccountRole.valid_from <= today,
            AccountRole.valid_to.is_(None) | (AccountRole.valid_to >= today),
        )
    )
    query = select(Unit.id).where(Unit.category == HUMAN_RESOURCES, Unit.id.in_(holds))
    return db.session.scalar(query.order_by(Unit.id).limit(1))
