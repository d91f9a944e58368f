"""Words of the pages of administration."""

from tenants.messages import register

KIND_TITLES = {
    "staff": "核对机构",
    "department": "委托单位",
    "desk": "受理窗口",
    "liaison": "信息共享单位",
}

UNIT_TITLES = {
    "commissioning": "委托单位",
    "intake_desk": "乡镇（街道）受理窗口",
    "sharing": "信息共享单位",
}

VERB_TITLES = {
    "sign_in": "登录",
    "sign_in.fail": "登录失败",
    "sign_out": "退出",
    "password.change": "更改本人密码",
    "password.fail": "更改密码时现用密码不符",
    "list.upload": "上传核对名单",
    "list.correct": "更正核对名单",
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
}

register(
    {
        "login_taken": "用户名“{login}”已被使用，请换一个用户名。",
        "role_of_another_kind": "该账号所在单位的人员不能担任此岗位，请选择列出的岗位。",
        "not_oneself": "不能对本人的账号办理此事项，请由另一名管理员办理。",
        "password_wrong": "现用密码不正确，密码没有更改。",
        "password_same": "新密码与现用密码相同，请另设一个密码。",
        "person.opened": "已开立账号，请安全管理员授予岗位。",
        "password.changed": "密码已更改。",
        "trail.sound": "已核验 {count} 条，链条完整，没有发现改动。",
        "trail.broken": "发现 {count} 处与记录不符，从第 {first} 条起，请立即保全数据并向上级核对机构报告。",
        "trail.empty": "还没有固化的记录。",
    }
)
