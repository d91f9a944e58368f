"""The bank sends its own export: 周建华 says once what its columns are, and it is read from then on."""

import datetime as dt
import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import xlsxwriter
from flask import Flask
from python_calamine import CalamineWorkbook

from app.exchange.medium.layout import layout as words
from tenants.settings import Settings
from tests.pages.stage import BANK, Browser, Stage, approved, file_of, on_day
from tests.pages.test_exchange import delivered
from tests.world.answers import head_value

HEADINGS = ("客户名称", "证件号", "开户机构", "账号", "业务种类", "当前余额(万元)", "余额日期")
DEPOSIT = 1601


@pytest.fixture
def stage(app: Flask, settings: Settings) -> Iterator[Stage]:
    with on_day(12):
        yield approved(app, settings)


def book(files: Mapping[str, bytes]) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(io.BytesIO(files[words().files.reply]))


def stamp_of(files: Mapping[str, bytes]) -> str:
    return head_value(book(files).get_sheet_by_name(words().sheets.head).to_python(), "stamp")


def export(files: Mapping[str, bytes], stamp: str = "", leave_out: int = 0, **more: str) -> bytes:
    """As the bank's own system writes it, from the names and numbers of the list."""
    asked = next(s for s in book(files).sheet_names if s.startswith(str(DEPOSIT)))
    people = [row[1:3] for row in book(files).get_sheet_by_name(asked).to_python()[1:]]
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as made:
        sheet = made.add_worksheet("明细")
        rows: list[list[Any]] = [[f"存款查询结果 {stamp or stamp_of(files)}"], [*HEADINGS]]
        for name, number in people[leave_out:]:
            rows += [
                [name, number, "榆树支行", "6228480402564890018", "活期储蓄", 0.3, 20261031],
                [name, number, "榆树支行", "6228480402564890026", "整存整取", 1.2, 20261031],
            ]
        for number, row in enumerate([*rows, *([[more["last"]]] if more else [])]):
            sheet.write_row(number, 0, row)
    return buffer.getvalue()


def uploaded(stage: Stage, browser: Browser, here: str, data: bytes, **fields: str) -> str:
    """The address of the reply, after the worker has looked at it."""
    sent = {"file": file_of(data, "导出.xlsx")} | fields
    answer = browser.send(here, f"{here}/reply", **sent)
    assert answer.status_code == 303, answer.text[:2000]
    stage.work()
    return answer.location


SAID = {
    "place-name": "0",
    "place-id_number": "1",
    "place-field-bank": "2",
    "place-field-account_no": "3",
    "place-field-account_kind": "4",
    "place-field-balance": "5",
    "unit-field-balance": "wan",
    "place-field-as_of": "6",
    "place-as_of": "6",
    "word-field-account_kind-0": "活期储蓄",
    "mean-field-account_kind-0": "活期",
    "word-field-account_kind-1": "整存整取",
    "mean-field-account_kind-1": "定期",
    "blank": "missing",
    "absent": "missing",
}


def test_columns_are_explained_once_and_known_the_next_time(stage: Stage) -> None:
    zhou, wu, here, files = delivered(stage)
    reply = uploaded(stage, zhou, here, export(files, leave_out=2))
    assert "待说明栏目" in zhou.read(reply)
    assert "说明反馈栏目" in zhou.read("/")
    columns = f"{reply}/columns"
    shown = zhou.read(columns)
    assert "当前余额(万元)" in shown
    assert re.search(r">\d{17}[\dX]", shown) is None, "identity numbers are masked"
    assert "220182********" in shown

    preview = zhou.send(columns, columns, do="preview", **SAID)
    assert "照此读取的结果" in preview.text
    assert "有记录" in preview.text
    assert "待说明栏目" in zhou.read(reply), "looking keeps nothing"

    zhou.send(columns, columns, do="save", **SAID)
    stage.work()
    checked = zhou.read(reply)
    assert "与所问对账" in checked
    assert "相符" in checked
    assert zhou.open(columns).status_code == 404, "it does not wait any more"
    zhou.after(zhou.send(reply, f"{reply}/accept"))
    wu.after(wu.send(reply, f"{reply}/accept"))
    stage.work()

    known = zhou.read("/exchange/layouts")
    assert BANK in known
    assert "1601 存款" in known
    # The two who were left out come in a second file, which is understood at once.
    second = uploaded(stage, zhou, here, export(files))
    told = zhou.read(second)
    assert "已在以前交回的反馈中答复" in told, "what was answered is not answered again"
    assert "行号" in told


