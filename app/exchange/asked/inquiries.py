"""The inquiries of one asker, as its own role sees them, and their pages."""

from dataclasses import dataclass

from sqlalchemy import select

from app.exchange.asked.models import Inquiry, InquiryPage
from app.exchange.outbox.parties import Party
from hedui_connector.wire.limits import INTERFACE
from hedui_connector.wire.models import Head, State, Status
from hedui_connector.wire.problems import Refusal
from tenants import files
from tenants.database import db

KIND = "inquiry"


@dataclass(frozen=True)
class Asked:
    """An inquiry and how far it is."""

    inquiry: Inquiry

    @property
    def head(self) -> Head:
        """The head as it came."""
        return Head.model_validate_json(self.inquiry.head)

    @property
    def state(self) -> State:
        """Told by its facts."""
        found = self.inquiry
        if found.taken_at:
            return State.TAKEN
        if found.answered_at:
            return State.ANSWERED
        return State.ANSWERING if found.lines_received == found.lines else State.RECEIVING

    @property
    def status(self) -> Status:
        """How far it is, as the asker is told."""
        found = self.inquiry
        return Status(
            interface=INTERFACE,
            id=found.wire_id,
            state=self.state,
            lines=found.lines,
            lines_received=found.lines_received,
            lines_answered=found.lines_answered,
            answers=found.answers,
        )


def asked_of(party: Party, wire_id: str, *, lock: bool = False) -> Asked:
    """An inquiry of this asker; ``Refusal("not_found")`` when there is none."""
    found = find_inquiry(party, wire_id, lock=lock)
    if found is None:
        raise Refusal("not_found")
    return Asked(found)


def find_inquiry(party: Party, wire_id: str, *, lock: bool = False) -> Inquiry | None:
    """An inquiry by the asker's own id."""
    query = select(Inquiry).where(
        Inquiry.connection_id == party.connection_id, Inquiry.wire_id == wire_id
    )
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return db.session.scalars(query).one_or_none()


def keep_rows(inquiry: Inquiry, part: str, first: int, texts: list[str]) -> None:
    """Keep a page of rows that are JSON already."""
    body = "".join(f"{text}\n" for text in texts).encode()
    page = InquiryPage(
        unit_id=inquiry.unit_id,
        inquiry_id=inquiry.id,
        part=part,
        first=first,
        count=len(texts),
        file_id=files.store(KIND, f"{part}.ndjson", body, unit_id=inquiry.unit_id),
    )
    db.session.add(page)
    db.session.flush()


def rows_after(inquiry_id: int, part: str, after: int, most: int) -> list[str]:
    """Up to ``most`` rows that follow row ``after``, out of one page."""
    page = db.session.scalars(
        select(InquiryPage)
        .where(
            InquiryPage.inquiry_id == inquiry_id,
            InquiryPage.part == part,
            InquiryPage.first <= after + 1,
        )
        .order_by(InquiryPage.first.desc())
        .limit(1)
    ).one_or_none()
    if page is None:
        return []
    skipped = after + 1 - page.first
    texts = files.read(page.file_id, KIND).data.decode().splitlines()
    return texts[skipped : skipped + most]
