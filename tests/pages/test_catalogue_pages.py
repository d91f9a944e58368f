"""数据目录: on the screen, in a sheet, and as the document that the connector carries."""

import json

from flask import Flask

from scripts.connector_catalogue import FILE, written
from tenants.catalogue import catalogue
from tenants.settings import Settings
from tests.pages.stage import Stage
from tests.world.builder import build_world


def test_the_catalogue_is_shown_and_taken_along(app: Flask, settings: Settings) -> None:
    stage = Stage(app, settings, build_world(app))
    wang = stage.at_browser("王芳")
    listed = wang.read("/sharing/catalogue")
    assert all(f"<td>{code}</td>" in listed for code in catalogue().items)
    fields = wang.read("/sharing/catalogue?kind=5")
    assert "个人待遇领取金额" in fields
    assert "1 基本养老保险；2 失业保险" in fields
    assert "婚姻状况" not in fields
    assert len(wang.read("/sharing/catalogue?kind=0").encode()) < 150_000
    taken = wang.open("/sharing/catalogue.json")
    assert taken.mimetype == "application/json"
    assert [item["code"] for item in json.loads(taken.text)] == list(catalogue().items)
    assert taken.text == written()
    assert taken.text == FILE.read_text(encoding="utf-8"), "the connector carries the same"
    assert stage.at_browser("周建华").open("/sharing/catalogue").status_code == 200
