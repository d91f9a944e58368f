"""What is said about changes of the map, on pages and by commands."""

from tenants.messages import Fault, register, say

__all__ = ["Fault", "say"]

CHANGE_STATES = {
    "waiting": ("待确认", "strong"),
    "coming": ("待生效", "active"),
    "in_force": ("已生效", "done"),
    "void": ("已作废", "stopped"),
}
CHANGE_KINDS = {"move": "改变隶属", "rename": "更名、改码", "merge": "并入"}

register(
    {
        "map.no_document": "没有填写批文文号。区划变更须有批准文件，请用 --document 写明文号。",
        "map.document_to_come": "批文日期 {day} 还没有到，请核对 --document-on。",
        "map.past": (
            "生效日期 {day} 不晚于今天，没有登记。此前送出的委托已按原隶属办理；请写 {first} 或者以后的日期。"
        ),
        "map.cycle": "{parent}就是{name}或者在其之下，不能作为它的上级，没有登记。",
        "map.tier": "{parent}的层级不高于{name}，不能作为它的上级，没有登记。",
        "map.province": "{parent}与{name}不在同一省，适用的规定不同，不能在这里变更，没有登记。",
        "map.overlap": "{name}在 {day} 或者以后已另有隶属变更，期间重叠，没有登记。",
        "map.no_parent": "{name}现在没有上级核对机构，没有登记。",
        "map.same_parent": "{name}现在的上级就是{parent}，不用变更。",
        "map.former_parent": (
            "{name}以前隶属过{parent}；一个上级只记一段期间，目前不能移回原上级，没有登记。"
        ),
        "map.open": "{name}已有一项变更（{document}）正待确认或者尚未生效，请先办结或者作废，再登记。",
        "map.no_name": "{name}的新名称、简称和地区名称都要写明，没有登记。",
        "map.same_name": "{name}的名称和代码都没有变化，不用变更。",
        "map.code": "代码 {digits} 应为六位行政区划代码，没有登记。",
        "map.taken": "“{word}”已由别的核对机构使用，没有登记。",
        "map.other_tier": "{after}与{name}层级不同，不能并入，没有登记。",
        "map.has_children": "{name}还有 {count} 个下级核对机构，请先逐个登记改隶，再登记并入。",
        "map.successor_over": "{after}自己也已并入别的核对机构，没有登记。",
        "map.unknown": "核对机构 {agency} 尚未开设，请核对代码。",
        "map.not_province": "区划变更由本省省级核对机构的管理员登记和确认，您的账号不属于{name}。",
        "map.not_waiting": "该变更已经确认或者作废，请刷新页面后查看。",
        "map.same_person": "区划变更须由登记人以外的另一名管理员确认。",
        "map.too_late": "该变更已经生效，不能作废。",
        "map.words.move": "自{since}起，{name}由{before}改隶{after}（{document}）。",
        "map.words.rename": "自{since}起，{name}改称{new_name}（{document}）。",
        "map.words.merge": "自{since}起，{name}并入{after}（{document}）。",
        "map.effect.open": "{name}在办 {count} 户，继续办理，案号、报告编号和核验网址不变。",
        "map.effect.held": "其中 {count} 户已送{before}，仍由{before}办结；补送、撤回、异议和审批情况也仍送该机构。",
        "map.effect.prepared": "{count} 份委托书尚未用印，生效后其中的家庭转入送{after}的委托书。",
        "map.effect.prepared_none": "没有尚未用印的委托书。",
        "map.effect.items": (
            "核对能力：上级能核对的数据项由 {before} 项变为 {after} 项，新增 {more} 项，减少 {fewer} 项；"
            "生效当日重新下发，未送出的查询照此改送。"
        ),
        "map.effect.below": "{before}的能力分布中去掉{name}的 {count} 条，{after}的分布中加入。",
        "map.effect.hosted": "{before}有 {count} 个账号在{name}托管，托管依同意函，不随隶属终止；不再托管的，请由安全管理员终止。",
        "map.effect.renamed": "此后的编号以“{short_name}”开头；原有编号、报告上的名称和核验网址不变，核验页仍显示出具时的名称。",
        "map.effect.coded": "登录时原代码 {old} 和新代码 {new} 都可以填写。",
        "map.effect.certificate": "签章证书须是以新名称签发的：生效当日用 flask install-certificate 导入，导入前不能出具报告。",
        "map.effect.closed": "自生效之日起不再受理新的委托；未办结的由{name}的人员以原编号办结，密钥和数据不移交、不复制。",
        "map.effect.units": "{after}将登记{name}的 {count} 个委托单位和受理窗口（只登记单位名称），账号由{after}的管理员另行开立。",
        "map.effect.verify": "原报告编号和核验网址继续有效；公开页面指向{after}。",
        "map.effect.counts": "{month}以前各月的统计仍归{before}，{month}起归{after}；当年考评由双方各自办结已设的考评表。",
        "map.password": "登记人的密码",
        "map.dry": "以上只是预演，没有登记。登记请加 --enter --by 登录名。",
        "map.recorded": "已登记，编号 {id}。请由另一名管理员（安全管理员）在“区划变更”页面确认，确认后按期生效。",
        "map.refused": "该账号没有登记区划变更的岗位，请由省级核对机构的系统管理员登记，没有登记。",
        "notice.map.in_force": "区划变更已生效（{number}），此前送出的委托仍由原上级办结。",
    }
)
