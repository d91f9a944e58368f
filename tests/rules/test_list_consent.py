"""Who consents: a guardian for a minor, and a support obligor who refuses."""

import pytest

from app.intake.columns import KEYS
from app.intake.sheet import read_sheet
from tests.files.lists import GOOD, ZHANG, changed, check, csv_bytes, id_number, sheet_of

REFUSED = {"consent": "拒绝授权", "authorised_on": "", "authorisation_expires_on": ""}
GUARDED = {"guardian_name": "张秀兰", "guardian_id_number": ZHANG["id_number"]}
GIRL, SON = 2, 3
NEW = ("consent", "authorisation_scope", "guardian_name", "guardian_relation", "guardian_id_number")


def faults(rows, **terms):
    return [
        (fault.row, fault.column, fault.code) for fault in check(sheet_of(rows), **terms).faults
    ]


def test_a_list_from_before_these_columns_is_read_all_the_same() -> None:
    old = csv_bytes(GOOD, keys=[key for key in KEYS if key not in NEW])
    assert check(read_sheet(old, "名单.csv")).faults == []


def test_below_the_age_of_the_rulebook_a_guardian_consents() -> None:
    """王小雨 is 11: without a guardian her household waits, where the rulebook asks for one."""
    assert faults(GOOD, guardian_below_age=18) == [(4, "guardian_name", "guardian_missing")]
    assert faults(GOOD, guardian_below_age=8) == []
    assert faults(GOOD, guardian_below_age=0) == []
    checked = check(sheet_of(changed(GIRL, **GUARDED)), guardian_below_age=18)
    assert checked.faults == []
    assert checked.good["guardian_name"].to_list() == [None, None, "张秀兰", None, None]


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"guardian_id_number": ""}, "guardian_id_number", "guardian_number_missing"),
        (
            {"guardian_id_number": id_number(24, "20150602")},
            "guardian_id_number",
            "guardian_is_self",
        ),
        ({"guardian_id_number": "12"}, "guardian_id_number", "document_number_shape"),
        ({"guardian_id_number": "220112197803150020"}, "guardian_id_number", "id_number_checksum"),
        ({"guardian_name": "张3"}, "guardian_name", "guardian_name_shape"),
        ({"guardian_relation": "mother"}, "guardian_relation", "guardian_relation_shape"),
        ({"guardian_name": "=张秀兰"}, "guardian_name", "cell_like_formula"),
    ],
)
def test_a_guardian_who_will_not_do(cells, column, code) -> None:
    rows = changed(GIRL, **(GUARDED | cells))
    assert faults(rows, guardian_below_age=18) == [(4, column, code)]


def test_an_obligor_may_refuse_and_needs_no_dates() -> None:
    checked = check(sheet_of(changed(SON, **REFUSED)))
    assert checked.faults == []
    assert checked.good["consent"].to_list() == [None, None, None, "refused", None]
    assert checked.good["authorised_on"].null_count() == 1


def test_a_member_of_the_household_may_not_refuse() -> None:
    assert faults(changed(1, **REFUSED)) == [(3, "consent", "refused_by_member")]


def test_who_refuses_has_signed_nothing() -> None:
    rows = changed(SON, consent="拒绝授权")
    assert [(row, code) for row, _, code in faults(rows)] == [(5, "refused_with_date")]


def test_who_says_nothing_of_refusing_needs_the_dates() -> None:
    """The control: the same blank dates without the word."""
    rows = changed(SON, authorised_on="", authorisation_expires_on="")
    assert {code for _, _, code in faults(rows)} == {"cell_missing"}


@pytest.mark.parametrize(
    ("written", "kinds"),
    [
        ("公安、金融机构", [3, 16]),
        ("公安局，银行; 证券", [3, 16]),
        ("银行、证券、保险等金融机构", [16]),
        ("国土（自然资源）部门", [6]),
        ("全部", [0]),
        ("", None),
    ],
)
def test_an_authorisation_may_name_some_kinds_only(written, kinds) -> None:
    checked = check(sheet_of(changed(1, authorisation_scope=written)))
    assert checked.faults == []
    assert checked.good["authorisation_scope"].to_list()[1] == kinds


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"authorisation_scope": "公安、外星"}, "word_unknown"),
        ({"authorisation_scope": "全部、公安"}, "scope_all_and_some"),
        (REFUSED | {"authorisation_scope": "公安"}, "scope_of_refused"),
    ],
)
def test_a_scope_that_cannot_be_understood(cells, code) -> None:
    assert faults(changed(SON, **cells)) == [(5, "authorisation_scope", code)]
