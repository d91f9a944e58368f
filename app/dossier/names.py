"""What downloads of this package are called, and the headings inside them."""

CASES_FILE = "案件清单.xlsx"
CASES_SHEET = "案件清单"
CASES_HEADINGS = (
    ("编号", 22),
    ("户主", 12),
    ("户主证件号码", 22),
    ("委托单位", 26),
    ("救助项目", 18),
    ("申请类型", 12),
    ("人数", 8),
    ("所属月份", 12),
    ("状态", 14),
    ("反馈期限", 14),
)
