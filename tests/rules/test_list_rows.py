"""Rows that are wrong: each says where and what would be right, and holds back its household only."""

import datetime as dt
import string

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.intake.messages import describe
from app.intake.sheet import read_sheet
from app.intake.template_file import write_template
from tenants.identity import check_id_number, id_number_fault
from tests.files.lists import (
    FAMILY,
    GOOD,
    LI,
    TODAY,
    WANG,
    ZHANG,
    changed,
    check,
    csv_bytes,
    fill,
    id_number,
    sheet_of,
    xlsx,
)

NUMBER = str(ZHANG["id_number"])
WRONG_CHECK = NUMBER[:17] + ("0" if NUMBER[17] != "0" else "1")
SWAPPED = NUMBER[:15] + NUMBER[16] + NUMBER[15] + NUMBER[17:]

# cells of 王建国's row (row 3) → column, code, words of the message
BAD_CELLS = [
    ({"household_no": " "}, "household_no", "cell_missing", "同一户各行相同"),
    ({"relation": ""}, "relation", "cell_missing", "没有填写"),
    ({"relation": "干爹"}, "relation", "relation_unknown", "GB/T 4761"),
    ({"relation": "08"}, "relation", "relation_unknown", "“08”"),
    ({"name": ""}, "name", "cell_missing", "与证件一致"),
    ({"name": "王"}, "name", "name_length", "现为 1 个字"),
    ({"name": "王" * 51}, "name", "name_length", "50"),
    ({"name": "王3"}, "name", "name_characters", "汉字"),
    ({"name": "王jianguo"}, "name", "name_characters", "汉字"),
    ({"name": "王建国·"}, "name", "name_characters", "间隔号"),
    ({"name": "王?国"}, "name", "name_lost_character", "生僻字"),
    ({"name": "王□国"}, "name", "name_lost_character", "生僻字"),
    ({"name": "王\ue863"}, "name", "name_private_character", "造字区"),
    ({"name": "=王建国"}, "name", "cell_like_formula", "= + - @"),
    ({"name": "@SUM(A1)"}, "name", "cell_like_formula", "开头"),
    (
        {"id_type": "护照", "id_number": "E1234567", "name": "J0hn"},
        "name",
        "name_foreign_characters",
        "拉丁字母",
    ),
    ({"id_type": ""}, "id_type", "cell_missing", "下拉列表"),
    ({"id_type": "驾驶证"}, "id_type", "word_unknown", "居民身份证、护照"),
    ({"id_type": "护照", "id_number": "E1"}, "id_number", "document_number_shape", "5 至 30"),
    ({"id_type": "护照", "id_number": "2.2E+17"}, "id_number", "id_number_scientific", "文本"),
    ({"id_number": ""}, "id_number", "cell_missing", "18位公民身份号码"),
    ({"id_number": "2.20182E+17"}, "id_number", "id_number_scientific", "科学计数法"),
    ({"id_number": NUMBER[:6] + NUMBER[8:17]}, "id_number", "id_number_old", "15位"),
    ({"id_number": NUMBER[:17]}, "id_number", "id_number_length", "17位"),
    ({"id_number": NUMBER[:5] + "O" + NUMBER[6:]}, "id_number", "id_number_characters", "第6位"),
    ({"id_number": NUMBER[:17] + "Y"}, "id_number", "id_number_characters", "第18位"),
    ({"id_number": NUMBER[:10] + "1332" + NUMBER[14:]}, "id_number", "id_number_date", "出生日期"),
    ({"id_number": id_number(1, "20270101")}, "id_number", "id_number_future", "晚于今天"),
    ({"id_number": WRONG_CHECK}, "id_number", "id_number_checksum", f"末位应为{NUMBER[17]}"),
    ({"id_number": SWAPPED}, "id_number", "id_number_checksum", "逐位核对"),
    ({"id_number": "-" + NUMBER}, "id_number", "cell_like_formula", "开头"),
    ({"id_number": NUMBER}, "id_number", "person_twice_in_household", "第 2 行"),
    ({"phone": ""}, "phone", "cell_missing", "未成年人"),
    ({"phone": "139001390"}, "phone", "phone_shape", "11 位"),
    ({"phone": "12800138000"}, "phone", "phone_shape", "手机"),
    ({"phone": "1.38E+10"}, "phone", "phone_shape", "手机"),
    ({"phone": "13800138000、88880000"}, "phone", "phone_shape", "区号"),
    ({"registered_region": ""}, "registered_region", "cell_missing", "行政区划代码"),
    ({"registered_region": "990101"}, "registered_region", "region_unknown", "6 位代码"),
    ({"registered_region": "桃花源县"}, "registered_region", "region_unknown", "“桃花源县”"),
    ({"actual_region": "220102"}, "actual_region", "household_differs", "第 2 行"),
    ({"scheme": "养老"}, "scheme", "word_unknown", "最低生活保障"),
    ({"scheme": "医疗救助"}, "scheme", "household_differs", "第 2 行"),
    ({"application": "续保"}, "application", "word_unknown", "新申请、定期核查"),
    ({"application": "定期核查"}, "application", "household_differs", "同一户"),
    ({"subject_role": "邻居"}, "subject_role", "word_unknown", "义务人"),
    ({"authorised_on": ""}, "authorised_on", "cell_missing", "签署"),
    ({"authorised_on": "2026-02-30"}, "authorised_on", "date_unreadable", "2026-11-01"),
    ({"authorised_on": "2026-11"}, "authorised_on", "date_unreadable", "年-月-日"),
    ({"authorised_on": "46327"}, "authorised_on", "date_unreadable", "年-月-日"),
    ({"authorised_on": "2026-11-06"}, "authorised_on", "authorised_in_future", "2026-11-05"),
    (
        {"authorisation_expires_on": "长期"},
        "authorisation_expires_on",
        "date_unreadable",
        "年-月-日",
    ),
    (
        {"authorisation_expires_on": "2026-11-01"},
        "authorisation_expires_on",
        "authorisation_ends_early",
        "晚于授权日期",
    ),
    (
        {"authorisation_expires_on": "2026-11-04"},
        "authorisation_expires_on",
        "authorisation_expired",
        "已于 2026-11-04",
    ),
    (
        {"authorisation_expires_on": "2027-11-03"},
        "authorisation_expires_on",
        "authorisation_too_long",
        "2027-11-02",
    ),
    ({"monthly_income": "一千二"}, "monthly_income", "amount_unreadable", "只写数字"),
    ({"monthly_income": "1,20"}, "monthly_income", "amount_unreadable", "1200.50"),
    ({"monthly_income": "1E+05"}, "monthly_income", "amount_unreadable", "数字"),
    ({"monthly_income": "-1"}, "monthly_income", "amount_negative", "填 0"),
    ({"monthly_income": "0.001"}, "monthly_income", "amount_decimals", "两位小数"),
    ({"monthly_income": "1200.505"}, "monthly_income", "amount_decimals", "分"),
    ({"deposits": "1.5万元"}, "deposits", "amount_in_ten_thousand", "15000"),
    ({"deposits": "3万"}, "deposits", "amount_in_ten_thousand", "换算成元"),
    ({"deposits": "100000000000"}, "deposits", "amount_too_large", "100 亿"),
    ({"deposits": "9" * 30}, "deposits", "amount_too_large", "位数"),
    ({"houses": "1.5"}, "houses", "count_unreadable", "整数"),
    ({"houses": "一套"}, "houses", "count_unreadable", "填 0"),
    ({"vehicles": "-1"}, "vehicles", "count_negative", "负数"),
    ({"businesses": "1000"}, "businesses", "count_too_large", "999"),
    ({"businesses": "9" * 12}, "businesses", "count_too_large", "999"),
]


