"""Rows → the papers of what was checked: summary, delivery note, archive cover."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select

from app.accounts.people import names_of
from app.cases import history
from app.cases.models import Case, Entrustment
from app.cases.transitions import NOT_HANDED_IN
from app.dossier.queries import ReportRow, reports_of
from app.exchange import names as exchange_names
from app.exchange import queries as exchange
from app.exchange.custody.messages import CARRIER_TITLES
from app.exchange.custody.queries import leaving_media
from app.exchange.service import request_of
from app.oversight.archive.documents import documents_of
from app.oversight.archive.gathering import names_in
from app.oversight.archive.messages import PAPER_TITLES, years_words
from app.oversight.archive.queries import archive_of_case
from app.prints.gathering import households
from app.prints.messages import Fault, say
from app.prints.papers.content import Archive, Delivery, Ends, FiledPaper, Household
from app.report.models import Report
from app.report.screen_messages import KIND_TITLES
from app.sharing.agreements import reply_term
from tenants.agency.tree import agency
from tenants.calendar import business_date
from tenants.catalogue.outcomes import Outcome
from tenants.database import db

CLOSED = frozenset({"reported", "closed", "terminated", "recalled", "withdrawn"})
_UNASKED = (
    *(Outcome.UNCOVERED, Outcome.UNAUTHORISED, Outcome.TERMINATED),
    *(Outcome.WITHDRAWN, Outcome.CEASED),
)
_MISSING = (Outcome.UNABLE, Outcome.REFUSED, Outcome.UNANSWERED)


def ends_of(entrustment_id: int) -> dict[str, Ends]:
    """Case number → how its items ended, from the merged report that is in force."""
    rows = db.session.execute(
        select(Case.number, Report.outcomes)
        .join(Report, (Report.agency_id == Case.agency_id) & (Report.case_id == Case.id))
        .where(Case.entrustment_id == entrustment_id)
        .where(Report.kind == "merged", Report.state.in_(("issued", "received")))
    )
    return {number: ends_from(outcomes) for number, outcomes in rows}


def ends_from(outcomes: Mapping[str, int]) -> Ends:
    """The four columns of the summary, from a report's counts by outcome."""
    counts = {Outcome(int(code)): count for code, count in outcomes.items()}
    return Ends(
        hits=counts.get(Outcome.HIT, 0),
        no_records=counts.get(Outcome.NO_RECORD, 0),
        missing=sum(counts.get(outcome, 0) for outcome in _MISSING),
        unasked=sum(counts.get(outcome, 0) for outcome in _UNASKED),
    )


def delivery(request_id: int) -> Delivery:
    """What goes out with one medium; ``Fault("print.request_draft")`` while there is none."""
    asked = request_of(request_id)
    if asked.made_on is None:
        raise Fault("print.request_draft")
    own, unit = agency(asked.agency_id), exchange.unit_of(asked.unit_id)
    counts = exchange.collected([request_id]).get(request_id, exchange.Collected())
    people = names_of([asked.made_by, asked.confirmed_by])
    term = reply_term(own.id, unit.id, asked.delivered_on or business_date())
    return Delivery(
        agency=own.name,
        unit=unit.name,
        number=asked.number,
        period=asked.period,
        made_on=asked.made_on,
        made_by=people.get(asked.made_by or 0, ""),
        confirmed_by=people.get(asked.confirmed_by or 0, ""),
        households=counts.households,
        people=counts.people,
        items=counts.items,
        reply_term=term.words,
        reply_article=term.article,
        file_name=exchange_names.PACKAGE.format(number=asked.number),
        stamp=asked.stamp,
        media=tuple(
            (CARRIER_TITLES[medium.carrier], medium.label, medium.serial)
            for medium in leaving_media(request_id)
        ),
    )


def archive(case_id: int) -> Archive:
    """A closed case as it is filed; ``Fault("print.not_closed")`` for one still under way."""
    (household,) = households(Case.id == case_id, Case.state.not_in(NOT_HANDED_IN))
    if household.state not in CLOSED:
        raise Fault("print.not_closed")
    kept = db.session.scalars(
        select(Entrustment)
        .join(
            Case,
            (Case.agency_id == Entrustment.agency_id) & (Case.entrustment_id == Entrustment.id),
        )
        .where(Case.id == case_id)
    ).one()
    days = [event.day for event in history.happenings("case", case_id)]
    return Archive(
        household=household,
        letter_number=kept.letter_number,
        first=kept.submitted_on,
        last=max(days, default=None),
        **_filed(case_id, household, kept),
    )


def _filed(case_id: int, household: Household, kept: Entrustment) -> dict[str, Any]:
    """What the cover of a filed case says more; of one without a file, the papers it will have."""
    row = archive_of_case(case_id)
    if row is None:
        return {"papers": tuple(_papers(household, kept, reports_of(case_id)))}
    return {
        "papers": tuple(_filed_papers(case_id, kept)),
        "file_number": row.number,
        "kept": years_words(row.kept_years),
        "filed_by": row.filer_name,
        "filed_on": row.filed_on,
        "shelf": row.shelf,
    }


def _filed_papers(case_id: int, kept: Entrustment) -> Iterator[FiledPaper]:
    """卷内文件目录: the list, then every document of the file."""
    found, names = documents_of([case_id]).get(case_id, []), names_in(case_id)
    letters = [document for document in found if document.kind == "entrustment"]
    for document in letters:
        yield FiledPaper(PAPER_TITLES[document.kind], document.number, document.day)
    yield FiledPaper(say("print.cover.paper.list"), "", kept.letter_on)
    for document in found[len(letters) :]:
        title, name = PAPER_TITLES[document.kind], names.get(document.subject_id)
        if name:
            title = say("print.cover.paper.of", title=title, name=name)
        yield FiledPaper(title, document.number, document.day, document.pages or None)


def _papers(household: Household, kept: Entrustment, reports: list[ReportRow]) -> list[FiledPaper]:
    """The papers that every case has, its reports, and those that may follow."""
    count = len(household.people)
    issued = [report for report in reversed(reports) if report.issued_on is not None]
    return [
        FiledPaper(say("print.cover.paper.letter"), kept.letter_number, kept.letter_on),
        FiledPaper(say("print.cover.paper.list")),
        FiledPaper(say("print.cover.paper.consents", count=count)),
        FiledPaper(say("print.cover.paper.cards", count=count)),
        *(
            FiledPaper(KIND_TITLES[report.kind], report.number, report.issued_on, report.pages)
            for report in issued
        ),
        FiledPaper(say("print.cover.paper.objections")),
        FiledPaper(say("print.cover.paper.decision")),
    ]
