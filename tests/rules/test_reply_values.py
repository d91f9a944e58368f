"""Cells as Excel, WPS, LibreOffice and csv hand them over, and the values they mean."""

from contextlib import suppress
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.medium.cells import Cell
from app.exchange.medium.values import read_date, read_value
from tenants.catalogue import Field, FieldType
from tenants.messages import Fault

MONEY = Field("amount", "金额", FieldType.MONEY, "元")
NUMBER = Field("area", "面积", FieldType.NUMBER, "平方米")
CODE = Field("purpose", "用途", FieldType.CODE, codes={"1": "住宅", "2": "商业（含办公）"})
TEXT = Field("account_no", "账号", FieldType.TEXT)
YES_NO = Field("owns", "是否", FieldType.YES_NO)
MARCH_1 = date(2019, 3, 1)

DATES: list[Any] = [
    "2019-03-01", "2019-3-1", "2019/3/1", "2019.3.1", "2019年3月1日", "20190301", "２０１９－０３－０１",
    " 2019-03-01 ", "2019-03-01 00:00:00", "2019/3/1 0:00", 43525.0, "43525", 20190301.0,
    MARCH_1, datetime.combine(MARCH_1, time(12, 30)),
]  # fmt: skip


@pytest.mark.parametrize("cell", DATES)
def test_a_date_however_it_was_written(cell: Any) -> None:
    assert read_date(cell, "登记日期") == MARCH_1


@pytest.mark.parametrize(
    "cell",
    ["", "2019", 2019.0, "0", True, "2019-13-01", "1/3/2019", 7e9, "1019-03-01", "²⁰¹⁹-3-1-1"],
)
def test_no_date(cell: Any) -> None:
    with pytest.raises(Fault, match="2024-05-31"):
        read_date(cell, "登记日期")


@pytest.mark.parametrize(
    ("cell", "fen"),
    [
        ("1234.50", 123450), ("1,234.5", 123450), (1234.5, 123450), ("１２３４．５", 123450), ("¥1234.5", 123450),
        ("￥ 1,234.50", 123450), (0.0, 0), ("0", 0), (-15.2, -1520), ("-15.20", -1520), (0.1 + 0.2, 30), (19.99, 1999),
        (9999999999.99, 999999999999), ("5.", 500),
    ],
)  # fmt: skip
def test_money_to_the_fen(cell: Any, fen: int) -> None:
    assert read_value(cell, MONEY) == fen


@pytest.mark.parametrize(
    "cell", ["元", "12.345", "1e5", True, "--1", "1.2.3", "12,34", 1e16, date(2024, 1, 1), "٣"]
)
def test_no_money(cell: Any) -> None:
    with pytest.raises(Fault, match="金额"):
        read_value(cell, MONEY)


@given(st.integers(-(10**13), 10**13))
def test_every_amount_comes_back_as_it_was_written(fen: int) -> None:
    yuan = f"{Decimal(fen) / 100:.2f}"
    assert read_value(yuan, MONEY) == fen
    assert read_value(f"{Decimal(fen) / 100:,.2f}", MONEY) == fen
    assert read_value(float(yuan), MONEY) == fen


@given(st.dates(date(1921, 1, 1), date(2099, 12, 31)))
def test_every_day_comes_back_as_it_was_written(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    written: list[Cell] = [
        day.isoformat(),
        f"{day:%Y%m%d}",
        f"{day.year}年{day.month}月{day.day}日",
        float(serial),
    ]
    assert [read_date(cell, "日期") for cell in written] == [day] * 4


@given(
    st.one_of(
        st.text(max_size=30),
        st.floats(),
        st.booleans(),
        st.dates(),
        st.datetimes(),
        st.timedeltas(),
        st.times(),
    )
)
def test_any_cell_is_a_value_or_a_fault(cell: Any) -> None:
    for field in (MONEY, NUMBER, CODE, TEXT, YES_NO, Field("d", "日期", FieldType.DATE)):
        with suppress(Fault):
            assert type(read_value(cell, field)) in (int, Decimal, str, bool, date)


def test_other_values() -> None:
    assert read_value("85.60", NUMBER) == Decimal("85.60")
    assert read_value(2024.0, NUMBER) == 2024
    assert [read_value(cell, CODE) for cell in ("1", 1.0, "住宅", " 商业(含办公) ")] == [
        "1",
        "1",
        "1",
        "2",
    ]
    assert [read_value(cell, YES_NO) for cell in ("是", "否")] == [True, False]
    assert read_value("'0012345678901234567", TEXT) == "0012345678901234567"
    assert read_value(123456.0, TEXT) == "123456"


@pytest.mark.parametrize("cell", [MARCH_1, True, time(1, 2)])
def test_a_text_that_a_spreadsheet_made_into_something_else(cell: Cell) -> None:
    with pytest.raises(Fault, match="文本格式"):
        read_value(cell, TEXT)
