"""Words of 分析: what is counted, and how it ended."""

TABS = {
    "overview": "总览",
    "findings": "核对结果",
    "coverage": "覆盖",
    "months": "各月比较",
    "regions": "各地",
    "units": "共享单位履约",
}

AGE_TITLES = ("5 天以内", "6–10 天", "11–20 天", "20 天以上")

TO_DATE_TITLES = {
    "handed_in": "受理委托",
    "returned": "退回补正",
    "approved": "复审通过",
    "reported": "已反馈",
}

MONTH_TITLES = {
    "handed_in": "受理委托",
    "reported": "已反馈",
    "over": "其中超过反馈期限",
    "open": "在办",
    "late": "其中超期",
    "ended": "终止、撤回",
    "returned": "退回补正过",
    "requests": "数据交换申请",
    "answered_late": "其中逾期反馈",
    "extended": "其中延期",
    "unanswered": "未反馈结束",
    "objections": "异议",
    "corrected": "其中更正",
}

OUTCOME_GROUPS = {
    "hit": "有记录",
    "no_record": "无记录",
    "unable": "无法查询",
    "refused": "拒绝",
    "unanswered": "未反馈",
    "pending": "待反馈",
    "other": "不再核对",
}

SOURCE_TITLES = {
    "own": "本级共享单位",
    "above": "上级核对机构",
    "nobody": "各级均不能核对",
    "unasked": "未授权或不再核对",
}

FOUND_TITLES = {
    "nothing": "没有查得记录",
    "found": "查得记录，没有须说明的事项",
    "matter": "与申报或限额不同，请家庭说明",
}
