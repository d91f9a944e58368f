"""Words of the report: its headings, its sentences, and what can be wrong with it."""

from datetime import date

from tenants.catalogue.outcomes import Outcome
from tenants.messages import Fault, register, say

# The package says and raises through this module, so that its words are always registered.
__all__ = ["Fault", "long_date", "outcome_title", "say", "tier_title"]

register(
    {
        "report.title.own": "社会救助家庭经济状况核对报告",
        "report.title.merged": "社会救助家庭经济状况核对结果统一反馈",
        "report.title.own.supplement": "社会救助家庭经济状况核对补充报告",
        "report.title.merged.supplement": "社会救助家庭经济状况核对结果补充报告",
        "report.confidential": "内部资料 注意保密",
        "report.verify_caption": "扫码核验真伪",
        "report.ordinals": "一 二 三 四 五 六 七 八 九 十 十一 十二",
        "report.heading": "{ordinal}、{title}",
        "report.join": "、",
        "report.semicolon": "；",
        "report.none": "无",
        "report.blank": "—",
        "report.date": "{year}年{month}月{day}日",
        "report.tier.province": "省级",
        "report.tier.city": "市级",
        "report.tier.county": "县级",
        "report.tier.township": "乡镇（街道）",
        "report.outcome.pending": "待反馈",
        "report.outcome.hit": "有记录",
        "report.outcome.no_record": "无记录",
        "report.outcome.unable": "无法查询",
        "report.outcome.refused": "拒绝",
        "report.outcome.unanswered": "未反馈",
        "report.outcome.uncovered": "各级均不能核对",
        "report.outcome.unauthorised": "未授权未核对",
        "report.outcome.terminated": "上级终止核对",
        "report.outcome.withdrawn": "授权已撤回",
        "report.outcome.ceased": "已死亡或迁出，不再核对",
    }
)

