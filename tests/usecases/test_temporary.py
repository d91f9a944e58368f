"""一次性临时救助 from the township's desk to the payment, in two counties of one city: 孙丽 and 许诺
take applications, two bureaus decide, and nobody is paid twice however near the moments lie."""

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError, ProgrammingError

from app.accounts.actor import Actor, Forbidden
from app.accounts.models import Account
from app.assistance.temporary import applying, checking, determining, ledger, paying, ruling
from app.assistance.temporary.models import Application, Check, Referral, Verdict
from app.assistance.temporary.paying_models import Claim, LedgerAsk, Payment
from app.assistance.temporary.people import Applicant
from app.assistance.temporary.rules import MOST_ASKS
from app.audit.models import AuditRow
from tenants.calendar import business_date_set_to
from tenants.database import db
from tenants.messages import Fault
from tenants.scope import acting_for
from tenants.settings import Settings
from tests.pages.stage import Stage
from tests.world.builder import build_world
from tests.world.papers import letter

DAY = dt.date(2026, 12, 10)
HERE, THERE, CITY = "榆树市", "双阳区", "长春市"
DESKS = {HERE: "孙丽", THERE: "许诺"}
OFFICERS = {HERE: "王芳", THERE: "李敏"}
HEADS = {HERE: "韩立新", THERE: "唐国栋"}
BUREAUS = {HERE: "封岩", THERE: "纪然", CITY: "苗青"}
ISSUERS = {HERE: "刘洋", THERE: "陈静"}
NAME, NUMBER = "郭建平", "220182198803121235"
OTHER, RACED = "220182199107153319", "220182199301012213"
STANDARD = ruling.Proposed("长民发〔2026〕18号", DAY, 200_000, "连续三个月无收入。", "五个工作日。")
AS_FOUND = ("income", "met", "document", DAY, "榆树市鑫源公司离职证明，2026年8月31日离职。")


@pytest.fixture
def stage(app: Flask, settings: Settings) -> Iterator[Stage]:
    with business_date_set_to(DAY, allow=True):
        yield Stage(app, settings, build_world(app, settle=False))


@contextmanager
def at(stage: Stage, name: str) -> Iterator[Actor]:
    """Somebody at work in the scope of their sign-in."""
    person = stage.world.person(name)
    role: Any = {"staff": "desk", "desk": "township"}.get(person.kind, person.kind)
    who = person.actor
    with (
        stage.app.app_context(),
        acting_for(who.agency_id, role, unit_id=who.unit_id, desk_id=who.desk_id),
    ):
        yield who


def applicant(number: str = NUMBER, name: str = NAME) -> Applicant:
    return Applicant(
        **{"name": name, "id_number": number, "phone": "13800000001", "is_local": True},
        **{"address": "东街12号", "employer": "鑫源公司", "left_on": "2026-08-31"},
        **{"bank": "农商银行", "account": "6221880100012345", "statement": "没有收入。"},
    )


def asks(
    stage: Stage, county: str, number: str = NUMBER, scans: dict[str, list[bytes]] | None = None
) -> int:
    """Somebody applies at a desk of a county; the application's id."""
    consent = {"consent": [letter("查询授权书", NAME, "2026-12-09")]} if scans is None else scans
    until = dt.date(2027, 3, 1)
    with at(stage, DESKS[county]) as clerk:
        asked = applying.Asked(applicant(number), "work", DAY, DAY, until, consent)
        return applying.apply(asked, clerk).done[0]


def visits(stage: Stage, county: str, id_: int) -> None:
    with at(stage, DESKS[county]) as clerk:
        found = applying.Found(DAY, "孙丽、李国强", "家中无收入。", "grant")
        assert applying.investigate(id_, 0, found, clerk).done


def answers(stage: Stage, county: str, id_: int) -> None:
    """The system looks up what it can; a document says the rest."""
    with at(stage, OFFICERS[county]) as officer:
        assert checking.look_up(id_, 1, officer).done
        for kind in ("income", "insured", "subsistence"):
            checking.record(id_, 1, kind, *AS_FOUND[1:], officer)


def ready(stage: Stage, county: str, number: str = NUMBER) -> int:
    """An application that both bureaus have to decide on."""
    id_ = asks(stage, county, number)
    visits(stage, county, id_)
    answers(stage, county, id_)
    with at(stage, OFFICERS[county]) as officer:
        assert determining.put_forward(id_, 1, officer).done
    return id_


def civil(stage: Stage, county: str, id_: int, agrees: bool = True, ground: str = "") -> None:
    with at(stage, HEADS[county]) as head:
        determining.decide_here(id_, agrees, ground, "" if agrees else "见调查。", head)


