"""Why a new version takes the former one's place: what somebody contested was rechecked."""

from collections.abc import Sequence

from app.findings.replacing import items_replaced_since
from app.report.former import Asked, asked_then, news
from app.report.messages import say
from app.report.models import Report
from tenants.catalogue import catalogue
from tenants.catalogue.outcomes import Outcome

ANSWERED = (Outcome.HIT, Outcome.NO_RECORD, Outcome.UNABLE)
"""What a source said: it says otherwise only because it was asked again."""


def reason_rechecked(case_id: int, older: Sequence[Report], now: Asked) -> str:
    """The reason in words; empty where nothing was rechecked since the last version. ``now``: how
    everything stands."""
    if not older or older[-1].issued_at is None:
        return ""
    items = sorted(
        {*items_replaced_since(case_id, older[-1].issued_at)}
        | {
            one.item
            for one in news(asked_then(older[-1]), now)
            if one.before in ANSWERED and one.now in ANSWERED
        }
    )
    titles = say("report.recheck.join").join(catalogue().item(item).title for item in items)
    return say("report.recheck.replaces", items=titles) if items else ""
