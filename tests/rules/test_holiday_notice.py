"""The State Council's notices as they were published, and slips of the hand in them."""

import datetime as dt

import chinese_calendar
import pytest

from app.holidays.reading import read_notice
from tenants.calendar import WorkingCalendar
from tenants.messages import Fault

NOTICE_2024 = """国务院办公厅关于2024年部分节假日安排的通知 国办发明电〔2023〕7号
一、元旦：1月1日放假，与周末连休。
二、春节：2月10日至17日放假调休，共8天。2月4日（星期日）、2月18日（星期日）上班。鼓励各单位结合带薪年休假等制度落实，安排职工在除夕（2月9日）休息。
三、清明节：4月4日至6日放假调休，共3天。4月7日（星期日）上班。
四、劳动节：5月1日至5日放假调休，共5天。4月28日（星期日）、5月11日（星期六）上班。
五、端午节：6月10日放假，与周末连休。
六、中秋节：9月15日至17日放假调休，共3天。9月14日（星期六）上班。
七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。
"""
NOTICE_2025 = """国务院办公厅关于2025年
部分节假日安排的通知
国办发明电〔2024〕12号
各省、自治区、直辖市人民政府：现将2025年元旦等放假调休日期的具体安排通知如下。
一、元旦：1月1日（周三）放假1天，不调休。
二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。
三、清明节：4月4日（周五）至6日（周日）放假，共3天。
四、劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
五、端午节：5月31日（周六）至6月2日（周一）放假，共3天。
六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作。
国务院办公厅
2024年11月12日
"""
NOTICE_2026 = """国务院办公厅关于2026年部分节假日安排的通知
国办发明电〔2025〕7号
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
"""


@pytest.mark.parametrize(("year", "text"), [(2025, NOTICE_2025), (2026, NOTICE_2026)])
def test_a_published_notice_gives_the_working_days_of_that_year(year: int, text: str) -> None:
    notice = read_notice(text)
    assert notice.year == year
    assert notice.source.startswith("国办发明电〔")
    own = WorkingCalendar({year: notice})
    day = dt.date(year, 1, 1)
    while day.year == year:
        assert own.is_working_day(day) == chinese_calendar.is_workday(day), day
        day += dt.timedelta(days=1)


def test_a_year_before_the_second_of_may_was_a_holiday_reads_as_well() -> None:
    notice = read_notice(NOTICE_2024)
    assert dt.date(2024, 2, 18) in notice.make_up_days
    assert dt.date(2024, 2, 9) not in notice.holidays


def test_new_years_days_of_the_year_before_belong_to_it() -> None:
    text = NOTICE_2026.replace(
        "1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班",
        "2025年12月31日（周三）至2026年1月2日（周五）放假调休，共3天。1月4日（周日）上班",
    )
    assert {dt.date(2025, 12, 31), dt.date(2026, 1, 2)} <= read_notice(text).holidays


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("10月1日（周四）至7日", "10月1日（周五）至7日", "holiday.weekday"),
        ("至7日（周三）放假调休，共7天", "至7日（周三）放假调休，共8天", "holiday.count"),
        ("至7日（周三）放假调休，共7天", "至9月7日放假调休，共7天", "holiday.span"),
        ("10月10日（周六）上班", "10月9日上班", "holiday.make_up"),
        ("10月10日（周六）上班", "10月3日上班", "holiday.both"),
        ("10月10日（周六）上班", "2027年10月9日上班", "holiday.outside"),
        ("10月10日（周六）上班", "13月10日上班", "holiday.no_day"),
        ("五、端午节", "五、其他", "holiday.festival"),
        ("10月1日（周四）至7日（周三）放假调休，共7天", "10月2日至7日放假", "holiday.statutory"),
        ("关于2026年部分节假日安排", "", "holiday.no_year"),
        ("国办发明电〔2025〕7号", "", "holiday.no_number"),
    ],
)
def test_a_slip_of_the_hand_is_found_and_its_words_are_said(old: str, new: str, code: str) -> None:
    assert old in NOTICE_2026
    with pytest.raises(Fault) as refused:
        read_notice(NOTICE_2026.replace(old, new))
    assert refused.value.code == code


def test_year_and_number_given_apart_do_for_a_bare_text() -> None:
    bare = "\n".join(NOTICE_2026.splitlines()[2:])
    assert read_notice(bare, 2026, "国办发明电〔2025〕7号").year == 2026
    with pytest.raises(Fault) as refused:
        read_notice(NOTICE_2026, 2027)
    assert refused.value.code == "holiday.other_year"
    with pytest.raises(Fault) as refused:
        read_notice("放假的通知", 2026, "1号")
    assert refused.value.code == "holiday.nothing"
