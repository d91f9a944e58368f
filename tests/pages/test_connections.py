"""周建华 of 榆树市 agrees on a wire with the bank: the pages of a connection."""

from collections.abc import Iterator

import pytest
from flask import Flask

from app.exchange.wire.commands import allow_address
from hedui_connector.wire.algorithms import ALGORITHMS
from tenants.settings import Settings
from tests.pages.stage import BANK, Browser, Stage, approved, on_day

NEW = "/exchange/connections/new"
AGREED = {
    "direction": "asks",
    "algorithm": "ed25519",
    "url": "http://127.0.0.1:8470",
    "unit_code": "BANK01",
    "their_keyid": "unit-2026",
    "valid_from": "2026-11-01",
}


@pytest.fixture
def stage(app: Flask, settings: Settings) -> Iterator[Stage]:
    with on_day(12):
        yield approved(app, settings)


def fields(stage: Stage, **changes: str) -> dict[str, str]:
    key = ALGORITHMS["ed25519"].generate()[1].decode()
    return AGREED | {"unit": str(stage.world.unit(BANK).id), "their_key": key} | changes


def allow(stage: Stage) -> None:
    """The operator of the deployment lets 榆树市 call the bank's server."""
    agency = str(stage.world.unit(BANK).agency_id)
    told = stage.app.test_cli_runner().invoke(allow_address, [agency, "127.0.0.1:8470"])
    assert "已允许" in told.output


def opened(stage: Stage) -> tuple[Browser, str]:
    allow(stage)
    zhou = stage.at_browser("周建华")
    answer = zhou.send(NEW, NEW, **fields(stage))
    assert answer.status_code == 303, answer.text
    return zhou, answer.location


def test_a_connection_is_agreed_on_and_its_key_shown(stage: Stage) -> None:
    zhou, here = opened(stage)
    shown = zhou.read(here)
    assert "-----BEGIN PUBLIC KEY-----" in shown
    assert "PRIVATE" not in shown
    assert BANK in zhou.read("/exchange/connections")
    zhou.after(zhou.send(here, f"{here}/test"))
    stage.work()
    assert "连不上对方的服务" in zhou.read(here)
    zhou.after(zhou.send(here, f"{here}/pause"))
    assert "已暂停" in zhou.read(here)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"url": ""}, "须填写对方地址"),
        ({"url": "http://127.0.0.1:9"}, "不在系统运维人员允许的范围内"),
        ({"url": "http://127.0.0.1:8470/x?y"}, "地址写法不对"),
        ({"their_key": "kein Schlüssel"}, "不是 PEM 格式"),
        ({"hours": "17:00-08:30"}, "时段应写作 08:30-17:00"),
        ({"valid_to": "2026-10-01"}, "停用日期不得早于启用日期"),
        ({"unit_code": "?"}, "单位代码为 2 至 32 个"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_written(stage: Stage, changes, said) -> None:
    allow(stage)
    zhou = stage.at_browser("周建华")
    answer = zhou.send(NEW, NEW, **fields(stage, **changes))
    assert answer.status_code == 422
    assert said in answer.text
    assert "还没有系统交换连接" in zhou.read("/exchange/connections")
