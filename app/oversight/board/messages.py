"""Words of the board."""

STEP_TITLES = {
    "submitted": "待受理初审",
    "returned": "退回未补正",
    "accepted": "待审核复审",
    "exchange": "待信息共享单位反馈",
    "parent": "待上级反馈",
    "report": "待出具、合并报告",
    "reported": "已反馈",
    "closed": "已结案",
    "terminated": "终止核对",
    "recalled": "下级已撤回",
}

STEP_REASONS = {
    "submitted": "本机构受理初审未办",
    "returned": "委托单位未补正",
    "accepted": "本机构审核复审未办",
    "exchange": "信息共享单位未反馈，见下表",
    "parent": "上级核对机构未反馈",
    "report": "本机构报告未出具、未合并",
}
"""Why households in a step are late: who has to act."""
