"""Every list offers 导出 xlsx of what it shows, and gets it; enumerated from the program."""

import io
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from app.cases import paging
from tests.architecture.every_page import Opened, every_page
from tests.isolation.browser import sign_in
from tests.isolation.canaries.planting import seen
from tests.isolation.conftest import Watched, watched
from tests.isolation.test_pages import OWN_COUNTY, seats, words_of
from worker.working import drain

__all__ = ["watched"]

pytestmark = pytest.mark.slow

TABLE = '<table class="grid"'
BUTTON = 'action="/sheet"'
GROWING = {"made.show", "notices.show", "people.trail"}
NO_LISTS = {
    "archive.filing": "a form: closed cases to tick",
    "archive.show": "one file: its package holds the list of its documents",
    "changes.addition": "one addition, held against its paper",
    "changes.show": "one household: its people, each with what can be recorded",
    "delegation.choose_items": "a form: the items of one case to tick",
    "decisions.new_file": "a form: the table says how its sheet is filled in",
    "decisions.show": "one household: what was decided on it, each revision",
    "dossier.show": "one household: its page prints",
    "layouts.columns": "a form: which column of a reply is which of ours",
    "store_columns.columns": "a form: which column of a file is which of ours",
    "paper_replies.show": "one sealed paper reply, its lines typed twice",
    "holidays.show_notice": "one notice: its days and what it moves",
    "evaluation.new": "a form: the table says what is evaluated",
    "evaluation.set_targets": "a form: the table says what is evaluated",
    "evaluation.show": "one score sheet: its page prints",
    "intake.first_look": "one household, its papers ticked off",
    "intake.columns": "a form: which column of a sheet is which of ours",
    "intake.household": "one household, looked at during the check",
    "intake.new_correction": "a form: a file for the households that it lists",
    "intake.new_entrustment": "a form: lists to tick",
    "intake.new_list": "a form: the table says what a list must hold",
    "prints.before_sealing": "a form: lists to tick",
    "prints.for_entrustment": "papers to print, one a line",
    "prints.for_list": "a form: households to tick",
    "intake.reasons": "a form: the reasons of one return",
    "insurance.show_task": "one person: what was done, and what may be done next",
    "objections.show": "one objection: its page prints",
    "inspections.show_item": "one look: what was asked and answered about it",
    "own_looks.show": "one look that one is asked about",
    "own_looks.show_recusal": "a form, with one's own numbers",
    "looking.show": "a form: the table says what was asked for",
    "papers.new_batch": "a form: the table says how to name the files",
    "papers.show": "one household: its scans",
    "papers.show_batch": "a form: which file goes where, to be confirmed",
    "integrity.show": "one entry: what was said and who was told",
    "integrity.look_up": "a look-up of one number",
    "temporary.show": "one application: its questions and decisions, and its papers print",
    "temporary_desk.show": "one application, as its desk sees it",
    "tip_offs.show": "one tip-off: who keeps away from it",
    "people.show_person": "one person, with a form for each role",
    "answering.new": "a form: a letter as it came",
    "answering.enter": "a form: a letter as it came",
    "answering.show": "one letter: what is answered of each person",
    "outward.show": "one list: what it says of itself, and its first rows",
    "register.columns": "a form: which column of an export is which of ours",
    "register.show_load": "one export: its totals, as they were told and as they were read",
}


@pytest.fixture(scope="module")
def lists(watched: Watched) -> list[Opened]:
    """One page of each route and role that shows a table with rows."""
    found: dict[tuple[str, str], Opened] = {}
    for opened in every_page(watched, OWN_COUNTY, ("GET",)):
        if opened.is_page and opened.role != "anybody" and TABLE in opened.answer.text:
            found.setdefault((opened.endpoint, opened.role), opened)
    return list(found.values())


def test_every_list_has_its_workbook(watched: Watched, lists: list[Opened]) -> None:
    own = watched.world.agency(OWN_COUNTY).id
    offered, wrong = set(), []
    browsers = {seat.role: sign_in(watched.app, seat.person) for seat in seats(watched, OWN_COUNTY)}
    for opened in lists:
        offers = BUTTON in opened.answer.text
        if offers is (opened.endpoint in NO_LISTS):
            wrong.append(f"{opened}: {'offers' if offers else 'does not offer'} a workbook")
        if not offers or opened.endpoint in offered:
            continue
        offered.add(opened.endpoint)
        answer = browsers[opened.role].post("/sheet", {"of": opened.url})
        if answer.status_code != 200 or answer.get_data()[:2] != b"PK":
            wrong.append(f"{opened}: the workbook is {answer.status_code}")
        elif {place.agency_id for place in seen(words_of(answer))} - {own}:
            wrong.append(f"{opened}: the workbook shows what the page does not")
    assert not wrong, "\n".join(wrong)
    assert len(offered) > 10


def test_a_list_read_in_stretches_is_the_same_workbook(
    watched: Watched, lists: list[Opened], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every list, as the first role sees it that has it, two rows a time by the worker, beside the same list at once; but
    for those to which asking for a workbook adds a line."""
    settings, by_worker = watched.app.extensions["hedui.settings"], set()
    browsers = {seat.role: sign_in(watched.app, seat.person) for seat in seats(watched, OWN_COUNTY)}
    for opened in {opened.endpoint: opened for opened in reversed(lists)}.values():
        browser = browsers[opened.role]
        if opened.endpoint in NO_LISTS or opened.endpoint in GROWING:
            continue
        at_once = browser.post("/sheet", {"of": opened.url})
        assert at_once.status_code == 200, opened
        with monkeypatch.context() as patched:
            patched.setattr(paging, "ROWS_AT_ONCE", 2)
            asked = browser.post("/sheet", {"of": opened.url})
            drain(watched.app, settings)
        if asked.status_code == 303:
            made = browser.post(f"{asked.location}/download", {})
            assert made.status_code == 200, f"{opened}: {browser.get(asked.location).text}"
            assert sheets_in(made.data) == sheets_in(at_once.data), opened
            by_worker.add(opened.endpoint)
    assert {"cases.index", "matters.index", "report.issued", "intake.entrustments"} <= by_worker


def sheets_in(data: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_a_workbook_is_as_closed_as_its_page(watched: Watched) -> None:
    """王芳 may open the case list; the administrator of accounts may not, and gets no workbook."""
    people = {seat.role: seat.person for seat in seats(watched, OWN_COUNTY)}
    officer = sign_in(watched.app, people["intake_officer"])
    assert officer.post("/sheet", {"of": "/cases"}).status_code == 200
    administrator = sign_in(watched.app, people["system_administrator"])
    assert administrator.post("/sheet", {"of": "/cases"}).status_code == 403
    for place in ("", "/nowhere", "/sign-in", "/lists/template"):
        assert officer.post("/sheet", {"of": place}).status_code in (403, 422), place
