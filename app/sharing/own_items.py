"""Verbs about data items that an agency adds: one operator records, another confirms (第十条)."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func, insert, select

from app.accounts.actor import Actor
from app.audit import service as audit
from tenants import files
from tenants.calendar import business_date, instant
from tenants.catalogue import FieldType
from tenants.catalogue.model import OWN_FROM
from tenants.database import db
from tenants.messages import Fault, say
from tenants.own_items import OwnItem

SCAN = "basis.pdf"
MOST_CODES = 20
_CODE = re.compile(r"\s*(\d{1,2})\s+(\S.*?)\s*")
_RESERVED = 100


@dataclass(frozen=True)
class TypedField:
    """One column as it was typed in; ``codes`` like ``1 在职；2 离职``, for type code only."""

    title: str
    type: str
    codes: str = ""
    sensitive: bool = False


@dataclass(frozen=True)
class NewItem:
    """A data item as it was typed in; ``scan``: the PDF of the document that orders it."""

    kind: int
    title: str
    law_title: str
    law_article: str
    law_text: str
    fields: Sequence[TypedField]
    schemes: Collection[str]
    roles: Collection[str]
    scan: bytes | None = None


def record(new: NewItem, actor: Actor) -> int:
    """Record a data item; it can be used once somebody else has confirmed it. Returns its code.

    Raises ``Fault`` for what cannot be: no basis, no fields, a field or an item that exists twice.
    """
    actor.must("source.manage")
    title = new.title.strip()
    if not new.law_text.strip() and not new.scan:
        raise Fault("own_item.no_basis")
    if title in _titles():
        raise Fault("own_item.title_twice", title=title)
    definition = {
        "fields": checked_fields(new.fields),
        "schemes": sorted(new.schemes),
        "roles": sorted(new.roles),
    }
    code = _next_code(new.kind)
    values = {
        "item": code,
        "title": title,
        "law_title": new.law_title.strip(),
        "law_article": new.law_article.strip(),
        "law_text": new.law_text.strip(),
        "law_file_id": files.store("basis", SCAN, new.scan) if new.scan else None,
        "definition": definition,
        "recorded_by": actor.account_id,
        "recorded_at": instant(),
    }
    db.session.execute(insert(OwnItem).values(values).inline())
    _trace("own_item.record", code, actor)
    return code


def checked_fields(typed: Sequence[TypedField]) -> list[dict[str, object]]:
    """The fields as they are kept: names by their place, codes read, amounts in yuan."""
    rows = [row for row in typed if row.title.strip()]
    if not rows:
        raise Fault("own_item.no_fields")
    titles = [row.title.strip() for row in rows]
    for title in titles:
        if titles.count(title) > 1:
            raise Fault("own_item.field_twice", title=title)
    yes_no = [row.type == FieldType.YES_NO for row in rows]
    if any(yes_no) and not all(yes_no):
        raise Fault("own_item.yes_no_mixed")
    return [
        {
            "name": f"field_{n}",
            "title": row.title.strip(),
            "type": row.type,
            "unit": say("own_item.yuan") if row.type == FieldType.MONEY else "",
            "codes": _codes(row),
            "sensitive": row.sensitive,
        }
        for n, row in enumerate(rows, start=1)
    ]


def _codes(row: TypedField) -> dict[str, str]:
    parts = [part for part in re.split("[；;]", row.codes) if part.strip()]
    if bool(parts) != (row.type == FieldType.CODE):
        raise Fault("own_item.codes_belong", title=row.title.strip())
    read = [_CODE.fullmatch(part) for part in parts]
    found = {match[1]: match[2] for match in read if match}
    if len(found) != len(parts) or len(found) > MOST_CODES:
        raise Fault("own_item.codes", title=row.title.strip(), most=MOST_CODES)
    return found


def _titles() -> set[str]:
    return set(db.session.scalars(select(OwnItem.title).where(~OwnItem.is_void)))


def _next_code(kind: int) -> int:
    first = kind * _RESERVED + OWN_FROM
    within = OwnItem.item.between(first, kind * _RESERVED + _RESERVED - 1)
    last = db.session.scalar(select(func.max(OwnItem.item)).where(within))
    code = first if last is None else last + 1
    if code // _RESERVED != kind:
        raise Fault("own_item.too_many", most=_RESERVED - OWN_FROM)
    return code


def confirm(code: int, actor: Actor) -> None:
    """A second operator confirms what the first recorded; from now on it does not change."""
    actor.must("source.manage")
    found = own_item(code, lock=True)
    if found.recorded_by == actor.account_id:
        raise Fault("own_item.same_person")
    if found.standing(business_date()) != "waiting":
        raise Fault("own_item.not_waiting")
    found.confirmed_by, found.confirmed_at = actor.account_id, instant()
    _trace("own_item.confirm", code, actor)


def void(code: int, actor: Actor) -> None:
    """Take back what nobody has confirmed; it stays in the list."""
    actor.must("source.manage")
    found = own_item(code, lock=True)
    if found.standing(business_date()) != "waiting":
        raise Fault("own_item.not_waiting")
    found.is_void = True
    _trace("own_item.void", code, actor)


def end(code: int, actor: Actor, reason: str) -> None:
    """Ask nobody about it any more from today on; what was asked and answered stays."""
    actor.must("source.manage")
    found = own_item(code, lock=True)
    if found.standing(business_date()) != "running":
        raise Fault("own_item.not_running")
    found.ended_on = business_date()
    _trace("own_item.end", code, actor, reason)


def download(code: int, actor: Actor) -> files.StoredFile:
    """The scan of the basis; ``LookupError`` where none was recorded. The look is audited."""
    actor.must("source.read")
    found = own_item(code)
    if found.law_file_id is None:
        raise LookupError(f"no scan of own item {code}")
    _trace("own_item.download", code, actor)
    return files.read(found.law_file_id, "basis")


def own_items() -> list[OwnItem]:
    """Every data item that was ever added, by code."""
    return list(db.session.scalars(select(OwnItem).order_by(OwnItem.item)))


def own_item(code: int, *, lock: bool = False) -> OwnItem:
    """An item that this agency added; ``LookupError`` when there is none."""
    query = select(OwnItem).where(OwnItem.item == code)
    query = query.execution_options(populate_existing=True)
    found = db.session.scalars(query.with_for_update() if lock else query).one_or_none()
    if found is None:
        raise LookupError(f"no own item {code}")
    return found


def _trace(verb: str, code: int, actor: Actor, reason: str = "") -> None:
    db.session.flush()
    audit.record(actor.account_id, verb, kind="own_item", subject_id=code, reason=reason)
