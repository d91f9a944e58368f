"""Words of the inspections of use: what a look was, why it is asked about, and what can be wrong.

Nothing here accuses: a flag is called what it is, a reason to ask.
"""

from tenants.messages import Fault, register, say

# The package says and raises through this module, so that its words are always registered.
__all__ = ["Fault", "say"]

ABOUT_TITLES = {"looks": "数据使用", "sharing": "信息共享"}

LOOK_TITLES = {
    "subject.unmask": "查看完整身份信息",
    "case.unmask": "查看全户信息",
    "papers.unmask": "查看材料",
    "addition.unmask": "查看追加或更正",
    "entrustment.unmask": "查看委托名单",
    "person.unmask": "查看救助对象身份信息",
    "report.download": "下载核对报告",
    "package.download": "下载交换包",
    "package.password": "查看交换包密码",
    "package.export": "导出数据包",
    "entrustment.letter.download": "下载委托书",
    "list.errors.download": "下载退回名单",
    "file.download": "下载文件",
    "look_list.download": "下载查看情况清单",
    "print.authorisations": "打印查询授权书",
    "print.notices": "打印告知单",
    "print.home_visits": "打印入户调查表",
    "print.assessment": "打印民主评议表",
    "print.letter": "打印核对委托书",
    "print.list": "打印核对名单",
    "print.summary": "打印汇总表",
    "print.periodic_summary": "打印定期核查汇总表",
    "print.delivery_note": "打印交接单",
    "print.archive_cover": "打印档案封面",
    "print.objection_receipt": "打印异议回执",
    "print.objection_application": "打印异议申请书",
    "print.integrity_to_person": "打印诚信登记告知书",
    "temporary.unmask": "查看临时救助申请人身份信息",
    "temporary.download": "下载临时救助申请材料",
    "print.temporary_notice": "打印不予救助告知书",
    "print.temporary_list": "打印临时救助发放名单",
    "print.temporary_sheet": "下载临时救助发放表",
    "archive.export": "导出核对档案",
    "print.objection_to_source": "打印告知来源函",
    "person.search": "按人查找",
    "list.export": "导出列表",
    "request.shared": "送出的数据交换申请",
    "inquiry.shared": "答复的外来查询",
}
"""What each look is called, on the pages and on the list for the person."""

PURPOSES = {
    "opened": "办理核对",
    "fetched": "取得办理所需的文件",
    "printed": "打印办理所需的文书",
    "searched": "查找办理的案件",
    "exported": "导出列表",
}
"""What a look was for where the step itself was the reason, by how somebody looked."""

FLAG_TITLES = {
    "no_reason": "没有写明理由",
    "night": "工作时间以外",
    "rest_day": "休息日",
    "many": "短时间连续查看",
    "own": "本人的信息",
    "kin": "亲属的信息",
    "colleague": "同事的信息",
    "outside": "没有办理该户",
    "by_many": "同一人被多人查看",
    "no_agreement": "当日没有有效的保密协议",
    "late": "超过期限没有反馈",
    "medium_out": "介质没有收回或销毁",
    "medium_lost": "介质遗失",
    "kept_there": "已取走答复，名单没有清除",
}

VERDICT_TITLES = {"": "", "proper": "合规", "explained": "说明后认可", "breach": "违规"}

WORD_TITLES = {
    "asked": "请其说明",
    "answered": "查看人说明",
    "noted": "书面说明（由检查人登记）",
    "judged": "核实意见",
}

WHICH = {"": "全部", "open": "待核实", "flagged": "列出核实的", "judged": "已核实"}
EVERY_UNIT = "全部单位"
RELATION_TITLES = {"self": "本人", "kin": "亲属"}
ASKED_AS_TITLES = {"self": "本人", "guardian": "监护人"}
PROOF_TITLES = {"id_card": "居民身份证", "household_register": "户口簿", "other": "其他有效证件"}
LOOK_LIST_NAME = "查看情况清单.pdf"
REPORT_NAME = "数据使用检查报告 {number}.pdf"

register(
    {
        "notice.look.asked": "检查 {number} 请您说明一次查看，请在“查看说明”中答复。",
        "inspection.our_rules": "{note}（本系统默认）",
        "inspection.sharing_rules": "当日没有有效的保密协议、超过期限没有反馈、介质没有收回或者遗失的列出（本系统默认）",
        "inspection.days": "检查期间不对：止日不早于起日，也不晚于今天（{today}）；请改正日期。",
        "inspection.too_long": "检查期间不超过 {most} 天；更长的，请分几次检查。",
        "inspection.items_open": "还有 {count} 条没有核实，不能办结；请先逐条核实。",
        "inspection.not_running": "该检查已经办结或正在抽取，不能再办理其中的条目。",
        "inspection.own_look": "这一条是您本人的操作，不能由您请人说明或核实，请由他人办理。",
        "inspection.by_system": "这一条由系统办理，没有可以询问的账号；请向对方单位书面了解后，登记书面说明。",
        "inspection.ask_first": "还没有请查看人说明，只能核实为“合规”；认为需要说明的，请先请其说明。",
        "inspection.not_answered": "查看人还没有说明，不能核实为“说明后认可”；请等其说明，或者登记书面说明。",
        "inspection.still_time": "查看人的说明期限到 {last}，期限内没有说明的不能核实为“违规”；请在期限后再核实。",
        "recusal.twice": "该号码已经登记；本人的号码只登记一个，登记有误的请先撤销。",
        "recusal.most": "最多登记 {most} 个号码；不再需要回避的，请先撤销。",
        "look_list.join": "、",
        "look_list.by_name": "（按姓名，可能是同名的人）",
        "look_list.days": "期间不对：止日不早于起日，也不晚于今天（{today}）；请改正日期。",
        "look_list.nobody": "请选择该户的一名核对对象。",
        "look_list.not_yet": "清单正在生成，请稍候刷新本页后再下载。",
    }
)
