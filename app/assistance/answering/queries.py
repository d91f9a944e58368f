"""Reads of letters that ask: what is due, and each person's answers."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import case, func, select

from app.assistance.answering.models import (
    LetterInquiry,
    LetterInquiryAnswer,
    LetterInquiryPerson,
)
from app.cases.paging import Page, Place, read_page
from tenants.agency.models import Unit
from tenants.calendar import business_date
from tenants.catalogue import catalogue
from tenants.database import db
from tenants.masking import mask_id_number
from tenants.rulebook.model import HUMAN_RESOURCES
from tenants.vault import vault


@dataclass(frozen=True)
class Line:
    """One person and item with its answer."""

    line: int
    item: int
    title: str
    name: str
    id_number: str
    authorised_on: dt.date | None
    outcome: str
    source: str
    source_words: str
    words: str
    as_of: dt.date | None

    @property
    def by_hand(self) -> bool:
        """Whether a hand may answer it: neither the store nor a rule has."""
        return self.source in ("", "hand")


def letters(place: Place) -> Page[LetterInquiry]:
    """A page of letters, the newest first."""
    page = read_page(select(LetterInquiry), LetterInquiry.id, place)
    return page.holding(tuple(row[0] for row in page.rows))


def open_letters() -> list[LetterInquiry]:
    """What is not answered yet, the most urgent first."""
    waits = (LetterInquiry.handed_on.is_(None), LetterInquiry.void_on.is_(None))
    query = select(LetterInquiry).where(*waits).order_by(LetterInquiry.due_on, LetterInquiry.id)
    return list(db.session.scalars(query.limit(200)))


def waiting() -> tuple[int, int]:
    """How many letters are not answered yet, and how many of them are late."""
    late = case((LetterInquiry.due_on < business_date(), 1))
    query = select(func.count(), func.count(late)).where(
        LetterInquiry.handed_on.is_(None), LetterInquiry.void_on.is_(None)
    )
    count, over = db.session.execute(query).one()
    return count, over


def units() -> list[tuple[int, str]]:
    """The sharing units of human resources: who may ask."""
    query = select(Unit.id, Unit.name).where(
        Unit.kind == "sharing", Unit.category == HUMAN_RESOURCES
    )
    return [(id_, name) for id_, name in db.session.execute(query.order_by(Unit.id)).tuples()]


def lines_of(inquiry_id: int, *, masked: bool = True) -> list[Line]:
    """Every person and item of a letter with its answer, in order; numbers masked for a screen."""
    p, a = LetterInquiryPerson, LetterInquiryAnswer
    query = (
        select(p, a)
        .join(a, (a.agency_id == p.agency_id) & (a.inquiry_id == p.inquiry_id) & (a.line == p.line))
        .where(p.inquiry_id == inquiry_id)
        .order_by(p.line, a.item)
    )
    keys, found = vault(), list[Line]()
    for person, answer in db.session.execute(query).tuples():
        said = keys.open("letter_inquiry_person", person.id, person.sealed)
        told = keys.open("letter_inquiry_answer", answer.id, answer.sealed) if answer.sealed else {}
        number = said["id_number"]
        found.append(
            Line(
                line=person.line,
                item=answer.item,
                title=catalogue().item(answer.item).title,
                name=said["name"],
                id_number=mask_id_number(number) if masked else number,
                authorised_on=person.authorised_on,
                outcome=answer.outcome,
                source=answer.source,
                source_words=answer.source_words,
                words=told.get("words", ""),
                as_of=answer.as_of,
            )
        )
    return found
