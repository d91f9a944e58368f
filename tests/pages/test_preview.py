"""Before submitting: who will check what; and a desk that may entrust by itself."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.actor import Forbidden
from app.cases.lifecycle import Chosen
from app.cases.models import Ask, Case, Entrustment, Subject
from app.cases.sources import TO_NOBODY, TO_PARENT
from app.data_package import list_file
from app.delegation import routing
from app.intake import receiving
from app.intake import service as intake
from app.intake.receiving import law_of
from app.preparation.preview import Preview, preview
from app.review import service as review
from tenants.database import db
from tenants.rulebook import Value, rulebook
from tenants.scope import acting_for
from tests.pages.desk import Desk, at_work, ids_on
from tests.pages.stage import on_day
from tests.pages.test_preparation import household
from tests.world.builder import build_world
from tests.world.world import World

CLERK, DEPARTMENT = "徐晨", "罗琳"


@pytest.fixture
def world(app: Flask) -> Iterator[World]:
    with on_day(4):
        yield build_world(app)


def prepared(app: Flask, world: World) -> Desk:
    clerk = Desk(app, world, CLERK)
    clerk.act(clerk.send("/households").location, **household(), do="prepare")
    return clerk


def items_of(tiers: Preview, place: int) -> set[int]:
    return {item.code for kind in tiers.tiers[place].kinds for item in kind.items}


def test_the_preview_says_what_routing_will_do(app: Flask, world: World) -> None:
    """罗琳 looks before she submits; after the review the asks are exactly those."""
    prepared(app, world)
    luolin = Desk(app, world, DEPARTMENT)
    page = luolin.read("/households/preview")
    for told in (
        "待提交 1 户、2 人",
        "榆树市",
        "长春市",
        "吉林省",
        "各级均不能核对",
        "2026-11-27",
        "办理期限",
        "复审最迟",
    ):
        assert told in page
    with app.app_context():
        with at_work(world, DEPARTMENT):
            who = world.actor(DEPARTMENT)
            shown = preview(who, law_of(who), dt.date(2026, 11, 4), [])
            (listed,) = db.session.scalars(select(Case.list_id))
            intake.submit(
                [listed], letter_number="榆民〔2026〕1号", letter_on=dt.date(2026, 11, 4), actor=who
            )
        with acting_for(world.agency("榆树市").id):
            ids = list(db.session.scalars(select(Case.id)))
            intake.accept(Chosen.of(ids), world.actor("王芳"))
            review.approve(Chosen.of(ids), world.actor("赵磊"))
            routing.route_cases(ids)
            asks = db.session.scalars(select(Ask).join(Subject, Subject.id == Ask.subject_id)).all()
    own = {item for ask in asks if ask.source > 0 for item in ask.items}
    above = {item for ask in asks if ask.source == TO_PARENT for item in ask.items}
    nobody = {item for ask in asks if ask.source == TO_NOBODY for item in ask.items}
    assert own
    assert above
    assert items_of(shown, 0) == own
    assert items_of(shown, 1) | items_of(shown, 2) == above
    assert {item.code for kind in shown.nobody for item in kind.items} == nobody


def test_a_desk_entrusts_where_the_rulebook_lets_it(
    app: Flask, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In Jilin 徐晨 leaves it to 罗琳; under a rulebook that lets desks, he submits his own."""
    clerk = prepared(app, world)
    assert '/households/entrust"' not in clerk.source("/households")
    assert clerk.client.get("/households/entrust").location == "/households"
    letter = {"letter_number": "弓政〔2026〕3号", "letter_on": "2026-11-04"}
    assert clerk.send("/households/entrust", ids="1", **letter).status_code == 404

    with app.app_context(), at_work(world, "徐晨"):
        lists = [row.id for row in intake.lists_of(world.actor("徐晨"))]
        with pytest.raises(Forbidden):
            intake.submit(
                lists,
                letter_number=letter["letter_number"],
                letter_on=dt.date(2026, 11, 4),
                actor=world.actor("徐晨"),
            )

    free = replace(rulebook(22), desks_may_entrust=Value(value=True))
    monkeypatch.setattr(receiving, "rulebook", lambda _province: free)
    ids = ids_on(clerk.source("/households/entrust"))
    assert "已提交委托 榆委 2026-11-000001" in clerk.act("/households/entrust", ids=ids, **letter)
    with app.app_context(), at_work(world, "王芳"):
        sent = db.session.scalars(select(Entrustment)).one()
        assert sent.desk_id == world.unit("弓棚镇受理窗口").id
        assert db.session.scalars(select(Case.state)).all() == ["submitted"]
    wangfang = Desk(app, world, "王芳")
    assert "弓政〔2026〕3号" in wangfang.read("/intake")


def test_what_a_narrowed_authorisation_leaves_out_is_said_before_and_kept(
    app: Flask, world: World
) -> None:
    """周明's wife lets only the banks be asked: the form, the preview and the papers say so."""
    clerk = Desk(app, world, CLERK)
    form = clerk.send("/households").location
    typed = household(**{"p1-authorisation_scope": "银行、外星"})
    assert "“银行、外星”不是可填写的内容" in clerk.act(form, **typed, do="prepare")
    typed["p1-authorisation_scope"] = "银行"
    clerk.act(form, **typed, do="prepare")
    page = Desk(app, world, DEPARTMENT).read("/households/preview")
    assert "授权书只列部分部门 1 人" in page
    assert "授权书未列、不核对" in page
    with app.app_context(), at_work(world, CLERK):
        case = db.session.scalars(select(Case)).one()
        rows = list_file.rows_of([case.id])
    assert [row.cells.get("authorisation_scope") for row in rows] == ["", "金融机构"]
    opened = clerk.source(clerk.send(f"/households/cases/{case.id}/open").location)
    assert 'value="金融机构"' in opened
    with app.app_context(), at_work(world, DEPARTMENT):
        intake.submit(
            [case.list_id],
            letter_number="榆民救委〔2026〕9号",
            letter_on=dt.date(2026, 11, 4),
            actor=world.actor(DEPARTMENT),
        )
    assert "只限 金融机构" in Desk(app, world, "王芳").read(f"/intake/cases/{case.id}")
    assert "只限 金融机构" in Desk(app, world, "王芳").read(f"/cases/{case.id}")
