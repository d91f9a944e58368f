"""Words of the papers of 诚信登记."""

from tenants.messages import register, say

__all__ = ["say"]

register(
    {
        "print.integrity.to_person": "诚信登记告知书",
        "print.integrity.disclosed": "关于告知诚信登记的函",
        "print.integrity.withdrawn": "关于撤销诚信登记的函",
        "print.integrity.keep": "当事人留存",
        "print.integrity.secret": "内部资料 注意保密",
        "print.integrity.dear": "{name}：",
        "print.integrity.lead": "{authority}对您（单位）作出下列决定。依据{article}和第二十条，{agency}据此作诚信登记，现告知如下。",
        "print.integrity.number": "登记编号",
        "print.integrity.name": "姓名、名称",
        "print.integrity.document": "证件号码",
        "print.integrity.authority": "决定机关",
        "print.integrity.decision": "决定文号",
        "print.integrity.decision_on": "决定日期",
        "print.integrity.facts": "认定的事实",
        "print.integrity.term": "登记期限",
        "print.integrity.term_value": "自本告知书送达之日起 {months} 个月，期满不再显示",
        "print.integrity.until": "自 {served} 至 {ends}，期满不再显示",
        "print.integrity.effect": "登记期限内，本机构可以将登记告知依法需要知道的部门和其他地区的核对机构。",
        "print.integrity.need": "登记本身不是批准或者不批准社会救助的理由；您家庭的实际困难仍按规定核对和审批。",
        "print.integrity.appeal": "您认为登记有误的，可以随时向{agency}申诉，书面、口头都可以。申诉登记后立即停止显示，由登记、确认以外的人审查，{days} 个工作日内答复；撤销登记的，同时通知已经告知的部门。对原决定不服的，按决定书载明的途径申请复议或者提起诉讼。",
        "print.integrity.receipt": "送达回证：签收人",
        "print.integrity.receipt_on": "签收日期",
        "print.integrity.to_others": "依据吉民发〔2017〕58号第二十条（多部门、跨地区信用奖惩联动），现将下列诚信登记告知你单位。",
        "print.integrity.use": "本函信息仅供依法实施信用奖惩使用，应有法律、法规依据，不得公开，不得提供给无关的单位和个人；登记期满或者收到撤销函的，应停止使用。",
        "print.integrity.taken_back": "本机构以下诚信登记已于近日撤销。此前告知你单位的函同时作废，请停止使用，并更正据此形成的记录。",
        "print.integrity.made": "本函由核对系统生成并登记发出，内容与系统登记一致。校验码：{check}",
    }
)
