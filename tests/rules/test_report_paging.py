"""Pages are known before anything is drawn; tables repeat their head; no text is cut."""

import pytest

from app.report.paper.blocks import TEXT_WIDTH_MM
from app.report.paper.compose_own import compose_own
from app.report.paper.paging import TEXT_HEIGHT_MM, PagedDocument, paginate
from app.report.paper.typeset import shown
from tests.rules.report_desk import many_asked, own_report


def cell_text(paged: PagedDocument, column: int, kind: str = "row") -> str:
    return "".join(
        "".join(part.content[column].lines)
        for page in paged.pages
        for part in page
        if part.kind == kind and len(part.content) > column
    )


@pytest.mark.parametrize("count", [0, 1, 7, 30, 31, 32, 33, 34, 35, 90, 400])
def test_everything_stays_within_the_text_area(count: int) -> None:
    paged = paginate(compose_own(many_asked(count)))
    for page in paged.pages:
        bottom = 0.0
        for part in page:
            assert part.top_mm >= bottom - 1e-6
            bottom = part.top_mm + part.height_mm
        assert 0 < bottom <= TEXT_HEIGHT_MM + 1e-6


@pytest.mark.parametrize("count", [30, 90, 400])
def test_each_item_stands_once_and_each_page_of_rows_has_a_head(count: int) -> None:
    paged = paginate(compose_own(many_asked(count)))
    items = [
        "".join(part.content[2].lines)
        for page in paged.pages
        for part in page
        if part.kind == "row" and len(part.content) == 6
    ]
    assert items == [f"事项{at:04d}" for at in range(count)]
    for page in paged.pages[1:]:
        kinds = [part.kind for part in page]
        if "row" in kinds:
            assert kinds.index("head") == kinds.index("row") - 1


def test_a_head_or_heading_never_stands_last_on_a_page() -> None:
    for count in range(0, 60):
        for page in paginate(compose_own(many_asked(count))).pages:
            assert page[-1].kind not in ("head", "heading")


def test_the_seal_page_also_carries_text_and_the_seal_lies_on_the_paper() -> None:
    for count in range(0, 60):
        paged = paginate(compose_own(many_asked(count)))
        assert paged.seal.page == len(paged.pages) - 1
        assert any(part.face.name == "note" for part in paged.pages[-1])
        x1, y1, x2, y2 = paged.seal.box
        assert 79 < x1 < x2 < 595 - 73
        assert 90 < y1 < y2 < 842 - 90


def test_a_name_of_ten_thousand_characters_is_cut_over_pages_without_loss() -> None:
    name = "赵" + "国" * 9_998 + "强"
    [subject, other] = own_report().subjects
    long_named = own_report(
        subjects=(type(subject)(name, *list(vars(subject).values())[1:]), other)
    )
    paged = paginate(compose_own(long_named))
    assert name in cell_text(paged, 0)
    assert len(paged.pages) > 40


def test_columns_fill_the_text_width_exactly() -> None:
    paged = paginate(compose_own(own_report()))
    for page in paged.pages:
        for part in page:
            if part.kind in ("row", "head"):
                assert sum(cell.width_mm for cell in part.content) == pytest.approx(TEXT_WIDTH_MM)


def test_hidden_marks_in_the_number_are_shown() -> None:
    assert (
        "〔U+202E〕"
        in paginate(compose_own(own_report("榆\u202e1号"))).number
        == shown("榆\u202e1号")
    )
