"""What a destruction takes away of cases: every row, and the keys of every file.

Carried out by a database role of its own (``shredder``): it deletes these rows, and reads nothing
of them but ids. The plan is data, and a test holds it against every table that knows a case. What
stays, and why, is in docs/adr/0021.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Select, Table, delete, or_, select, union

from tenants.database import Base, any_of, db

BY_PARENT: tuple[tuple[str, str, str], ...] = (
    ("explanation", "matter_id", "matter"),
    ("objection_word", "objection_id", "objection"),
    ("objection_duty", "objection_id", "objection"),
    ("report_part", "report_id", "report"),
    ("declaration", "subject_id", "subject"),
    ("authorisation", "subject_id", "subject"),
)
"""Table, its column, and the table of the case that it belongs to."""

BY_CASE = (
    *("finding_replaced", "exclusion", "objection", "finding", "decision", "report", "matter"),
    *("periodic_case", "tip_off_case", "look_list"),
    *("ask", "paper", "paper_tick", "addition", "case_duty", "expedition", "household_change"),
    "subject",
)
"""Tables with a ``case_id``, those first that refer to others."""

MACHINES = ("matter", "exclusion", "addition", "objection", "report")
"""Objects of a case whose events go with it."""


def shred(case_ids: Sequence[int]) -> None:
    """Delete cases with all that belongs to them, in the shredder's scope. What they shared with
    others (a list, a letter, a request's files) goes with the last. Repeated, it finds nothing."""
    cases = _table("household_case")
    of_cases = cases.c.id == any_of(case_ids)
    lists = _ids(select(cases.c.list_id).where(of_cases))
    entrustments = _ids(select(cases.c.entrustment_id).where(of_cases))
    asks = _table("ask")
    requests = _ids(select(asks.c.request_id).where(asks.c.case_id == any_of(case_ids)))
    _forget(_of_cases(case_ids))
    _delete(_table("event"), _events(case_ids))
    for name, column, parent in BY_PARENT:
        table, above = _table(name), _table(parent)
        owned = select(above.c.id).where(above.c.case_id == any_of(case_ids))
        _delete(table, table.c[column].in_(owned))
    for name in BY_CASE:
        _delete(_table(name), _table(name).c.case_id == any_of(case_ids))
    _delete(cases, of_cases)
    _empty_lists(lists)
    _empty_entrustments(entrustments)
    _empty_requests(requests)


def _table(name: str) -> Table:
    return Base.metadata.tables[name]


def _ids(query: Select[tuple[int | None]]) -> list[int]:
    return sorted({id_ for id_ in db.session.scalars(query) if id_})


def _delete(table: Table, condition: ColumnElement[bool]) -> None:
    db.session.execute(delete(table).where(condition))


def _forget(file_ids: Iterable[int]) -> None:
    """The rows of files, and with each its key: nobody of this agency opens it again. The bytes
    follow with the next sweep."""
    file = _table("file")
    _delete(file, file.c.id == any_of(sorted(set(file_ids))))


def _events(case_ids: Sequence[int]) -> ColumnElement[bool]:
    event = _table("event")
    wanted = [(event.c.machine == "case") & (event.c.object_id == any_of(case_ids))]
    for machine in MACHINES:
        table = _table(machine)
        owned = select(table.c.id).where(table.c.case_id == any_of(case_ids))
        wanted.append((event.c.machine == machine) & event.c.object_id.in_(owned))
    return or_(*wanted)


def _of_cases(case_ids: Sequence[int]) -> list[int]:
    """Scans and reports of these cases that no other case shows as well, and the lists of who
    looked at them."""
    paper, report, looks = _table("paper"), _table("report"), _table("look_list")
    own_papers, own_reports = (
        paper.c.case_id == any_of(case_ids),
        report.c.case_id == any_of(case_ids),
    )
    own = union(
        select(paper.c.file_id).where(own_papers),
        select(paper.c.original_file_id).where(own_papers),
        select(report.c.file_id).where(own_reports),
        select(looks.c.file_id).where(looks.c.case_id == any_of(case_ids)),
    )
    found = {id_ for id_ in db.session.scalars(own) if id_}
    others = select(paper.c.file_id).where(paper.c.file_id == any_of(sorted(found)), ~own_papers)
    return sorted(found - set(db.session.scalars(others)))


def _left(column: str, ids: Sequence[int]) -> list[int]:
    """Those of these lists or entrustments that have no case any more."""
    cases = _table("household_case").c
    known = select(cases[column]).where(cases[column] == any_of(ids)).distinct()
    return sorted(set(ids) - set(db.session.scalars(known)))


def _empty_lists(ids: Sequence[int]) -> None:
    listed, batch = _table("subject_list"), _table("paper_batch")
    empty = _left("list_id", ids)
    here = listed.c.id == any_of(empty)
    files = union(select(listed.c.file_id).where(here), select(listed.c.error_file_id).where(here))
    _forget(id_ for id_ in db.session.scalars(files) if id_)
    _delete(batch, batch.c.list_id == any_of(empty))
    _delete(listed, here)


def _empty_entrustments(ids: Sequence[int]) -> None:
    """The letter, and the sealed list with everybody's names; the entrustment's row stays."""
    entrustment, paper, tick = _table("entrustment"), _table("paper"), _table("paper_tick")
    empty = _left("entrustment_id", ids)
    shown = paper.c.entrustment_id == any_of(empty)
    files = union(
        select(entrustment.c.letter_file_id).where(entrustment.c.id == any_of(empty)),
        select(paper.c.file_id).where(shown),
        select(paper.c.original_file_id).where(shown),
    )
    _forget(id_ for id_ in db.session.scalars(files) if id_)
    _delete(paper, shown)
    _delete(tick, tick.c.entrustment_id == any_of(empty))


def _empty_requests(ids: Sequence[int]) -> None:
    """The package that was sent and the replies that came, once nobody asked in them is left."""
    ask, package, reply = _table("ask"), _table("package"), _table("reply")
    known = select(ask.c.request_id).where(ask.c.request_id == any_of(ids)).distinct()
    empty = sorted(set(ids) - set(db.session.scalars(known)))
    answered = reply.c.request_id == any_of(empty)
    files = union(
        select(package.c.file_id).where(package.c.request_id == any_of(empty)),
        select(reply.c.file_id).where(answered),
        select(reply.c.rows_file_id).where(answered),
    )
    _forget(id_ for id_ in db.session.scalars(files) if id_)