def bureau(stage: Stage, county: str, id_: int, agrees: bool = True, ground: str = "") -> None:
    with at(stage, BUREAUS[county]) as officer:
        here = Referral.application_id == id_
        referral = db.session.scalars(select(Referral.id).where(here)).one()
        words = "" if agrees else "已领失业补助金。"
        determining.decide_at_bureau(referral, agrees, ground, words, officer)
    stage.work()


def one(stage: Stage, county: str, id_: int) -> Application:
    with at(stage, OFFICERS[county]):
        return db.session.scalars(select(Application).where(Application.id == id_)).one()


def faulty(code: str, act: Callable[[], Any]) -> None:
    with pytest.raises(Fault) as caught:
        act()
    assert caught.value.code == code


def set_standard(stage: Stage) -> None:
    """Both bureaus of 长春市 set it; the counties get their copies."""
    with at(stage, "宋建平") as head:
        id_ = ruling.propose(STANDARD, head).done[0]
        faulty("temporary.rule_waits", lambda: ruling.propose(STANDARD, head))
    with at(stage, OFFICERS[HERE]):
        assert ruling.rule_on(DAY) is None, "one bureau alone sets nothing"
    with at(stage, BUREAUS[CITY]) as officer:
        assert ruling.answer(id_, 0, True, "", officer).done
    stage.work()
    with at(stage, HEADS[HERE]) as head:
        copy = ruling.rule_on(DAY)
        assert copy is not None
        assert (copy.by_agency_id, copy.amount_fen, copy.decided_name) == (220100, 200_000, "苗青")
        faulty("temporary.city_sets", lambda: ruling.propose(STANDARD, head))


