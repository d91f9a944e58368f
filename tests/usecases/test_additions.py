"""A child is born, a number was wrong, a name was misspelt, a consent comes back: who is asked
what about whom, at each tier, and what the reports say."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.accounts.actor import Actor
from app.accounts.permissions import permissions_of
from app.cases.identity import Identity
from app.cases.lifecycle import Moved
from app.cases.models import Ask, Case, CaseDuty, Subject
from app.changes import additions, persons, taking
from app.changes.additions import Paper
from app.changes.models import Addition
from app.delegation import recalling
from app.delegation.models import LetterOut, LetterUp
from app.findings.models import Finding
from app.findings.people import people_in
from app.notices.models import Notice
from app.papers.models import Paper as Sheet
from app.papers.pictures import clean
from app.papers.service import picture_of
from app.papers.travelling import take_in_new_papers
from tenants import files
from tenants.calendar import business_date
from tenants.catalogue.outcomes import Outcome
from tenants.database import db
from tenants.identity import check_character
from tenants.messages import Fault
from tenants.rulebook import rulebook
from tenants.scope import acting_for
from tenants.settings import Settings
from tenants.vault import vault
from tests.usecases.test_consent_withdrawn import has_deposits
from tests.usecases.test_delegation import (
    CITY,
    COUNTY,
    PROVINCE,
    THREE,
    UNITS,
    owns_a_car,
    words_of,
)
from tests.usecases.tree import Tree
from tests.world.papers import authorisation, id_card

ZHAO, BABY = "赵国强", "赵小宝"


def number(digits: str) -> str:
    return digits + check_character(digits)


NEWBORN = {
    "relation": "长子",
    "name": BABY,
    "id_type": "居民身份证",
    "id_number": number("22018220261020001"),
    "subject_role": "共同生活的家庭成员",
    "consent": "已授权",
    "authorised_on": "2026-11-02",
    "authorisation_expires_on": "2027-11-01",
    "guardian_name": ZHAO,
    "guardian_relation": "父亲",
    "guardian_id_number": number("22018219700101001"),
}
RIGHT = {"id_number": number("22018219700101777")}
NEW_PAPER = {"authorised_on": "2026-11-03", "authorisation_expires_on": "2027-11-02"}


@pytest.fixture
def tree(app: Flask, settings: Settings) -> Tree:
    """A county, its city and its province."""
    return Tree(app, settings, THREE, UNITS).open()


def clerk() -> Actor:
    return Actor(1, "窗口", COUNTY, 0, 0, permissions=permissions_of(["department_clerk"]))


def record(tree: Tree, verb: Callable[..., Moved], *place: int, reason: str, **typed: str) -> Moved:
    """The department records it on paper."""
    person = Actor(
        2, "科室", COUNTY, tree.department, 0, permissions=permissions_of(["department_clerk"])
    )
    with tree.app.app_context(), acting_for(COUNTY, "commissioner", unit_id=tree.department):
        moved = verb(*place, typed, person, Paper(dt.date(2026, 11, 2), reason))
    tree.work()
    return moved


def check(tree: Tree, person: int = 3) -> Moved:
    """The county takes what was recorded."""
    with tree.at(COUNTY):
        row = db.session.scalars(select(Addition).where(Addition.state == "proposed")).one()
        roles = permissions_of(["intake_officer"])
        moved = taking.take(row.id, row.rev, Actor(person, "孙丽", COUNTY, 0, 0, permissions=roles))
    tree.work()
    return moved


def people(tree: Tree, agency: int) -> list[int]:
    with tree.at(agency):
        return list(db.session.scalars(select(Subject.id).order_by(Subject.row_no, Subject.id)))


def of_the(tree: Tree, agency: int, name: str) -> int:
    """The one person of this name."""
    with tree.at(agency):
        hashed = vault().look_up(name)
        return db.session.scalars(select(Subject.id).where(Subject.name_hash == hashed)).one()


def outcomes(tree: Tree, agency: int, subject: int) -> dict[tuple[int, int], int]:
    """(source, item) → how it stands last."""
    with tree.at(agency):
        asks = select(Ask).where(Ask.subject_id == subject).order_by(Ask.round)
        return {
            (ask.source, item): outcome
            for ask in db.session.scalars(asks)
            for item, outcome in zip(ask.items, ask.outcomes, strict=True)
        }


def test_a_child_born_meanwhile_is_asked_about_at_every_tier(tree: Tree, tmp_path: Path) -> None:
    (zhao,) = tree.entrust([ZHAO])
    tree.climb()
    for agency in (PROVINCE, CITY):
        tree.exchange(agency)
        tree.issue(agency)
    tree.exchange(COUNTY)
    assert [tree.states(a) for a in (CITY, PROVINCE)] == [["reported"], ["reported"]]
    assert record(tree, additions.add_member, zhao, reason="birth", **NEWBORN).done
    assert tree.merge().skipped[0].code in ("own_report_missing", "addition_open")
    assert people(tree, COUNTY) == people(tree, COUNTY)[:1], "nobody before the check"
    assert [skip.code for skip in check(tree, person=4).skipped] == ["another_duty_on_case"]
    assert check(tree).done
    assert len(people(tree, COUNTY)) == 2
    asked_once = {agency: len(tree.asked(agency)) for agency in THREE}
    tree.climb()
    assert [tree.states(a) for a in (CITY, PROVINCE)] == [["checking"], ["checking"]]
    for agency in THREE:
        father, baby = people(tree, agency)
        assert Outcome.PENDING not in outcomes(tree, agency, father).values()
        assert Outcome.PENDING in outcomes(tree, agency, baby).values()
    assert asked_once
    with tree.at(PROVINCE):
        kinds = list(
            db.session.scalars(
                select(LetterUp.kind).where(LetterUp.kind != "coverage").order_by(LetterUp.sent_at)
            )
        )
        assert kinds == ["entrust", "supplement"]
        born = db.session.scalars(select(Subject).where(Subject.joined_reason == "birth")).one()
        assert born.joined_on == dt.date(2026, 11, 2)
        assert db.session.scalars(select(Case.size)).one() == 2
    for agency in (PROVINCE, CITY, COUNTY):
        tree.exchange(agency)
        tree.issue(agency)
    assert tree.merge().done == (zhao,)
    assert tree.states(PROVINCE) == ["reported"]
    said = "".join(words_of(tree.merged_pdf(), tmp_path).split())
    assert "赵小宝为委托后追加的核对对象" in said
    assert "2026年11月2日出生，追加列入" in said
    with tree.at(COUNTY):
        law = rulebook(22)
        (household,) = people_in([zhao], {}, law.uncounted.value, business_date()).values()
        assert [person.is_counted for person in household] == [True, True]
        assert db.session.scalar(
            select(func.count()).select_from(Notice).where(Notice.kind == "addition.taken")
        )
        duties = select(CaseDuty.step).where(CaseDuty.account_id == 3)
        assert list(db.session.scalars(duties)) == ["intake_check"]
    with pytest.raises(Fault, match="新的申请"):
        record(tree, additions.add_member, zhao, reason="birth", **NEWBORN)
    assert [tree.unfinished_jobs(agency) for agency in THREE] == [[], [], []]


def test_what_a_wrong_number_told_is_somebody_elses(tree: Tree, tmp_path: Path) -> None:
    """The province found a car under the wrong number and reported it; the bank answers late."""
    (zhao,) = tree.entrust([ZHAO])
    tree.climb()
    tree.exchange(PROVINCE, owns_a_car)
    tree.issue(PROVINCE)
    tree.send_requests(COUNTY)
    (wrong,) = people(tree, COUNTY)
    assert record(tree, additions.correct, zhao, wrong, reason="typed", **RIGHT, **NEW_PAPER).done
    assert Outcome.PENDING not in outcomes(tree, COUNTY, wrong).values(), "stopped at once"
    for agency in (CITY, PROVINCE):
        with tree.at(agency):
            assert list(db.session.scalars(select(Subject.left_reason))) == ["corrected"]
    assert tree.issue(PROVINCE).skipped[0].code == "addition_open"
    # What somebody else has in the bank does not come in any more.
    tree.answer(COUNTY, has_deposits)
    assert check(tree).done
    tree.climb()
    for agency in (PROVINCE, CITY, COUNTY):
        (old, right) = people(tree, agency)
        with tree.at(agency):
            row = db.session.scalars(select(Subject).where(Subject.id == right)).one()
            assert row.replaces == old
            identity = Identity.of(vault().open("subject", right, row.sealed))
            assert identity.id_number == RIGHT["id_number"]
            assert db.session.scalars(select(Case.size)).one() == 1
        tree.exchange(agency)
        tree.issue(agency)
    assert tree.merge().done == (zhao,)
    assert [
        row[1:] for row in tree.reports(COUNTY) if row[0] == "upper" and row[2] == PROVINCE
    ] == [
        ("replaced", PROVINCE, 1),
        ("issued", PROVINCE, 2),
    ]
    said = "".join(words_of(tree.merged_pdf(), tmp_path).split())
    assert "有误，已更正" in said
    assert "不作为核对结果" in said
    with tree.at(COUNTY):
        assert db.session.scalar(select(func.count()).select_from(Finding)) == 1, (
            "kept in the trail"
        )
        law = rulebook(22)
        (household,) = people_in([zhao], {}, law.uncounted.value, business_date()).values()
        (person,) = household
        assert person.id_number == RIGHT["id_number"]
        assert not person.told
    assert [tree.unfinished_jobs(agency) for agency in THREE] == [[], [], []]


def test_a_returned_correction_leaves_the_wrong_number_alone(tree: Tree) -> None:
    (zhao,) = tree.entrust([ZHAO])
    (wrong,) = people(tree, COUNTY)
    assert record(tree, additions.correct, zhao, wrong, reason="typed", **RIGHT).done
    assert record(tree, additions.correct, zhao, wrong, reason="typed", **RIGHT).skipped
    with tree.at(COUNTY):
        row = db.session.scalars(select(Addition)).one()
        assert taking.give_back(row.id, row.rev, tree.actor(COUNTY, 3), "授权书缺指印").done
    assert tree.merge().skipped[0].code == "addition_open"
    assert record(tree, additions.correct, zhao, wrong, reason="typed", **RIGHT).done
    assert check(tree).done
    with tree.at(COUNTY):
        drafted = select(Ask.subject_id).where(Ask.is_open).distinct()
        assert list(db.session.scalars(drafted)) == [people(tree, COUNTY)[1]]


def test_a_misspelt_name_keeps_what_was_found_and_asks_again_for_no_record(tree: Tree) -> None:
    (zhao,) = tree.entrust([ZHAO])
    tree.climb()
    tree.exchange(PROVINCE, owns_a_car)
    tree.issue(PROVINCE)
    (person,) = people(tree, COUNTY)
    before = outcomes(tree, COUNTY, person)
    assert before[0, 302] == Outcome.HIT
    assert record(tree, additions.correct, zhao, person, reason="typed", name="赵国祥").done
    assert check(tree).done
    tree.seal(COUNTY)
    tree.seal(CITY)
    for agency in THREE:
        with tree.at(agency):
            row = db.session.scalars(select(Subject)).one()
            assert vault().open("subject", row.id, row.sealed)["name"] == "赵国祥"
    now = outcomes(tree, COUNTY, person)
    assert now[0, 302] == Outcome.HIT, "the number is the person"
    asked_again = [place for place, outcome in before.items() if outcome == Outcome.NO_RECORD]
    assert all(now[place] == Outcome.PENDING for place in asked_again)


def test_a_consent_given_anew_is_asked_about_again(tree: Tree) -> None:
    zhao, _ = tree.entrust([ZHAO, "钱桂芝"])
    tree.climb()
    tree.send_requests(PROVINCE)
    person = of_the(tree, COUNTY, ZHAO)
    department = Actor(
        2, "科室", COUNTY, tree.department, 0, permissions=permissions_of(["department_clerk"])
    )
    with tree.app.app_context(), acting_for(COUNTY, "commissioner", unit_id=tree.department):
        persons.withdraw_consent(zhao, person, department, on=business_date(), reason="own_will")
    tree.work()
    stopped = outcomes(tree, PROVINCE, of_the(tree, PROVINCE, ZHAO))
    assert set(stopped.values()) == {Outcome.WITHDRAWN}
    assert record(tree, additions.give_consent_anew, zhao, person, reason="", **NEW_PAPER).done
    assert check(tree).done
    tree.seal(COUNTY)
    tree.seal(CITY)
    for agency in THREE:
        person = of_the(tree, agency, ZHAO)
        assert Outcome.WITHDRAWN not in outcomes(tree, agency, person).values()
        assert Outcome.PENDING in outcomes(tree, agency, person).values()
    # The unit answers what was stopped, together with what it was asked about others: unused.
    tree.exchange(PROVINCE, owns_a_car)
    person = of_the(tree, PROVINCE, ZHAO)
    with tree.at(PROVINCE):
        found = select(Finding.id).where(Finding.subject_id == person)
        assert len(list(db.session.scalars(found))) == 1


def test_the_renewed_authorisation_goes_up_with_its_scan(tree: Tree) -> None:
    """赵国强 signs anew: each tier that asks about him again has the new sheet, and has it once."""
    (zhao,) = tree.entrust([ZHAO])
    tree.climb()
    person = of_the(tree, COUNTY, ZHAO)
    clerk_here = Actor(
        2, "科室", COUNTY, tree.department, 0, permissions=permissions_of(["department_clerk"])
    )
    signed = authorisation(ZHAO, "2026-11-03")
    paper = Paper(dt.date(2026, 11, 3), authorisation=(signed,), scans=(id_card(ZHAO, "2201"),))
    with tree.app.app_context(), acting_for(COUNTY, "commissioner", unit_id=tree.department):
        persons.withdraw_consent(zhao, person, clerk_here, on=business_date(), reason="own_will")
    tree.work()
    with tree.app.app_context(), acting_for(COUNTY, "commissioner", unit_id=tree.department):
        assert additions.give_consent_anew(zhao, person, NEW_PAPER, clerk_here, paper).done
    with tree.at(COUNTY):
        own = select(Sheet).where(Sheet.subject_id == person)
        assert list(db.session.scalars(own)) == [], "nothing of it is the person's before the check"
    assert check(tree).done
    tree.seal(COUNTY)
    tree.seal(CITY)
    for agency in THREE:
        here = of_the(tree, agency, ZHAO)
        with tree.at(agency):
            rows = db.session.scalars(select(Sheet).where(Sheet.subject_id == here)).all()
            assert [row.kind for row in rows] == ["authorisation"], agency
            assert picture_of(rows[0]).data == clean(signed)[0].data
    with tree.at(CITY):
        (sheet,) = db.session.scalars(select(Sheet)).all()
        (shared,) = files.share([sheet.file_id]).values()
        told = {"kind": "authorisation", "sequence": 1, "media_type": "image/jpeg", "pages": 1}
        place = (sheet.case_id or 0, sheet.subject_id)
        take_in_new_papers({place: [told | {"file": vars(shared)}]})
        assert len(list(db.session.scalars(select(Sheet)))) == 1, (
            "what is here comes no second time"
        )


def test_a_supplement_is_not_called_back_by_itself(tree: Tree) -> None:
    (zhao,) = tree.entrust([ZHAO])
    tree.climb()
    assert record(tree, additions.add_member, zhao, reason="birth", **NEWBORN).done
    assert check(tree).done
    tree.seal(COUNTY)
    with tree.at(COUNTY):
        letters = {row.kind: row for row in db.session.scalars(select(LetterOut))}
        supplement, first = letters["supplement"], letters["entrust"]
        with pytest.raises(Fault, match="追加委托的人员"):
            recalling.recall(supplement.id, supplement.rev, tree.actor(COUNTY, 4), "误送")
        assert recalling.recall(first.id, first.rev, tree.actor(COUNTY, 4), "误送").done
    tree.work()
    assert tree.states(CITY) == ["recalled"]
    tree.seal(COUNTY)
    assert tree.states(CITY) == ["recalled", "accepted"]
    with tree.at(CITY):
        assert db.session.scalars(select(Case.size).order_by(Case.id.desc()).limit(1)).one() == 2
