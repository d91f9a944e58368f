"""周建华 records the notice of 2027, 吴晓东 confirms it: open dates move, here and below."""

import datetime as dt
import html
import io
from collections.abc import Iterator

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select, update

from app.cases.models import Case
from app.exchange.models import ExchangeRequest
from app.notices.models import Notice
from app.report.paper.engine import render
from tenants.calendar import (
    add_working_days,
    business_date_set_to,
    default_calendar,
    is_provisional,
    is_working_day,
)
from tenants.database import db
from tenants.holidays.models import HolidayNotice
from tenants.scope import acting_for
from tenants.settings import Settings
from tests.pages.stage import BANK, Browser, Stage, approved, on_day

MAKER, SECOND = "周建华", "吴晓东"
NEW = "/holidays/new"
NOTICE_2027 = """国务院办公厅关于2027年部分节假日安排的通知
国办发明电〔2026〕9号
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至11日（周四）放假调休，共7天。1月31日（周日）、2月14日（周日）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。4月25日（周日）、5月8日（周六）上班。
五、端午节：6月9日（周三）放假，不调休。
六、中秋节：9月15日（周三）放假，不调休。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。
"""
DELIVERED, BEFORE, AFTER = dt.date(2027, 2, 2), dt.date(2027, 2, 11), dt.date(2027, 2, 17)


@pytest.fixture
def stage(app: Flask, settings: Settings) -> Iterator[Stage]:
    with on_day(12):
        stage = approved(app, settings)
        with app.app_context(), acting_for(county(stage)):
            received_before_spring_festival(stage)
        yield stage


def county(stage: Stage) -> int:
    return stage.world.agency("榆树市").id


def received_before_spring_festival(stage: Stage) -> None:
    """The bank signed on 2 February: by weekdays its reply is due on the 11th."""
    assert default_calendar().add_working_days(DELIVERED, 7) == BEFORE
    db.session.execute(
        update(ExchangeRequest)
        .where(ExchangeRequest.unit_id == stage.world.unit(BANK).id)
        .values(state="delivered", delivered_on=DELIVERED, due_on=BEFORE, number="榆换1号")
    )


def recorded(stage: Stage, browser: Browser, words: str = NOTICE_2027) -> str:
    """Both steps of recording; the address of the notice."""
    looked = browser.send(NEW, NEW, words=words)
    assert looked.status_code == 200, looked.text
    assert "读出的日期" in looked.text
    sent = {"words": words, "year": "2027", "number": "国办发明电〔2026〕9号", "seen": "seen"}
    browser.after(browser.send(NEW, NEW, **sent))
    with stage.app.app_context(), acting_for(county(stage), read_only=True):
        newest = select(HolidayNotice.id).order_by(HolidayNotice.id.desc())
        return f"/holidays/{db.session.scalars(newest.limit(1)).one()}"


def due(stage: Stage) -> dt.date | None:
    with stage.app.app_context(), acting_for(county(stage), read_only=True):
        query = select(ExchangeRequest.due_on).where(ExchangeRequest.number == "榆换1号")
        return db.session.scalars(query).one()


def test_a_second_operator_confirms_and_the_open_dates_move(stage: Stage) -> None:
    zhou, wu = stage.at_browser(MAKER), stage.at_browser(SECOND)
    looked = zhou.send(NEW, NEW, words=NOTICE_2027)
    assert "2027-02-11" in looked.text
    assert "2027-02-17" in looked.text
    here = recorded(stage, zhou)
    assert "2027 年" in zhou.read("/holidays")
    assert "尚未公布，暂定" in zhou.read("/holidays")
    assert due(stage) == BEFORE, "recorded only, nothing moves"
    assert f"{here}/confirm" not in zhou.forms(here), "not by whom recorded it"
    alone = zhou.send_unasked(here, f"{here}/confirm", seen="")
    assert "须由登记人以外的另一名交换员确认" in alone.text

    confirmed = wu.after(wu.send(here, f"{here}/confirm"))
    assert "已启用" in confirmed
    assert due(stage) == AFTER
    assert "尚未公布" not in wu.read("/holidays")
    with stage.app.app_context(), acting_for(county(stage)):
        assert not is_provisional(dt.date(2027, 2, 8))
        assert not is_working_day(dt.date(2027, 2, 8))
        assert is_working_day(dt.date(2027, 2, 14))
        assert add_working_days(DELIVERED, 7) == AFTER
        told = select(Notice.count).where(Notice.kind == "holiday.changed")
        assert list(db.session.scalars(told)) == [1]
    assert is_provisional(dt.date(2027, 2, 8)), "outside of the county nothing is known"
    again = wu.send_unasked(here, f"{here}/confirm", seen="")
    assert "已经确认或者作废" in again.text


