"""The portal's own letter of an extension, made once it has taken effect."""

import base64
import hmac

from sqlalchemy import select

from app.accounts.people import names_of
from app.exchange.queries import unit_of
from app.exchange.service import request_of
from app.exchange.terms.messages import LETTER
from app.exchange.terms.models import Extension
from app.prints.papers.extension_letter import ExtensionLetter, compose_extension_letter
from app.prints.rendering import as_pdf
from tenants import files
from tenants.agency.tree import agency
from tenants.database import db
from tenants.rulebook import rulebook
from tenants.vault import vault

_CODE_BYTES = 15
_GROUP = 4


def make_letter(extension_id: int) -> None:
    """Put the extension on paper, once; doing it again changes nothing."""
    kept = db.session.scalars(
        select(Extension).where(Extension.id == extension_id).with_for_update()
    ).one()
    if kept.file_id is not None:
        return
    number = request_of(kept.request_id).number
    pdf = as_pdf([compose_extension_letter(_letter(kept))])
    kept.file_id = files.store("letter", LETTER.format(number=number), pdf, unit_id=kept.unit_id)


def _letter(kept: Extension) -> ExtensionLetter:
    request, own = request_of(kept.request_id), agency(kept.agency_id)
    if request.made_on is None or request.delivered_on is None:
        raise ValueError(f"request {request.id} was never handed over")
    return ExtensionLetter(
        agency=own.name,
        unit=unit_of(kept.unit_id).name,
        request_number=request.number,
        people=request.subjects,
        items=request.items_asked,
        made_on=request.made_on,
        delivered_on=request.delivered_on,
        due_before=kept.due_before,
        due_on=kept.due_on,
        days=kept.days,
        ground=kept.ground,
        remark=kept.remark,
        article=rulebook(own.province).extension_max_working_days.article,
        who=names_of([kept.recorded_by]).get(kept.recorded_by, ""),
        letter_on=kept.letter_on,
        recorded_at=kept.recorded_at,
        code=check_code(kept, request.number),
    )


def check_code(kept: Extension, number: str) -> str:
    """A keyed check value over what the letter says, in groups of four."""
    said = f"extension|{number}|{kept.due_before}|{kept.due_on}|{kept.ground}|{kept.remark}"
    digest = hmac.digest(vault().stamp_key, said.encode(), "sha256")
    code = base64.b32encode(digest[:_CODE_BYTES]).decode("ascii")
    return "-".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))
