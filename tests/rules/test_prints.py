"""What the papers say, and what none of them may say; pages as laid out, seal on each."""

import re
from dataclasses import replace

import pytest

from app.cases.identity import Guardian
from app.prints.papers.archive_cover import compose_archive_cover
from app.prints.papers.assessment import compose_assessment
from app.prints.papers.authorisation import compose_authorisation
from app.prints.papers.content import Ends, Law
from app.prints.papers.delivery_note import compose_delivery_note
from app.prints.papers.home_visit import compose_home_visit
from app.prints.papers.letter import compose_letter
from app.prints.papers.notice import compose_notice
from app.prints.papers.parts import kinds_of
from app.prints.papers.subject_list import compose_list
from app.prints.papers.summary import compose_summary
from app.report.paper.blocks import Draft
from app.report.paper.paging import paginate
from tenants.rulebook import rulebook
from tests.rules.print_desk import (
    DEPARTMENT,
    DESK,
    FATHER,
    HEAD,
    LONG,
    SON,
    WIFE,
    all_papers,
    archive,
    delivery,
    drawn,
    entrusted,
    household,
    law,
    law_in,
    pages_of,
    text_of,
    words_of,
)
from tests.world.plan import month

AMOUNT = re.compile(r"\d[\d,]*\.\d\d|\d+(\.\d+)? ?元")
LONG_NUMBER = re.compile(r"\d{8,}|\d{6}\*")


def test_everything_printed_can_be_read_back() -> None:
    """One run of the engine over all papers: names as they are, pages as they were laid out."""
    papers = all_papers()
    pdf = drawn(*papers)
    read = words_of(pdf)
    assert pages_of(pdf) == sum(len(paginate(paper).pages) for paper in papers)
    for paper in papers:
        assert paper.title in read
    for words in (LONG, "李·明", "220182197105164519", "护照E12345678", "监护人捺印"):
        assert words.replace(" ", "") in read
    assert "第1页共3页" in read, "the list says its pages"


@pytest.mark.parametrize("count", [1, 300])
def test_a_list_is_whole_and_has_room_for_the_seal_on_every_page(count: int) -> None:
    paged = paginate(compose_list(entrusted(count)))
    rows = [
        part
        for page in paged.pages
        for part in page
        if part.kind == "row" and part.content[0].lines
    ]
    assert len(rows) == count * 3
    for page in paged.pages:
        closing = page[-1]
        assert closing.kind == "closing"
        assert f"{DEPARTMENT}（公章）" in closing.content["agency"]
        assert all(part.top_mm + part.height_mm <= closing.top_mm for part in page[:-1])


def test_the_letter_counts_and_leaves_room_for_what_is_not_known_yet() -> None:
    said = text_of(compose_letter(entrusted(12, letter_number=""), law()))
    assert "12 户 36 人" in said
    assert "　　　〔　　　　〕　　　号" in said
    assert "请于 2026年11月27日 前" in said
    assert "年　　月　　日" in said
    assert "授权书》（个人签字、捺印）36 份" in said
    nowhere = text_of(compose_letter(entrusted(1, due_on=None), law()))
    assert "请于" not in nowhere


def test_the_letter_has_one_page_for_every_scheme_there_is() -> None:
    homes = tuple(
        household(no, scheme_title=f"第{no}种救助", application=("new", "periodic")[no % 2])
        for no in range(len(rulebook(22).matrix))
    )
    draft = compose_letter(entrusted(households=homes), law())
    assert len(paginate(draft).pages) == 1


def test_a_minor_signs_by_the_guardian_and_nobody_else_does() -> None:
    child = text_of(compose_authorisation(household(), SON, law()))
    assert "监护人签字" in child
    assert "授权人签字" not in child
    for person in (HEAD, WIFE, FATHER, replace(SON, age=18)):
        said = text_of(compose_authorisation(household(), person, law()))
        assert "监护人签字" not in said
        assert "授权人签字" in said


def test_a_known_guardian_is_filled_in_of_a_minor_and_of_whoever_has_one() -> None:
    father = Guardian("赵国强", "父亲", "220182197001010015")
    for person, note in ((SON, "未满 18 周岁"), (WIFE, "不具备完全民事行为能力")):
        said = text_of(compose_authorisation(household(), replace(person, guardian=father), law()))
        assert "220182197001010015" in said
        assert "父亲" in said
        assert note in said
        assert "授权人签字" not in said


def test_a_consent_says_what_is_asked_of_whom_how_long_and_how_to_withdraw() -> None:
    said = text_of(compose_authorisation(household(), HEAD, law()))
    for words in (
        "吉民发〔2017〕58号",
        "公安部门：户籍人口登记与注销、机动车辆权属、出入境",
        "至 2027年11月2日 止，最长不超过 12 个月",
        "可以随时以书面形式",
        "捺印",
    ):
        assert words in said


def test_a_narrowed_consent_prints_its_scope_and_nothing_else() -> None:
    said = text_of(
        compose_authorisation(
            household(), replace(HEAD, narrowed=(("公安部门", ("机动车辆权属",)),)), law()
        )
    )
    assert "只限以下各项，其余不查询——公安部门：机动车辆权属。" in said
    assert "民政部门" not in said