@pytest.mark.parametrize(("cells", "column", "code", "words"), BAD_CELLS)
def test_a_wrong_cell_is_named_and_holds_back_its_household(cells, column, code, words):
    checked = check(sheet_of(changed(1, **cells)))

    found = [fault for fault in checked.faults if fault.row == 3]
    assert [(fault.column, fault.code) for fault in found if fault.column == column] == [
        (column, code)
    ]
    text = describe(next(fault for fault in found if fault.column == column))
    assert text.startswith("第 3 行“")
    assert words in text
    assert checked.good["household_no"].unique().to_list() == ["SY-002"]
    assert set(checked.held_back["sheet_row"]) == {2, 3, 4, 5}
    assert checked.households.good == 1


@pytest.mark.parametrize(("cells", "column", "code", "words"), BAD_CELLS)
def test_no_message_repeats_a_private_value(cells, column, code, words):
    told = "".join(map(describe, check(sheet_of(changed(1, **cells))).faults))

    for key in ("name", "id_number", "phone"):
        value = str(cells.get(key) or WANG[key])
        assert len(value) < 6 or value not in told
    assert not any(run.isdigit() and len(run) > 15 for run in told.split())


def test_a_number_in_the_wrong_column_is_masked():
    [fault] = [
        f for f in check(sheet_of(changed(1, relation=NUMBER))).faults if f.column == "relation"
    ]

    assert "******" in str(fault)
    assert NUMBER[6:] not in str(fault)


