"""An authorisation that names some kinds of information only: asked within it, at every tier."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.cases.lifecycle import Chosen
from app.cases.models import Ask, Authorisation, Subject
from app.cases.queries import members
from app.cases.sources import TO_NOBODY, TO_PARENT
from app.delegation import entrusting
from app.intake import service as intake
from app.report.models import Report
from tenants import files
from tenants.catalogue.outcomes import Outcome
from tenants.database import db
from tenants.identity import check_character
from tenants.settings import Settings
from tests.usecases.test_delegation import CITY, COUNTY, PROVINCE, THREE, words_of
from tests.usecases.tree import Tree

BANK, POLICE, LAND = 1601, 302, 601
UNITS = {
    PROVINCE: {"省公安厅": (POLICE,), "省税务局": (1201,)},
    CITY: {"市不动产登记中心": (LAND,)},
    COUNTY: {"农商银行": (BANK,), "县残联": (1501,)},
}
SCOPE = "公安、金融机构"


@pytest.fixture
def tree(app: Flask, settings: Settings) -> Tree:
    return Tree(app, settings, THREE, UNITS).open()


def scopes(tree: Tree, agency: int) -> list[list[int]]:
    with tree.at(agency):
        return list(db.session.scalars(select(Authorisation.scope).order_by(Authorisation.id)))


def test_only_what_the_paper_names_is_asked(tree: Tree, tmp_path: Path) -> None:
    """赵国强 lets the police and his bank be asked; land, tax and the rest end at once."""
    tree.entrust(["赵国强"], authorisation_scope=SCOPE)
    asked = tree.asked(COUNTY)
    assert asked[TO_PARENT] == {POLICE: Outcome.PENDING}
    assert asked[tree.ids["农商银行"]] == {BANK: Outcome.PENDING}
    nobody = asked[TO_NOBODY]
    outside = {item for item, end in nobody.items() if end == Outcome.UNAUTHORISED}
    assert {LAND, 1201, 1501} <= outside
    assert all((item // 100 in (3, 16)) != (item in outside) for item in nobody)
    assert {nobody[item] for item in nobody.keys() - outside} == {Outcome.UNCOVERED}
    tree.climb()
    for agency in (CITY, PROVINCE):
        assert scopes(tree, agency) == [[3, 16]]
        assert {item for part in tree.asked(agency).values() for item in part} == {POLICE}
    for agency in (PROVINCE, COUNTY):
        tree.exchange(agency)
        tree.issue(agency)
    tree.merge()
    said = "".join(words_of(tree.merged_pdf(), tmp_path).split())
    assert "赵国强的查询授权书只授权查询公安、金融机构的信息，其余事项未授权，未核对。" in said
    assert "未取得有效的查询授权" not in said
    assert "只限公安、金融机构" in said
    assert "未授权未核对" in said
    with tree.at(COUNTY):
        own = db.session.scalars(select(Report.file_id).where(Report.kind == "own")).one()
        pdf = files.read(own or 0, "report").data
    assert "授权书未列该项" in "".join(words_of(pdf, tmp_path).split())


def test_an_authorisation_without_a_scope_covers_all(tree: Tree) -> None:
    """The control: the same household, and nothing said of a scope."""
    tree.entrust(["赵国强"], authorisation_scope="全部")
    assert scopes(tree, COUNTY) == [[]]
    ends = {end for part in tree.asked(COUNTY).values() for end in part.values()}
    assert ends == {Outcome.PENDING, Outcome.UNCOVERED}


def test_a_letter_that_asks_more_than_its_scope_is_not_followed(
    tree: Tree, monkeypatch: Any
) -> None:
    """However it came about: the city asks nobody about what the paper does not name."""
    sent = entrusting._subject

    def asks_more(identity: Any, subject: Subject, items: list[int]) -> dict[str, Any]:
        return sent(identity, subject, [*items, LAND])

    monkeypatch.setattr(entrusting, "_subject", asks_more)
    tree.entrust(["赵国强"], authorisation_scope=SCOPE)
    tree.seal(COUNTY)
    monkeypatch.undo()
    tree.approve(CITY)
    assert tree.asked(CITY)[TO_NOBODY] == {LAND: Outcome.UNAUTHORISED}
    assert tree.asked(CITY).keys() == {TO_NOBODY, TO_PARENT}


GUARDIAN = {
    "guardian_name": "赵德山",
    "guardian_relation": "父亲",
}


def guardians(tree: Tree, agency: int) -> list[dict[str, str]]:
    with tree.at(agency):
        found = members(tree.case_ids())
        people = [member for household in found.values() for member in household]
        return [member.guardian.as_cells() for member in people if member.guardian]


def test_the_guardian_goes_up_with_the_consent(tree: Tree) -> None:
    """赵国强 is not able to sign himself: every tier knows that his father signed."""
    tree.entrust(["赵国强"], **GUARDIAN | {"guardian_id_number": _checked("22018219450315001")})
    tree.climb()
    told = guardians(tree, COUNTY)
    assert [row["guardian_name"] for row in told] == ["赵德山"]
    assert told[0]["guardian_relation"] == "父亲"
    assert guardians(tree, CITY) == guardians(tree, PROVINCE) == told


def test_who_signs_for_himself_has_no_guardian_above(tree: Tree) -> None:
    """The control."""
    tree.entrust(["赵国强"])
    tree.climb()
    assert guardians(tree, PROVINCE) == []


def _checked(digits: str) -> str:
    return digits + check_character(digits)


def test_of_two_consents_the_one_that_holds_longest_says_what_is_asked(tree: Tree) -> None:
    """A renewed paper that names less narrows the former one, and no ask is made twice."""
    tree.submit(["赵国强"])
    with tree.at(COUNTY):
        former = db.session.scalars(select(Authorisation)).one()
        db.session.add(
            Authorisation(
                subject_id=former.subject_id,
                signed_on=former.signed_on,
                expires_on=former.expires_on.replace(year=2028),
                scope=[16],
            )
        )
        case_id = db.session.scalars(select(Subject.case_id)).one()
        intake.accept(Chosen.of([case_id]), tree.actor(COUNTY, 3))
    tree.approve(COUNTY)
    with tree.at(COUNTY):
        asks = db.session.scalars(select(Ask)).all()
        open_items = {i for a in asks for i, o in zip(a.items, a.outcomes, strict=True) if not o}
    assert open_items == {BANK}
