"""Words of the papers that a household signs, keeps, or is visited with."""

from tenants.messages import register, say

__all__ = ["say"]

register(
    {
        "print.consent.title": "社会救助家庭经济状况查询授权书",
        "print.consent.number": "户编号：{number}",
        "print.consent.household": "户编号",
        "print.consent.name": "授权人姓名",
        "print.consent.document": "证件号码",
        "print.consent.relation": "与户主关系",
        "print.consent.scheme": "救助项目",
        "print.consent.head": "申请人",
        "print.consent.body.member": "本人及家庭因{application}{scheme}，依据{basis}，自愿授权{agency}及其上级核对机构"
        "向下列部门和单位查询、核对本人的下列信息；授权下列部门和单位据此提供查询结果。",
        "print.consent.body.obligor": "本人为{head}的赡（抚、扶）养义务人。因{head}家庭{application}{scheme}，依据{basis}，"
        "自愿授权{agency}及其上级核对机构向下列部门和单位查询、核对本人的下列信息；"
        "授权下列部门和单位据此提供查询结果。",
        "print.consent.new": "申请",
        "print.consent.periodic": "享受",
        "print.consent.asked": "1. 查询的部门（单位）和内容——{kinds}",
        "print.consent.asked_only": "1. 查询的部门（单位）和内容，只限以下各项，其余不查询——{kinds}",
        "print.consent.kind": "{kind}：{items}",
        "print.consent.kinds": "；",
        "print.consent.stop": "。",
        "print.consent.term": "2. 授权期限：自签署之日起至 {until} 止，最长不超过 {months} 个月。",
        "print.consent.use": "3. 查询结果仅用于社会救助家庭经济状况核对和审核确认，不得用于其他事项，不得向无关的组织或者个人提供。",
        "print.consent.withdraw": "4. 本人可以随时以书面形式向受理窗口或者委托单位撤回授权；撤回后，尚未发出的查询不再发出。"
        "撤回授权可能使家庭经济状况无法核对。",
        "print.consent.object": "5. 本人有权了解核对结果的来源，对结果有异议的，可以通过委托单位提出，由核对机构复核。",
        "print.consent.read": "本人已经阅读（或者经办人已经向本人宣读）并理解以上内容，所填信息属实。",
        "print.consent.signature": "授权人签字",
        "print.consent.thumb": "捺印",
        "print.consent.signed_on": "签署日期",
        "print.consent.clerk": "经办人签字",
        "print.consent.guardian": "监护人签字",
        "print.consent.guardian_of": "与授权人关系",
        "print.consent.guardian_no": "监护人证件号码",
        "print.consent.guardian_thumb": "监护人捺印",
        "print.consent.minor": "授权人未满 18 周岁，由监护人代为签字、捺印，并附监护关系证明。",
        "print.consent.unable": "授权人不能亲自签字的，由监护人或者受托人代为签字、捺印，并附有关证明。",
        "print.consent.deputy": "代签人签字",
        "print.consent.deputy_of": "关系、证件号码",
    }
)

register(
    {
        "print.notice.title": "社会救助家庭经济状况核对告知单",
        "print.notice.keep": "本单一式两份，一份由家庭保存，一份存档",
        "print.notice.to": "{head}及家庭成员（户编号 {number}）：",
        "print.notice.lead": "您家{application}{scheme}，按照{basis}，需要核对家庭经济状况，告知如下。",
        "print.notice.who": "核对谁",
        "print.notice.people": "共 {count} 人：{names}。每人签署查询授权书后才能查询；没有授权的，不查询。",
        "print.notice.what": "核对什么",
        "print.notice.member": "共同生活的家庭成员：向{kinds}查询。",
        "print.notice.obligor": "赡（抚、扶）养义务人：只查询赡（抚、扶）养能力，范围小于家庭成员。",
        "print.notice.in_full": "查询的具体内容，见每人的查询授权书。",
        "print.notice.by": "由谁核对",
        "print.notice.agency": "由{agency}查询；本级不能查询的，由上级核对机构查询。"
        "哪一级核对，由哪一级出具核对报告，统一反馈给{department}。您不需要自己去开具证明。",
        "print.notice.when": "多长时间",
        "print.notice.window": "本批核对结果于 {due} 前反馈{article}。",
        "print.notice.days": "信息共享单位 {days} 个工作日内反馈，确需延期的最多延长 {more} 个工作日。",
        "print.notice.rights": "您的权利",
        "print.notice.right.explain": "1. 说明：核对结果与申报不一致的，可以先说明情况、提供材料。",
        "print.notice.right.object": "2. 异议：对核对结果有异议的，可以通过{department}申请复核。",
        "print.notice.right.withdraw": "3. 撤回：可以随时书面撤回授权，尚未发出的查询不再发出。",
        "print.notice.right.secret": "4. 保密：民主评议和公示只说明核对结论，不公开金额和证件号码。",
        "print.notice.duties": "您的义务",
        "print.notice.duty": "如实申报家庭人口、收入和财产；家庭情况有变化的，及时告知受理窗口。",
        "print.notice.article": "（{article}）",
        "print.notice.received": "已收到本告知单并了解以上内容",
        "print.notice.signature": "签收人签字：",
        "print.notice.clerk": "告知人：\n咨询电话：",
    }
)

