"""What the ``flask`` commands of administration say."""

from tenants.messages import register, say

register(
    {
        "command.agency.opened": "已开设核对机构：{agency} {name}。请接着登记单位、开立管理员账号、导入签章证书。",
        "command.agency.exists": "核对机构 {agency} 已经开设，没有改动。",
        "command.agency.no_parent": "上级核对机构 {parent} 尚未开设，请先开设上级。",
        "command.agency.code": "核对机构代码 {agency} 应为六位行政区划代码，例如 220182。",
        "command.agency.unknown": "核对机构 {agency} 尚未开设，请先运行 flask open-agency。",
        "command.unit.added": "已登记单位：{unit} {name}。",
        "command.unit.no_department": "受理窗口应指明所属委托单位：--department 后面写该单位的编号。",
        "command.unit.no_category": "信息共享单位应指明类别：--category 后面写 1 至 17（第七条）。",
        "command.unit.unknown": "本机构没有编号为 {unit} 的单位，请用 flask list-units 查看。",
        "command.unit.line": "{unit}\t{kind}\t{name}",
        "command.account.password": "密码",
        "command.account.password_again": "再次输入密码",
        "command.account.opened": "已开立账号：{login}（{name}），岗位：{roles}。",
        "command.hosting.opened": "已登记托管：{login}，岗位 {role}，依据 {consent}。",
        "command.account.no_role": "{kind}人员不能担任岗位 {role}，可选：{choices}。",
        "command.certificate.installed": "已导入签章证书，签章机构：{name}，有效期至 {until}。",
        "command.certificate.other": "证书属于“{certified}”，与核对机构“{name}”不符，没有导入。",
        "command.certificate.key": "私钥与证书不配对，或私钥不是未加密的 PEM 格式，没有导入。",
        "command.certificate.expired": "证书已于 {until} 到期，没有导入。",
        "command.certificate.demonstration": "证书由演示机构签发，不能用于正式环境，没有导入。",
        "command.capability.added": "已登记核对能力：{name} 可核对 {count} 个数据项，自 {since} 起。",
        "command.capability.item": "数据项 {item} 不在信息共享目录中，没有登记。",
        "command.capability.again": "{name} 已登记过数据项 {items}，没有登记。",
    }
)

# Commands speak through this module, so that its words are always registered.
__all__ = ["say"]
