"""What a desk types in itself: one household for next month, and one that is not finished."""

import datetime as dt
from collections import Counter

from app.preparation import service
from app.preparation.content import Content
from tests.world.identity_numbers import id_number
from tests.world.month import Counts, Month, at_work

CLERK, REGION = "徐晨", 220182
_CITIZEN = {"id_type": "居民身份证", "consent": "已授权"}
_MEMBER = _CITIZEN | {"subject_role": "共同生活的家庭成员"}
_HOUSEHOLD = {
    "scheme": "最低生活保障",
    "application": "新申请",
    "actual_region": "吉林省长春市榆树市",
    "registered_region": "吉林省长春市榆树市",
    "authorised_on": "2026-12-14",
}


def _number(born: dt.date, place: int, *, male: bool) -> str:
    return id_number(REGION, born, place, male=male)


def _household() -> Content:
    """单志强 with his daughter, a minor for whom he consents, and his brother, who refuses."""
    father = _number(dt.date(1981, 2, 11), 491, male=True)
    people = (
        _MEMBER
        | {"relation": "户主", "name": "单志强", "id_number": father, "phone": "15400000901"}
        | {"monthly_income": "900", "deposits": "1500"}
        | dict.fromkeys(("houses", "vehicles", "businesses"), "0"),
        _MEMBER
        | {"relation": "长女", "name": "单雨桐"}
        | {"id_number": _number(dt.date(2014, 6, 3), 492, male=False)}
        | {"guardian_name": "单志强", "guardian_relation": "父亲", "guardian_id_number": father},
        _CITIZEN
        | {"relation": "兄", "name": "单志伟", "phone": "15400000903", "consent": "拒绝授权"}
        | {"subject_role": "赡(抚、扶)养义务人"}
        | {"id_number": _number(dt.date(1975, 9, 20), 493, male=True)},
    )
    return Content({"household_no": "GP-2027-01-001", **_HOUSEHOLD}, people)


def _unfinished() -> Content:
    head = _MEMBER | {"relation": "户主", "name": "鲍桂芝", "phone": "1540000"}
    number = _number(dt.date(1958, 12, 1), 494, male=False)
    return Content(
        {"household_no": "GP-2027-01-002", **_HOUSEHOLD}, (head | {"id_number": number},)
    )


def type_households(month: Month) -> Counts:
    """徐晨 registers one household for next month and leaves another half done."""
    with at_work(month.world.person(CLERK)) as actor:
        for content in (_household(), _unfinished()):
            draft = service.draft_of(service.begin(actor), actor)
            kept = service.save(draft, content, actor)
            prepared = service.prepare(draft, kept, actor)
    if prepared is not None:
        raise RuntimeError("the unfinished household was to stay a draft")
    return Counter(households=1, drafts=1)
