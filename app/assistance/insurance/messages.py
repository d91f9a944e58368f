"""What is said about who is insured, who is not, and what was done about it."""

from tenants.messages import Fault, register, say

__all__ = [
    "CLOSING_TITLES",
    "INSURANCE_TITLES",
    "KIND_TITLES",
    "PART_TITLES",
    "RESULT_BADGES",
    "SHOWN",
    "WHY_TITLES",
    "Fault",
    "say",
]

INSURANCE_TITLES = {"pension": "基本养老保险", "medical": "基本医疗保险"}
PART_TITLES = {"employees": "职工", "residents": "城乡居民", "": "职工和城乡居民"}
RESULT_BADGES = {
    "insured": ("已参保", "done"),
    "not_insured": ("未参保", "strong"),
    "unknown": ("不能确定", "plain"),
    "not_meant": ("不属应参保", "stopped"),
}
WHY_TITLES = {
    "employees": "职工",
    "residents": "城乡居民",
    "both": "职工和城乡居民都有",
    "paused": "已参保，暂停缴费",
    "nothing": "职工、城乡居民数据中都没有参保缴费",
    "drawing": "正在领取养老待遇",
    "young": "未到应参保年龄",
    "too_old": "回流数据已过期",
    "not_held": "没有装入回流数据",
    "no_number": "没有公民身份号码，不能比对",
    "refuses": "本人不愿参保，已确认",
    "elsewhere": "在外地参保，已确认",
    "pupil": "在校学生，已确认",
    "pension": "已领取养老待遇，已确认",
    "moved": "已迁出，已确认",
    "other": "其他原因，已确认",
}
KIND_TITLES = {
    "visited": "走访、宣传",
    "enrolled": "已办理参保登记",
    "paid": "已代缴保险费",
    "refuses": "本人不愿参保",
    "elsewhere": "在外地务工、参保",
    "pupil": "在校学生",
    "pension": "已领取养老待遇",
    "moved": "已迁出",
    "other": "其他原因",
    "confirmed": "确认原因",
    "declined": "退回继续落实",
    "seen": "新的回流数据显示不再是未参保",
    "left": "已退出救助对象名册",
}
CLOSING_TITLES = {
    "insured": "回流数据显示已参保",
    "drawing": "回流数据显示正在领取养老待遇",
    "young": "不属应参保年龄",
    "left": "已退出救助对象名册",
    "refuses": "本人不愿参保，已确认",
    "elsewhere": "在外地参保，已确认",
    "pupil": "在校学生，已确认",
    "pension": "已领取养老待遇，已确认",
    "moved": "已迁出，已确认",
    "other": "其他原因，已确认",
}
SHOWN = {"open": "未办结", "due": "到期待落实", "reasons": "待确认原因", "closed": "已办结"}

register(
    {
        "insurance.asked": "已开始比对，完成后本页显示结果。",
        "insurance.running": "这一险种正在比对，请等它完成。",
        "insurance.nobody": "救助对象名册里没有要比对的人；请先由审批决定或系统导出形成名册。",
        "insurance.not_open": "这个人已经办结，不能再登记；请刷新后再看。",
        "insurance.future": "办理日期晚于今天（{today}）；请填写实际办理的日期。",
        "insurance.no_proof": "办理参保登记和代缴保险费须有凭证号；请照登记回执或缴费凭证填写。",
        "insurance.no_note": "没有说明原因；请写明本人怎么说、由谁核实。",
        "insurance.next_past": "下次落实日期应晚于今天；请填写以后的日期，或留空由系统推算。",
        "insurance.no_reason": "这个人没有待确认的原因，可能已由他人办理；请刷新后再看。",
        "insurance.same_person": "原因是您本人登记的，须由另一人确认。",
        "insurance.written": "已登记。",
        "insurance.list_to": "同级人力资源社会保障部门",
        "insurance.list_for": "核查救助对象的{insurance}参保情况，确保应保尽保；只用于核查和反馈，核查后销毁",
        "insurance.list_basis": "粤民发〔2020〕143号 二；民发〔2020〕95号 二（一）1",
        "insurance.list_consent": "须经当事人授权（信息核查类）；授权书由委托单位保存备查",
        "insurance.list_as_of": "救助对象名册截至{day}，{month}比对",
        "insurance.list_count": "{count} 人；另有 {left_out} 人没有当日有效的授权，没有列入",
        "insurance.list_nobody": "应参保的人都没有当日有效的授权，不能生成名单；请先取得授权。",
        "insurance.list_name": "参保核查名单{period}.zip",
        "insurance.list_gone": "这次比对的逐人结果已由后来的比对替换，不能再生成名单；请从最近一次比对生成。",
        "home.insurance": "{insurance}未参保人员",
    }
)
