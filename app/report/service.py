"""Handing over: the commissioning unit opens its merged report and records the receipt."""

from sqlalchemy import select, update

from app.accounts.actor import Actor
from app.audit import service as audit
from app.cases.lifecycle import Chosen, Moved, move
from app.report.models import Report
from tenants import files
from tenants.calendar import business_date
from tenants.database import db


def report_of(report_id: int) -> Report:
    """A report of this scope that has left the draft; ``LookupError`` when there is none."""
    row = db.session.scalars(
        select(Report).where(Report.id == report_id, Report.state != "drafted")
    ).one_or_none()
    if row is None:
        raise LookupError(f"no report {report_id}")
    return row


def download(report_id: int, actor: Actor) -> files.StoredFile:
    """The signed PDF; who took it is on the audit trail before the bytes leave."""
    if not (actor.may("report.receive") or actor.may("case.read")):
        actor.must("case.read")
    report = report_of(report_id)
    if report.file_id is None:
        raise LookupError(f"report {report_id} has no file")
    audit.record(
        actor.account_id,
        "report.download",
        kind="report",
        subject_id=report_id,
        unit_id=actor.unit_id,
    )
    return files.read(report.file_id, "report")


def receive(report_id: int, revision: int, actor: Actor) -> Moved:
    """The commissioning unit signs for one merged report (签收)."""
    return receive_all(Chosen.seen({report_id: revision}), actor)


def receive_all(chosen: Chosen, actor: Actor) -> Moved:
    """The commissioning unit signs for several merged reports at once."""
    moved = move("report", "receive", chosen, actor)
    if moved.done:
        db.session.execute(
            update(Report)
            .where(Report.id.in_(moved.done))
            .values(received_on=business_date(), received_by=actor.account_id)
        )
    return moved
