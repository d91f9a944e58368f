"""What ``flask verify-report`` says."""

from tenants.messages import register, say

register(
    {
        "command.verify.good": "结论：真实有效。签章有效，内容未被改动。",
        "command.verify.bad": "结论：未通过核验，不能作为核对报告使用。",
        "command.verify.file": "文件：{name}",
        "command.verify.number": "编号：{number}",
        "command.verify.supplements": "补充报告：补充 {number}，原报告继续有效（是否其后另有补充或替代，以二维码页面为准）",
        "command.verify.signer": "签章机构：{signer}",
        "command.verify.signed_at": "签章时间：{at}（文件所载）",
        "command.verify.digest": "SHA-256：{sha256}",
        "command.verify.fault": "问题：{fault}",
        "command.verify.attachments": "所附核对报告 {count} 份：",
        "command.verify.part_good": "通过",
        "command.verify.part_bad": "未通过",
        "command.verify.no_trust": "没有可信任的根证书：请用 --trust 指定存放 PEM 证书的目录，或设置 HEDUI_TRUST_DIR。",
    }
)

# Commands speak through this module, so that its words are always registered.
__all__ = ["say"]