register(
    {
        "report.fact.case_no": "委托编号",
        "report.fact.agency": "核对机构",
        "report.fact.agency_value": "{agency}（{tier}）",
        "report.fact.household": "户主姓名",
        "report.fact.size": "核对对象",
        "report.fact.size_value": "{count} 人",
        "report.fact.scheme": "救助项目",
        "report.fact.application": "申请类型",
        "report.fact.entrusted_by": "委托单位",
        "report.fact.entrusted_on": "委托日期",
        "report.fact.version": "报告版次",
        "report.fact.version_value": "第 {version} 版",
        "report.fact.replaces": "替代报告",
        "report.fact.replaces_value": "替代 {number}，原报告自本报告出具之日起停止使用",
        "report.fact.supplements": "补充报告",
        "report.fact.supplements_value": "补充 {number}；原报告继续有效，其未取得结果的事项以本报告为准",
        "report.section.news": "补充内容",
        "report.news.lead": "{number} 出具后收到反馈或追加核对，下列 {count} 项为新取得或新增的结果；其余内容一并重述，以便单独使用。",
        "report.news.none": "与 {number} 相比，各项结果没有变化。",
        "report.news.not_asked": "当时未核对",
        "report.news.replacing": "经{issuer}决定，以本报告替代原报告，理由：{reason}。",
        "report.intro.own": "受{entrusted_by}委托，依据{basis}，{agency}对{head}一户共 {count} 名"
        "核对对象开展了家庭经济状况核对。现将本机构核对情况报告如下。",
        "report.intro.merged": "受{entrusted_by}委托，依据{basis}，{agency}对{head}一户共 {count} 名"
        "核对对象组织开展了家庭经济状况核对。现将各级核对机构出具的核对报告及比对情况统一反馈如下。",
        "report.section.subjects": "核对对象",
        "report.section.findings": "查得情况",
        "report.section.asked": "核对事项清单",
        "report.section.completeness": "完整性说明",
        "report.section.lanes": "核对进程",
        "report.section.comparison": "申报与核对比对",
        "report.section.matters": "家庭说明与签认",
        "report.section.tiers": "各级核对报告",
        "report.section.conflicts": "不同来源不一致的信息",
        "report.section.outstanding": "尚未取得结果的事项",
        "report.section.authorisation": "查询授权情况",
        "report.section.attachments": "附件",
        "report.findings.count": "本机构共查得有记录事项 {count} 条。每条均载明信息来源、"
        "数据交换申请编号、数据截止日期和所属期间。",
        "report.findings.none": "本机构所核对事项均未查得记录，各事项结果见核对事项清单。",
        "report.findings.nothing_asked": "本机构未核对任何事项。",
        "report.finding.field": "{title}：{value}",
        "report.finding.source": "来源：{source}",
        "report.finding.request": "申请编号：{request_no}",
        "report.finding.as_of": "截至：{as_of}",
        "report.finding.period": "期间：{period}",
        "report.comparison.limit": "限额：{limit}（{article}）",
        "report.comparison.arithmetic": "计算：{arithmetic}",
        "report.comparison.none": "无可比对事项。",
        "report.comparison.stands": "不计入后 {stands}",
        "report.comparison.excluded": "不计入：{person}·{item} {amount}，事由：{ground}（{note}），{preparer} {prepared_on} 提出，"
        "{signer} {signed_on} 签认。查得内容仍列示于该级核对报告。",
        "report.matters.lead": "下列情况已请家庭说明。所列为查得的记录和家庭的说明，供委托单位核实。",
        "report.matters.none": "没有需要家庭说明的情况。",
        "report.matters.unexplained": "在说明期限内未作说明",
        "report.matters.said": "{on} 说明：{words}（{recorder}记录）",
        "report.matters.signed": "{signer} {on} 签认：{state}",
        "report.matters.signed.explained": "已说明，供委托单位核实",
        "report.matters.signed.unexplained": "说明期限届满未说明",
        "report.matters.excluded": "经签认不计入，不再需要说明",
        "report.matters.not_signed": "未要求签认",
        "report.relation.none": "{head}、{spouse}申报为夫妻，已查询的婚姻登记中没有记录；早年的婚姻可能没有电子登记，不据此认定。",
        "report.tiers.rule": "哪一级核对由哪一级出具核对报告。各级查得的情况以该级报告原件为准，"
        "本反馈不予转述；原件随本反馈附后，内容未作任何改动。",
        "report.tiers.none": "无核对报告。",
        "report.tiers.findings": "查得 {count} 条",
        "report.conflicts.lead": "下列信息不同来源不一致，各来源的内容照录如下，由委托单位调查核实。",
        "report.conflicts.none": "未发现不同来源不一致的信息。",
        "report.conflicts.value": "{source}：{value}",
        "report.outstanding.none": "全部核对事项均已取得结果。",
        "report.outstanding.lead": "截至出具之日，下列 {count} 项尚未取得结果。",
        "report.incomplete": "经{decided_by}于{decided_on}决定，在上述事项尚未取得结果的情况下先行反馈，"
        "理由：{reason}。其后取得的结果以补充报告反馈。",
        "report.authorisation.none": "全部核对对象的查询授权在核对期间有效。",
        "report.attachments.lead": "附件共 {count} 件，已嵌入本文件，可在阅读器“附件”栏打开并分别验证签章。"
        "摘要为 SHA-256 前 16 位。",
        "report.attachments.none": "无附件。",
        "report.note": "说明：{note}",
        "report.note.neutral": "所列查得情况为信息共享单位提供的客观记录，供委托单位进一步调查核实，"
        "不构成对核对对象是否如实申报、是否符合救助条件的认定。",
        "report.note.use": "本件仅用于所载社会救助事项，不得扩大使用范围。核对对象对信息有异议的，"
        "可以通过委托单位提出异议，由本机构组织复核。",
        "report.note.signature": "本件以电子签章为准，改动后签章即失效。扫描首页二维码可核验真伪。",
        "report.issuer": "报告出具人：{name}",
    }
)

