"""The sentences of the notices."""

from tenants.messages import register, say

__all__ = ["say"]

register(
    {
        "notice.entrustment.submitted": "收到委托 {number}，共 {count} 户，请受理初审。",
        "notice.entrustment.resubmitted": "委托 {number} 补正 {count} 户，请再次受理初审。",
        "notice.list.waiting": "有一份名单文件的列还没有对应，{count} 天后销毁；仍需要的，请完成列对应。",
        "notice.list.swept": "有一份名单文件 {count} 天没有完成列对应，已经销毁；仍需要的，请重新上传。",
        "notice.case.returned": "委托 {number} 退回 {count} 户，请按退回原因补正。",
        "notice.case.terminated": "委托 {number} 终止核对 {count} 户，原因见各户。",
        "notice.case.withdrawn": "委托 {number} 有 {count} 户撤回申请，已停止核对。",
        "notice.household.changed": "委托 {number} 有 {count} 户登记了撤回授权、死亡或迁出，相关查询已停止。",
        "notice.addition.proposed": "委托 {number} 有 {count} 户追加成员或更正，请受理初审。",
        "notice.addition.taken": "委托 {number} 有 {count} 户的追加或更正已受理，已继续核对。",
        "notice.addition.returned": "委托 {number} 有 {count} 户的追加或更正被退回，请按退回原因重新登记。",
        "notice.letter.supplemented": "下级对委托 {number} 的 {count} 户追加核对对象，已列入核对。",
        "notice.letter.came": "收到下级委托 {number}，共 {count} 户，请审核复审。",
        "notice.letter.recalled": "下级核对机构撤回 {count} 户的委托，已停止核对。",
        "notice.letter.handed_back": "上级退回 {count} 户暂不能核对的事项，已转由本级办理。",
        "notice.letter.terminated": "上级对 {count} 户终止核对，本级继续办理。",
        "notice.letter.answered": "上级核对报告送达，涉及 {count} 户。",
        "notice.matter.opened": "委托 {number} 有 {count} 户的查得情况需要家庭说明，请在期限前登记说明。",
        "notice.report.ready": "委托 {number} 的核对反馈已出具 {count} 户，请签收。",
        "notice.request.ready": "数据交换申请 {number} 已备好，共 {count} 人，请接收。",
        "notice.request.stopped": "数据交换申请 {number} 已停发，请勿送出；已取走的介质请收回销毁。",
        "notice.request.overdue": "数据交换申请 {number} 已超过反馈期限。",
        "notice.wire.dead": "数据交换申请 {number} 系统发送失败，请查看原因后再试或改用介质交换。",
        "notice.folder.refused": "交换文件夹有 {count} 个文件没有采用，请查看原因。",
        "notice.reply.arrived": "{number} 收到反馈，检查通过，请两人接收。",
        "notice.reply.columns": "{number} 收到反馈，是对方自己的表格，请说明各栏是什么。",
        "notice.reply.refused": "{number} 的反馈未被接收，请查看原因后重新提交。",
        "notice.person.opened": "新开立账号 {number}，请授予岗位。",
        "notices.marked": "已全部标为已读。",
    }
)
