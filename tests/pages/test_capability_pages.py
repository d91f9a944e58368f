"""周建华 changes what the bank can check: the effect is shown first, then it is saved."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from app.cases.models import Event
from app.delegation.coverage import way_of
from tenants.calendar import business_date
from tenants.database import db
from tenants.scope import acting_for
from tenants.settings import Settings
from tests.pages.stage import BANK, Stage, approved, on_day

MAKER, SECOND = "周建华", "吴晓东"


@pytest.fixture
def stage(app: Flask, settings: Settings) -> Iterator[Stage]:
    with on_day(12):
        yield approved(app, settings)


def here(stage: Stage, kind: str) -> str:
    return f"/sharing/{stage.world.unit(BANK).id}/capabilities/{kind}"


def test_the_effect_is_seen_before_it_is_saved_and_the_files_say_so(stage: Stage) -> None:
    zhou, path = stage.at_browser(MAKER), here(stage, "end")
    county = stage.world.agency("榆树市").id
    looked = zhou.send(path, path, items="1602", on="2026-11-12")
    assert looked.status_code == 200
    assert "户还没有送出的事项将改由下列单位核对" in looked.text
    assert "各级均不能核对" in looked.text
    assert "第七条" not in looked.text, "the second step asks nothing anew"
    with stage.app.app_context(), acting_for(county, read_only=True):
        assert not rerouted(), "looking changes nothing"

    seen = looked.text.split('name="seen" type="hidden" value="')[1].split('"')[0]
    fields = {"items": "1602", "on": "2026-11-12", "seen": seen}
    shown = zhou.after(zhou.send(path, path, **fields))
    assert "已结束" in shown
    stage.work()
    with stage.app.app_context(), acting_for(county, read_only=True):
        assert all("各级均不能核对" in reason for reason in rerouted())
        assert rerouted()
    stale = zhou.send(path, path, **fields | {"items": "1601"})
    assert "已被他人更改，没有保存" in stale.text

    add = here(stage, "add")
    looked = zhou.send(add, add, items="1602", way="media", on="2026-11-12", until="")
    seen = looked.text.split('name="seen" type="hidden" value="')[1].split('"')[0]
    again = {"items": "1602", "way": "media", "on": "2026-11-12", "seen": seen}
    assert "可核对" in zhou.after(zhou.send(add, add, **again))


def test_one_unit_is_asked_in_one_way_at_a_time(stage: Stage) -> None:
    zhou, add, way = stage.at_browser(MAKER), here(stage, "add"), here(stage, "way")
    form = zhou.read(add)
    assert "由「数据回流库」里该单位的数据答复" in form
    both = zhou.send(add, add, items="1603", way="system", on="2026-11-12")
    assert "同一天对一个单位只能用一种交换方式" in both.text
    twice = zhou.send(add, add, items="1601", way="media", on="2026-11-12")
    assert "不用重复增加" in twice.text
    past = zhou.send(add, add, items="1603", way="media", on="2026-11-11")
    assert "日期早于今天" in past.text
    unknown = zhou.send(way, way, way="post", on="2026-11-12")
    assert unknown.status_code == 422
    by_store = zhou.send(way, way, way="store", on="2026-11-12")
    assert "不改变由谁核对" in by_store.text
    looked = zhou.send(way, way, way="system", on="2026-11-16")
    assert "不改变由谁核对" in looked.text
    seen = looked.text.split('name="seen" type="hidden" value="')[1].split('"')[0]
    zhou.after(zhou.send(way, way, way="system", on="2026-11-16", seen=seen))
    bank = stage.world.unit(BANK)
    with stage.app.app_context(), acting_for(bank.agency_id, read_only=True):
        assert way_of(bank.id, business_date()) == "media"
    with on_day(16), stage.app.app_context(), acting_for(bank.agency_id, read_only=True):
        assert way_of(bank.id, business_date()) == "system"


def test_only_operators_of_the_agency_change_it(stage: Stage) -> None:
    path = here(stage, "add")
    assert stage.at_browser(MAKER).open(path).status_code == 200
    assert stage.at_browser("秦岚").open(path).status_code == 404
    assert stage.at_browser("王芳").open(path).status_code == 403


def rerouted() -> list[str]:
    return list(db.session.scalars(select(Event.reason).where(Event.action == "rerouted")))
