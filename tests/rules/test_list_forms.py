"""What goes back to people: the error file, mended and sent again, and the template, filled in."""

import io
import zipfile

import fastexcel
import pytest

from app.intake.columns import COLUMNS, ERROR_COLUMN, GUIDE_SHEET, KEYS, WORDS
from app.intake.error_file import write_error_file
from app.intake.sheet import read_sheet
from app.intake.template_file import write_template
from tenants.messages import Fault
from tests.files.lists import (
    FAMILY,
    GOOD,
    HEADERS,
    LI,
    WANG,
    ZHANG,
    changed,
    check,
    csv_bytes,
    fill,
    with_part,
    xlsx,
)

SHEET = "xl/worksheets/sheet1.xml"


def error_file(data: bytes) -> bytes:
    sheet = read_sheet(data, "名单")
    return write_error_file(sheet, check(sheet))


def cells(data: bytes) -> list[tuple[str | None, ...]]:
    reader = fastexcel.read_excel(data)
    return reader.load_sheet(0, header_row=None, skip_rows=0, dtypes="string").to_polars().rows()


def replaced(data: bytes, old: str, new: str) -> bytes:
    return with_part(
        data, "xl/sharedStrings.xml", lambda x: x.replace(f">{old}<".encode(), f">{new}<".encode())
    )


BAD = [*FAMILY[:1], WANG | {"phone": "123", "monthly_income": "-5"}, *FAMILY[2:], LI]


def test_only_the_households_held_back_come_back_as_they_were_sent():
    rows = cells(error_file(xlsx(BAD, title="双阳区名单")))

    assert rows[0][1] == "双阳区名单"
    assert rows[1] == (ERROR_COLUMN, *HEADERS.values())
    assert [row[4] for row in rows[2:]] == ["张秀兰", "王建国", "王小雨", "王大明"]
    assert rows[2][list(HEADERS).index("monthly_income") + 1] == "1,200.50"


def test_every_row_says_what_is_wrong_with_it_and_with_its_household():
    rows = cells(error_file(xlsx(BAD)))

    assert rows[2][0].startswith("“联系电话”：电话号码不对。")
    assert "“申报月收入(元)”：金额不能是负数。" in rows[2][0].splitlines()[1]
    assert rows[1][0] == "本行没有问题；本户第 3 行有误，整户退回，改正后一并上传。"


def test_rows_that_are_named_are_those_of_the_error_file():
    two_names = {**FAMILY[3], "household_no": "SY-003", "name": "王大名"}
    other = [
        LI | {"household_no": "SY-003", "id_number": ZHANG["id_number"], "name": "张秀兰"},
        two_names,
    ]
    rows = cells(error_file(xlsx([LI, *FAMILY, *other])))

    named = {row[4]: row[0] for row in rows[1:]}
    assert [row[4] for row in rows[1:]] == [
        "张秀兰",
        "王建国",
        "王小雨",
        "王大明",
        "张秀兰",
        "王大名",
    ]
    assert "与第 5 行的证件号码相同，但姓名不同" in named["王大名"]
    assert "与第 2 行的证件号码相同，但户编号不同" in named["张秀兰"]


@pytest.mark.parametrize(
    "sent", [xlsx(BAD, title="名单"), csv_bytes(BAD, "gbk"), xlsx(BAD, keys=KEYS[::-1])]
)
def test_mended_it_is_uploaded_as_it_is(sent):
    returned = error_file(sent)
    mended = replaced(replaced(returned, "123", "13900139000"), "-5", "5")

    checked = check(read_sheet(mended, "错误.xlsx"))

    assert checked.faults == []
    assert checked.good["name"].to_list() == [row["name"] for row in FAMILY]


def test_half_mended_it_comes_back_with_one_column_of_errors():
    again = error_file(replaced(error_file(xlsx(BAD)), "123", "13900139000"))

    assert cells(again)[0] == (ERROR_COLUMN, *HEADERS.values())
    assert "联系电话" not in cells(again)[2][0]


def test_nothing_in_it_can_run():
    hostile = changed(
        1,
        name='=HYPERLINK("http://x.example","点我")',
        phone="@SUM(1+1)*cmd|' /C calc'!A0",
        relation="http://x.example",
    )
    returned = error_file(csv_bytes(hostile))

    with zipfile.ZipFile(io.BytesIO(returned)) as archive:
        xml = archive.read(SHEET)
        names = archive.namelist()
    assert b"<f>" not in xml
    assert b"hyperlink" not in xml
    assert not any("externalLink" in name for name in names)
    assert cells(returned)[2][4].startswith("=HYPERLINK")


def test_all_its_cells_are_text():
    with zipfile.ZipFile(io.BytesIO(error_file(xlsx(BAD)))) as archive:
        xml = archive.read(SHEET)

    assert xml.count(b"<c ") == xml.count(b't="inlineStr"') + xml.count(b't="s"')


def test_columns_that_are_not_ours_come_back_too():
    rows = cells(error_file(xlsx([row | {"备注": "低保户"} for row in BAD], keys=[*KEYS, "备注"])))

    assert rows[0][-1] == "备注"
    assert rows[1][-1] == "低保户"


def test_the_template_filled_in_is_good():
    checked = check(read_sheet(fill(write_template(), GOOD), "模板.xlsx"))

    assert checked.faults == []
    assert checked.households.good == 2


def test_the_template_as_it_is_only_lacks_rows():
    with pytest.raises(Fault, match="至少填写一户"):
        read_sheet(write_template(), "模板.xlsx")


def test_every_word_that_the_template_offers_is_understood():
    from app.intake.columns import codes_of_words

    guide = fastexcel.read_excel(write_template()).load_sheet(
        GUIDE_SHEET, header_row=None, skip_rows=0, dtypes="string"
    )
    offered = {cell for row in guide.to_polars().rows() for cell in row if cell}
    for key, words in WORDS.items():
        for word in words:
            assert word.word in offered
            assert codes_of_words(key)[word.word] == word.code


def test_identity_numbers_are_typed_as_text_in_the_template():
    with zipfile.ZipFile(io.BytesIO(write_template())) as archive:
        styles = archive.read("xl/styles.xml").decode()
        sheet = archive.read(SHEET).decode()

    assert 'numFmtId="49"' in styles
    assert sheet.count("<dataValidation ") == len([c for c in COLUMNS if c.kind == "word"])
