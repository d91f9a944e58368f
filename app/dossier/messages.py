"""Words of the case page."""

from tenants.catalogue.outcomes import Outcome
from tenants.messages import register

LOOK_REASONS = {
    "verify_identity": "核实核对对象身份",
    "compare_paper": "与纸质材料比对",
    "ask_source": "与信息共享单位核实",
    "objection": "办理异议或来访",
}

WAITING_TITLES = {
    "above": "待上级反馈",
    "units": "待单位反馈",
    "report": "待出具报告",
}

OUTCOME_TITLES = {
    Outcome.PENDING: "待反馈",
    Outcome.HIT: "有记录",
    Outcome.NO_RECORD: "无记录",
    Outcome.UNABLE: "无法查询",
    Outcome.REFUSED: "拒绝",
    Outcome.UNANSWERED: "未反馈",
    Outcome.UNCOVERED: "各级均不能核对",
    Outcome.UNAUTHORISED: "未授权未核对",
    Outcome.TERMINATED: "上级终止核对",
    Outcome.WITHDRAWN: "授权已撤回",
    Outcome.CEASED: "不再核对",
}

OWN_TIER = "本级"
ABOVE = "上级"

register({"look_reason_unknown": "请从列表中选择查看事由。"})