register(
    {
        "report.column.no": "序号",
        "report.column.name": "姓名",
        "report.column.id_number": "证件号码",
        "report.column.relation": "与户主关系",
        "report.column.role": "核对对象类别",
        "report.column.authorised": "查询授权",
        "report.column.subject": "核对对象",
        "report.column.item": "数据项",
        "report.column.facts": "查得内容",
        "report.column.origin": "来源与期间",
        "report.column.source": "信息共享单位",
        "report.column.outcome": "结果",
        "report.column.as_of": "数据截止",
        "report.column.measure": "比对事项",
        "report.column.whose": "对象",
        "report.column.declared": "申报",
        "report.column.found": "核对",
        "report.column.basis": "计算、限额与说明",
        "report.column.topic": "事项",
        "report.column.facts_found": "查得情况",
        "report.column.said": "家庭说明",
        "report.column.signed": "签认",
        "report.column.tier": "层级",
        "report.column.agency": "核对机构",
        "report.column.number": "报告编号",
        "report.column.issued_on": "出具日期",
        "report.column.counts": "查得与各项结果",
        "report.column.values": "各来源内容",
        "report.column.holder": "核对层级与单位",
        "report.column.state": "状态",
        "report.column.before": "原结果",
        "report.column.now": "现结果",
        "report.column.file": "文件名",
        "report.column.pages": "页数",
        "report.column.digest": "摘要",
        "report.complete.total": "本报告共核对 {total} 项（核对对象 × 数据项 × 来源）：{counts}。",
        "report.complete.count": "{outcome} {n} 项",
        "report.complete.item": "{item}〔{source}〕（{subjects}）",
        "report.complete.item_alone": "{item}（{subjects}）",
        "report.complete.no_record": "无记录 {n} 项，即来源已查询且未查得记录：{items}。",
        "report.complete.unable": "无法查询 {n} 项，来源说明无法查询，不等于无记录：{items}。",
        "report.complete.refused": "拒绝 {n} 项，来源拒绝提供，不等于无记录：{items}。",
        "report.complete.unanswered": "未反馈 {n} 项，截至出具之日来源未反馈，不等于无记录：{items}。",
        "report.complete.uncovered": "各级均不能核对 {n} 项，目前没有可以核对的来源：{items}。",
        "report.complete.unauthorised": "未授权未核对 {n} 项，核对对象未授权、授权书未列该项或授权已失效：{items}。",
        "report.complete.terminated": "上级终止核对 {n} 项，上级核对机构终止了核对：{items}。",
        "report.complete.ceased": "已死亡或迁出，不再核对 {n} 项，未再查询或未予使用，"
        "不等于无记录：{items}。",
        "report.complete.withdrawn": "授权已撤回 {n} 项，核对对象撤回查询授权后未再查询或未予使用，"
        "不等于无记录：{items}。",
        "report.seal.caption": "核对报告专用章",
    }
)

