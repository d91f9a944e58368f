"""What a request says over the wire, in either direction: its head, and its lines by pages."""

import base64
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from app.cases.identity import Identity
from app.cases.models import Ask, Authorisation, Subject
from app.exchange.models import ExchangeRequest
from app.exchange.service import reply_days
from app.exchange.wire.failures import WireFailure
from app.papers.models import Paper
from hedui_connector.wire.limits import INTERFACE
from hedui_connector.wire.models import (
    Authorisation as Proof,
)
from hedui_connector.wire.models import FieldType, Head, Item, ItemField, Line, Party
from tenants.agency.models import Unit
from tenants.agency.tree import agency
from tenants.calendar import add_working_days, business_date, instant
from tenants.catalogue import DataItem, catalogue
from tenants.database import any_of, db
from tenants.files import File
from tenants.vault import vault


def wire_id(request: ExchangeRequest) -> str:
    """The request's id on the wire."""
    return f"{request.agency_id}-{request.id}"


def head_of(request: ExchangeRequest, unit_code: str) -> Head:
    """The head of a released request; made once, for it holds the instant at which it is sent."""
    own = agency(request.agency_id)
    unit = db.session.scalars(select(Unit).where(Unit.id == request.unit_id)).one()
    asked = select(func.unnest(Ask.items)).where(Ask.request_id == request.id).distinct()
    days = reply_days(own.id, unit.id)
    lines = select(func.max(Ask.line_no)).where(Ask.request_id == request.id)
    return Head(
        interface=INTERFACE,
        id=wire_id(request),
        number=request.number,
        agency=Party(code=str(own.id), name=own.name),
        unit=Party(code=unit_code, name=unit.name),
        period=f"{request.period // 100}-{request.period % 100:02}",
        sent_at=instant(),
        due_on=None if days is None else add_working_days(business_date(), days),
        lines=db.session.scalars(lines).one() or 0,
        items=tuple(described(catalogue().item(i)) for i in sorted(db.session.scalars(asked))),
    )


def described(item: DataItem) -> Item:
    """A data item as the interface describes it."""
    return Item(
        code=item.code,
        name=item.name,
        title=item.title,
        article=item.article,
        fields=tuple(
            ItemField(
                name=field.name,
                title=field.title,
                type=FieldType(str(field.type)),
                unit=field.unit,
                codes=dict(field.codes),
                sensitive=field.sensitive,
            )
            for field in item.fields
        ),
    )


def lines_after(request: ExchangeRequest, after: int, limit: int) -> list[Line]:
    """Up to ``limit`` lines that follow line ``after``, each with the proof of its consent.

    ``WireFailure("scan_missing")`` when the scan of an authorisation is not there.
    """
    rows = db.session.execute(
        select(Ask.line_no, Ask.items, Subject, Authorisation)
        .join(Subject, (Subject.agency_id == Ask.agency_id) & (Subject.id == Ask.subject_id))
        .join(
            Authorisation,
            (Authorisation.agency_id == Ask.agency_id)
            & (Authorisation.subject_id == Ask.subject_id),
        )
        .where(Ask.request_id == request.id)
        .where(Ask.line_no > after, Ask.line_no <= after + limit)
        .order_by(
            *(Ask.line_no, Ask.round, Authorisation.withdrawn_on.is_(None)),
            *(Authorisation.expires_on, Authorisation.id),
        )
    ).all()
    gathered: dict[int, tuple[set[int], Subject, Authorisation]] = {}
    for line_no, items, subject, consent in rows:
        known = gathered.get(line_no)
        gathered[line_no] = (set(items) | (known[0] if known else set()), subject, consent)
    scans = _scans([subject.id for _, subject, _ in gathered.values()])
    return [_line(number, *found, scans) for number, found in sorted(gathered.items())]


def _line(
    number: int,
    items: set[int],
    subject: Subject,
    consent: Authorisation,
    scans: Mapping[int, bytes],
) -> Line:
    if subject.id not in scans:
        raise WireFailure("scan_missing")
    person = Identity.of(vault().open("subject", subject.id, subject.sealed))
    codes = tuple(sorted(items))
    return Line(
        line=number,
        name=person.name,
        id_number=person.id_number,
        items=codes,
        authorisation=Proof(
            signed_on=consent.signed_on,
            expires_on=consent.expires_on,
            scope=_scope(consent, codes),
            digest=f"sha-256=:{base64.b64encode(scans[subject.id]).decode()}:",
        ),
    )


def _scope(consent: Authorisation, asked: tuple[int, ...]) -> Any:
    if not consent.scope:
        return "all"
    return tuple(item for item in asked if item // 100 in consent.scope)


def _scans(subject_ids: Sequence[int]) -> dict[int, bytes]:
    """Subject → digest of the first sheet of the newest scan of the authorisation."""
    rows = db.session.execute(
        select(Paper.subject_id, File.digest)
        .join(File, (File.agency_id == Paper.agency_id) & (File.id == Paper.file_id))
        .where(Paper.subject_id == any_of(subject_ids), Paper.kind == "authorisation")
        .order_by(Paper.subject_id, Paper.sequence.desc(), Paper.id)
    )
    return {subject_id: bytes(found) for subject_id, found in rows}
