"""审核复审 at 榆树市: by somebody else than the intake check, alone or in bulk."""

import datetime as dt
from collections.abc import Iterator

import pytest
from flask import Flask

from app.accounts.models import AccountRole
from tenants.calendar import business_date_set_to
from tenants.database import db
from tenants.scope import acting_for
from tests.pages.desk import Desk, accepted, ids_on
from tests.world.builder import build_world
from tests.world.world import World


@pytest.fixture
def world(app: Flask) -> Iterator[World]:
    built = build_world(app)
    with business_date_set_to(dt.date(2026, 11, 6), allow=True):
        yield built


@pytest.fixture
def zhaolei(app: Flask, world: World) -> Desk:
    """赵磊 reviews what 王芳 let through."""
    accepted(app, world)
    return Desk(app, world, "赵磊")


def test_the_list_says_who_did_the_intake_check(zhaolei: Desk) -> None:
    page = zhaolei.read("/review")
    assert "王芳 初审" in page
    assert "本级委托 5" in page
    assert "下级委托 0" in page


def test_approving_in_bulk(zhaolei: Desk) -> None:
    ids = ids_on(zhaolei.source("/review"))
    assert f"已办理 {len(ids)} 项" in zhaolei.act("/review/approve", ids=ids)
    assert "没有待审核复审的案件" in zhaolei.read("/review")


def test_everything_that_fits_the_filter_is_approved_and_nothing_else(zhaolei: Desk) -> None:
    last = ids_on(zhaolei.source("/review"))[-1].split(":")[0]
    told = zhaolei.act("/review/approve?scheme=medical", all_matching=last)
    assert "已办理 1 项" in told
    assert len(ids_on(zhaolei.source("/review"))) == 4


def test_a_page_that_was_overtaken_skips_and_says_so(zhaolei: Desk) -> None:
    first = ids_on(zhaolei.source("/review"))[:1]
    zhaolei.act("/review/approve", ids=first)
    assert "跳过 1 项：已不在此环节" in zhaolei.act("/review/approve", ids=first)


def test_terminating_asks_for_reasons(zhaolei: Desk) -> None:
    first = ids_on(zhaolei.source("/review"))[0]
    case_id = first.split(":")[0]
    asked = zhaolei.act("/review/terminate/reasons", ids=[first])
    assert "终止核对 1 户" in asked
    refused = zhaolei.send("/review/terminate", ids=[first], text="  ")
    assert refused.status_code == 422
    assert "请至少勾选一项终止原因" in refused.text
    told = zhaolei.act("/review/terminate", ids=[first], reasons=["withdrawn", "made up"])
    assert "已办理 1 项" in told
    page = zhaolei.read(f"/cases/{case_id}")
    assert "终止核对" in page
    assert "申请人撤回申请" in page


def test_who_did_the_intake_check_cannot_review(app: Flask, world: World) -> None:
    """王芳 stands in for 赵磊; on her own cases the page offers her nothing."""
    ids = accepted(app, world)
    wangfang = world.person("王芳")
    with app.app_context(), acting_for(wangfang.agency_id):
        db.session.add(
            AccountRole(
                agency_id=wangfang.agency_id,
                account_id=wangfang.account_id,
                role="reviewer",
                valid_from=dt.date(2026, 11, 1),
            )
        )
    desk = Desk(app, world, "王芳")
    source = desk.source("/review")
    assert ids_on(source) == []
    assert "应由他人复审" in source
    told = desk.act("/review/approve", ids=[str(ids[0])])
    assert "三个环节须由不同的人办理" in told


def test_nothing_chosen_and_the_wrong_person(app: Flask, world: World, zhaolei: Desk) -> None:
    assert zhaolei.send("/review/approve").status_code == 422
    assert zhaolei.send("/review/approve", ids=["1;drop"]).status_code == 422
    Desk(app, world, "王芳").read("/review", status=403)
