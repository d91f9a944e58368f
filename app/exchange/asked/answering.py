"""The worker answers an inquiry from the store of returned data (desk), a page of lines at a time.

Each answer is explicit: what the consent does not cover, and what this agency does not hold, is
refused with the reason; a person who is not in the load is "no record" as of the load's day.
"""

import datetime as dt
from collections.abc import Iterator, Mapping

from sqlalchemy import delete, select

from app.audit import service as audit
from app.exchange.asked.inquiries import Asked, keep_rows, rows_after
from app.exchange.asked.messages import REASONS
from app.exchange.asked.models import Inquiry, InquiryPage
from app.exchange.store.held import usable_of
from app.exchange.store.models import ReturnedLoad, ReturnedRecord
from app.exchange.store.rules import Usable
from app.sharing.agreements import in_force
from hedui_connector.wire.limits import BYTES_PER_BODY, BYTES_PER_LINE, LINES_PER_PAGE
from hedui_connector.wire.models import Answer, Line, Outcome, Reason, Record
from hedui_connector.wire.pages import to_json
from hedui_connector.wire.rows import that_fit
from tenants import files
from tenants.calendar import business_date, instant
from tenants.catalogue import catalogue
from tenants.database import any_of, db
from tenants.outbox import post
from tenants.vault import vault

ROOM = BYTES_PER_BODY - BYTES_PER_LINE
Found = Mapping[tuple[bytes, int], list[tuple[dt.date, Record]]]
_of_load = (ReturnedLoad.agency_id == ReturnedRecord.agency_id) & (
    ReturnedLoad.id == ReturnedRecord.load_id
)


def answer(inquiry_id: int) -> None:
    """Answer the next page of lines, once; then the job of the page after it."""
    found = _locked(inquiry_id)
    if found.answered_at is not None or found.lines_received < found.lines:
        return
    texts = rows_after(found.id, "lines", found.lines_answered, LINES_PER_PAGE)
    lines = [Line.model_validate_json(text) for text in texts]
    answers = list(_answers(found, lines))
    _keep(found, [to_json(row) for row in answers])
    found.hits += sum(row.outcome is Outcome.HIT for row in answers)
    found.lines_answered += len(lines)
    audit.record(
        *(0, "inquiry.looked_up"),
        kind="inquiry",
        subject_id=found.id,
        unit_id=found.unit_id,
        persons=len(lines),
        answers=len(answers),
    )
    if found.lines_answered == found.lines:
        found.answered_at = instant()
    else:
        post("inquiry.answer", {"inquiry_id": inquiry_id})
    db.session.flush()


def erase(inquiry_id: int) -> None:
    """The asker has the answers: the pages and their keys go, what was asked when stays."""
    found = _locked(inquiry_id)
    if found.taken_at is None:
        return
    gone = delete(InquiryPage).where(InquiryPage.inquiry_id == inquiry_id)
    files.forget(db.session.scalars(gone.returning(InquiryPage.file_id)).all())


def _locked(inquiry_id: int) -> Inquiry:
    query = select(Inquiry).where(Inquiry.id == inquiry_id).with_for_update()
    return db.session.scalars(query).one()


def _keep(found: Inquiry, texts: list[str]) -> None:
    while texts:
        fitting = that_fit(texts[:LINES_PER_PAGE], ROOM)
        keep_rows(found, "answers", found.answers + 1, fitting)
        found.answers += len(fitting)
        texts = texts[len(fitting) :]


def _answers(found: Inquiry, lines: list[Line]) -> Iterator[Answer]:
    today = business_date()
    usable = usable_of([item.code for item in Asked(found).head.items])
    is_agreed = in_force(found.unit_id, today) is not None
    hashes = {line.line: vault().look_up(line.id_number) for line in lines}
    records = _records(list(hashes.values()), usable) if is_agreed else {}
    pairs = [(line, item) for line in lines for item in line.items]
    for number, (line, item) in enumerate(pairs, start=found.answers + 1):
        why = _refusal(line, item, today, usable[item], is_agreed=is_agreed)
        held = () if why else tuple(records.get((hashes[line.line], item), ()))
        if not held and not why:
            why = usable[item].why
        yield Answer(
            answer=number,
            line=line.line,
            item=item,
            outcome=_outcome(why, is_hit=bool(held)),
            as_of=max((day for day, _ in held), default=usable[item].as_of) or today,
            records=tuple(record for _, record in held),
            reason=Reason(code=why, words=REASONS[why]) if why else None,
        )


def _outcome(why: str, *, is_hit: bool) -> Outcome:
    """Too old is no refusal: this agency cannot say it."""
    if why:
        return Outcome.UNABLE if why == "too_old" else Outcome.REFUSED
    return Outcome.HIT if is_hit else Outcome.NO_RECORD


def _refusal(line: Line, item: int, today: dt.date, usable: Usable, *, is_agreed: bool) -> str:
    """Why this is not answered, as a key of ``REASONS``; empty: it is looked up."""
    if not is_agreed:
        return "no_agreement"
    if not line.authorisation.covers(item, today):
        return "no_consent"
    return "not_held" if usable.why == "not_held" else ""


def _records(hashes: list[bytes], usable: Mapping[int, Usable]) -> Found:
    loads = [one.load_id for found in usable.values() for one in found.loads]
    query = (
        select(ReturnedRecord, ReturnedLoad.item)
        .join(ReturnedLoad, _of_load)
        .where(ReturnedRecord.load_id == any_of(loads), ReturnedRecord.person_hash.in_(hashes))
    )
    found: dict[tuple[bytes, int], list[tuple[dt.date, Record]]] = {}
    for row, item in db.session.execute(query.order_by(ReturnedRecord.id)).tuples():
        opened = vault().open("returned_record", row.id, row.sealed)
        # On the wire a record has every field, with null in what was not filled in.
        record: Record = {f.name: opened.get(f.name) for f in catalogue().item(item).fields}
        found.setdefault((bytes(row.person_hash), item), []).append((row.as_of, record))
    return found
