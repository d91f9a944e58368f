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
    whole = {item["code"]: item for item in json.loads(taken.text)}
    assert list(whole) == list(catalogue().items)
    assert [m["measure"] for m in whole[1601]["measures"]] == ["deposits"]
    carried = json.loads(FILE.read_text(encoding="utf-8"))
    assert [{key: whole[item["code"]][key] for key in item} for item in carried] == carried
    assert FILE.read_text(encoding="utf-8") == written()
    assert "只计正在领取的" in fields
    assert stage.at_browser("周建华").open("/sharing/catalogue").status_code == 200
