"""王芳 checks 弓棚镇's households one after the other: the papers first, then paper against file."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import Select, select

from app.audit.models import AuditRow
from app.cases.models import Case, CaseDuty
from app.intake import service
from app.intake.models import PaperTick
from tenants.calendar import business_date_set_to
from tenants.database import db
from tenants.rulebook import Value, rulebook
from tenants.rulebook.model import PaperCheck
from tenants.scope import acting_for
from tests.architecture.counting import counted
from tests.pages.desk import Desk, entrusted
from tests.world.builder import build_world
from tests.world.world import World


@pytest.fixture
def world(app: Flask) -> Iterator[World]:
    built = build_world(app)
    with business_date_set_to(dt.date(2026, 11, 5), allow=True):
        entrusted(app, built)
        yield built


@pytest.fixture
def wangfang(app: Flask, world: World) -> Desk:
    return Desk(app, world, "王芳")


def begin(desk: Desk) -> tuple[str, str]:
    """The entrustment's page, and the first household's papers, opened."""
    check = re.search(r'href="(/intake/\d+)"', desk.source("/intake"))
    assert check
    answer = desk.send(f"{check[1]}/next")
    assert re.fullmatch(r"/intake/cases/\d+/papers", answer.location)
    return check[1], answer.location


def boxes(desk: Desk, page: str) -> list[str]:
    return re.findall(r'name="ticks" value="([^"]+)"', desk.source(page))


def form_of(desk: Desk, page: str) -> dict[str, str]:
    """The decision's fields on the second look."""
    source = desk.source(page)
    ids = re.search(r'name="ids" value="([^"]+)"', source)
    then = re.search(r'name="then" value="(\d+)"', source)
    assert ids
    assert then
    return {"ids": ids[1], "then": then[1]}


def rows(app: Flask, world: World, statement: Select) -> list:
    with app.app_context(), acting_for(world.agency("榆树市").id, read_only=True):
        return list(db.session.execute(statement))


def test_one_household_after_the_other(app: Flask, world: World, wangfang: Desk) -> None:
    check, papers = begin(wangfang)
    seen = []
    while papers.endswith("/papers"):
        assert papers not in seen
        seen.append(papers)
        answer = wangfang.send(papers, ticks=boxes(wangfang, papers))
        second = answer.location
        page = wangfang.read(second)
        assert "第二遍：材料对照电子数据" in page
        assert "还有 0 项未勾" in page
        papers = wangfang.send(f"{check}/accept", **form_of(wangfang, second)).location
    assert papers == check
    assert "没有这一状态的户" in wangfang.read(check)
    states = rows(app, world, select(Case.state))
    assert {state for (state,) in states} == {"accepted"}
    assert len(seen) == len(states) == 5
    ticks = rows(app, world, select(PaperTick.case_id, PaperTick.what, PaperTick.ticked_by))
    assert len([1 for case_id, *_ in ticks if case_id == 0]) == 2
    assert {by for *_, by in ticks} == {world.actor("王芳").account_id}
    looks = rows(app, world, select(AuditRow.verb).where(AuditRow.reason == "受理初审"))
    assert len(looks) == 2 * len(seen) + 1  # the sealed list's is opened once


def test_a_return_is_filled_in_from_what_was_not_ticked(
    app: Flask, world: World, wangfang: Desk
) -> None:
    check, papers = begin(wangfang)
    given = [box for box in boxes(wangfang, papers) if not box.endswith("thumbprint")]
    answer = wangfang.send(papers, ticks=given, then="return")
    page = wangfang.source(answer.location)
    picked = re.findall(r'name="reasons" value="([a-z_]+)" checked', page)
    assert picked == ["authorisation_missing", "identity_scan_missing"]  # no scans were sent at all
    text = re.search(r"<textarea[^>]*>([^<]+)</textarea>", page)
    assert text
    assert text[1].startswith("1 户主：没有授权书扫描件，没有身份证件扫描件，授权书没有按手印；2 ")
    names = [s.name for h in world.households for s in h.subjects]
    assert not [name for name in names if name in text[1]]
    fields = form_of(wangfang, answer.location)
    to = wangfang.send(f"{check}/return", reasons=picked, text=text[1], **fields).location
    assert to.endswith("/papers")
    assert to != papers
    assert [s for (s,) in rows(app, world, select(Case.state).where(Case.state == "returned"))]
    again = boxes(wangfang, papers)
    assert (
        len(re.findall(r'name="ticks"[^>]* checked', wangfang.source(papers)))
        == len(given)
        < len(again)
    )


def test_where_the_rulebook_wants_ticks_a_whole_choice_passes_only_with_them(
    app: Flask, world: World, wangfang: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    strict = replace(rulebook(22), paper_check=Value(PaperCheck.REQUIRED))
    monkeypatch.setattr(service, "law_of", lambda _actor: strict)
    check, papers = begin(wangfang)
    wangfang.send(papers, ticks=boxes(wangfang, papers))
    ids = re.findall(r'name="ids" value="([^"]+)"', wangfang.source(check))
    told = wangfang.act(f"{check}/accept", ids=ids)
    assert "已办理 1 项" in told
    assert f"跳过 {len(ids) - 1} 项：纸质材料尚未逐项勾选" in told
    highest = max(int(id_.split(":")[0]) for id_ in ids)
    told = wangfang.act(f"{check}/accept", all_matching=str(highest))
    assert f"跳过 {len(ids) - 1} 项：纸质材料尚未逐项勾选" in told
    monkeypatch.undo()
    told = wangfang.act(f"{check}/accept", all_matching=str(highest))
    assert f"已办理 {len(ids) - 1} 项。现在待审核复审，由另一名审核复审员办理。应于 2026-" in told


def test_who_ticks_has_taken_the_step(app: Flask, world: World, wangfang: Desk) -> None:
    _check, papers = begin(wangfang)
    case_id = int(papers.split("/")[3])
    answer = wangfang.send(papers, ticks=["0:letter_seal", "7:signature", "x:y", "0:nothing"])
    assert answer.status_code == 303
    ticks = rows(app, world, select(PaperTick.what).where(PaperTick.case_id.in_([0, case_id])))
    assert [what for (what,) in ticks] == ["letter_seal"]
    duties = rows(app, world, select(CaseDuty.account_id, CaseDuty.step))
    assert duties == [(world.actor("王芳").account_id, "intake_check")]
    wangfang.send(papers, ticks=[])
    assert rows(app, world, select(PaperTick.what)) == []
    Desk(app, world, "赵磊").read(papers, status=403)


def test_a_look_costs_few_queries(app: Flask, world: World, wangfang: Desk) -> None:
    _check, papers = begin(wangfang)
    with app.app_context():
        engine = db.engine
    for page in (papers, papers.removesuffix("/papers")):
        sent = counted(engine, lambda page=page: wangfang.read(page))
        assert len(sent) <= 20, "\n".join(sent)
