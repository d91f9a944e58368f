"""A page's tables become a workbook: what is seen and nothing else, texts as texts."""

import fastexcel

from app.web.sheets import Sheet, sheets_of, workbook

PAGE = """
<form><table class="grid" aria-label="各户"><thead><tr>
<th class="pick"><label><input type="checkbox" aria-label="全选本页"></label></th>
<th scope="col">案件编号</th><th>户主</th><th class="number">存款（元）</th><th>所属</th>
<th><span class="visually-hidden">操作</span></th></tr></thead><tbody>
<tr><td class="pick"><input name="ids" value="7:0"></td><td rowspan="2"><a href="/cases/7">榆核 1</a></td>
<td>张&amp;三<div class="soft masked">220182********123X
<details><summary>查看</summary><form><button>查看</button></form></details></div></td>
<td class="number">-1,200.50</td><td>=1+1</td><td class="act"><a>查看</a></td></tr>
<tr><td class="pick"></td><td>李四</td><td class="number">12 户</td><td>007</td><td class="act"></td></tr>
</tbody></table></form><table class="grid" aria-label="空"><thead><tr><th>名</th></tr></thead></table>
<table class="facts"><tr><td>不是列表</td></tr></table>
"""


def test_a_table_is_read_as_it_is_seen():
    (sheet,) = sheets_of(PAGE)
    assert sheet.title == "各户"
    assert sheet.rows == [
        ["案件编号", "户主", "存款（元）", "所属"],
        ["榆核 1", "张&三\n220182********123X", -1200.5, "=1+1"],
        ["榆核 1", "李四", "12 户", "007"],
    ]


def test_texts_stay_texts_and_each_table_has_its_sheet():
    data = workbook([*sheets_of(PAGE), Sheet("a/b:[c]" * 9, [["名"], ["甲"]])])
    book = fastexcel.read_excel(data)
    first, second = book.sheet_names
    assert (first, len(second)) == ("1 各户", 31)
    rows = book.load_sheet(0).to_polars()
    assert rows["所属"].to_list() == ["=1+1", "007"]
    assert b"<f>" not in data
