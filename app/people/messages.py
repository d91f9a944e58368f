"""Words of the pages of administration."""

from tenants.messages import register

KIND_TITLES = {
    "staff": "核对机构",
    "department": "委托单位",
    "desk": "受理窗口",
    "liaison": "信息共享单位",
}

ACCOUNT_STATES = {
    "open": ("启用", "done"),
    "coming": ("未到启用日期", "plain"),
    "ended": ("已到期", "stopped"),
    "closed": ("停用", "stopped"),
}

UNIT_TITLES = {
    "commissioning": "委托单位",
    "intake_desk": "乡镇（街道）受理窗口",
    "sharing": "信息共享单位",
}

STAND_IN_REASONS = {
    "leave": "休假",
    "training": "培训",
    "travel": "出差",
    "vacancy": "岗位空缺",
    "other": "其他",
}

STAND_IN_STATES = {
    "coming": ("未开始", "plain"),
    "running": ("代理中", "active"),
    "over": ("已到期", "stopped"),
    "ended": ("提前结束", "stopped"),
}

VERB_TITLES = {
    "sign_in": "登录",
    "sign_in.fail": "登录失败",
    "sign_out": "退出",
    "password.change": "更改本人密码",
    "password.fail": "更改密码时现用密码不符",
    "list.upload": "上传核对名单",
    "list.correct": "更正核对名单",
    "list.explain": "说明名单的列对应",
    "list.errors.download": "下载退回名单",
    "entrustment.submit": "提交委托",
    "entrustment.letter.download": "下载委托书",
    "case.accept": "受理初审通过",
    "case.return": "受理初审退回",
    "case.resubmit": "重新提交",
    "case.approve": "审核复审通过",
    "case.terminate": "终止核对",
    "list.export": "导出列表",
    "case.unmask": "查看完整信息",
    "subject.unmask": "查看完整信息",
    "person.search": "按人查找",
    "letter.seal": "委托书用印",
    "letter.recall": "撤回上级委托",
    "delegation.hand_back": "退回下级核对",
    "request.make": "制作交换包",
    "request.confirm": "确认交换包",
    "request.deliver": "登记送达",
    "request.close": "结束等待反馈",
    "package.download": "下载交换包",
    "package.password": "查看交换包密码",
    "reply.receive": "接收反馈文件",
    "reply.accept": "接收反馈",
    "reply.refuse": "不予接收反馈",
    "report.issue_own": "出具本级报告",
    "report.issue_merged": "合并反馈",
    "report.render_again": "重新生成报告",
    "report.download": "下载核对报告",
    "report.receive": "签收核对反馈",
    "print.authorisations": "打印查询授权书",
    "print.notices": "打印告知单",
    "print.home_visits": "打印入户调查表",
    "print.assessment": "打印民主评议表",
    "print.letter": "打印核对委托书",
    "print.list": "打印核对名单",
    "print.summary": "打印汇总表",
    "print.delivery_note": "打印交接单",
    "print.archive_cover": "打印档案封面",
    "person.open": "开立账号",
    "person.enable": "恢复账号",
    "person.disable": "停用账号",
    "person.set_password": "重置密码",
    "role.give": "授予岗位",
    "role.end": "收回岗位",
    "person.move": "登记调岗",
    "hosting.open": "登记托管",
    "hosting.end": "终止托管",
    "stand_in.file": "登记代理",
    "stand_in.end": "提前结束代理",
    "audit.verify": "核验操作留痕",
}
"""What the trail's verbs are called; a verb that is missing here is shown by its code."""

SUBJECT_TITLES = {
    "subject_list": "名单",
    "entrustment": "委托",
    "case": "案件",
    "subject": "核对对象",
    "request": "数据交换申请",
    "reply": "反馈",
    "report": "核对报告",
    "letter": "上级委托书",
    "account": "账号",
    "stand_in": "岗位代理",
    "hosting": "托管",
}

register(
    {
        "login_taken": "用户名“{login}”已被使用，请换一个用户名。",
        "role_of_another_kind": "该账号所在单位的人员不能担任此岗位，请选择列出的岗位。",
        "not_oneself": "不能对本人的账号办理此事项，请由另一名管理员办理。",
        "password_wrong": "现用密码不正确，密码没有更改。",
        "password_same": "新密码与现用密码相同，请另设一个密码。",
        "role_form": "岗位或日期填写不完整，日期例如 2026-11-05，请返回后重新填写。",
        "role_dates": "岗位日期不正确：不早于今天（{today}），结束日期不早于开始日期。",
        "hosted_role": "托管人员只能担任系统、安全、审计管理员，不能担任或代理业务岗位。",
        "hosting_ended": "托管已终止，账号不能恢复。需要继续托管的，请凭新的同意函重新登记。",
        "hosting.not_parent": "托管只能由本机构的直接上级核对机构承担，没有登记。",
        "hosting.no_person": "上级核对机构没有用户名为“{login}”的启用账号，没有登记。",
        "move.date": "调岗日期不能早于今天（{today}）。",
        "move.same_place": "此人已在该单位，请选择另一单位；同一单位内换岗位，请由安全管理员调整岗位。",
        "move.ended": "该账号已停用或已登记结束日期，不能再登记调岗。",
        "move.hosted": "托管人员的账号不能调岗。",
        "move.has_account": "此人在本机构已有账号“{login}”，请恢复该账号，不能另开：同一人办理的环节记在同一账号上。",
        "person.moved": "已登记调岗，请安全管理员授予新岗位。",
        "notice.person.moved": "调岗人员的新账号 {number} 已开立，请授予岗位。",
        "stand_in.oneself": "代理人与被代理人是同一人，请另选代理人。",
        "stand_in.dates": "代理日期不正确：开始日期不早于今天（{today}），结束日期不早于开始日期。",
        "stand_in.inactive": "代理人或被代理人的账号已停用，请另选人员，或先恢复账号。",
        "stand_in.place": "代理人与被代理人不在同一单位，请选择同一单位的人员。",
        "stand_in.role_not_held": "被代理人在这段日期内不是一直担任该岗位，请更正岗位或日期。",
        "stand_in.holds_role": "代理人在这段日期内本来就担任该岗位，不需要代理。",
        "stand_in.taken": "被代理人的该岗位在 {first} 至 {last} 已登记代理，请更正日期，或先结束原代理。",
        "stand_in.busy": "代理人在 {first} 至 {last} 已代理另一人，不能同时代理两人，请另选代理人。",
        "stand_in.absent_stands_in": "被代理人在 {first} 至 {last} 正代理他人，代理不能转托，请先结束其代理。",
        "stand_in.is_absent": "代理人在 {first} 至 {last} 已由他人代理，不能再代理别人，请另选代理人。",
        "notice.stand_in.filed": "已登记岗位代理（{number}），代理期间办理的事项记在代理人名下。",
        "notice.stand_in.ended": "岗位代理（{number}）已提前结束。",
        "person.opened": "已开立账号，请安全管理员授予岗位。",
        "password.changed": "密码已更改。",
        "trail.sound": "已核验 {count} 条，链条完整，没有发现改动。",
        "trail.broken": "发现 {count} 处与记录不符，从第 {first} 条起，请立即保全数据并向上级核对机构报告。",
        "trail.empty": "还没有固化的记录。",
    }
)