# rows → (row, column, code) of every fault, households that go on
BAD_HOUSEHOLDS = [
    ("no applicant", changed(0, relation="兄"), [(2, "relation", "household_no_applicant")], 1),
    (
        "two applicants",
        changed(
            1,
            relation="本人",
            monthly_income="0",
            deposits="0",
            houses="0",
            vehicles="0",
            businesses="0",
        ),
        [(3, "relation", "household_two_applicants")],
        1,
    ),
    (
        "a scheme that is not taken here",
        [*FAMILY, LI | {"scheme": "住房救助"}],
        [(6, "scheme", "scheme_not_offered")],
        1,
    ),
    (
        "a household number of odd signs",
        [*FAMILY, LI | {"household_no": "1*2"}],
        [(6, "household_no", "household_no_shape")],
        1,
    ),
    (
        "a household number too long",
        [*FAMILY, LI | {"household_no": "A" * 41}],
        [(6, "household_no", "household_no_shape")],
        1,
    ),
    (
        "the applicant as obligor",
        changed(0, subject_role="赡养义务人"),
        [(2, "subject_role", "applicant_is_obligor")],
        1,
    ),
    (
        "undeclared",
        changed(0, deposits="", houses=""),
        [(2, "deposits", "cell_missing"), (2, "houses", "cell_missing")],
        1,
    ),
    (
        "one person in two households",
        changed(4, id_number=WANG["id_number"], name=WANG["name"]),
        [
            (3, "id_number", "person_in_two_households"),
            (6, "id_number", "person_in_two_households"),
        ],
        0,
    ),
    (
        "one number, two names",
        [*FAMILY, LI, {**FAMILY[3], "household_no": "SY-002", "name": "王大名"}],
        [(5, "name", "person_two_names"), (7, "name", "person_two_names")],
        0,
    ),
    (
        "a row without a household number, as merged cells leave it",
        changed(2, household_no=""),
        [(4, "household_no", "cell_missing")],
        1,
    ),
    (
        "a child with a wrong date only",
        changed(2, authorised_on="x"),
        [(4, "authorised_on", "date_unreadable")],
        1,
    ),
]


@pytest.mark.parametrize(
    ("rows", "faults", "good"), [c[1:] for c in BAD_HOUSEHOLDS], ids=[c[0] for c in BAD_HOUSEHOLDS]
)
def test_rows_that_do_not_agree_hold_back_their_households(rows, faults, good):
    checked = check(sheet_of(rows))

    assert [(f.row, f.column, f.code) for f in checked.faults] == faults
    assert checked.households.good == good
    assert all(describe(fault) for fault in checked.faults)


def test_a_member_without_household_number_never_lets_its_household_go_on_without_it():
    checked = check(sheet_of(changed(3, household_no="")))

    assert set(checked.held_back["sheet_row"]) == {2, 3, 4, 5}


def test_one_bad_household_does_not_hold_up_a_thousand_good_ones():
    good = [
        ZHANG | {"household_no": f"H{n}", "id_number": id_number(n % 900, f"19{60 + n // 900}0101")}
        for n in range(1000)
    ]
    checked = check(sheet_of([*good, LI | {"name": ""}]))

    assert (checked.households.good, checked.households.held_back) == (1000, 1)


def test_formulas_are_told_and_never_counted():
    rows = changed(0, monthly_income="=1000+200", name='=HYPERLINK("http://x")')
    checked = check(read_sheet(xlsx(rows), "名单.xlsx"))

    assert [(f.row, f.column, f.code) for f in checked.faults] == [
        (2, "name", "cell_formula"),
        (2, "monthly_income", "cell_formula"),
    ]
    assert "选择性粘贴" in describe(checked.faults[0])