register(
    {
        "print.visit.title": "社会救助家庭入户调查表",
        "print.visit.number": "户编号：{number}",
        "print.visit.head": "申请人",
        "print.visit.scheme": "救助项目",
        "print.visit.desk": "调查单位",
        "print.visit.day": "调查时间",
        "print.visit.address": "居住地址",
        "print.visit.phone": "联系电话",
        "print.visit.people": "一、家庭人员（按名单预填，不在此居住的请注明）",
        "print.visit.column.name": "姓名",
        "print.visit.column.relation": "与户主关系",
        "print.visit.column.age": "年龄",
        "print.visit.column.lives": "是否共同居住",
        "print.visit.column.health": "身体状况",
        "print.visit.column.work": "就业、就学和收入来源",
        "print.visit.yes_no": "□ 是　□ 否",
        "print.visit.obligors": "二、赡（抚、扶）养义务人",
        "print.visit.column.support": "赡（抚、扶）养情况",
        "print.visit.housing": "居住和生活情况",
        "print.visit.row.house": "住房",
        "print.visit.house": "□ 自有　□ 租住　□ 借住　□ 公租房　□ 其他：　　　　　面积：　　　平方米",
        "print.visit.row.repair": "房屋状况",
        "print.visit.repair": "□ 安全　□ 需要修缮　□ 危房　□ 新近装修　说明：",
        "print.visit.row.appliances": "家用设备",
        "print.visit.appliances": "□ 电视　□ 冰箱　□ 洗衣机　□ 空调　□ 电脑　其他：",
        "print.visit.row.vehicles": "车辆、农机",
        "print.visit.vehicles": "□ 无　□ 有：车型、号牌、用途：",
        "print.visit.row.land": "土地、养殖",
        "print.visit.land": "承包地：　　　亩　□ 自种　□ 流转　□ 撂荒　养殖种类和数量：",
        "print.visit.row.business": "生产经营",
        "print.visit.business": "□ 无　□ 有：字号、场所、雇工：",
        "print.visit.row.spending": "主要支出",
        "print.visit.spending": "□ 医疗　□ 教育　□ 房租　□ 债务　其他：",
        "print.visit.row.neighbours": "邻里走访",
        "print.visit.row.others": "其他情况",
        "print.visit.row.opinion": "调查意见",
        "print.visit.opinion": "调查所见与申报是否一致：□ 一致　□ 不一致，说明：",
        "print.visit.signed": "签字",
        "print.visit.visitors": "调查人（两人签字）",
        "print.visit.visited": "被调查人（签字、捺印）",
        "print.visit.witness": "见证人（签字）",
        "print.visit.note": "调查人不少于两人，当面核实、如实记录；本表不含核对结果，不代替核对报告。",
    }
)

register(
    {
        "print.review.title": "民主评议用家庭经济状况核对结论表",
        "print.review.lead": "{place}　　所属月份：{period}　　共 {households} 户",
        "print.review.note": "本表只载明核对结论，不含收入、财产金额和证件号码；参加评议的人员不得询问、传播核对所得的个人信息。",
        "print.review.done": "核对已完成",
        "print.review.open": "核对未完成",
        "print.review.stopped": "不再核对",
        "print.review.tick": "□ 无　□ 有",
        "print.review.matters": "有",
        "print.review.no_matters": "无",
        "print.review.column.no": "序号",
        "print.review.column.household": "户编号",
        "print.review.column.head": "户主",
        "print.review.column.size": "人口",
        "print.review.column.scheme": "救助项目",
        "print.review.column.conclusion": "核对结论",
        "print.review.column.explain": "需说明事项",
        "print.review.column.opinion": "评议意见",
        "print.review.people": "主持人：\n记录人：",
        "print.review.members": "参加评议人员签字",
        "print.review.place": "{name}（章）",
    }
)
