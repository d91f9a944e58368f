"""Requests that nobody's page sends: who sends them, what must be said, and what may be recorded.

Each is made from the portal, for it names rows that are there.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from werkzeug.test import TestResponse

from app.cases.models import Case, Entrustment
from tenants.database import db
from tenants.scope import acting_for
from tests.pages.desk import Desk, files

if TYPE_CHECKING:
    from tests.faults.test_bad_input import Portal

CLERK, DEPARTMENT, OFFICER, REVIEWER = "徐晨", "罗琳", "王芳", "赵磊"
FORM = "multipart/form-data"
TOO_BIG = 65 << 20
NUL, LONG = "缺\x00页", "长" * 6000
LETTER = {"letter_number": "榆民救委〔2026〕99号", "letter_on": "2026-11-04"}
NOBODYS = 202611099999999999
ACT = frozenset({"action", "audit"})
"""An act that skipped everything is recorded as such, and changes nothing else."""


@dataclass(frozen=True)
class Asked:
    """One request. ``bare``: without csrf token and form id; ``words`` stand in the answer."""

    who: str
    path: str
    status: int
    words: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    method: str = "POST"
    bare: bool = False
    content_type: str = FORM
    length: int | None = None
    records: frozenset[str] = frozenset()

    def send(self, desk: Desk) -> TestResponse:
        """The answer to it."""
        if self.method == "POST" and not self.bare:
            return desk.send(self.path, **self.fields)
        sized = {} if self.length is None else {"CONTENT_LENGTH": str(self.length)}
        data = files(self.fields) if self.content_type == FORM else "{}"
        return desk.client.open(
            self.path,
            method=self.method,
            data=None if self.method == "GET" else data,
            content_type=None if self.method == "GET" else self.content_type,
            environ_overrides=sized,
        )


Make = Callable[["Portal"], Asked]


def fixed(*given: Any, **more: Any) -> Make:
    """A request that names no row."""
    return lambda _portal: Asked(*given, **more)


def get(who: str, path: str, status: int, words: str) -> Make:
    return fixed(who, path, status, words, method="GET")


def rows(portal: "Portal", region: str = "榆树市") -> dict[str, int]:
    """The newest rows of an agency: list, entrustment, a case that waits, one that was accepted."""
    agency = portal.yushu.world.agency(region).id
    with portal.yushu.app.app_context(), acting_for(agency, read_only=True):
        newest = {
            "list": select(Case.list_id).where(Case.state == "submitted"),
            "entrustment": select(Entrustment.id),
            "case": select(Case.id).where(Case.state == "submitted"),
            "accepted": select(Case.id).where(Case.state == "accepted"),
        }
        return {
            name: db.session.scalar(statement.order_by(statement.selected_columns[0].desc())) or 0
            for name, statement in newest.items()
        }


def on(who: str, path: str, status: int, words: str, region: str = "榆树市", **more: Any) -> Make:
    """A request to a path with {list}, {entrustment}, {case} or {accepted} in it."""

    def make(portal: "Portal") -> Asked:
        ids = rows(portal, region)
        sent = {
            key: [text.format(**ids) for text in value] if isinstance(value, list) else value
            for key, value in more.get("fields", {}).items()
        }
        return Asked(who, path.format(**ids), status, words, **(more | {"fields": sent}))

    return make


def no_csrf(who: str, path: str) -> Make:
    return fixed(who, path, 400, "页面已过期", bare=True)


RETURN, ACCEPT = "/intake/{entrustment}/return", "/intake/{entrustment}/accept"
LISTS, ENTRUST = "/lists", "/entrustments"
PICTURE = (b"GIF89a" + bytes(20), "委托书.gif")

REQUESTS: dict[str, Make] = {
    "no csrf token: list": no_csrf(CLERK, LISTS),
    "no csrf token: entrustment": no_csrf(DEPARTMENT, ENTRUST),
    "no csrf token: acceptance": on(OFFICER, ACCEPT, 400, "页面已过期", bare=True),
    "no csrf token: sign out": no_csrf(OFFICER, "/sign-out"),
    "csrf token of nobody": fixed(CLERK, LISTS, 400, "页面已过期", {"csrf_token": "x"}, bare=True),
    "no form id": on(OFFICER, ACCEPT, 422, "刷新页面", fields={"form_id": "", "ids": ["{case}:0"]}),
    "form id that is none": on(
        OFFICER, ACCEPT, 422, "刷新页面", fields={"form_id": "1-2-3", "ids": ["{case}:0"]}
    ),
    "form id of a list that is none": fixed(
        CLERK, LISTS, 422, "刷新页面", {"form_id": "x", "file": (b"a,b", "x.csv")}
    ),
    "json instead of a form": fixed(
        CLERK, LISTS, 400, "页面已过期", bare=True, content_type="application/json"
    ),
    "text instead of a form": fixed(
        CLERK, LISTS, 400, "页面已过期", bare=True, content_type="text/plain"
    ),
    "no file": fixed(CLERK, LISTS, 422, "请选择要上传的核对名单"),
    "text where a file belongs": fixed(CLERK, LISTS, 422, "请选择要上传的核对名单", {"file": "x"}),
    "larger than the portal takes": fixed(CLERK, LISTS, 413, "文件过大", bare=True, length=TOO_BIG),
    "put": fixed(CLERK, LISTS, 405, "只接受从页面提交", method="PUT"),
    "delete": fixed(CLERK, LISTS, 405, "只接受从页面提交", method="DELETE"),
    "patch": fixed(OFFICER, "/intake", 405, "只接受从页面提交", method="PATCH"),
    "an error file by its address": get(CLERK, f"/lists/{NOBODYS}/errors", 405, "只接受"),
    "accepting by its address": get(OFFICER, f"/intake/{NOBODYS}/accept", 405, "只接受"),
    "looking by its address": get(OFFICER, f"/intake/cases/{NOBODYS}/look", 405, "只接受"),
    "an address that is none": get(CLERK, "/lists/abc", 404, "没有找到"),
    "a negative id": get(CLERK, "/lists/-1", 404, "没有找到"),
    "an id without end": get(CLERK, "/lists/" + "9" * 40, 404, "没有找到"),
    "an id beyond every column": get(CLERK, "/lists/9223372036854775808", 404, "没有找到"),
    "a list of nobody": get(CLERK, f"/lists/{NOBODYS}", 404, "没有找到"),
    "columns of nobody": get(CLERK, f"/lists/columns/{NOBODYS}", 404, "没有找到"),
    "saying columns of nobody": fixed(CLERK, f"/lists/columns/{NOBODYS}", 404, "没有找到"),
    "a list of another agency": on(
        CLERK, "/lists/{list}", 404, "没有找到", region="双阳区", method="GET"
    ),
    "its error file": on(CLERK, "/lists/{list}/errors", 404, "没有找到", region="双阳区"),
    "an entrustment of another agency": on(
        OFFICER, "/intake/{entrustment}", 404, "没有找到", region="双阳区", method="GET"
    ),
    "accepting there": on(
        OFFICER, ACCEPT, 404, "没有找到", region="双阳区", fields={"ids": ["{case}:0"]}
    ),
    "its letter": on(OFFICER, "/intake/{entrustment}/letter", 404, "没有找到", region="双阳区"),
    "a household of another agency": on(
        OFFICER, "/intake/cases/{case}", 404, "没有找到", region="双阳区", method="GET"
    ),
    "looking at it": on(OFFICER, "/intake/cases/{case}/look", 404, "没有找到", region="双阳区"),
    "correcting there": on(
        DEPARTMENT,
        "/entrustments/{entrustment}/corrections",
        404,
        "没有找到",
        region="双阳区",
        fields={"file": (b"a,b", "x.csv")},
    ),
    "a case of another agency": on(
        REVIEWER, "/cases/{accepted}", 404, "没有找到", region="双阳区", method="GET"
    ),
    "a letter that is not there": fixed(OFFICER, f"/intake/{NOBODYS}/letter", 404, "没有找到"),
    "nothing chosen": on(OFFICER, ACCEPT, 422, "请先选择要办理的事项"),
    "a choice in words": on(OFFICER, ACCEPT, 422, "格式不正确", fields={"ids": ["abc"]}),
    "a choice in other figures": on(OFFICER, ACCEPT, 422, "格式不正确", fields={"ids": ["²"]}),
    "a revision in words": on(OFFICER, ACCEPT, 422, "格式不正确", fields={"ids": ["{case}:x"]}),
    "a revision without end": on(
        OFFICER, ACCEPT, 422, "格式不正确", fields={"ids": ["{case}:" + "9" * 30]}
    ),
    "a choice without end": on(OFFICER, ACCEPT, 422, "格式不正确", fields={"ids": ["9" * 30]}),
    "all up to no number": on(OFFICER, ACCEPT, 422, "格式不正确", fields={"all_matching": "x"}),
    "all up to beyond": on(OFFICER, ACCEPT, 422, "格式不正确", fields={"all_matching": "9" * 30}),
    "a return without reason": on(
        OFFICER, RETURN, 422, "请至少勾选一项退回原因", fields={"ids": ["{case}:0"]}
    ),
    "a return for no reason of ours": on(
        OFFICER,
        RETURN,
        422,
        "请至少勾选一项退回原因",
        fields={"ids": ["{case}:0"], "reasons": ["whim"]},
    ),
    "a return of blanks": on(
        OFFICER, RETURN, 422, "请至少勾选", fields={"ids": ["{case}:0"], "text": " \u3000 "}
    ),
    "a return with NUL": on(
        OFFICER, RETURN, 422, "不能保存的字符", fields={"ids": ["{case}:0"], "text": NUL}
    ),
    "a return without end": on(
        OFFICER, RETURN, 422, "上限 5000 个字", fields={"ids": ["{case}:0"], "text": LONG}
    ),
    "accepting what another saw changed": on(
        OFFICER, ACCEPT, 303, "", fields={"ids": ["{case}:99"]}, records=ACT
    ),
    "accepting another agency's": on(
        OFFICER, ACCEPT, 303, "", fields={"ids": [f"{NOBODYS}:0"]}, records=ACT
    ),
    "terminating without reason": on(
        REVIEWER, "/review/terminate", 422, "原因", fields={"ids": ["{accepted}:1"]}
    ),
    "terminating with NUL": on(
        REVIEWER,
        "/review/terminate",
        422,
        "不能保存的字符",
        fields={"ids": ["{accepted}:1"], "text": NUL},
    ),
    "approving nothing": fixed(REVIEWER, "/review/approve", 422, "请先选择"),
    "the officer approving": on(
        OFFICER, "/review/approve", 403, "", fields={"ids": ["{accepted}:1"]}
    ),
    "a clerk at the check": get(CLERK, "/intake", 403, ""),
    "an officer's list": fixed(OFFICER, LISTS, 403, "", {"file": (b"", "x")}),
    "a letter without number": fixed(
        DEPARTMENT, ENTRUST, 422, "请输入委托书文号", LETTER | {"letter_number": ""}
    ),
    "a letter's number too long": fixed(
        DEPARTMENT, ENTRUST, 422, "不超过 60 个字", LETTER | {"letter_number": "长" * 61}
    ),
    "a letter's number with NUL": fixed(
        DEPARTMENT, ENTRUST, 422, "不能保存的字符", LETTER | {"letter_number": NUL}
    ),
    "a letter of 30 February": fixed(
        DEPARTMENT, ENTRUST, 422, "委托书日期", LETTER | {"letter_on": "2026-02-30"}
    ),
    "a letter of some day": fixed(
        DEPARTMENT, ENTRUST, 422, "委托书日期", LETTER | {"letter_on": "昨天"}
    ),
    "a letter of tomorrow": fixed(
        DEPARTMENT, ENTRUST, 422, "晚于今天", LETTER | {"letter_on": "2026-12-01"}
    ),
    "a scan that is a GIF": fixed(
        DEPARTMENT, ENTRUST, 422, "PDF 文件，或 JPG、PNG 图片", LETTER | {"letter_scan": PICTURE}
    ),
    "a scan that is empty": fixed(
        DEPARTMENT, ENTRUST, 422, "", LETTER | {"letter_scan": (b"", "a.pdf")}
    ),
    "a scan too large": fixed(
        DEPARTMENT,
        ENTRUST,
        422,
        "超过 10 MB",
        LETTER | {"letter_scan": (b"%PDF-" + bytes(11 << 20), "a.pdf")},
    ),
    "an entrustment of nothing": fixed(DEPARTMENT, ENTRUST, 422, "请先选择", LETTER),
    "an entrustment of nobody's list": fixed(
        DEPARTMENT, ENTRUST, 422, "没有", LETTER | {"ids": [str(NOBODYS)]}
    ),
    "the same list again": on(
        DEPARTMENT, ENTRUST, 422, "没有", fields=LETTER | {"ids": ["{list}"]}
    ),
    "an address with NUL": get(REVIEWER, "/cases?state=%00", 422, "不能保存的字符"),
    "a path with NUL": get(REVIEWER, "/search/%00", 422, "不能保存的字符"),
    "a page beyond every id": get(REVIEWER, "/cases?past=99999999999999999999", 404, "没有找到"),
    "a page below every id": get(REVIEWER, "/cases?until=-99999999999999999999", 404, "没有找到"),
    "a page in words": get(REVIEWER, "/cases?past=abc", 200, "案件"),
    "a state that is none": get(REVIEWER, "/cases?state=burnt", 200, "案件"),
    "a period that is none": get(REVIEWER, "/cases?period=999999999999", 200, "案件"),
    "a search for nothing": fixed(REVIEWER, "/search", 422, "", {"q": " "}),
    "a search with NUL": fixed(REVIEWER, "/search", 422, "不能保存的字符", {"q": NUL}),
    "results of nobody": get(REVIEWER, "/search/bm9ib2R5", 422, ""),
    "results in no alphabet": get(REVIEWER, "/search/%E5%BC%A0", 422, ""),
    "unmasking without reason": on(
        REVIEWER, "/cases/{accepted}/subjects/1/look", 422, "请从列表中选择查看事由"
    ),
    "a report of an agency that cannot be": get(REVIEWER, "/v/99999999999/x", 404, ""),
    "a report without end": get(REVIEWER, "/v/" + "9" * 30 + "/x", 404, "没有找到"),
    "an entrustment that cannot be": get(REVIEWER, "/cases?entrustment=-5", 404, "没有找到"),
    "somebody at an agency of no figures": fixed(
        REVIEWER, "/sign-in", 422, "六位数字", {"agency": "９", "login": "x", "password": "y"}
    ),
    "a login with NUL": fixed(
        REVIEWER, "/sign-in", 422, "不能保存", {"agency": "220182", "login": NUL, "password": "y"}
    ),
    "a password that differs": fixed(
        REVIEWER, "/me/password", 422, "不一致", {"old": "x", "new": "y" * 12, "again": "z" * 12}
    ),
    "a password too short": fixed(
        REVIEWER, "/me/password", 422, "12", {"old": "x", "new": "y", "again": "y"}
    ),
}