register(
    {
        "report.pending": "报告中还有 {count} 项没有结果，不能出具；请等待反馈，或先登记为未反馈。",
        "report.incoherent": "报告前后不一致：{hits} 项“有记录”没有列出内容，{findings} 条内容没有对应的"
        "核对事项。请核对后重新生成。",
        "report.drawing_unsafe": "核对进程图含有不允许的内容（{part}），请重新生成图形。",
        "report.page_mismatch": "排版页数不符：应为 {expected} 页，实为 {actual} 页；未出具任何报告，"
        "请通知系统管理员。",
        "report.engine_failed": "报告排版程序未能完成（{reason}）；未出具任何报告，请稍后重试。",
        "report.seal_mismatch": "签章证书属于“{certified}”，与核对机构“{agency}”不符，不能签章。",
        "report.seal_key_mismatch": "签章私钥与证书不配对，不能签章，请重新导入签章。",
        "report.attachment_name_twice": "附件“{name}”重名，请使用不同的文件名。",
        "report.unreadable": "文件无法读取：不是完整的 PDF 文件，请提供原件。",
        "report.unsigned": "文件没有电子签章，不能作为核对报告使用，请提供原件。",
        "report.several_signatures": "文件有多个签章；核对报告只应有出具机构一个签章，请提供原件。",
        "report.tampered": "文件内容与签章不符，签章后被改动过，请提供原件。",
        "report.changed_after_signing": "文件在签章之后追加过内容，请提供原件。",
        "report.not_certified": "签章没有锁定文件内容，不是本系统出具的核对报告。",
        "report.signature_invalid": "签章本身无效，请提供原件。",
        "report.unknown_authority": "签章证书不是由受信任的机构签发的，请向出具机构核实。",
        "report.demonstration_authority": "签章证书由演示机构签发，仅供演示，不能用于正式业务。",
        "report.no_particulars": "文件中没有核对报告的登记信息，不是本系统出具的核对报告。",
        "report.signer_differs": "签章机构与文件所载核对机构不一致，请向出具机构核实。",
        "report.attachment_missing": "应附的核对报告缺失，请提供完整原件。",
        "report.attachment_extra": "文件含有未登记的附件，请提供原件。",
        "report.attachment_swapped": "所附核对报告与登记的摘要不符，附件被替换过，请提供原件。",
        "report.attachment_invalid": "所附核对报告没有通过验证，详见该附件。",
    }
)


def outcome_title(outcome: Outcome) -> str:
    """The word for an outcome, as it stands in a report."""
    return say(f"report.outcome.{outcome.name.lower()}")


def tier_title(tier: str) -> str:
    """The word for province, city, county or township; ``KeyError`` for another."""
    return say(f"report.tier.{tier}")


def long_date(day: date) -> str:
    """A date as an official document ends with it."""
    return say("report.date", year=day.year, month=day.month, day=day.day)


