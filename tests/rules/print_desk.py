"""The print desk of 榆树市: 赵国强's household and others, as the papers are handed them."""

import io
import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import is_dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

import pikepdf

from app.prints.papers.archive_cover import compose_archive_cover
from app.prints.papers.assessment import compose_assessment
from app.prints.papers.authorisation import compose_authorisation
from app.prints.papers.content import (
    Archive,
    Delivery,
    Ends,
    Entrusted,
    FiledPaper,
    Household,
    Law,
    Person,
)
from app.prints.papers.delivery_note import compose_delivery_note
from app.prints.papers.home_visit import compose_home_visit
from app.prints.papers.letter import compose_letter
from app.prints.papers.notice import compose_notice
from app.prints.papers.parts import kinds_of
from app.prints.papers.subject_list import compose_list
from app.prints.papers.summary import compose_summary
from app.report.paper.blocks import Draft
from app.report.paper.paging import paginate
from app.report.paper.render import render_together
from tenants.rulebook import rulebook

COUNTY = "榆树市社会救助家庭经济状况核对中心"
DEPARTMENT = "榆树市民政局"
DESK = "五棵树镇受理窗口"
LONG = "阿卜杜热合曼·买买提明·图尔荪江·艾则孜古丽"
RARE = "𬱖㛃䶮"

HEAD = Person(
    "赵国强",
    "居民身份证",
    "220182197105164519",
    "户主",
    "applicant",
    "共同生活的家庭成员",
    55,
    date(2027, 11, 2),
)
WIFE = replace(HEAD, name="刘桂兰", id_number="220182197308024526", relation="配偶", role="member")
SON = replace(
    HEAD,
    name="赵一鸣",
    id_number="220182201409150033",
    relation="长子",
    role="member",
    age=12,
)
FATHER = replace(
    HEAD,
    name=LONG,
    id_number="E12345678",
    id_type="护照",
    is_citizen=False,
    relation="父亲",
    role="obligor",
    role_title="赡(抚、扶)养义务人",
    age=None,
    expires_on=None,
)


def law() -> Law:
    """The papers' law in Jilin."""
    return law_in(22)


@lru_cache
def law_in(province: int) -> Law:
    """The papers' law in a province."""
    book = rulebook(province)
    return Law(
        basis=book.legal_basis,
        authorisation_months=book.authorisation_max_months.value,
        reply_days=book.reply_working_days.value,
        extension_days=book.extension_max_working_days.value,
        report_article=book.windows.article,
        asked={
            role: {scheme: kinds_of(book.items_for(scheme, role)) for scheme in book.matrix}
            for role in ("applicant", "member", "obligor")
        },
    )


def household(no: int = 1, **changes: object) -> Household:
    """赵国强's household of four; ``no`` tells one from another."""
    made = Household(
        household_no=f"WKS-{no:03d}",
        number=f"榆案 2026-11-{no:06d}",
        head="赵国强",
        scheme="subsistence",
        scheme_title="最低生活保障",
        application="new",
        application_title="新申请",
        desk=DESK,
        department=DEPARTMENT,
        agency=COUNTY,
        period=202611,
        state="submitted",
        state_title="待受理初审",
        due_on=date(2026, 11, 27),
        people=(HEAD, WIFE, SON, FATHER),
    )
    return replace(made, **changes)


def entrusted(count: int = 3, **changes: object) -> Entrusted:
    """So many households entrusted together, some with names that are hard to set."""
    names = ("赵国强", RARE, LONG, "李·明")
    households = tuple(
        household(no, head=names[no % 4], people=(replace(HEAD, name=names[no % 4]), WIFE, SON))
        for no in range(1, count + 1)
    )
    made = Entrusted(
        COUNTY, DEPARTMENT, "榆民救委〔2026〕11号", None, 202611, date(2026, 11, 27), households
    )
    return replace(made, **changes)


def delivery() -> Delivery:
    """A medium for the bank."""
    return Delivery(
        agency=COUNTY,
        unit="吉林榆树农村商业银行股份有限公司",
        number="榆交 2026-11-000007",
        period=202611,
        made_on=date(2026, 11, 11),
        made_by="周建华",
        confirmed_by="郑伟",
        households=9,
        people=31,
        items=124,
        reply_term="签收后 7 个工作日内",
        reply_article="吉民发〔2017〕58号 第十二条",
        file_name="数据交换包 榆交 2026-11-000007.zip",
    )


def archive() -> Archive:
    """赵国强's case, filed."""
    papers = (
        FiledPaper("核对委托书", "榆民救委〔2026〕11号", date(2026, 11, 4)),
        FiledPaper("核对名单"),
        FiledPaper("查询授权书（4 份）", pages=4),
        FiledPaper("核对报告（县级）", "榆报 2026-11-000001", date(2026, 11, 24), 5),
        FiledPaper("统一反馈", "榆反馈 2026-11-000001 v1", date(2026, 11, 25), 6),
    )
    done = household(state="reported", state_title="已反馈")
    return Archive(done, "榆民救委〔2026〕11号", date(2026, 11, 4), date(2026, 11, 25), papers)


def drawn(*drafts: Draft) -> bytes:
    """The papers as one file."""
    return render_together([paginate(draft) for draft in drafts], drafts[0].title)


def words_of(pdf: bytes) -> str:
    """What a reader finds in a file, without spaces and line ends."""
    printed = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return re.sub(r"\s+", "", printed.stdout.decode())


def text_of(draft: Draft) -> str:
    """Everything a paper says, as it was composed."""
    return "\n".join(_strings(draft))


def _strings(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif is_dataclass(part):
        for name in part.__dataclass_fields__:
            yield from _strings(getattr(part, name)) if name not in {"face", "align"} else ()
    elif isinstance(part, tuple):
        for inner in part:
            yield from _strings(inner)


def pages_of(pdf: bytes) -> int:
    """How many pages a file has."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)


def all_papers() -> Sequence[Draft]:
    """One of each, for looking at."""
    one, many = household(), entrusted(12)
    ends = {many.households[0].number: Ends(6, 120, 2, 4)}
    return (
        compose_letter(many, law()),
        compose_list(many),
        *(compose_authorisation(one, person, law()) for person in one.people),
        compose_notice(one, law()),
        compose_home_visit(one),
        compose_assessment(DESK, 202611, many.households),
        compose_summary(many, ends, date(2026, 11, 20)),
        compose_delivery_note(delivery()),
        compose_archive_cover(archive()),
    )
