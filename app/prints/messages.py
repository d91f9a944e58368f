"""Words of the papers that the agency, the department and the sharing units sign and seal."""

from tenants.messages import Fault, register, say

# The package says and raises through this module, so that its words are always registered.
__all__ = ["Fault", "say"]

register(
    {
        "print.confidential": "内部资料 注意保密",
        "print.blank": "—",
        "print.blank_day": "　　　年　　月　　日",
        "print.blank_number": "　　　〔　　　　〕　　　号",
        "print.join": "、",
        "print.households": "{count} 户",
        "print.people": "{count} 人",
        "print.size": "{households} 户 {people} 人",
        "print.total": "合计",
        "print.sealer": "{name}（公章）",
        "print.clerk": "经办人：\n联系电话：",
        "print.too_many_households": "一次最多打印 {most} 户，符合条件的超过此数；请按名单分开打印。",
        "print.not_closed": "案件尚未办结，还不能打印档案封面；反馈、终止或撤回以后再打印。",
        "print.request_draft": "交换包尚未制作，还没有可以交接的介质；请先制作交换包。",
    }
)

register(
    {
        "print.letter.title": "社会救助家庭经济状况核对委托书",
        "print.letter.to": "{agency}：",
        "print.letter.body": "根据{basis}，现将申请或者已获得社会救助的 {households} 户 {people} 人"
        "（所属月份：{period}）委托你中心进行家庭经济状况核对，核对名单附后。",
        "print.letter.consent": "上述核对对象均已签署《社会救助家庭经济状况查询授权书》（个人签字、捺印），"
        "核对结果仅用于社会救助审核确认，不扩大使用范围。",
        "print.letter.due": "请于 {due} 前将核对结果反馈我单位。",
        "print.letter.enclosed": "随本委托书提交：{materials}。",
        "print.letter.column.scheme": "救助项目",
        "print.letter.column.new": "新申请",
        "print.letter.column.periodic": "定期核查",
        "print.letter.column.households": "户数",
        "print.letter.column.people": "人数",
        "print.letter.material.list": "《社会救助家庭经济状况核对名单》（加盖公章）{count} 份",
        "print.letter.material.consents": "《社会救助家庭经济状况查询授权书》（个人签字、捺印）{count} 份",
        "print.letter.material.cards": "核对对象身份证件复印件 {count} 份",
        "print.letter.material.package": "与纸质材料一致的核对电子数据包 {count} 份",
    }
)

register(
    {
        "print.list.title": "社会救助家庭经济状况核对名单",
        "print.list.lead": "委托单位：{department}　　所属月份：{period}　　共 {households} 户 {people} 人",
        "print.list.note": "每页均须加盖委托单位公章；本名单与核对电子数据包中的名单一致。",
        "print.list.end": "（以下空白）",
        "print.list.column.no": "序号",
        "print.list.column.household": "户编号",
        "print.list.column.name": "姓名",
        "print.list.column.relation": "与户主关系",
        "print.list.column.document": "证件号码",
        "print.list.column.role": "对象类别",
        "print.list.role.applicant": "家庭成员",
        "print.list.role.member": "家庭成员",
        "print.list.role.obligor": "义务人",
        "print.list.column.scheme": "救助项目",
    }
)

register(
    {
        "print.summary.title": "社会救助家庭经济状况核对汇总表",
        "print.summary.lead": "委托单位：{department}　　委托书：{letter}　　所属月份：{period}",
        "print.summary.counts": "结果各列为项次：一名核对对象的一个数据项在一个来源为一项次。",
        "print.summary.known": "各列含义：“有记录”“无记录”为来源已经查询；“未取得”为无法查询、拒绝或未反馈；"
        "“未核对”为各级均不能核对、未授权或终止核对。有记录只说明来源有登记，不是认定结论。",
        "print.summary.cut": "统计截至 {day}；未反馈的户不列结果。",
        "print.summary.column.no": "序号",
        "print.summary.column.household": "户编号",
        "print.summary.column.head": "户主",
        "print.summary.column.size": "人数",
        "print.summary.column.scheme": "救助项目",
        "print.summary.column.state": "状态",
        "print.summary.column.hits": "有记录",
        "print.summary.column.no_records": "无记录",
        "print.summary.column.missing": "未取得",
        "print.summary.column.unasked": "未核对",
        "print.summary.of_states": "各状态户数：{states}。",
        "print.summary.of_state": "{state} {count} 户",
        "print.summary.maker": "制表人：\n审核人：",
    }
)

