"""Identity numbers: what is refused, with which words, and what is hidden."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.identity import (
    Sex,
    age_on,
    birth_date,
    check_character,
    check_id_number,
    id_number_fault,
    sex,
)
from tenants.masking import mask_account, mask_id_number, mask_name, mask_phone
from tenants.messages import Fault

GOOD = "11010519491231002X"  # the example printed in GB 11643-1999
TODAY = date(2026, 11, 23)


def numbers() -> st.SearchStrategy[str]:
    """Right numbers of invented people."""
    first17 = st.builds(
        "{:06d}{:%Y%m%d}{:03d}".format,
        st.integers(110000, 659999),
        st.dates(date(1900, 1, 1), TODAY),
        st.integers(0, 999),
    )
    return first17.map(lambda first: first + check_character(first))


@pytest.mark.parametrize(
    "text",
    [GOOD, GOOD.lower(), f" {GOOD} ", "110105 19491231 002X", f"'{GOOD}", f"\ufeff{GOOD}\u200b",
     "１１０１０５１９４９１２３１００２Ｘ", "11010519491231002ｘ"],
)  # fmt: skip
def test_ways_of_writing_one_number(text: str) -> None:
    assert check_id_number(text, TODAY) == GOOD


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("", "id_number_missing", "没有填写"),
        ("   ", "id_number_missing", "没有填写"),
        ("110105491231002", "id_number_old", "15位旧身份证"),
        ("1.10105E+17", "id_number_scientific", "科学计数法"),
        ("1101051949123100", "id_number_length", "现为16位"),
        ("11010519491231002XX", "id_number_length", "现为19位"),
        ("1101051949123X002X", "id_number_characters", "第14位"),
        ("11010519491231002Y", "id_number_characters", "第18位"),
        ("110105194912310O2X", "id_number_characters", "第16位"),
        ("11010519491331002X", "id_number_date", "第7至14位"),
        ("110105190002290021", "id_number_date", "第7至14位"),
        ("110105000001010021", "id_number_date", "第7至14位"),
        ("110105160001010021", "id_number_date", "第7至14位"),
        ("110105202611240029", "id_number_future", "晚于今天"),
        ("110105194912310021", "id_number_checksum", "末位应为X，现为1"),
    ],
)
def test_wrong_numbers_say_what_would_be_right(text: str, code: str, words: str) -> None:
    with pytest.raises(Fault) as refused:
        check_id_number(text, TODAY)
    assert refused.value.code == code
    assert words in str(refused.value)
    assert len(text) < 6 or text not in str(refused.value)


def test_a_child_born_today_is_not_from_the_future() -> None:
    first = "220112" + "20261123" + "001"
    assert id_number_fault(first + check_character(first), TODAY) is None


def test_a_place_that_never_existed_is_no_reason_to_refuse() -> None:
    first = "22999919900101001"
    assert check_id_number(first + check_character(first))


@given(numbers())
def test_a_right_number_passes_and_no_other_last_character_does(number: str) -> None:
    assert check_id_number(number, TODAY) == number
    for last in set("0123456789X") - {number[-1]}:
        fault = id_number_fault(number[:-1] + last)
        assert fault is not None
        assert fault.code == "id_number_checksum"
        assert fault.values["expected"] == number[-1]


@given(numbers(), st.integers(0, 16), st.integers(1, 9))
def test_one_mistyped_digit_is_always_noticed(number: str, place: int, shift: int) -> None:
    wrong = str((int(number[place]) + shift) % 10)
    assert id_number_fault(number[:place] + wrong + number[place + 1 :], TODAY) is not None


@given(numbers(), st.integers(0, 15))
def test_two_digits_exchanged_are_always_noticed(number: str, place: int) -> None:
    a, b = number[place], number[place + 1]
    exchanged = number[:place] + b + a + number[place + 2 :]
    assert (id_number_fault(exchanged, TODAY) is not None) == (a != b)


@given(st.text(max_size=20))
def test_any_text_at_all_gets_an_answer_in_words(text: str) -> None:
    fault = id_number_fault(text, TODAY)
    assert fault is None or str(fault)


def test_what_a_number_says() -> None:
    assert birth_date(GOOD) == date(1949, 12, 31)
    assert sex(GOOD) is Sex.FEMALE
    assert sex("220112199001010019") is Sex.MALE


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        ("20000310", date(2016, 3, 9), 15),
        ("20000310", date(2016, 3, 10), 16),
        ("20000229", date(2018, 2, 28), 17),
        ("20000229", date(2018, 3, 1), 18),
        ("20261123", TODAY, 0),
    ],
)
def test_age_in_full_years(born: str, day: date, age: int) -> None:
    assert age_on(f"220112{born}0010", day) == age


@pytest.mark.parametrize(
    ("masked", "shown"),
    [
        (mask_id_number("22018219900101123X"), "220182********123X"),
        (mask_id_number("E12345678"), "E1*****78"),
        (mask_name("王强"), "王*"),
        (mask_name("王小明"), "王*明"),
        (mask_name("买买提·艾力"), "买****力"),
        (mask_name("王"), "*"),
        (mask_name(""), ""),
        (mask_phone("13812345678"), "138****5678"),
        (mask_phone("84221234"), "****1234"),
        (mask_account("6222021234567890123"), "***************0123"),
        (mask_account("12345678"), "******78"),
    ],
)
def test_masks(masked: str, shown: str) -> None:
    assert masked == shown


@given(st.text(min_size=1, max_size=30))
def test_every_mask_hides_at_least_a_third_and_keeps_the_length(text: str) -> None:
    for mask in (mask_id_number, mask_name, mask_phone, mask_account):
        assert len(mask(text)) == len(text)
        assert mask(text).count("*") >= len(text) / 3
