"""A county hands its department's decisions up: the city and the province get kind and month."""

import datetime as dt

from flask import Flask
from sqlalchemy import select, update

from app.accounts.actor import Actor
from app.accounts.permissions import permissions_of
from app.cases.models import Case
from app.decisions import service
from app.decisions.handing_up import close_decided, hand_up
from app.decisions.models import Decision
from app.decisions.rules import Entry
from app.delegation.models import LetterUp
from tenants.database import db
from tenants.scope import acting_for
from tenants.settings import Settings
from tests.usecases.tree import Tree

PROVINCE, CITY, COUNTY = 220000, 220100, 220182
THREE = {PROVINCE: ("province", None), CITY: ("city", PROVINCE), COUNTY: ("county", CITY)}
UNITS = {
    PROVINCE: {"省公安厅": (101,)},
    CITY: {"市不动产登记中心": (601,)},
    COUNTY: {"农商银行": (1601,)},
}
Told = tuple[str, int, int | None, dt.date | None]
GRANTED = Entry("granted", dt.date(2026, 12, 3), 56_000, 202612)


def decide(tree: Tree, case_id: int, entry: Entry, why: str = "") -> None:
    clerk = Actor(
        2, "罗琳", COUNTY, tree.department, 0, permissions=permissions_of(["department_clerk"])
    )
    with tree.app.app_context(), acting_for(COUNTY, "commissioner", unit_id=tree.department):
        service.decide(case_id, entry, clerk, why)
    tree.work()


def standing(tree: Tree, agency: int) -> list[tuple[str, list[Told]]]:
    """Each case's state and its decisions: outcome, month, and what must not come up."""
    with tree.at(agency):
        found = []
        for case in db.session.scalars(select(Case).order_by(Case.id)):
            rows = db.session.scalars(
                select(Decision).where(Decision.case_id == case.id).order_by(Decision.version)
            )
            told = [(r.outcome, r.decided_month, r.amount_fen, r.decided_on) for r in rows]
            found.append((case.state, told))
        return found


def letters(tree: Tree, agency: int) -> int:
    with tree.at(agency):
        return len(
            db.session.scalars(select(LetterUp.key).where(LetterUp.kind == "decision")).all()
        )


def test_decisions_go_up_to_every_tier_that_checked(app: Flask, settings: Settings) -> None:
    tree = Tree(app, settings, THREE, UNITS).open()
    first, _second = tree.entrust(["赵一", "钱二"])
    tree.climb()
    for agency in (PROVINCE, CITY, COUNTY):
        tree.exchange(agency)
    for agency in (PROVINCE, CITY, COUNTY):
        tree.issue(agency)
    tree.today(dt.date(2026, 11, 25))
    tree.merge()
    tree.today(dt.date(2026, 12, 4))

    decide(tree, first, Entry("open", reason="申请人外出，待补充材料"))
    for agency in (CITY, PROVINCE):
        assert standing(tree, agency)[0] == ("reported", [("open", 0, None, None)])
    decide(tree, first, GRANTED)
    assert standing(tree, COUNTY)[0][0] == "closed"
    for agency in (CITY, PROVINCE):
        told = [("open", 0, None, None), ("granted", 202612, None, None)]
        assert standing(tree, agency) == [("closed", told), ("reported", [])]

    # A correction comes after it; what is handed up again, or older, changes nothing.
    decide(tree, first, Entry("refused", dt.date(2026, 12, 3)), "审批表看错一行")
    assert standing(tree, PROVINCE)[0][1][-1][0] == "refused"
    before, came = standing(tree, CITY), letters(tree, CITY)
    with tree.at(COUNTY):
        hand_up([first])
    tree.work()
    assert standing(tree, CITY) == before
    assert letters(tree, CITY) == came + 1

    # Checked longer above than below: it is closed there once it is reported.
    with tree.at(CITY):
        row = db.session.scalars(select(Case).where(Case.state == "closed")).one()
        db.session.execute(update(Case).where(Case.id == row.id).values(state="reported"))
    with tree.at(CITY):
        close_decided()
    assert standing(tree, CITY)[0][0] == "closed"
