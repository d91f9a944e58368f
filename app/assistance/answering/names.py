"""What columns and files of an answer are called."""

PACKAGE_FILE = "来函答复 {number}.zip"
SCAN_FILE = "来函.pdf"
LIST_IN_PACKAGE = "答复名单.xlsx"
HEADINGS = {
    "line": "序号",
    "name": "姓名",
    "id_number": "证件号码",
    "item": "事项",
    "outcome": "结果",
    "words": "内容或原因",
    "as_of": "截至日期",
    "source": "来源",
}
WIDTHS = {
    **{"line": 8, "name": 14, "id_number": 22, "item": 16, "outcome": 12, "words": 50},
    **{"as_of": 14, "source": 24},
}
THEN, IS = "；", "："
