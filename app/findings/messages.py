"""Words of findings."""

from tenants.messages import register, say

# The package says through this module, so that its words are always registered.
__all__ = ["say"]

register(
    {
        "finding.yes": "是",
        "finding.no": "否",
        "finding.above": "超过 {limit}（来源只答是否超过，未提供金额）",
        "finding.not_above": "不超过 {limit}（来源只答是否超过，未提供金额）",
    }
)
