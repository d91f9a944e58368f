"""Why a case is terminated at the review (操作规程 三(一)2)."""

from tenants.messages import register

TERMINATION_REASONS = {
    "materials_irregular": "系统材料不规范",
    "materials_incomplete": "系统材料不完整",
    "materials_differ": "系统材料前后不一致",
    "authorisation_invalid": "授权无效或已撤回",
    "withdrawn": "申请人撤回申请",
    "entrusted_twice": "同一家庭重复委托",
    "subject_deceased": "核对对象已死亡",
    "out_of_scope": "不属于本机构核对范围",
}

register({"termination_reason_missing": "请至少勾选一项终止原因，或写明其他原因。"})