def test_dates_that_moved_since_they_were_shown_are_shown_again(stage: Stage) -> None:
    zhou, wu = stage.at_browser(MAKER), stage.at_browser(SECOND)
    here = recorded(stage, zhou)
    stale = wu.forms(here)[f"{here}/confirm"]
    with stage.app.app_context(), acting_for(county(stage)):
        db.session.execute(
            update(ExchangeRequest)
            .where(ExchangeRequest.number == "榆换1号")
            .values(delivered_on=dt.date(2027, 2, 3), due_on=dt.date(2027, 2, 12))
        )
    answer = wu.client.post(f"{here}/confirm", data=stale)
    assert answer.status_code == 422
    assert "有期限发生了变化" in answer.text
    assert due(stage) == dt.date(2027, 2, 12)


def test_a_wrong_record_is_taken_back_and_recorded_anew(stage: Stage) -> None:
    zhou = stage.at_browser(MAKER)
    wrong = zhou.send(NEW, NEW, words=NOTICE_2027.replace("10月9日（周六）", "10月8日（周六）"))
    assert wrong.status_code == 422
    assert "2027-10-08 是星期五" in wrong.text
    here = recorded(stage, zhou)
    twice = zhou.send(NEW, NEW, words=NOTICE_2027)
    assert "正待另一人确认" in twice.text
    assert "已作废" in zhou.after(zhou.send(here, f"{here}/void"))
    recorded(stage, zhou)
    past = zhou.send(NEW, NEW, words=NOTICE_2027, year="2025")
    assert past.status_code == 422
    assert stage.at_browser("王芳").open(NEW).status_code == 403


def test_what_the_province_confirms_goes_down_the_tree_and_comes_first(stage: Stage) -> None:
    province = stage.world.agency("吉林省").id
    first, second = stage.world.people_of("吉林省", "exchange_operator")[:2]
    zhou, wu = stage.at_browser(MAKER), stage.at_browser(SECOND)
    here = recorded(stage, zhou, NOTICE_2027.replace("9号", "8号"))
    wu.after(wu.send(here, f"{here}/confirm"))
    maker, confirmer = stage.at_browser(first.name), stage.at_browser(second.name)
    sent = {"words": NOTICE_2027, "seen": "seen"}
    maker.after(maker.send(NEW, NEW, **sent))
    with stage.app.app_context(), acting_for(province, read_only=True):
        there = f"/holidays/{db.session.scalars(select(HolidayNotice.id)).one()}"
    confirmer.after(confirmer.send(there, f"{there}/confirm"))
    stage.work()
    stage.work()
    shown = zhou.read("/holidays")
    assert "下发" in shown
    with stage.app.app_context(), acting_for(county(stage), read_only=True):
        from_above = select(HolidayNotice).where(HolidayNotice.from_agency_id == province)
        assert db.session.scalars(from_above).one().number == "国办发明电〔2026〕9号"
    assert due(stage) == AFTER
    own = zhou.send(NEW, NEW, words=NOTICE_2027)
    assert "下发，各级照此办理" in own.text


def test_a_case_due_in_a_month_whose_windows_move_is_due_on_the_moved_day(stage: Stage) -> None:
    """27 February 2027 is a Saturday: due on the 26th. A make-up Saturday lets it stay."""
    with stage.app.app_context(), acting_for(county(stage)):
        db.session.execute(update(Case).values(period=202702, due_on=dt.date(2027, 2, 26)))
    made_up = NOTICE_2027.replace("2月14日（周日）上班", "2月27日（周六）上班")
    zhou, wu = stage.at_browser(MAKER), stage.at_browser(SECOND)
    here = recorded(stage, zhou, made_up)
    assert "案件办理期限" in wu.read(here)
    wu.after(wu.send(here, f"{here}/confirm"))
    with stage.app.app_context(), acting_for(county(stage), read_only=True):
        dues = set(db.session.scalars(select(Case.due_on).where(Case.state == "checking")))
    assert dues == {dt.date(2027, 2, 27)}


