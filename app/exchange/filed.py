"""Nobody acts on an exchange whom the other side was not told of (操作规程 五(三)).

Asked by every verb of the exchange before anything else is judged: an operator is filed with the
unit, a liaison with the agency, on the day of the act.
"""

from app.accounts.actor import Actor
from app.accounts.filings import is_filed
from tenants.calendar import business_date
from tenants.messages import Fault


def may_act(actor: Actor, unit_id: int) -> bool:
    """Whether this person is filed for this unit today, each side with the other. The program
    itself (account 0) carries out what two operators have released."""
    if not actor.account_id:
        return True
    side = "unit" if actor.unit_id else "agency"
    return is_filed(actor.account_id, unit_id, side, business_date())


def require_filed(actor: Actor, unit_id: int) -> None:
    """``Fault("exchange_not_filed")`` for whom the other side was not told of."""
    if not may_act(actor, unit_id):
        raise Fault("exchange_not_filed")
