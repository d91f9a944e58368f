"""What people are told about sharing units, their agreements and what they can check."""

from tenants.messages import register

AGREEMENT_STATES = {
    "waiting": ("待确认", "strong"),
    "coming": ("未到起始日", "plain"),
    "running": ("有效", "done"),
    "over": ("已到期", "stopped"),
    "void": ("已作废", "stopped"),
}
WAYS = {"media": "介质交换", "system": "系统交换", "store": "数据回流库"}
LIST_RHYTHMS = {"": "没有约定", "week": "每周", "month": "每月"}
TERMS = {"rulebook": "按管理办法", "agreed": "按协议约定", "none": "不限期"}
FIELD_TYPES = {
    "text": "文字",
    "date": "日期",
    "money": "金额",
    "number": "数字",
    "code": "代码",
    "yes_no": "是否",
}
SERVICES = {"records": "提供记录", "yes_no": "核查服务（是否）"}
MEASURES = {
    "monthly_income": "月收入",
    "deposits": "存款等金融资产",
    "houses": "房产套数",
    "vehicles": "车辆数",
    "businesses": "经营主体数",
}
SIDES = {"agency": "本机构交换员", "unit": "单位联络员"}
OWN_SIDES = {"agency": "核对机构交换员", "unit": "本单位联络员"}
WITHOUT_LOGIN = "没有登录账号（填写姓名）"
NOBODY = "该单位没有登录账号的专人"

ROLES = {"applicant": "申请人", "member": "共同生活的家庭成员", "obligor": "赡（抚、扶）养义务人"}
EMPLOYER_STATES = {
    "waiting": ("待确认", "strong"),
    "running": ("已开通", "done"),
    "void": ("已作废", "stopped"),
}
OWN_ITEM_STATES = {
    "waiting": ("待确认", "strong"),
    "running": ("使用中", "done"),
    "ended": ("已停用", "stopped"),
    "void": ("已作废", "stopped"),
}

