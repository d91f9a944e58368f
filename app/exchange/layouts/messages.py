"""What a person is told of a reply in a unit's own layout, and the words such files are full of."""

from tenants.messages import register

NOTHING = frozenset(
    {"无", "无记录", "查无", "查无此人", "无信息", "未查到", "未查询到", "没有", "无数据", "无账户"}
)
"""Words in a cell that say that there is nothing."""

TOTALS = ("合计", "总计", "小计", "共计", "制表", "填表", "复核", "校验码", "备注：", "说明")
"""Beginnings of rows that are no answer: totals, signatures, remarks below the table."""

ITEM_IGNORED = "不是反馈内容，不读"
AMOUNT_UNIT_TITLES = {"yuan": "元", "wan": "万元", "fen": "分"}
DAY_TITLES = {
    "column": "表中有这一列",
    "title": "表头上方的标题里写着",
    "told": "上传时填写",
}
BLANK_TITLES = {"missing": "算没有反馈，等对方补交", "no_record": "算无记录"}
ABSENT_TITLES = {
    "missing": "算没有反馈，等对方补交",
    "no_record": "算无记录：该单位书面说明只列有记录的人",
}
ALSO = {
    "id_number": ("证件号码", "身份证号", "身份证号码", "公民身份号码", "身份证件号码", "证件号"),
    "name": ("姓名", "客户名称", "客户姓名", "户名", "被查询人", "人员姓名"),
    "line_no": ("行号", "名单行号"),
    "outcome": ("查询结果", "核查结果", "结果", "有无记录", "是否有记录", "反馈结果"),
    "as_of": ("数据截至日期", "截至日期", "截止日期", "数据日期", "查询日期"),
    "remark": ("备注", "说明"),
}
"""Key → headings that units give the columns which every reply has."""

UNEXPLAINED = "待说明的工作表：{sheets}"

register(
    {
        "own_next_sheet": "这张工作表的栏目已保存；还有工作表没有说明，请继续。",
        "own_ignored": "这张工作表不作为反馈内容读取。",
        "own_csv": "文件",
        "own_stamp_missing": (
            "文件里没有本次申请的校验码（工作表、文件名里都没有），不能确认对应哪一次申请。"
            "请用数据包中的反馈模板填写，或者把校验码写在表头上方、表尾或文件名里；"
            "系统导出的文件带不上校验码的，写在盖章的复函上，由交换员上传时抄录。"
        ),
        "own_stamp_other": (
            "文件里的校验码不是本次申请的，可能是另一次申请的反馈；请到该申请下上传，或换成正确的文件。"
        ),
        "own_not_asked": "这一行的人不在本次核对名单中，只能反馈名单上的人员；请核对证件号码，或删除这一行。",
        "own_no_id": "这一行没有证件号码，不能确认是谁；请补上名单上的证件号码，或删除这一行。",
        "own_word_unknown": "“{heading}”里的这个词没有说明过是什么意思；请在“栏目说明”里补上它的含义，再重新读取。",
        "own_day_missing": (
            "工作表“{sheet}”里没有数据截至日期；请上传时填写“数据截至日期”，或者说明哪一列是截至日期。"
        ),
        "own_id_scientific": (
            "工作表“{sheet}”第 {row} 行的证件号码是数字格式，后几位可能已经丢失；"
            "请把该列设为文本格式，从系统重新导出。"
        ),
        "own_formula": "工作表“{sheet}”第 {row} 行是公式，不能确认数值；请复制后“选择性粘贴为数值”，再上传。",
        "own_id_column": "请选择证件号码在哪一列；没有证件号码不能确认反馈的是谁。",
        "own_column_twice": "“{column}”选的 {letter} 列已经选给“{other}”，请改选其中一个。",
        "own_no_content": "请至少选择“查询结果”或一项内容在哪一列。",
        "own_basis": "请填写依据，例如该单位说明函的文号，2 至 100 个字。",
        "own_nothing": "没有要读的内容：每张工作表都选了“不是反馈内容”。",
        "own_heading": "“{ours}”（表中“{theirs}”）",
    }
)