def test_from_the_desk_to_the_payment_and_nobody_twice(stage: Stage) -> None:
    faulty("temporary.unsigned", lambda: asks(stage, HERE, scans={}))
    first = asks(stage, HERE)
    faulty("temporary.twice", lambda: asks(stage, HERE))
    with at(stage, "徐晨"):
        assert db.session.scalars(select(Application)).all() == [], "another desk's is not there"
    with at(stage, OFFICERS[HERE]) as officer:
        row = db.session.scalars(select(Application)).one()
        faulty("temporary.ask_closed", lambda: ledger.ask(row, NUMBER, officer))
        assert NUMBER.encode() not in row.sealed
    visits(stage, HERE, first)
    with at(stage, OFFICERS[HERE]) as officer:
        assert checking.look_up(first, 1, officer).done
        found = determining.outcomes_of(first)
        # Nothing is loaded, so nothing can be said of insurance and 低保.
        assert found == {
            **dict.fromkeys(("income", "insured", "subsistence"), "unknown"),
            "elsewhere": "met",
        }
        by_hand = ("elsewhere", "met", "document", DAY, "他说没有。")
        faulty("temporary.by_ledger", lambda: checking.record(first, 1, *by_hand, officer))
        faulty("temporary.unknown", lambda: determining.put_forward(first, 1, officer))
    with at(stage, OFFICERS[HERE]) as officer:
        for kind in ("income", "insured", "subsistence"):
            assert checking.record(first, 1, kind, *AS_FOUND[1:], officer).done
        faulty("temporary.no_rule", lambda: determining.put_forward(first, 1, officer))
    set_standard(stage)
    with at(stage, OFFICERS[HERE]) as officer:
        assert determining.put_forward(first, 1, officer).done
        verdict = (first, True, "", "", officer)
        with pytest.raises(Forbidden):
            determining.decide_here(*verdict)

    # 封岩 sees what was put before human resources and nothing else; a bank sees nothing.
    with at(stage, BUREAUS[HERE]) as officer:
        referral = db.session.scalars(select(Referral)).one()
        assert (referral.amount_fen, referral.all_met) == (200_000, True)
        at_bureau = referral.id
        without = (at_bureau, False, "income", "", officer)
        faulty("temporary.reason", lambda: determining.decide_at_bureau(*without))
        with pytest.raises(ProgrammingError, match="permission denied"):
            db.session.execute(select(Application.id))
        db.session.rollback()
    with at(stage, "潘婷"):
        assert db.session.scalars(select(Referral)).all() == []
    bureau(stage, HERE, first)
    assert one(stage, HERE, first).state == "determining", "one of two is not both"
    with at(stage, BUREAUS[HERE]) as officer:
        twice = (at_bureau, True, "", "", officer)
        faulty("temporary.decided", lambda: determining.decide_at_bureau(*twice))
    civil(stage, HERE, first)
    assert one(stage, HERE, first).state == "granted"

    # 双阳区 asks for the same person: yes, and not where; aid cannot be agreed to.
    second = ready(stage, THERE)
    with at(stage, OFFICERS[THERE]):
        check = db.session.scalars(select(Check).where(Check.kind == "elsewhere")).one()
        assert (check.outcome, check.source) == ("not_met", "ledger")
        assert db.session.scalars(select(Claim)).all() == [], "no row of another county"
        asked = db.session.scalars(select(LedgerAsk)).one()
        assert asked.is_taken
        audited = select(AuditRow.detail).where(AuditRow.verb == "temporary.ask_ledger")
        assert db.session.scalars(audited).all() == [{"is_taken": True}]
    faulty("temporary.not_met", lambda: civil(stage, THERE, second))
    faulty("temporary.not_met", lambda: bureau(stage, THERE, second))
    civil(stage, THERE, second, agrees=False, ground="elsewhere")
    row = one(stage, THERE, second)
    assert (row.state, row.refused_ground) == ("refused", "elsewhere")

    # The list, the proof, and the money that came back.
    with at(stage, ISSUERS[HERE]) as issuer:
        list_id = paying.make_list(issuer).done[0]
        made = paying.list_of(list_id)
        assert (made.persons, made.amount_fen) == (1, 200_000)
        assert made.check_value == paying.check_value(made.number, [(first, 200_000)])
        assert made.check_value != paying.check_value(made.number, [(first, 200_001)])
        faulty("temporary.nothing_to_list", lambda: paying.make_list(issuer))
    with at(stage, ISSUERS[HERE]) as issuer:
        payment = db.session.scalars(select(Payment.id)).one()
        early = (payment, DAY - dt.timedelta(days=1), "回单1", issuer)
        faulty("temporary.paid_before", lambda: paying.prove(*early))
        assert paying.prove(payment, DAY, "回单1", issuer).done
        assert db.session.scalars(select(Claim.standing)).one() == "paid"
    with at(stage, ISSUERS[HERE]) as issuer:
        assert paying.take_back(payment, DAY, "账号与户名不符", issuer).done
        assert db.session.scalars(select(Claim.standing)).one() == "paid", "two people release"
    with pytest.raises(IntegrityError, match="two_people"), at(stage, ISSUERS[HERE]) as issuer:
        ledger.release(first, issuer)
    with at(stage, HEADS[HERE]) as head:
        assert paying.release(first, one_rev(first), "账户注销，不再发放", head).done
        assert db.session.scalars(select(Claim.standing)).one() == "released"
    third = ready(stage, THERE)
    civil(stage, THERE, third)
    bureau(stage, THERE, third, agrees=False, ground="insured")
    assert one(stage, THERE, third).refused_ground == "insured"
    with at(stage, OFFICERS[THERE]):
        assert db.session.scalar(select(func.count()).select_from(Claim)) == 0, "nothing was held"
        assert db.session.scalars(select(Verdict.side).order_by(Verdict.at)).all()[-1] == "bureau"

    # How often may be asked is bounded.
    fourth = asks(stage, HERE, OTHER)
    visits(stage, HERE, fourth)
    with at(stage, OFFICERS[HERE]) as officer:
        for _ in range(MOST_ASKS):
            assert checking.look_up(fourth, 1, officer).done
        faulty("temporary.asked_often", lambda: checking.look_up(fourth, 1, officer))
        assert db.session.scalar(select(func.count()).select_from(Claim)) == 1, (
            "a question holds nothing"
        )
        # Somebody who has an account at the other bureau as well does not decide for this one.
        there, other = stage.world.actor(HEADS[HERE]), stage.world.actor(BUREAUS[HERE])
        for kind in ("income", "insured", "subsistence"):
            checking.record(fourth, 1, kind, *AS_FOUND[1:], officer)
        assert determining.put_forward(fourth, 1, officer).done
        own = db.session.scalars(select(Account).where(Account.id == there.account_id)).one()
        same = db.session.scalars(select(Account).where(Account.id == other.account_id)).one()
        own.person_id = same.person_id
    faulty("temporary.same_person", lambda: civil(stage, HERE, fourth))
    with at(stage, OFFICERS[HERE]):
        own = db.session.scalars(select(Account).where(Account.id == there.account_id)).one()
        own.person_id = there.account_id
    meet_at_the_ledger(stage)


def one_rev(application_id: int) -> int:
    return db.session.scalars(select(Application.rev).where(Application.id == application_id)).one()


def meet_at_the_ledger(stage: Stage) -> None:
    """Both bureaus of both counties agree to one person; the last decisions come at once."""
    ids = {county: ready(stage, county, RACED) for county in (HERE, THERE)}
    for county, id_ in ids.items():
        bureau(stage, county, id_)
    meet, wrong = threading.Barrier(2, timeout=20), list[BaseException]()

    def decide(county: str) -> None:
        try:
            with business_date_set_to(DAY, allow=True), at(stage, HEADS[county]) as head:
                meet.wait()
                determining.decide_here(ids[county], True, "", "", head)
        except BaseException as error:
            wrong.append(error)

    threads = [threading.Thread(target=decide, args=(county,)) for county in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert wrong == []
    ends = {(row.state, row.refused_ground) for row in (one(stage, c, ids[c]) for c in ids)}
    assert ends == {("granted", ""), ("refused", "elsewhere")}