register(
    {
        "new_employer.code": (
            "统一社会信用代码不对：应为 18 位数字和大写字母，末位校验位要相符；请照证书重新填写。"
        ),
        "new_employer.code_twice": "统一社会信用代码 {known} 已经登记，请在列表中查看，或者先作废原来的登记。",
        "new_employer.name_twice": "已经有名称为“{name}”的信息共享单位，请核对，不用重复登记。",
        "new_employer.same_person": "所在单位须由登记人以外的数据交换员确认。",
        "new_employer.not_waiting": "该单位已经确认或者作废，请刷新页面后查看。",
        "notice.employer.waits": "有新登记的所在单位，等待另一名数据交换员确认。",
        "filing.past": "日期早于今天（{today}）；备案应当提前，请填写今天或者以后的日期。",
        "filing.own_side": "本单位的人员由核对机构的交换员确认，您确认的是核对机构的交换员。",
        "filing.nobody": "请选择备案人员；该单位没有登录账号的专人，请填写姓名。",
        "filing.other_side": "接替的人与被接替的人应当是同一方的人员，请核对。",
        "filing.replace_date": (
            "只能接替今天在备案中的人员，接替的日期应晚于其备案的起日（{first}），请核对。"
        ),
        "filing.same_person": "备案须由登记人、备案人以外的另一名交换员确认。",
        "filing.not_waiting": "该备案已经确认或者作废，请刷新页面后查看。",
        "filing.not_running": "只能终止已确认、尚未到期的备案，请刷新页面后查看。",
        "filing.end_date": (
            "最后一天不能早于备案的起日（{first}）；今天（{today}）起不再办理的，填写昨天。"
        ),
        "own_item.yuan": "元",
        "own_item.no_basis": "请填写条款原文，或者选择文件扫描件：没有依据的数据项不能核对（第十条）。",
        "own_item.title_twice": "已经有名称为“{title}”的数据项，请换一个名称，或者先作废原来的登记。",
        "own_item.no_fields": "请至少填写一个字段。",
        "own_item.field_twice": "字段“{title}”填写了两次，请改成不同的名称。",
        "own_item.yes_no_mixed": (
            "“是否”字段不能和其他类型的字段放在同一个数据项：只答是否的，请另外增加一个数据项。"
        ),
        "own_item.codes_belong": (
            "字段“{title}”：类型为“代码”的要填写代码表，其他类型不填写代码表。"
        ),
        "own_item.codes": (
            "字段“{title}”的代码表请写成“1 享受；2 停发”的样子：数字、空格、含义，用分号隔开，"
            "数字不重复，不超过 {most} 个。"
        ),
        "own_item.too_many": "这一类单位增加的数据项已有 {most} 个，不能再增加，请先停用不用的并报上级。",
        "own_item.same_person": "数据项须由登记人以外的另一名交换员确认。",
        "own_item.not_waiting": "该数据项已经确认或者作废，请刷新页面后查看。",
        "own_item.not_running": "该数据项没有在使用，不能停用，请刷新页面后查看。",
        "own_item.scan": "文件扫描件应为 PDF 文件，不超过 {most} MB，请转换后再选择。",
        "catalogue.field.fact": "列示",
        "catalogue.field.sensitive": "遮掩列示",
        "catalogue.field.amount": "计入{measure}",
        "catalogue.field.yearly": "按年发放，列在{measure}旁，不相加",
        "catalogue.field.unless": "已有{others}的，不重复计",
        "catalogue.field.count": "{values}的每条计入{measure}",
        "catalogue.field.only": "只计{values}的",
        "catalogue.field.latest": "只计最近一期",
        "catalogue.field.day": "金额所属日期",
        "catalogue.field.agree": "各来源应当一致",
        "catalogue.field.yes": "“是”",
        "catalogue.field.and": "、",
        "catalogue.field.or": "或",
        "catalogue.field.between": "；",
        "sharing.deadline": "签收后 {days} 个工作日内",
        "sharing.no_deadline": "协议没有约定反馈期限",
        "sharing.by_agreement": "保密协议 {number}",
        "agreement.signed_later": "签订日期不能晚于今天（{today}），请照协议填写。",
        "agreement.dates": "有效期止日早于起日（{first}），请核对后填写。",
        "agreement.days_missing": "请填写协议约定的反馈期限（工作日），例如 5。",
        "agreement.days_over": (
            "协议约定的反馈期限不得超过 {most} 个工作日（{article}），请按规定填写。"
        ),
        "agreement.term_bound": (
            "反馈期限不得超过 {most} 个工作日（{article}），不能登记为不限期。"
        ),
        "sharing.answer": "收到对方核查后 {days} 个工作日内",
        "agreement.no_answer": (
            "只有人力资源社会保障部门与民政部门互相核查（民发〔2020〕95号），对其他单位不用填写本级反馈的工作日数。"
        ),
        "agreement.no_lists": "只向人力资源社会保障部门定期提供名单，对其他单位不用选择名单频次。",
        "agreement.list_week": "请填写每周星期几提供名单：1 至 7 的整数，1 为星期一。",
        "agreement.list_month": "请填写每月几日提供名单：1 至 28 的整数。",
        "agreement.answer_over": "本级向对方反馈的期限不得超过 {most} 个工作日（{article}），请按规定填写。",
        "agreement.same_person": "协议须由登记人以外的另一名交换员确认。",
        "agreement.not_waiting": "该协议已经确认或者作废，请刷新页面后查看。",
        "agreement.not_running": "只能终止已确认、尚未到期的协议，请刷新页面后查看。",
        "agreement.end_date": "终止日期应在协议起日（{first}）与止日之间，请核对。",
        "capability.past": "日期早于今天（{today}），请填写今天或者以后的日期。",
        "capability.dates": "止日早于起日（{first}），请核对后填写。",
        "capability.no_items": "请选择要增加的数据项。",
        "capability.held": "该单位在这段时间里已经可以核对“{item}”，不用重复增加。",
        "capability.two_ways": (
            "同一天对一个单位只能用一种交换方式。请选择与该单位现有核对能力相同的方式，或者先“更改交换方式”。"
        ),
        "capability.none_held": "该单位在这一天没有所选数据项的核对能力，请核对数据项和日期。",
        "capability.way_closed": "数据回流库尚未开通，请选择介质交换或者系统交换。",
        "capability.same_way": "该单位自这一天起已经使用这种交换方式，不用更改。",
        "capability.seen_before": (
            "查看影响以后该单位的核对能力已被他人更改，没有保存。请再次查看影响后保存。"
        ),
        "agreement.scan": "协议扫描件应为 PDF 文件，不超过 {most} MB，请转换后再选择。",
    }
)
