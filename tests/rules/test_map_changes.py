"""Which changes of the tree are refused: day, tier, province, cycle, overlap."""

import datetime as dt

import pytest

from app.map_changes.rules import (
    Approval,
    Called,
    Edge,
    Place,
    check_approval,
    check_merge,
    check_move,
    check_rename,
)
from tenants.messages import Fault

TODAY, SINCE = dt.date(2026, 11, 3), dt.date(2026, 11, 16)
JILIN = Place(220000, "吉林省核对中心", "province")
CHANGCHUN = Place(220100, "长春市核对中心", "city")
SIPING = Place(220300, "四平市核对中心", "city")
GONGZHULING = Place(220381, "公主岭市核对中心", "county")
YUSHU = Place(220182, "榆树市核对中心", "county")
GUANGZHOU = Place(440100, "广州市核对中心", "city")
OPENED = dt.date(2026, 1, 1)
UNDER_SIPING = [Edge(220300, OPENED, None)]
LAST = SINCE - dt.timedelta(days=1)


def approval(since: dt.date = SINCE, number: str = "吉政函〔2026〕61号", dated: dt.date = OPENED):
    return Approval(number, dated, since)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (approval(), None),
        (approval(since=TODAY + dt.timedelta(days=1)), None),
        (approval(since=TODAY), "map.past"),
        (approval(since=OPENED), "map.past"),
        (approval(number=" "), "map.no_document"),
        (approval(dated=SINCE), "map.document_to_come"),
    ],
)
def test_an_approval_holds_from_tomorrow_at_the_earliest(given: Approval, code: str | None) -> None:
    if code is None:
        check_approval(given, TODAY)
        return
    with pytest.raises(Fault) as told:
        check_approval(given, TODAY)
    assert told.value.code == code
    assert str(told.value)


@pytest.mark.parametrize(
    ("agency", "parent", "edges", "code"),
    [
        (GONGZHULING, CHANGCHUN, UNDER_SIPING, None),
        (GONGZHULING, JILIN, UNDER_SIPING, None),  # 省直管
        (SIPING, JILIN, [Edge(220100, OPENED, None)], None),
        (GONGZHULING, GONGZHULING, UNDER_SIPING, "map.cycle"),
        (SIPING, GONGZHULING, [Edge(220000, OPENED, None)], "map.cycle"),
        (GONGZHULING, YUSHU, UNDER_SIPING, "map.tier"),
        (SIPING, CHANGCHUN, [Edge(220000, OPENED, None)], "map.tier"),
        (GONGZHULING, GUANGZHOU, UNDER_SIPING, "map.province"),
        (GONGZHULING, SIPING, UNDER_SIPING, "map.same_parent"),
        (JILIN, CHANGCHUN, [], "map.tier"),
        (GONGZHULING, CHANGCHUN, [], "map.no_parent"),
        (GONGZHULING, CHANGCHUN, [Edge(220300, SINCE, None)], "map.overlap"),
        (GONGZHULING, CHANGCHUN, [Edge(220300, OPENED, SINCE)], "map.overlap"),
        (
            GONGZHULING,
            CHANGCHUN,
            [Edge(220100, OPENED, TODAY), Edge(220300, TODAY + dt.timedelta(days=1), None)],
            "map.former_parent",
        ),
        # What was taken back before its day was never there.
        (GONGZHULING, CHANGCHUN, [*UNDER_SIPING, Edge(220100, SINCE, LAST)], None),
    ],
)
def test_a_move_goes_up_the_tree_within_the_province(
    agency: Place, parent: Place, edges: list[Edge], code: str | None
) -> None:
    below = [GONGZHULING.id] if agency == SIPING else []
    if code is None:
        assert check_move(agency, parent, edges, below, SINCE) == edges[0]
        return
    with pytest.raises(Fault) as told:
        check_move(agency, parent, edges, below, SINCE)
    assert told.value.code == code
    assert agency.name in str(told.value)


NOW = Called("公主岭市核对中心", "公主岭", "公主岭市", 220381)
TAKEN = {220182, "榆"}


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (Called("公主岭市核对中心", "公主岭", "公主岭市", 220184), None),
        (Called("公主岭区核对中心", "公主岭", "公主岭区", 220381), None),
        (NOW, "map.same_name"),
        (Called("公主岭市核对中心", " ", "公主岭市", 220184), "map.no_name"),
        (Called("公主岭市核对中心", "公主岭", "公主岭市", 2201), "map.code"),
        (Called("公主岭市核对中心", "公主岭", "公主岭市", 440184), "map.province"),
        (Called("公主岭市核对中心", "公主岭", "公主岭市", 220182), "map.taken"),
        (Called("公主岭市核对中心", "榆", "公主岭市", 220184), "map.taken"),
    ],
)
def test_a_name_and_a_code_are_its_own(new: Called, code: str | None) -> None:
    if code is None:
        check_rename(GONGZHULING, NOW, new, TAKEN)
        return
    with pytest.raises(Fault) as told:
        check_rename(GONGZHULING, NOW, new, TAKEN)
    assert told.value.code == code
    assert str(told.value)


@pytest.mark.parametrize(
    ("successor", "below", "is_over", "code"),
    [
        (YUSHU, [], False, None),
        (GONGZHULING, [], False, "map.cycle"),
        (CHANGCHUN, [], False, "map.other_tier"),
        (Place(440118, "增城区核对中心", "county"), [], False, "map.province"),
        (YUSHU, [1], False, "map.has_children"),
        (YUSHU, [], True, "map.successor_over"),
    ],
)
def test_an_agency_goes_on_in_another_of_its_kind(
    successor: Place, below: list[int], is_over: bool, code: str | None
) -> None:
    if code is None:
        check_merge(GONGZHULING, successor, below, is_over)
        return
    with pytest.raises(Fault) as told:
        check_merge(GONGZHULING, successor, below, is_over)
    assert told.value.code == code
    assert str(told.value)
