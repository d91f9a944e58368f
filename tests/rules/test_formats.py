"""Dates, money, due words and masks, as people read them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.web import formats

SUNDAY = date(2026, 11, 15)


def weekdays(after: date, until: date) -> int:
    days = ((after + timedelta(days=n + 1)) for n in range((until - after).days))
    return sum(day.weekday() < 5 for day in days)


@pytest.mark.parametrize(
    ("on", "words", "tone"),
    [
        (date(2026, 11, 14), "已超期 1 天", "late"),
        (date(2026, 10, 15), "已超期 31 天", "late"),
        (date(2026, 11, 15), "今天", "today"),
        (date(2026, 11, 16), "还有 1 个工作日", "soon"),
        (date(2026, 11, 17), "还有 2 个工作日", "calm"),
        (date(2026, 11, 22), "还有 5 个工作日", "calm"),
    ],
)
def test_due_is_said_in_words(on, words, tone):
    assert formats.due(on, SUNDAY, weekdays) == formats.Due(on, words, tone)


def test_a_due_day_after_only_days_off_is_counted_in_days():
    saturday = date(2026, 11, 14)
    assert formats.due(SUNDAY, saturday, weekdays).words == "还有 1 天"


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "0.00"),
        (5, "0.05"),
        (120000, "1,200.00"),
        (123456789012, "1,234,567,890.12"),
        (-5, "-0.05"),
        (-120050, "-1,200.50"),
        (None, "—"),
    ],
)
def test_money_keeps_every_fen(fen, words):
    assert formats.money(fen) == words


def test_money_in_a_sentence_names_its_unit():
    assert formats.money_with_unit(120000) == "1,200.00 元"
    assert formats.money_with_unit(None) == "—"


@pytest.mark.parametrize(
    ("mask", "value", "shown"),
    [
        (formats.mask_id, "22018219630512123X", "220182********123X"),
        (formats.mask_id, "220182630512451", "220182******451"),
        (formats.mask_id, "E12345678", "E1*****78"),
        (formats.mask_id, "E123", "****"),
        (formats.mask_id, None, "—"),
        (formats.mask_name, "赵国强", "赵*强"),
        (formats.mask_name, "王芳", "王*"),
        (formats.mask_name, "古丽努尔", "古**尔"),
        (formats.mask_name, "王", "*"),
        (formats.mask_phone, "13812345678", "138****5678"),
        (formats.mask_phone, "1234567", "*******"),
        (formats.mask_account, "6222020200112230123", "***************0123"),
        (formats.mask_account, "0123", "****"),
        (formats.mask_account, "", "—"),
    ],
)
def test_masks_hide_the_middle_and_never_show_a_short_value(mask, value, shown):
    assert mask(value) == shown


def test_days_in_tables_headings_and_documents():
    assert formats.day(SUNDAY) == "2026-11-15"
    assert formats.short_day(SUNDAY) == "11-15"
    assert formats.long_day(SUNDAY) == "11 月 15 日 星期日"
    assert formats.written_day(date(2026, 1, 5)) == "2026年1月5日"
    assert formats.month(202611) == "2026 年 11 月"
    assert formats.day(None) == formats.short_day(None) == "—"


def test_an_instant_is_shown_in_shanghai():
    late_evening = datetime(2026, 11, 15, 16, 30, tzinfo=UTC)
    assert formats.instant(late_evening) == "2026-11-16 00:30"
    assert formats.short_instant(late_evening) == "11-16 00:30"


@pytest.mark.parametrize(
    ("on", "shown"),
    [
        (date(2026, 11, 16), "2026-11-16 00:30"),
        (date(2026, 11, 4), "2026-11-04"),
        (None, "2026-11-16 00:30"),
    ],
)
def test_an_act_is_shown_on_its_business_day(on, shown):
    assert formats.happened(on, datetime(2026, 11, 15, 16, 30, tzinfo=UTC)) == shown


def test_an_instant_is_not_taken_for_a_day_nor_a_zoneless_one_for_an_instant():
    with pytest.raises(ValueError, match="business date"):
        formats.day(datetime(2026, 11, 15, tzinfo=UTC))
    with pytest.raises(ValueError, match="zone"):
        formats.instant(datetime(2026, 11, 15, tzinfo=UTC).replace(tzinfo=None))


@pytest.mark.parametrize(("value", "shown"), [(None, "—"), ("", "—"), (0, 0), ("有", "有")])
def test_only_what_is_missing_becomes_a_dash(value, shown):
    assert formats.dash(value) == shown


def test_counts_have_separators():
    assert formats.number(1234567) == "1,234,567"
