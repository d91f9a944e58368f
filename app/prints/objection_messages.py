"""Words of the papers of 异议."""

from tenants.messages import register, say

__all__ = ["say"]

register(
    {
        "print.objection.receipt": "核对结果异议受理回执",
        "print.objection.to_source": "关于更正信息的函",
        "print.objection.application": "核对结果异议申请书",
        "print.objection.at_desk": "由当事人填写，交受理窗口",
        "print.objection.to_agency": "{agency}：",
        "print.objection.apply": "本人对社会救助家庭经济状况核对结果中的下列信息有异议，申请复核。",
        "print.objection.household": "案件编号",
        "print.objection.head": "户主",
        "print.objection.about": "部门类别",
        "print.objection.was": "当时的反馈",
        "print.objection.evidence": "附证明材料",
        "print.objection.signed": "申请人签字（按印）、日期",
        "print.objection.consent": (
            "本人知道：复核须凭有效的查询授权再次向信息来源单位查询；复核结果由使用数据的部门告知。"
        ),
        "print.objection.keep": "当事人留存",
        "print.objection.secret": "内部资料 注意保密",
        "print.objection.lead": "您对核对结果提出的异议，{agency}已经受理，登记如下。",
        "print.objection.lead_desk": "您对核对结果提出的异议已经登记，由{agency}受理，登记如下。",
        "print.objection.number": "异议编号",
        "print.objection.person": "姓名",
        "print.objection.document": "证件号码",
        "print.objection.report": "核对反馈",
        "print.objection.item": "数据项",
        "print.objection.source": "信息来源",
        "print.objection.found_by": "核对机构",
        "print.objection.request": "数据交换申请",
        "print.objection.words": "陈述",
        "print.objection.said_on": "提出日期",
        "print.objection.due_on": "答复期限",
        "print.objection.outcome": "复核结论",
        "print.objection.conclusion": "说明",
        "print.objection.further": (
            "这一记录由核对机构向信息来源单位复核，复核结果由使用数据的部门告知您。对复核结果"
            "仍有异议的，可以按有关规定申请异议处理。查询办理情况请报异议编号。"
        ),
        "print.objection.taken_by": "受理人：{name}",
        "print.objection.to": "{source}：",
        "print.objection.please": (
            "核对对象对贵单位提供的下列信息提出异议。经复核，请对有误的信息依法予以更正。"
        ),
        "print.objection.answer": "更正情况请书面告知我单位。信息仅用于社会救助家庭经济状况核对。",
    }
)