def test_a_year_nobody_recorded_stays_provisional(stage: Stage) -> None:
    with business_date_set_to(dt.date(2027, 1, 5), allow=True):
        assert "尚未公布，暂定" in stage.at_browser(MAKER).read("/holidays")


def test_an_own_record_confirmed_after_the_provinces_arrived_does_not_count(stage: Stage) -> None:
    """Recorded before, confirmed after: all tiers go on counting by what came from above."""
    zhou, wu = stage.at_browser(MAKER), stage.at_browser(SECOND)
    own = NOTICE_2027.replace("2月14日（周日）上班", "2月13日（周六）上班").replace("9号", "8号")
    here = recorded(stage, zhou, own)
    first, second = stage.world.people_of("吉林省", "exchange_operator")[:2]
    maker, confirmer = stage.at_browser(first.name), stage.at_browser(second.name)
    maker.after(maker.send(NEW, NEW, words=NOTICE_2027, seen="seen"))
    province = stage.world.agency("吉林省").id
    with stage.app.app_context(), acting_for(province, read_only=True):
        there = f"/holidays/{db.session.scalars(select(HolidayNotice.id)).one()}"
    confirmer.after(confirmer.send(there, f"{there}/confirm"))
    stage.work()
    stage.work()
    wu.after(wu.send(here, f"{here}/confirm"))
    with stage.app.app_context(), acting_for(county(stage), read_only=True):
        assert is_working_day(dt.date(2027, 2, 14))
        assert not is_working_day(dt.date(2027, 2, 13))
    assert due(stage) == AFTER


def pdf(words: str) -> bytes:
    """The notice as a PDF of two pages, a page number in the middle of a sentence."""
    first, cut, rest = words.partition("至11日")
    pages = (f"{first}<p>— 1 —</p>", f"{cut}{rest}<p>— 2 —</p>")
    body = "".join(
        f"<div style='page-break-after:always'>{html.unescape(page)}</div>" for page in pages
    )
    return render(f"<meta charset='utf-8'><body style='white-space:pre-wrap'>{body}")


def scanned() -> bytes:
    """A page that is a picture."""
    kept = io.BytesIO()
    Image.new("L", (400, 300), 255).save(kept, "PDF")
    return kept.getvalue()


def test_the_notice_is_read_out_of_a_pdf_and_a_scan_asks_for_its_text(stage: Stage) -> None:
    zhou = stage.at_browser(MAKER)

    def sent(data: bytes) -> str:
        file = (io.BytesIO(data), "通知.pdf")
        return zhou.send(NEW, NEW, words="", file=file).text

    looked = sent(pdf(NOTICE_2027))
    assert "读出的日期" in looked, looked
    assert "2027-02-17" in looked, "the same dates move as when it is pasted"
    assert "是扫描的图片" in sent(scanned())
    assert "已经损坏、加了密码" in sent(pdf(NOTICE_2027)[:900])
    assert "带文字的 PDF" in sent(b"PK\x05\x06" + b"\0" * 18)


def test_an_agency_that_is_opened_later_counts_by_what_was_handed_down(stage: Stage) -> None:
    """The province's notice holds in 通化市, which is opened after it was confirmed."""
    first, second = stage.world.people_of("吉林省", "exchange_operator")[:2]
    maker, confirmer = stage.at_browser(first.name), stage.at_browser(second.name)
    maker.after(maker.send(NEW, NEW, words=NOTICE_2027, seen="seen"))
    province = stage.world.agency("吉林省").id
    with stage.app.app_context(), acting_for(province, read_only=True):
        there = f"/holidays/{db.session.scalars(select(HolidayNotice.id)).one()}"
    confirmer.after(confirmer.send(there, f"{there}/confirm"))
    stage.work()
    opened = stage.app.test_cli_runner().invoke(
        args=[
            *("open-agency", "220500", "--name", "通化市核对中心", "--short-name", "通化"),
            *("--region-name", "通化市", "--tier", "city", "--parent", str(province)),
        ]
    )
    assert opened.exit_code == 0, opened.output
    stage.work()
    stage.work()
    with stage.app.app_context(), acting_for(220500, read_only=True):
        assert is_working_day(dt.date(2027, 2, 14))
        assert not is_working_day(dt.date(2027, 2, 8))
    with stage.app.app_context(), acting_for(county(stage), read_only=True):
        held = select(HolidayNotice).where(HolidayNotice.from_agency_id == province)
        assert len(list(db.session.scalars(held))) == 1, "those below before got it once"
