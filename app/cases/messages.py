"""Titles of states and steps, reasons for skipping, and what people are told about cases."""

from tenants.messages import register

STATE_TITLES = {
    "case": {
        "prepared": "待提交",
        "submitted": "待受理初审",
        "returned": "已退回",
        "accepted": "待审核复审",
        "checking": "核对中",
        "terminated": "终止核对",
        "reported": "已反馈",
        "recalled": "下级已撤回",
        "withdrawn": "申请已撤回",
    },
    "request": {
        "draft": "待制包",
        "made": "待确认",
        "confirmed": "待送达",
        "delivered": "待反馈",
        "answered": "已反馈",
        "closed": "未反馈结束",
        "stopped": "已停发",
    },
    "reply": {
        "received": "检查中",
        "checked": "待接收",
        "refused": "不予接收",
        "accepted_once": "待第二人接收",
        "accepted": "已接收",
    },
    "letter": {
        "prepared": "待用印",
        "sent": "待上级反馈",
        "answered": "上级已反馈",
        "recalled": "已撤回",
    },
    "report": {
        "drafted": "生成中",
        "issued": "已出具",
        "received": "已签收",
        "replaced": "已被新版替代",
    },
    "matter": {
        "open": "待说明",
        "explained": "已说明",
        "signed": "已签认",
        "excluded": "经签认不计入",
        "lapsed": "情况已变化，不再需要说明",
    },
    "exclusion": {
        "proposed": "待签认",
        "signed": "已签认不计入",
        "turned_down": "不同意",
    },
}

EVENT_TITLES = {
    "submit": "提交委托",
    "import_package": "导入数据包",
    "accept": "受理初审通过",
    "return": "退回",
    "correct": "补正名单",
    "resubmit": "重新提交",
    "approve": "审核复审通过",
    "terminate": "终止核对",
    "report": "反馈核对结果",
    "be_recalled": "下级撤回委托",
    "arrive": "收到下级委托",
    "entrust_parent": "向上级委托",
    "recall_from_parent": "撤回上级委托",
    "hand_back": "退回下级核对",
    "be_handed_back": "上级暂不能核对，退回本级",
    "be_terminated_above": "上级终止核对",
    "report_down": "上级报告送达",
    "make": "制作交换包",
    "confirm": "确认交换包",
    "deliver": "送达签收",
    "answer": "反馈齐全",
    "answer_late": "逾期反馈齐全",
    "stop": "停发",
    "close": "结束等待",
    "pass_check": "检查通过",
    "fail_check": "检查未通过",
    "accept_first": "第一人接收",
    "accept_second": "第二人接收",
    "refuse": "不予接收",
    "seal": "用印送出",
    "recall": "撤回",
    "issue": "出具",
    "receive": "签收",
    "replace": "被新版替代",
    "withdraw": "撤回申请",
    "member_died": "登记家庭成员死亡",
    "member_left": "登记家庭成员迁出",
    "member_left_below": "下级报告：核对对象已死亡或迁出",
    "withdraw_consent": "撤回查询授权",
    "consent_withdrawn_below": "下级报告：核对对象撤回查询授权",
    "answer_not_used": "授权撤回后收到的反馈，未予使用",
    "explain": "登记情况说明",
    "sign_off": "签认",
    "exclude": "经签认不计入",
    "lapse": "情况已变化",
    "reopen": "有新的结果，重新待说明",
    "sign": "签认不计入",
    "turn_down": "不同意不计入",
}

SKIP_TITLES = {
    "not_found": "未找到",
    "another_state": "已不在此环节",
    "changed_meanwhile": "页面打开后已被他人办理，请刷新后再办",
    "another_duty_on_case": "您已办理过该户的其他环节，三个环节须由不同的人办理",
    "same_operator": "制作与确认、两次接收须由两名不同的交换员办理",
    "package_not_ready": "交换包正在生成，请稍后再确认",
    "nothing_of_own": "没有由本级核对的事项，无需出具本级报告",
    "own_replies_open": "本级信息共享单位尚未全部反馈",
    "reported_already": "已出具，且其后没有新的结果",
    "own_report_missing": "本级核对报告尚未出具",
    "answers_open": "仍有事项未取得结果",
    "not_due_yet": "尚未超过反馈期限，不能决定先行反馈",
    "left_already": "该核对对象此前已登记死亡或迁出",
    "no_consent_in_force": "该核对对象的查询授权此前已撤回",
    "nothing_left_to_ask": "名单中的核对对象授权均已撤回或失效，没有可以送出的事项",
    "matters_open": "有待说明或待签认的事项",
    "signs_own_work": "签认人不能是登记说明或提出不计入的人",
    "still_to_explain": "尚在说明期限内，家庭还没有说明",
    "exclusion_waits": "有不计入的申请尚未签认",
    "papers_not_ticked": "纸质材料尚未逐项勾选，请先打开核对",
    "from_below": "该户由下级核对机构委托，由下级合并反馈",
}

register(
    {
        "history.stood_in": "{name}（代 {absent}）",
        "form_id": "页面内容不完整，请刷新页面后重新办理。",
        "choice_malformed": "所选内容格式不正确，请刷新页面后重新选择。",
        "nothing_chosen": "请先选择要办理的事项。",
        "act.already_done": "该操作此前已经办理，未重复办理。",
        "act.done": "已办理 {count} 项。",
        "act.skipped": "跳过 {count} 项：{reason}。",
        "reason_missing": "请填写理由。",
        "nothing_to_submit": "所选名单中没有待提交的家庭。",
        "number_unknown": "没有找到这个编号。请核对编号，如“榆核 2026-11-000184”，年、月、序号之间用短横线。",
        "search_empty": "请输入完整的编号、姓名或证件号码，至少两个字。",
        "search_over": "查找结果已过期，请重新查找。",
        "too_many_at_once": "一次最多办理 {most} 户，请分批办理。",
        "job_failed": "后台处理未能完成，请联系系统管理员。",
        "job_refused": "该后台任务不属于本单位可发起的范围，未予处理。",
    }
)

_REASONS_JOINED_BY = "；"


def joined_reason(titles: list[str], text: str) -> str:
    """The ticked reasons and what was written beside them, as one sentence of the history."""
    return _REASONS_JOINED_BY.join([*titles, *([text.strip()] if text.strip() else [])])