register(
    {
        "report.authorised.none": "未授权",
        "report.authorised.refused": "拒绝授权",
        "report.authorised.refused_remark": "{name}为赡（抚、扶）养义务人，拒绝查询授权，未核对其信息。",
        "report.authorised.withdrawn": "已于{on}撤回",
        "report.authorised.until": "{start} 至 {end}",
        "report.authorised.only": "，只限{kinds}",
        "report.authorised.only_remark": "{name}的查询授权书只授权查询{kinds}的信息，其余事项未授权，未核对。",
        "report.authorised.remark": "{name}未取得有效的查询授权，未核对其信息。",
        "report.joined.birth": "；{on}出生，追加列入",
        "report.joined.marriage": "；{on}结婚，追加列入",
        "report.joined.moved_in": "；{on}迁入，追加列入",
        "report.joined.forgotten": "；{on}补报，追加列入",
        "report.joined.remark": "{name}为委托后追加的核对对象，自{on}起计入家庭情况；其查询单独提出。",
        "report.corrected.short": "；证件号码已更正",
        "report.corrected.remark": (
            "{name}原登记的证件号码（{number}）有误，已更正。按原号码提出的查询已停止，"
            "其反馈不是关于{name}的，不作为核对结果，也不用于比对；各事项已按更正后的号码重新查询。"
        ),
        "report.recheck.join": "、",
        "report.recheck.replaces": "当事人对{items}提出异议，已向信息来源复核，以本版为准",
        "lane.objection_taken": "提出异议",
        "lane.objection_sent": "转上级复核",
        "lane.objection_came": "收到异议",
        "lane.objection_asked": "向来源复核",
        "lane.objection_concluded": "复核结果",
        "report.corrected.replaces": "核对对象的证件号码已更正，原报告按有误的号码出具",
        "report.authorised.left_died": "{name}于{on}死亡：此前已取得的结果照录，其余事项不再查询，自该日起不计入家庭人口。",
        "report.authorised.left_left": "{name}于{on}迁出：此前已取得的结果照录，其余事项不再查询，自该日起不计入家庭人口。",
        "report.authorised.withdrawn_remark": "{name}于{on}撤回查询授权：此前已取得的结果照录，其余事项"
        "不再查询，其后收到的反馈未予使用。",
        "report.unit.houses": "{n} 套",
        "report.unit.vehicles": "{n} 辆",
        "report.unit.businesses": "{n} 个",
        "report.measure.monthly_income": "月收入",
        "report.measure.deposits": "存款",
        "report.measure.houses": "房产",
        "report.measure.vehicles": "车辆",
        "report.measure.businesses": "经营主体",
        "report.whose.household": "全户 {persons} 人",
        "report.arithmetic.addend": "{person}·{item} {amount}（{when}）",
        "report.arithmetic.yearly": "另：{person}·{item} {amount} 元（{year} 年，{source}）按年发放，折月 {amount} ÷ 12 ＝ "
        "{monthly} 元，仅供参考，未并入月收入。",
        "report.when.day": "截至 {day}",
        "report.when.month_as_of": "月金额，截至 {day}",
        "report.when.unknown": "来源未注明日期",
        "report.limited": "{name}：{source}答复{item}的{field}{words}，未计入合计，请结合申报核实。",
        "report.uncounted": "{name}不计入家庭人数，其申报和查得情况不并入比对：{reason}。",
        "report.uncounted.obligor": "赡（抚、扶）养义务人，不是共同生活的家庭成员",
        "report.uncounted.applicant": "按本省规定不计入",
        "report.uncounted.member": "按本省规定不计入",
        "report.uncounted.relation": "与户主的关系按本省规定不计入",
        "report.uncounted.left": "已离开家庭",
        "report.uncounted.died": "已死亡",
        "report.arithmetic.plus": " ＋ ",
        "report.arithmetic.none": "各级均未查得",
        "report.arithmetic.per_person": "；人均按申报与核对较高者 {total} ÷ {persons} 人 ＝ {each}",
        "report.limit.none": "未设限额",
        "report.limit.ours": "示例标准，以当地公布为准",
        "report.remark.without_excluded": "不计入后：",
        "report.remark.nothing_found": "未查得记录。",
        "report.remark.more": "查得比申报多 {more}，请核实。",
        "report.remark.less": "查得比申报少 {less}。",
        "report.remark.equal": "查得与申报一致。",
        "report.remark.over": "高于限额，请委托单位核实。",
        "report.remark.within": "未超过限额。",
        "lane.emergency": "急难：紧急办理（{day} 救助）",
        "lane.tier.province": "省",
        "lane.tier.city": "市",
        "lane.tier.county": "县",
        "lane.tier.township": "乡镇",
        "lane.submit": "受理",
        "lane.arrive": "收到委托",
        "lane.accept": "初审",
        "lane.return": "退回",
        "lane.approve": "复审",
        "lane.terminate": "终止核对",
        "lane.be_recalled": "下级撤回",
        "lane.withdraw": "撤回申请",
        "lane.member_died": "成员死亡",
        "lane.member_left": "成员迁出",
        "lane.member_left_below": "下级报成员死亡或迁出",
        "lane.withdraw_consent": "撤回授权",
        "lane.consent_withdrawn_below": "下级报撤回授权",
        "lane.take_member": "追加成员",
        "lane.propose_number": "原号码停止查询",
        "lane.take_number": "更正号码",
        "lane.take_name": "更正姓名",
        "lane.take_consent": "重新授权",
        "lane.number_corrected_below": "下级报原号码有误",
        "lane.name_corrected_below": "下级更正姓名",
        "lane.supplement_came": "下级追加委托",
        "lane.letter": "送上级",
        "lane.sent": "发出 {n} 家",
        "lane.answered": "已反馈 {n} / {of}",
        "lane.own": "本级报告",
        "lane.merge": "合并",
        "lane.hand_over": "委托单位签收",
        "lane.decide": "审批反馈",
        "lane.decide_below": "下级报审批",
        "lane.check": "复审核对",
        "lane.upper": "核对报告",
        "lane.latest": "最迟 {day}",
        "lane.overdue": "逾期 {sub}",
        "report.names.join": "、",
        "report.sign.own": "出具核对报告",
        "report.sign.merged": "统一反馈",
    }
)