def test_what_was_said_wrongly_is_told_and_nothing_is_kept(stage: Stage) -> None:
    zhou, _, here, files = delivered(stage)
    reply = uploaded(stage, zhou, here, export(files))
    columns = f"{reply}/columns"
    nobody = zhou.send(columns, columns, do="save", **SAID | {"place-id_number": ""})
    assert nobody.status_code == 422
    assert "请选择证件号码在哪一列" in nobody.text
    twice = zhou.send(columns, columns, do="save", **SAID | {"place-field-bank": "3"})
    assert "已经选给" in twice.text
    unstated = zhou.send(columns, columns, do="save", **SAID | {"absent": "no_record"})
    assert "请填写依据" in unstated.text
    assert "还没有说明过的栏目" in zhou.read("/exchange/layouts")
    without = {k: v for k, v in SAID.items() if not k.startswith(("word", "mean"))}
    looked = zhou.send(columns, columns, do="preview", **without)
    assert "读不懂，整份不能接收" in looked.text
    assert "第 3 行" in looked.text


def test_a_file_without_the_stamp_comes_with_a_sealed_letter_or_not_at_all(stage: Stage) -> None:
    zhou, _, here, files = delivered(stage)
    bare = export(files, stamp="（无）")
    refused = uploaded(stage, zhou, here, bare)
    assert "文件里没有本次申请的校验码" in zhou.read(refused)
    typed = {"file": file_of(bare, "导出.xlsx"), "stamp": "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF"}
    wrong = zhou.send(here, f"{here}/reply", **typed)
    assert wrong.status_code == 422
    assert "抄录的校验码与本次申请不符" in wrong.text
    right = uploaded(stage, zhou, here, bare, stamp=stamp_of(files).lower())
    assert "待说明栏目" in zhou.read(right)
    named = zhou.send(here, f"{here}/reply", file=file_of(bare, f"导出 {stamp_of(files)}.xlsx"))
    stage.work()
    assert "待说明栏目" in zhou.read(named.location)
    other = export(files, stamp="0000-0000-0000-0000-0000-0000")
    foreign = uploaded(stage, zhou, here, other, stamp=stamp_of(files))
    assert "文件里的校验码不是本次申请的" in zhou.read(foreign), "a letter does not outweigh it"


def test_a_liaison_s_file_bears_its_stamp_itself(stage: Stage) -> None:
    _, _, here, files = delivered(stage)
    pan = stage.at_browser("潘婷")
    mine = here.replace("/exchange/", "/my-requests/")
    bare = {"file": file_of(export(files, stamp="（无）"), "导出.xlsx")}
    sent = pan.send(mine, f"{mine}/reply", stamp=stamp_of(files), **bare)
    stage.work()
    assert "文件里没有本次申请的校验码" in pan.read(sent.location)
    good = pan.send(mine, f"{mine}/reply", file=file_of(export(files), "导出.xlsx"))
    stage.work()
    assert "待说明栏目" in pan.read(good.location)


def test_strangers_and_other_desks_explain_nothing(stage: Stage) -> None:
    zhou, _, here, files = delivered(stage)
    columns = f"{uploaded(stage, zhou, here, export(files))}/columns"
    assert zhou.open(columns).status_code == 200
    assert stage.at_browser("秦岚").open(columns).status_code == 404
    assert stage.at_browser("王芳").open(columns).status_code == 403
    assert zhou.open(f"{columns}?sheet=7").status_code == 422
    assert zhou.open(f"{columns}?sheet=0&row=1&item=101").status_code == 422


def test_the_day_of_the_answer_may_come_with_the_upload(stage: Stage) -> None:
    zhou, _, here, files = delivered(stage)
    reply = uploaded(stage, zhou, here, export(files), as_of=dt.date(2026, 11, 10).isoformat())
    columns = f"{reply}/columns"
    said = {k: v for k, v in SAID.items() if k != "place-as_of"} | {"day_from": "told"}
    zhou.send(columns, columns, do="save", **said)
    stage.work()
    assert "相符" in zhou.read(reply)
