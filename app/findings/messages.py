"""Words of findings."""

from tenants.messages import register, say

# The package says through this module, so that its words are always registered.
__all__ = ["say"]

register({"finding.yes": "是", "finding.no": "否"})
