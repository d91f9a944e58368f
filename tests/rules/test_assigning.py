"""Which file belongs to whom: as clerks name their scans, or in the order of the list."""

import pytest

from app.papers.assigning import Assigned, Home, Person, assign

HOMES = (
    Home(1, "SY-1", (Person(11, "张书本"), Person(12, "李梅"), Person(13, "李梅"))),
    Home(2, "SY-12", (Person(21, "阿依古丽·买买提"), Person(22, "王强"), Person(23, "王强国"))),
)

NAMED = [
    ("SY-12 王强 授权书.jpg", (2, 22, "authorisation", 1)),
    ("SY-12 王强国 授权书.jpg", (2, 23, "authorisation", 1)),
    ("sy-12_2_身份证_反面.JPG", (2, 22, "id_card", 2)),
    ("SY-12-第2人-身份证2.png", (2, 22, "id_card", 2)),
    ("SY-12 授权书 阿依古丽买买提 3.pdf", (2, 21, "authorisation", 3)),
    ("SY-1张书本查询授权书.jpg", (1, 11, "authorisation", 1)),
    ("ＳＹ－1　张书本　身份证.jpg", (1, 11, "id_card", 1)),
    ("scans/SY-1/SY-1 2 授权书.jpg", (1, 12, "authorisation", 1)),
    ("SY-12 户口簿 2.jpg", (2, 0, "household_register", 2)),
    ("SY-12 王强 结婚证.jpg", (2, 0, "marriage", 1)),
    ("SY-12 情况说明.pdf", (2, 0, "explanation", 1)),
]


@pytest.mark.parametrize(("name", "goes"), NAMED, ids=[name for name, _ in NAMED])
def test_a_file_is_placed_by_its_name(name: str, goes: tuple[int, int, str, int]) -> None:
    assert assign([name], HOMES, "named") == [Assigned(0, *goes)]


LEFT = [
    ("IMG_2031.jpg", "no_household"),
    ("SY-123 王强 授权书.jpg", "no_household"),
    ("SY-12 王强.jpg", "no_kind"),
    ("SY-12 授权书.jpg", "no_person"),
    ("SY-12 赵六 授权书.jpg", "unknown_person"),
    ("SY-12 4 授权书.jpg", "unknown_person"),
    ("SY-1 李梅 授权书.jpg", "two_people"),
    ("SY-12 0 身份证.jpg", "unknown_person"),
]


@pytest.mark.parametrize(("name", "problem"), LEFT, ids=[name for name, _ in LEFT])
def test_a_file_without_a_place_says_why(name: str, problem: str) -> None:
    (found,) = assign([name], HOMES, "named")
    assert (found.problem, found.subject_id) == (problem, 0)


def test_several_sheets_follow_each_other_and_the_same_one_twice_is_refused() -> None:
    names = [
        "SY-12 王强 授权书.jpg",
        "SY-12 王强 授权书 (2).jpg",
        "SY-12 王强 授权书_.jpg",
        "SY-12 2 授权书 2.jpg",
    ]
    found = assign(names, HOMES, "named")
    assert [(one.sequence, one.problem) for one in found] == [
        (1, ""),
        (2, ""),
        (3, ""),
        (0, "twice"),
    ]


def test_in_the_order_of_the_list_numbers_count_as_numbers() -> None:
    names = [f"scan{n}.jpg" for n in (10, 2, 1)]
    found = assign(names, HOMES, "both")
    assert [(one.subject_id, one.kind) for one in found] == [
        (12, "authorisation"),
        (11, "id_card"),
        (11, "authorisation"),
    ]


def test_more_pictures_than_people() -> None:
    found = assign([f"{n}.jpg" for n in range(8)], HOMES, "id_card")
    assert [one.subject_id for one in found[:6]] == [11, 12, 13, 21, 22, 23]
    assert [one.problem for one in found[6:]] == ["beyond", "beyond"]
