"""What people are told about accounts and rights."""

from tenants.messages import register

ROLE_TITLES = {
    "intake_officer": "受理初审",
    "reviewer": "审核复审",
    "report_issuer": "报告出具",
    "exchange_operator": "数据交换",
    "director": "机构负责人",
    "system_administrator": "系统管理",
    "security_administrator": "安全管理",
    "audit_administrator": "审计管理",
    "department_clerk": "委托经办",
    "desk_clerk": "窗口受理",
    "liaison": "联络员",
    "joint_determiner": "共同认定",
}

register(
    {
        "forbidden": "您没有办理此事项的权限。如需办理，请联系本机构系统管理员。",
        "sign_in_failed": "核对机构代码、用户名或密码不正确，请核对后重新输入。",
        "sign_in_not_filed": (
            "您今天不在备案的联络员之列（操作规程 五（三）），不能登录；请与核对机构的数据交换员联系备案。"
        ),
        "sign_in_locked": "连续多次登录失败，账号已暂停登录 {minutes} 分钟，请稍后再试。",
        "password_too_short": "密码至少应有 {shortest} 个字符。",
        "roles_conflict": "系统管理员、安全管理员、审计管理员不得互相兼任，也不得兼任业务岗位。",
    }
)
