"""Who an account belongs to, for pages that say who did something."""

from collections.abc import Iterable

from sqlalchemy import select

from app.accounts.models import Account
from tenants.database import db


def names_of(account_ids: Iterable[int | None]) -> dict[int, str]:
    """Names by account id, as far as this scope may see them; the system (0, None) has none."""
    wanted = sorted({account_id for account_id in account_ids if account_id})
    if not wanted:
        return {}
    rows = db.session.execute(select(Account.id, Account.name).where(Account.id.in_(wanted)))
    return dict(rows.tuples().all())
