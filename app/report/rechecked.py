"""Why a new version takes the former one's place: what somebody contested was rechecked."""

from collections.abc import Sequence

from app.findings.replacing import items_replaced_since
from app.report.messages import say
from app.report.models import Report
from tenants.catalogue import catalogue


def reason_rechecked(case_id: int, older: Sequence[Report]) -> str:
    """The reason in words; empty where nothing was rechecked since the last version."""
    issued_at = older[-1].issued_at if older else None
    items = items_replaced_since(case_id, issued_at) if issued_at else []
    titles = say("report.recheck.join").join(catalogue().item(item).title for item in items)
    return say("report.recheck.replaces", items=titles) if items else ""
