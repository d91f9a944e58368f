"""Write the trail, and chain it."""

import datetime as dt
import hashlib
import json
from typing import Any

from sqlalchemy import func, insert, select, text

from app.audit.models import AuditLink, AuditRow
from tenants.calendar import instant
from tenants.database import db

_GENESIS = bytes(32)


def record(
    account_id: int,
    verb: str,
    *,
    kind: str = "",
    subject_id: int = 0,
    unit_id: int = 0,
    reason: str = "",
    **detail: Any,
) -> None:
    """One audit row in this transaction. ``detail`` takes ids, codes and counts, never private
    data. The row of a look is committed before the bytes leave (DESIGN §3.5)."""
    db.session.execute(
        insert(AuditRow)
        .values(
            at=instant(),
            account_id=account_id,
            unit_id=unit_id,
            verb=verb,
            subject_kind=kind,
            subject_id=subject_id,
            reason=reason,
            detail=detail,
        )
        .inline()
    )


def link_hash(previous: bytes, row: AuditRow) -> bytes:
    """SHA-256 over the hash before and every column of the row, in a fixed form."""
    fields = [
        row.agency_id,
        row.id,
        row.at.astimezone(dt.UTC).isoformat(),
        row.account_id,
        row.unit_id,
        row.verb,
        row.subject_kind,
        row.subject_id,
        row.reason,
        row.detail,
    ]
    body = json.dumps(fields, ensure_ascii=False, sort_keys=True).encode()
    return hashlib.sha256(previous + body).digest()


def seal_trail(limit: int = 10_000) -> int:
    """Chain the committed rows that are not chained yet; returns how many.

    One sealer per agency at a time: the advisory lock is held to the end of the transaction.
    """
    db.session.execute(
        text("SELECT pg_advisory_xact_lock(7001, current_setting('app.agency_id')::int)")
    )
    last = db.session.execute(
        select(AuditLink.position, AuditLink.hash).order_by(AuditLink.position.desc()).limit(1)
    ).first()
    position, head = (last.position, last.hash) if last else (0, _GENESIS)
    unchained = select(AuditRow).where(
        ~select(AuditLink.audit_id).where(AuditLink.audit_id == AuditRow.id).exists()
    )
    links = []
    for row in db.session.scalars(unchained.order_by(AuditRow.id).limit(limit)):
        position, head = position + 1, link_hash(head, row)
        links.append({"position": position, "audit_id": row.id, "hash": head})
    if links:
        db.session.execute(insert(AuditLink).inline(), links)
    return len(links)


def broken_links() -> list[int]:
    """Positions of the chain that do not fit their rows; empty when nothing was altered."""
    broken, head = [], _GENESIS
    chain = select(AuditLink, AuditRow).join(
        AuditRow,
        (AuditRow.agency_id == AuditLink.agency_id) & (AuditRow.id == AuditLink.audit_id),
        isouter=True,
    )
    for link, row in db.session.execute(chain.order_by(AuditLink.position)):
        if row is None or link_hash(head, row) != link.hash:
            broken.append(link.position)
        head = link.hash
    return broken


def trail_length() -> int:
    """How many rows of this agency's trail are chained."""
    return db.session.scalar(select(func.count()).select_from(AuditLink)) or 0
