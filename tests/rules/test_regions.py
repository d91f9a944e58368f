"""Names and codes of places, as township clerks write them."""

import pytest

from tenants.regions import find_region, full_name, region

JILIN, GUANGDONG = 22, 44


@pytest.mark.parametrize(
    ("text", "province", "code"),
    [
        ("220112", None, 220112),
        ("２２０１１２", None, 220112),
        (" 220112 ", None, 220112),
        ("220112001", None, 220112),
        ("220112001007", None, 220112),
        ("双阳区", JILIN, 220112),
        ("双阳", JILIN, 220112),
        ("长春双阳", JILIN, 220112),
        ("吉林省长春市双阳区", None, 220112),
        ("吉林省 长春市 双阳区", None, 220112),
        ("吉林市", JILIN, 220200),
        ("吉林省", None, 220000),
        ("延边", JILIN, 222400),
        ("延边州", JILIN, 222400),
        ("延边朝鲜族自治州", None, 222400),
        ("延边州延吉市", None, 222401),
        ("前郭县", JILIN, 220721),
        ("伊通县", JILIN, 220323),
        ("内蒙古", None, 150000),
        ("深圳", GUANGDONG, 440300),
        ("广州天河区", None, 440106),
    ],
)
def test_what_a_clerk_writes_finds_the_code(text: str, province: int | None, code: int) -> None:
    assert find_region(text, province) == code


@pytest.mark.parametrize(
    "text", ["朝阳区", "吉林", "市辖区", "县", "", "双", "999999", "2201", "某某区"]
)
def test_what_means_several_places_or_none_is_not_guessed(text: str) -> None:
    assert find_region(text) is None


def test_the_province_decides_between_places_of_one_name() -> None:
    assert find_region("朝阳区", JILIN) == 220104
    assert find_region("朝阳区", 11) == 110105


@pytest.mark.parametrize(
    ("text", "code"),
    [("公主岭市", 220184), ("九台市", 220181), ("九台", 220113), ("八道江区", 220602)],
)
def test_old_names_are_found_but_never_before_one_in_use(text: str, code: int) -> None:
    assert find_region(text, JILIN) == code


def test_gongzhuling_moved_from_siping_to_changchun_in_2020() -> None:
    before, after = region(220381), region("220184")
    assert before is not None
    assert after is not None
    assert (before.until, after.since, after.until) == (2020, 2020, None)
    assert full_name(220381) == "吉林省四平市公主岭市"
    assert full_name(220184) == "吉林省长春市公主岭市"


def test_one_code_can_have_had_another_name() -> None:
    now, then = region(220211), region(220211, year=1985)
    assert now is not None
    assert then is not None
    assert (now.name, then.name) == ("丰满区", "郊区")
    assert region(220211, year=1900) is None


@pytest.mark.parametrize(
    ("code", "tier", "parents", "province"),
    [
        (220000, "province", (), 22),
        (220100, "city", (220000,), 22),
        (220112, "county", (220100, 220000), 22),
    ],
)
def test_tier_and_parents_follow_from_the_code(
    code: int, tier: str, parents: tuple[int, ...], province: int
) -> None:
    here = region(code)
    assert here is not None
    assert (here.tier, here.parents, here.province) == (tier, parents, province)


@pytest.mark.parametrize("code", [0, 999999, "abcdef", "22011", "２２０１１２"])
def test_unknown_codes_have_no_region(code: int | str) -> None:
    assert region(code) is None
