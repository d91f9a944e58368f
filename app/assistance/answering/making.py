"""The answer to a letter as a stamped list in an encrypted package (desk)."""

from collections import Counter
from dataclasses import dataclass, replace

from app.assistance.answering import names
from app.assistance.answering.messages import OUTCOME_TITLES, SOURCE_TITLES, say
from app.assistance.answering.models import LetterInquiry
from app.assistance.answering.queries import Line, lines_of
from app.assistance.outward import names as outward_names
from app.assistance.outward.cover import Head, as_cover
from app.assistance.outward.packing import encrypted, sheet, stamp_of
from app.assistance.outward.rows import to_lines
from app.assistance.register.loading import law
from app.exchange.medium.password import make_password
from app.web.formats import written_day
from tenants import files
from tenants.agency.models import Unit
from tenants.agency.tree import agency
from tenants.calendar import business_date
from tenants.catalogue import catalogue
from tenants.database import db

FLOW = "answer"


@dataclass(frozen=True)
class Made:
    """A stamped answer: where it is kept, and the password that opens it."""

    stamp: str
    file_id: int
    password: str


def as_package(row: LetterInquiry) -> Made:
    """Make the list of answers, its cover and the manifest, stamped, in one encrypted file."""
    rows = [_cells(one, n) for n, one in enumerate(lines_of(row.id, masked=False), start=1)]
    head = _head(row, Counter(one["code"] for one in rows))
    head = replace(head, stamp=stamp_of(head, to_lines(rows)))
    table = [[one[code] for code in names.HEADINGS] for one in rows]
    columns = [(names.HEADINGS[code], names.WIDTHS[code]) for code in names.HEADINGS]
    parts = {
        names.LIST_IN_PACKAGE: sheet(head, columns, table),
        outward_names.COVER_IN_PACKAGE: as_cover(head),
    }
    password = make_password()
    data = encrypted(head, parts, password)
    called = names.PACKAGE_FILE.format(number=row.number)
    return Made(head.stamp, files.store("package", called, data, unit_id=row.unit_id), password)


def _head(row: LetterInquiry, outcomes: Counter[str]) -> Head:
    value, made_on = law().outward_flows[FLOW], business_date()
    unit = db.session.get_one(Unit, (row.agency_id, row.unit_id))
    due, received = written_day(row.due_on), written_day(row.received_on)
    titles = [catalogue().item(item).title for item in row.items]
    words = {
        "purpose": say("answering.purpose", purpose=row.purpose, letter=row.letter_number),
        "kind": say("answering.kind", received=received, due=due),
        "schemes": outward_names.THEN.join(titles),
        "as_of": say("answering.as_of"),
        "counts": say(
            "answering.counts",
            lines=row.lines,
            answers=outcomes.total(),
            **{code: outcomes[code] for code in OUTCOME_TITLES if code},
        ),
    }
    return Head(
        number=row.number,
        agency=agency(row.agency_id).name,
        recipient=unit.name,
        flow=value.value,
        basis=value.article,
        as_of=made_on.isoformat(),
        base="",
        counts={"lines": row.lines, "answers": outcomes.total(), **outcomes},
        made_on=made_on.isoformat(),
        words=words,
    )


def _cells(one: Line, line: int) -> dict[str, str]:
    source = one.source_words or SOURCE_TITLES[one.source]
    return {
        **{"line": str(line), "name": one.name, "id_number": one.id_number, "item": one.title},
        **{"outcome": OUTCOME_TITLES[one.outcome], "words": one.words, "source": source},
        "as_of": one.as_of.isoformat() if one.as_of else "",
        "code": one.outcome,
    }
