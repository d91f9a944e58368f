"""Signing in at 榆树市: what the page says, and what it does not."""

import datetime as dt
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tenants.calendar import business_date_set_to
from tests.pages.desk import Desk, text_of
from tests.world.builder import build_world
from tests.world.world import World


@pytest.fixture
def world(app: Flask) -> Iterator[World]:
    built = build_world(app)
    with business_date_set_to(dt.date(2026, 11, 5), allow=True):
        yield built


def attempt(client: FlaskClient, **fields: str) -> tuple[int, str]:
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/sign-in").text)
    assert token
    answer = client.post("/sign-in", data={"csrf_token": token[1], **fields})
    return answer.status_code, text_of(answer)


def test_the_three_ways_of_failing_read_alike(app: Flask, world: World) -> None:
    right = {"agency": "220182", "login": "wangfang", "password": world.password}
    for wrong in ({"agency": "220112"}, {"login": "nobody"}, {"password": "not the password"}):
        status, page = attempt(app.test_client(), **(right | wrong))
        assert status == 422
        assert "核对机构代码、用户名或密码不正确" in page


def test_empty_fields_are_named_and_what_was_typed_stays(app: Flask, world: World) -> None:
    client = app.test_client()
    status, page = attempt(client, agency="220182", login="", password="")
    assert status == 422
    assert "请输入用户名" in page
    assert "请输入密码" in page
    _status, page = attempt(client, agency="22018", login="wangfang", password="x")
    assert "六位数字" in page


def test_a_password_never_comes_back(app: Flask, world: World) -> None:
    _status, page = attempt(
        app.test_client(), agency="220182", login="wangfang", password="a secret of hers"
    )
    assert "a secret of hers" not in page


def test_the_agency_in_the_address_fills_the_first_field(app: Flask, world: World) -> None:
    assert 'value="220182"' in app.test_client().get("/sign-in?agency=220182").text


def test_after_signing_out_the_cookie_opens_nothing(app: Flask, world: World) -> None:
    wangfang = Desk(app, world, "王芳")
    wangfang.read("/intake")
    assert wangfang.send("/sign-out").status_code == 302
    assert wangfang.client.get("/intake").status_code == 302


def test_a_form_without_its_token_is_refused(app: Flask, world: World) -> None:
    fields = {"agency": "220182", "login": "wangfang", "password": world.password}
    assert app.test_client().post("/sign-in", data=fields).status_code == 400
