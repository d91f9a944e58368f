"""What columns, changes and files of outward lists are called."""

ROWS_FILE = "{title} {number}.ndjson"
PACKAGE_FILE = "{title} {number}.zip"
COVER_FILE = "{title} {number} 封面.pdf"
LIST_IN_PACKAGE = "名单.xlsx"
COVER_IN_PACKAGE = "封面.pdf"
MANIFEST = "manifest.json"
SHEET = "名单"
HEADINGS = {
    "change": "变动",
    "scheme": "救助项目",
    "name": "姓名",
    "id_number": "证件号码",
    "household_no": "户编号",
    "head": "是否户主",
    "amount": "户月保障金额（元）",
    "township": "乡镇（街道）",
    "region": "县（市、区）",
    "services": "用于",
    "as_of": "依据日期",
    "why": "退出原因",
}
WIDTHS = {
    **{"change": 8, "scheme": 14, "name": 14, "id_number": 22, "household_no": 20, "head": 10},
    **{"amount": 16, "township": 18, "region": 14, "services": 34, "as_of": 12, "why": 20},
}
CHANGES = {"present": "在享", "added": "新增", "changed": "变更", "ended": "退出"}
SERVICES = {"job": "就业服务", "premium": "代缴城乡居民养老保险费"}
WHY = {
    "": "",
    "changed": "有了新的内容",
    "stopped": "审批停止",
    "revoked": "审批更正",
    "left": "系统导出中已没有",
    "replaced": "上报的名单中已没有",
    "over_age": "超过劳动年龄",
    "died": "死亡",
}
HEAD = ("否", "是")
THEN = "、"