register(
    {
        "print.note.title": "社会救助家庭经济状况核对数据交换交接单",
        "print.note.number": "申请编号：{number}",
        "print.note.copies": "内部资料 注意保密　　一式两份，核对机构、信息共享单位各存一份",
        "print.note.agency": "核对机构",
        "print.note.unit": "信息共享单位",
        "print.note.period": "所属月份",
        "print.note.made_on": "制作日期",
        "print.note.medium": "介质",
        "print.note.media": "□ 加密光盘　□ 加密U盘",
        "print.note.serial": "介质编号",
        "print.note.number_and_serial": "{label}（序列号 {serial}）",
        "print.note.pieces": "介质数量",
        "print.note.pieces_count": "{count} 件",
        "print.note.pieces_value": "　　　　件",
        "print.note.file": "介质内文件",
        "print.note.content": "名单内容",
        "print.note.contents": "{households} 户，{people} 名核对对象，{items} 项次",
        "print.note.makers": "制作、确认",
        "print.note.makers_value": "制作：{made}　　确认：{confirmed}",
        "print.note.due": "反馈期限",
        "print.note.due_value": "{term}{article}",
        "print.note.article": "（{article}）",
        "print.note.rules": "交接要求",
        "print.note.rule.password": "1. 解压密码由核对机构以电话等其他方式另行告知联络员，不写在本单和介质上，不与介质同行。",
        "print.note.rule.seal": "2. 签收时检查介质外观完好、编号与本单一致；不一致的，当场退回。",
        "print.note.rule.use": "3. 名单和查询结果仅用于社会救助家庭经济状况核对，不得复制留存、扩大使用范围或者向他人泄露。",
        "print.note.rule.back": "4. 反馈结果写入反馈模板，加密后以同样方式交回；介质交回后由核对机构清除或者销毁。",
        "print.note.rule.stamp": "5. 交回的反馈应带有校验码 {stamp}；本单位系统导出的文件带不上的，写在盖章的复函上。",
        "print.note.out": "一、送达",
        "print.note.back": "二、交回",
        "print.note.giver": "移交人（两人）",
        "print.note.taker": "接收人",
        "print.note.at": "时间",
        "print.note.seal": "盖章",
        "print.note.back_giver": "交回人",
        "print.note.back_taker": "接收人（两人）",
        "print.note.blank_time": "　　年　 月　 日　 时　 分",
    }
)

register(
    {
        "print.cover.title": "社会救助家庭经济状况核对档案",
        "print.cover.agency": "立档单位",
        "print.cover.archive_no": "档号",
        "print.cover.case_no": "案件编号",
        "print.cover.heading": "题名",
        "print.cover.heading_value": "{head}一户{scheme}（{application}）家庭经济状况核对",
        "print.cover.department": "委托单位",
        "print.cover.letter": "委托书文号",
        "print.cover.people": "核对对象",
        "print.cover.people_value": "{names}（共 {count} 人）",
        "print.cover.period": "所属月份",
        "print.cover.dates": "起止日期",
        "print.cover.dates_value": "{first} 至 {last}",
        "print.cover.outcome": "办理结果",
        "print.cover.keep": "保管期限",
        "print.cover.class": "密级",
        "print.cover.papers": "卷内文件目录",
        "print.cover.column.no": "序号",
        "print.cover.column.paper": "文件名称",
        "print.cover.column.number": "文号或编号",
        "print.cover.column.day": "日期",
        "print.cover.column.pages": "页数",
        "print.cover.column.remark": "备注",
        "print.cover.paper.letter": "核对委托书",
        "print.cover.paper.list": "核对名单",
        "print.cover.paper.consents": "查询授权书（{count} 份）",
        "print.cover.paper.cards": "身份证件复印件（{count} 份）",
        "print.cover.paper.objections": "异议、复核和情况说明材料",
        "print.cover.paper.decision": "审批情况反馈",
        "print.cover.maker": "立卷人",
        "print.cover.checker": "检查人",
        "print.cover.filed_on": "立卷日期",
        "print.cover.shelf": "架位",
        "print.cover.paper.of": "{title}（{name}）",
    }
)
