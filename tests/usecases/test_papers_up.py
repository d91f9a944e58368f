"""What goes up with a letter: the authorisation and the card, nothing else, and no bytes twice."""

from flask import Flask
from sqlalchemy import select

from app.cases.lifecycle import Chosen
from app.cases.models import Case, Subject
from app.intake import service as intake
from app.papers.models import Paper
from app.papers.pictures import clean
from app.papers.service import NewSheet, add_evidence, described, keep, picture_of, write
from app.papers.travelling import papers_for_letter
from tenants.database import db
from tenants.files import File
from tenants.settings import Settings
from tests.usecases.test_delegation import CITY, COUNTY, PROVINCE, THREE, UNITS
from tests.usecases.tree import Tree
from tests.world.papers import authorisation, id_card

SENT = {
    "authorisation": authorisation("赵国强", "2026-10-20"),
    "id_card": id_card("赵国强", "2201"),
    "household_register": authorisation("户口簿", "2026-10-20"),
}


def test_scans_climb_with_the_letter(app: Flask, settings: Settings) -> None:
    tree = Tree(app, settings, THREE, UNITS).open()
    (case_id,) = tree.submit(["赵国强"])
    with tree.at(COUNTY):
        case = db.session.scalars(select(Case).where(Case.id == case_id)).one()
        subject = db.session.scalars(select(Subject.id).where(Subject.case_id == case_id)).one()
        sheets = [(kind, picture) for kind, data in SENT.items() for picture in clean(data)]
        ids = keep([(picture, case) for _kind, picture in sheets])
        whose = {"household_register": 0}
        write(
            [
                (
                    case,
                    NewSheet(case_id, whose.get(kind, subject), kind, 1, file, *described(picture)),
                )
                for file, (kind, picture) in zip(ids, sheets, strict=True)
            ],
            tree.actor(COUNTY, 3),
        )
        evidence = [authorisation("说明", "2026-10-20")]
        for kind in ("explanation", "change"):
            add_evidence(case, kind, 1, evidence, tree.actor(COUNTY, 3))
        carried = papers_for_letter([case_id])
        assert list(carried) == [subject]
        assert [sheet["kind"] for sheet in carried[subject]] == ["authorisation", "id_card"]
        blobs = {row.blob for row in db.session.scalars(select(File).where(File.kind == "paper"))}
        intake.accept(Chosen.of([case_id]), tree.actor(COUNTY, 3))
    tree.approve(COUNTY)
    tree.climb()
    for agency in (CITY, PROVINCE):
        with tree.at(agency):
            rows = db.session.scalars(select(Paper).order_by(Paper.kind)).all()
            assert [row.kind for row in rows] == ["authorisation", "id_card"]
            owner = select(Subject.case_id).where(Subject.id == rows[0].subject_id)
            assert db.session.scalars(owner).one() == rows[0].case_id
            assert [picture_of(row).data for row in rows] == [
                clean(SENT[row.kind])[0].data for row in rows
            ]
            here = {
                row.blob for row in db.session.scalars(select(File).where(File.kind == "paper"))
            }
            assert here < blobs
