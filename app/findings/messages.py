"""Words of findings."""

from tenants.messages import register, say

# The package says through this module, so that its words are always registered.
__all__ = ["from_store", "say"]

register(
    {
        "finding.yes": "是",
        "finding.from_store": "{unit}（数据回流库）",
        "finding.no": "否",
        "finding.above": "超过 {limit}（来源只答是否超过，未提供金额）",
        "finding.not_above": "不超过 {limit}（来源只答是否超过，未提供金额）",
    }
)


def from_store(unit: str) -> str:
    """The source of what a unit's returned data told: the unit, and that it came from the store."""
    return say("finding.from_store", unit=unit)
