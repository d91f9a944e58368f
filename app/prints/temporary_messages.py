"""Words of the papers of 一次性临时救助."""

from tenants.messages import register, say

__all__ = ["say"]

register(
    {
        "print.temporary.notice": "不予救助告知书",
        "print.temporary.keep": "当事人留存",
        "print.temporary.dear": "{name}：",
        "print.temporary.lead": "您于{applied_on}申请生活困难未参保失业人员一次性临时救助。经乡镇（街道）调查核实，县级民政部门和人力资源社会保障部门依照{article}办理，决定不予救助。现告知如下。",
        "print.temporary.number": "申请编号",
        "print.temporary.document": "证件号码",
        "print.temporary.ground": "不予救助的理由",
        "print.temporary.facts": "依据的事实",
        "print.temporary.standard": "执行的标准",
        "print.temporary.decided_on": "决定日期",
        "print.temporary.fact": "{side}：{words}",
        "print.temporary.taken": "全省发放登记显示同一期间已有发放；登记不记载、本机构也不掌握发放的地点。",
        "print.temporary.ask": "您认为没有在其他地方领取过的，可以持身份证向{agency}书面提出，由本机构函请省级民政部门逐县核实后答复您。",
        "print.temporary.appeal": "您对本决定不服的，可以自收到本告知书之日起六十日内依法申请行政复议，或者六个月内依法向人民法院提起行政诉讼。情况发生变化的，可以重新申请；家庭生活仍有困难的，可以向乡镇（街道）申请最低生活保障等其他社会救助。",
        "print.temporary.receipt": "签收人",
        "print.temporary.receipt_on": "签收日期",
        "print.temporary.list": "一次性临时救助发放名单",
        "print.temporary.secret": "内部资料 注意保密",
        "print.temporary.list_lead": "下列人员经县级民政部门和人力资源社会保障部门共同认定，依照{article}发放一次性临时救助金。共 {persons} 人，合计 {amount} 元。",
        "print.temporary.total": "合计",
        "print.temporary.made": "本名单由核对系统按认定结果生成，不得手工增删。校验码：{check}",
        "print.temporary.people": "{persons} 人",
        "print.temporary.column.no": "序号",
        "print.temporary.column.number": "申请编号",
        "print.temporary.column.name": "姓名",
        "print.temporary.column.document": "证件号码",
        "print.temporary.column.bank": "开户银行",
        "print.temporary.column.account": "收款账号",
        "print.temporary.column.payee": "开户银行和账号",
        "print.temporary.column.amount": "金额（元）",
        "print.temporary.column.check": "校验码",
    }
)