def test_an_obligor_is_asked_less_and_consents_as_one() -> None:
    said = text_of(compose_authorisation(household(), FATHER, law()))
    assert "本人为赵国强的赡（抚、扶）养义务人" in said
    assert "商业保险" not in said
    assert "护照 E12345678" in said
    assert "自签署之日起至 　　　年" in said, "no consent holds: the day is written by hand"


@pytest.mark.parametrize("province", [22, 44])
def test_a_consent_has_one_page_in_every_province_and_scheme(province: int) -> None:
    book = law_in(province)
    for scheme in rulebook(province).matrix:
        for person in (replace(HEAD, name=LONG), SON, FATHER):
            draft = compose_authorisation(household(scheme=scheme, head=LONG), person, book)
            assert len(paginate(draft).pages) == 1, f"{province} {scheme} {person.role}"


def test_the_notice_tells_the_household_its_rights_on_one_page() -> None:
    draft = compose_notice(household(), law())
    said = text_of(draft)
    for words in ("说明：", "异议：", "撤回：", "2026年11月27日", "7 个工作日", "义务人"):
        assert words in said
    assert len(paginate(draft).pages) == 1
    assert "前反馈" not in text_of(compose_notice(household(due_on=None), law()))


def test_the_visit_is_told_who_lives_there_and_nothing_that_was_found_or_declared() -> None:
    said = text_of(compose_home_visit(household()))
    assert "赵一鸣" in said
    assert LONG in said
    assert not LONG_NUMBER.search(said)
    assert not AMOUNT.search(said)


def test_who_died_or_moved_away_is_told_and_visited_no_more() -> None:
    """刘桂兰 died: the household's papers leave her out, the sealed list keeps her."""
    people = (HEAD, replace(WIFE, has_left=True), SON)
    home = household(people=people)
    assert "刘桂兰" not in text_of(compose_notice(home, law()))
    assert "刘桂兰" not in text_of(compose_home_visit(home))
    assert "赵一鸣" in text_of(compose_home_visit(home))
    assert "刘桂兰" in text_of(compose_list(entrusted(households=(home,))))


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("reported", "核对已完成"),
        ("checking", "核对未完成"),
        ("returned", "核对未完成"),
        ("terminated", "不再核对"),
        ("withdrawn", "不再核对"),
    ],
)
def test_the_assessment_has_a_conclusion_and_no_amounts_or_numbers(state: str, words: str) -> None:
    households = tuple(household(no, state=state) for no in (1, 2))
    said = text_of(compose_assessment(DESK, 202611, households))
    assert words in said
    assert not AMOUNT.search(said)
    assert not LONG_NUMBER.search(said)
    for person in (*households[0].people, HEAD):
        assert person.id_number not in said
    assert household().number not in said


def test_the_assessment_says_whether_there_was_something_to_explain_and_never_what() -> None:
    homes = (
        household(1, state="reported", has_matters=True),
        household(2, state="reported"),
        household(3, state="checking", has_matters=True),
    )
    table = next(b for b in compose_assessment(DESK, 202611, homes).blocks if hasattr(b, "rows"))
    assert [row[6] for row in table.rows] == [("有",), ("无",), ("□ 无　□ 有",)]


def test_the_guard_of_the_assessment_would_see_them() -> None:
    """The control: the list holds numbers, and a report's words hold amounts."""
    assert LONG_NUMBER.search(text_of(compose_list(entrusted(1))))
    assert AMOUNT.search("存款 8,000.00 元")


def test_the_summary_adds_up_and_leaves_out_what_is_not_known() -> None:
    batch = entrusted(3)
    ends = {batch.households[0].number: Ends(6, 120, 2, 4), batch.households[2].number: Ends(1)}
    draft = compose_summary(batch, ends, month().steps[-1].day)
    table = next(block for block in draft.blocks if hasattr(block, "rows"))
    assert [cell[0] for cell in table.rows[0]][6:] == ["6", "120", "2", "4"]
    assert [cell[0] for cell in table.rows[1]][6:] == ["—"] * 4
    assert [cell[0] for cell in table.rows[3]][1:4] == ["合计", "3 户", "9"]
    assert [cell[0] for cell in table.rows[3]][6:] == ["7", "120", "2", "4"]


def test_the_delivery_note_names_the_medium_and_never_a_password() -> None:
    draft = compose_delivery_note(delivery())
    said = text_of(draft)
    assert "9 户，31 名核对对象，124 项次" in said
    assert "介质编号" in said
    assert "不写在本单和介质上" in said
    assert "密码：" not in said
    assert len(paginate(draft).pages) == 1


def test_the_archive_cover_lists_the_papers_and_leaves_the_retention_open() -> None:
    draft = compose_archive_cover(archive())
    said = text_of(draft)
    for words in ("榆反馈 2026-11-000001 v1", "保管期限", "2026-11-04 至 2026-11-25", LONG):
        assert words in said
    assert len(paginate(draft).pages) == 1


def test_every_paper_is_closed_or_signed_and_none_says_what_is_not_known() -> None:
    for draft in all_papers():
        assert isinstance(draft, Draft)
        assert "None" not in re.sub(r"closing=None", "", text_of(draft))


def test_the_law_of_every_scheme_and_role_is_at_hand() -> None:
    assert isinstance(law(), Law)
    for role in ("applicant", "member", "obligor"):
        assert set(law().asked[role]) == set(rulebook(22).matrix)
    assert kinds_of([301, 302, 101])[0][0] == "民政部门"
