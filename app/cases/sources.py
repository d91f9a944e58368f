"""The sources of an ask that are not units of the agency, and what a consent lets be asked."""

from collections.abc import Collection

TO_PARENT = 0
"""``ask.source`` for what goes up; positive values are the agency's own sharing units."""

TO_NOBODY = -1
"""``ask.source`` for what is not asked: no tier can check it, or it is not authorised."""


def permits(scope: Collection[int], item: int) -> bool:
    """Whether an authorisation that names these kinds of sharing unit (none: all of them) covers a
    data item, whose code begins with its kind (操作规程 二(一)3)."""
    return not scope or item // 100 in scope
