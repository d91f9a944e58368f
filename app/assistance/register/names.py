"""Headings of the exports that are understood by themselves, and what files are called."""

SYSTEM = "全国低保系统"
KEYS = ("household_no", "name", "id_number", "relation", "township", "amount")
NEEDED = ("household_no", "name", "id_number")
HEADINGS = {
    "household_no": "户编号",
    "name": "姓名",
    "id_number": "证件号码",
    "relation": "与户主关系",
    "township": "乡镇（街道）",
    "amount": "月保障金额",
}
NOTES = {
    "household_no": "同一户各行相同；没有户编号的，用户主证件号码一列",
    "name": "本人姓名，不是户主姓名",
    "id_number": "本人的公民身份号码",
    "relation": "没有的，每户第一行作为户主",
    "township": "没有的，不能按乡镇（街道）筛选",
    "amount": "没有发放金额的救助项目不用选",
}
ALSO = {
    "household_no": (
        *("家庭编号", "户号", "户主证件号码", "户主身份证号", "户主身份证号码", "户主身份证"),
        *("低保证号", "低保证编号", "救助证号", "救助证编号", "家庭编码", "户编码"),
    ),
    "name": ("救助对象姓名", "保障对象姓名", "成员姓名", "人员姓名", "家庭成员姓名", "本人姓名"),
    "id_number": (
        *("身份证号", "身份证号码", "公民身份号码", "身份证件号码", "成员身份证号"),
        *("家庭成员身份证号", "本人身份证号", "成员证件号码"),
    ),
    "relation": ("与户主关系", "与申请人关系", "家庭关系", "关系", "成员关系"),
    "township": ("乡镇", "街道", "乡镇街道", "所属乡镇", "所属街道", "镇街", "所在乡镇"),
    "amount": (
        *("户月保障金额", "月保障金", "保障金额", "救助金额", "户月救助金", "月发放金额"),
        *("发放金额", "家庭月保障金", "月救助金额", "户月保障金"),
    ),
}
HEAD_WORDS = frozenset({"户主", "本人", "申请人", "户主本人", "本人或户主", "01", "02"})
TOTALS = ("合计", "总计", "小计", "共计", "填表", "制表", "审核", "备注", "说明", "注")
AMOUNT_PER = {"household": "每户的金额，各行相同或只写在一行", "person": "每人的金额，一户相加"}
OUTCOME_TITLES = {"added": "新增", "left": "退出", "changed": "变更"}
