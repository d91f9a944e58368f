"""The 17 kinds of sharing unit and what each can be asked (Jilin 2017/58, art. 7)."""

from datetime import date
from pathlib import Path

import pytest

from tenants.catalogue import (
    FieldType,
    Measure,
    MeasureName,
    Record,
    Service,
    catalogue,
    figure_of,
    figures,
    load_catalogue,
)

Records = dict[int, list[Record]]
CODES = """
    101 102 103 104 105 106 107 108 109 110 201 301 302 303 401 501 502 503 504 505 506 601
    701 702 703 801 802 901 1001 1101 1102 1103 1104 1201 1202 1301 1302 1401 1501
    1601 1602 1603 1604 1605 1701
"""


def test_every_item_of_the_seventeen_paragraphs_is_there() -> None:
    assert list(catalogue().items) == [int(code) for code in CODES.split()]
    assert list(catalogue().kinds) == list(range(1, 18))
    assert all(catalogue().of_kind(number) for number in catalogue().kinds)


def test_every_kind_and_item_names_its_article() -> None:
    numerals = "一二三四五六七八九"
    for number, kind in catalogue().kinds.items():
        tens, ones = divmod(number, 10)
        numeral = "十" * tens + (numerals[ones - 1] if ones else "")
        assert kind.article == f"吉民发〔2017〕58号 第七条（{numeral}）"
    assert all("〔" in item.article for item in catalogue().items.values())


def test_police_answer_yes_or_no_and_only_they_do() -> None:
    yes_no = [i.code for i in catalogue().items.values() if i.service is Service.YES_NO]
    assert yes_no == [301, 302, 303]
    fields = [f for code in yes_no for f in catalogue().item(code).fields]
    assert {f.type for f in fields} == {FieldType.YES_NO}


def test_social_insurance_has_exactly_the_fields_of_the_national_notice() -> None:
    item = catalogue().item(501)
    assert item.article == "民发〔2020〕95号 二（一）1"
    assert [f.title for f in item.fields] == [
        "参保地行政区划代码", "参保单位名称", "险种类型", "个人缴费状态",
        "个人缴费基数（档次）", "个人待遇领取状态", "个人待遇领取金额",
    ]  # fmt: skip
    assert set(item.field("insurance").codes.values()) == {"基本养老保险", "失业保险"}


def test_every_declared_figure_has_a_source() -> None:
    measured = {m.measure for item in catalogue().items.values() for m in item.measures}
    assert measured == set(MeasureName)


def test_codes_fit_a_smallint_and_unknown_ones_are_an_error() -> None:
    assert max(catalogue().items) < 2**15
    with pytest.raises(KeyError):
        catalogue().item(1702)
    with pytest.raises(KeyError):
        catalogue().item(501).field("salary")


def test_two_accounts_add_up_to_one_figure() -> None:
    accounts: list[Record] = [{"balance": 1_000_00}, {"balance": 23_45}, {"balance": None}]
    assert figures(catalogue(), {1601: accounts}) == {MeasureName.DEPOSITS: {1601: 1_023_45}}


def test_a_cancelled_shop_and_a_sold_house_are_facts_but_do_not_count() -> None:
    records: Records = {
        1301: [{"status": "1"}, {"status": "2"}],
        601: [{"status": "2"}],
        302: [{"owns_vehicle": False}],
    }
    assert figures(catalogue(), records) == {MeasureName.BUSINESSES: {1301: 1}}


def test_a_status_left_blank_does_not_hide_a_record() -> None:
    records: Records = {1301: [{"status": None}], 302: [{}], 601: [{"status": ""}]}
    assert figures(catalogue(), records) == {
        MeasureName.BUSINESSES: {1301: 1},
        MeasureName.VEHICLES: {302: 1},
        MeasureName.HOUSES: {601: 1},
    }