@pytest.mark.parametrize("first_column", [0, 3])
@pytest.mark.parametrize(
    "number", [220112197803150018, 2.20112e17, float(id_number(100)[:17] + "0")]
)
def test_an_identity_number_held_as_a_number_is_refused_even_when_its_checksum_fits(
    number, first_column
):
    file = xlsx(changed(0, id_number=number), title="名单", first_column=first_column)
    checked = check(read_sheet(file, "名单.xlsx"))

    assert [(f.row, f.code) for f in checked.faults] == [(3, "id_number_scientific")]
    assert "文本" in str(checked.faults[0])


def test_a_number_that_ends_in_zeros_as_text_is_right():
    ending = next(n for place in range(1, 1000) if (n := id_number(place)).endswith("00"))

    assert check(read_sheet(xlsx(changed(0, id_number=ending)), "名单.xlsx")).faults == []


def test_a_comma_inside_a_number_of_a_csv_is_noticed():
    file = csv_bytes(GOOD).replace(b'"1,200.50"', b"1,200.50", 1)
    checked = check(read_sheet(file, "名单.csv"))

    assert ("household_no", "row_too_many_cells") in [(f.column, f.code) for f in checked.faults]


def test_the_last_day_of_a_consent_still_counts_and_no_limit_means_none():
    last_day = changed(0, authorisation_expires_on=TODAY)
    for_ever = changed(0, authorisation_expires_on="2099-12-31")

    assert check(sheet_of(last_day)).faults == []
    assert check(sheet_of(for_ever), authorisation_max_days=None).faults == []
    assert check(sheet_of(last_day), today=TODAY + dt.timedelta(1)).faults


def test_who_turns_eighteen_needs_a_phone():
    born_today = id_number(24, f"2008{TODAY:%m%d}")
    born_tomorrow = id_number(24, f"2008{TODAY + dt.timedelta(1):%m%d}")

    assert [f.column for f in check(sheet_of(changed(2, id_number=born_today))).faults] == ["phone"]
    assert check(sheet_of(changed(2, id_number=born_tomorrow))).faults == []


TYPED = st.one_of(
    st.text(alphabet=string.digits + "Xx.E+ '９Ｘ", max_size=20),
    st.integers(1, 999).map(id_number),
    st.builds(
        lambda number, at, digit: number[:at] + digit + number[at + 1 :],
        st.just(NUMBER),
        st.integers(0, 17),
        st.sampled_from(string.digits + "X"),
    ),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(TYPED, min_size=20, max_size=60))
@example(["' '", "' '5"])
def test_columns_and_single_numbers_are_judged_alike(numbers):
    rows = [WANG | {"household_no": f"H{n}", "id_number": text} for n, text in enumerate(numbers)]
    told = {
        fault.row: (fault.code, dict(fault.values))
        for fault in check(sheet_of(rows)).faults
        if fault.column == "id_number" and not fault.code.startswith("person_")
    }

    for row, text in enumerate(numbers, start=2):
        expected = id_number_fault(text, TODAY)
        if expected is None:
            assert row not in told
        elif expected.code == "id_number_missing":
            assert told[row][0] == "cell_missing"
        elif told[row][0] != "cell_like_formula":
            assert told[row] == (expected.code, expected.values)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 9_999_999_999_99))
def test_no_fen_is_lost_in_any_amount(fen):
    yuan, rest = divmod(fen, 100)
    written = [f"{yuan}.{rest:02d}", f"{yuan:,}.{rest:02d}"]

    for text in written:
        checked = check(sheet_of([ZHANG | {"deposits": text}]))
        assert checked.good["deposits_fen"].to_list() == [fen]


# What XML can hold; the categories left out cannot be typed into a cell.
TYPEABLE = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), max_size=30)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(list(WANG)), TYPEABLE, min_size=1))
def test_nothing_that_anybody_types_breaks_the_check(cells):
    rows = [ZHANG, WANG | cells | {"household_no": "SY-001"}]
    checked = check(read_sheet(fill(write_template(), rows), "名单.xlsx"))

    assert all(describe(fault) for fault in checked.faults)
    assert checked.good.height + checked.held_back.height == 2


def test_a_checked_number_is_the_normalised_one():
    written = f" {NUMBER[:6]} {NUMBER[6:].lower()}"

    assert check(sheet_of([ZHANG | {"id_number": written}])).good["id_number"][
        0
    ] == check_id_number(written)
