"""A file that waits, encrypted, for somebody to say what its columns are."""

from dataclasses import dataclass

from sqlalchemy import select

from app.accounts.actor import Actor
from app.cases.models import SubjectList
from app.intake import names
from app.intake.explaining import Place, can_be_explained, header_at
from app.intake.grids import Opened
from app.intake.layout import Layout, Remembered, fingerprinted
from app.intake.layouts import remembered_by
from app.intake.sheet import open_file
from tenants import files
from tenants.database import db
from tenants.messages import Fault


@dataclass(frozen=True)
class Waiting:
    """One kept file, opened. ``list_id``: the list made of it already, 0 while it waits."""

    file_id: int
    opened: Opened
    remembered: Remembered
    list_id: int = 0

    def known_layout(self, place: Place) -> Layout | None:
        """What this sender said of these headings before."""
        header = header_at(self.opened, place, Layout({}))[1]
        return self.remembered(fingerprinted(header.texts))


def keep_waiting(data: bytes, filename: str, fault: Fault, actor: Actor) -> int:
    """Keep a file whose columns a person can explain, and give its id; raises ``fault`` for a
    file that nobody could explain either. Nothing else is written."""
    opened = open_file(data, filename)
    if not can_be_explained(fault, opened):
        raise fault
    return files.store(
        "list",
        names.LIST + opened.suffix,
        data,
        unit_id=actor.unit_id,
        desk_id=actor.desk_id,
    )


def waiting_file(file_id: int, actor: Actor) -> Waiting:
    """A file of this very desk or department; ``LookupError`` when there is none such."""
    own = select(files.File.id).where(
        files.File.id == file_id,
        files.File.unit_id == actor.unit_id,
        files.File.desk_id == actor.desk_id,
    )
    if db.session.scalar(own) is None:
        raise LookupError(f"no file {file_id}")
    kept = files.read(file_id, "list")
    known = select(SubjectList.id).where(
        SubjectList.file_id == file_id,
        SubjectList.unit_id == actor.unit_id,
        SubjectList.desk_id == actor.desk_id,
    )
    return Waiting(
        file_id=file_id,
        opened=open_file(kept.data, kept.name),
        remembered=remembered_by(actor),
        list_id=db.session.scalar(known) or 0,
    )