def test_months_are_never_averaged_the_latest_counts() -> None:
    wages = [
        {"income_kind": "1", "income_amount": 3_000_00, "period_ends_on": date(2026, 8, 31)},
        {"income_kind": "1", "income_amount": 2_000_00, "period_ends_on": date(2026, 9, 30)},
        {"income_kind": "2", "income_amount": 100_00, "period_ends_on": date(2026, 9, 30)},
        {"income_kind": "5", "income_amount": 9_999_00, "period_ends_on": date(2026, 9, 30)},
    ]
    assert figures(catalogue(), {1201: wages}) == {MeasureName.MONTHLY_INCOME: {1201: 2_100_00}}


def test_one_pension_reported_by_two_sources_is_counted_once() -> None:
    pension = {"benefit_status": "1", "benefit_amount": 1_800_00}
    retired = {"monthly_amount": 1_800_00, "paid_on": date(2026, 10, 1)}
    both = figures(catalogue(), {501: [pension], 502: [retired]})
    assert both == {MeasureName.MONTHLY_INCOME: {501: 1_800_00}}
    alone = figures(catalogue(), {501: [], 502: [retired]})
    assert alone == {MeasureName.MONTHLY_INCOME: {502: 1_800_00}}


def test_a_stopped_benefit_is_no_income() -> None:
    stopped = {"benefit_status": "3", "benefit_amount": 1_800_00}
    assert figures(catalogue(), {501: [stopped]}) == {}


def test_nothing_found_is_not_zero() -> None:
    assert figure_of(Measure(MeasureName.HOUSES, count=True), []) is None
    assert figure_of(Measure(MeasureName.VEHICLES, count=True), [{}]) == 1


HEAD = 'number = 6\ntitle = "国土"\narticle = "第七条"\n'
ITEM = '[[items]]\ncode = {code}\nname = "{name}"\ntitle = "某项"\n{rest}\n'
PLAIN = 'fields = [{ name = "note", title = "说明", type = "text" }]'
SUM = 'measure = "deposits", field = "sum"'
MONEY = 'fields = [{ name = "sum", title = "金额", type = "money", unit = "元" }]'


def item(code: int = 601, name: str = "item", rest: str = PLAIN) -> str:
    return ITEM.format(code=code, name=name, rest=rest)


def typed(field_type: str) -> str:
    return item(rest=PLAIN.replace('"text"', field_type))


def measured(measure: str) -> str:
    return item(rest=f"{MONEY}\nmeasures = [{{ {measure} }}]")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (item(code=701), "701: code is not of kind 6"),
        (item(code=651), "651: code is an agency's own"),
        (item() + item(name="other"), "601: code exists twice"),
        (item() + item(code=602), "602: name exists twice"),
        (item(name="Item"), "601: name is not snake_case"),
        (item(rest="fields = []"), "601: no fields"),
        (item(rest=PLAIN + '\nservice = "fax"'), "601: 'fax' is not known"),
        (typed('"memo"'), "601.note: 'memo' is not known"),
        (typed('"code"'), "601.note: codes belong to type code"),
        (typed('"money"'), "601.note: money without a unit"),
        (typed('"text", width = 3'), "601.note: unknown"),
        (measured('measure = "boats", count = true'), "601: 'boats' is not known"),
        (measured('measure = "deposits", field = "gone"'), "601: measures no money"),
        (measured('measure = "deposits", count = true'), "601: deposits is money"),
        (measured('measure = "houses", field = "sum"'), "601: houses needs a count"),
        (measured(f'{SUM}, period_field = "sum"'), "601: period is no date"),
        (measured(f'{SUM}, day_field = "sum"'), "601: period is no date"),
        (measured(f'{SUM}, per = "month"'), "601: deposits is not per month"),
        (measured(SUM.replace("deposits", "monthly_income")), "601: monthly_income is not per day"),
        (measured(f'{SUM}, only = {{ field = "sum", values = ["1"] }}'), "601: only needs a code"),
        (measured(f"{SUM}, unless_found = [999]"), "601: unless_found 999"),
    ],
)
def test_a_file_that_does_not_hold_together_is_refused_by_name(
    tmp_path: Path, text: str, problem: str
) -> None:
    (tmp_path / "kind06_land.toml").write_text(HEAD + text, encoding="utf-8")
    with pytest.raises(ValueError, match=f"kind06_land.toml: {problem}"):
        load_catalogue(tmp_path)
