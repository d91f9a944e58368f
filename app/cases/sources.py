"""The sources of an ask that are not units of the agency."""

TO_PARENT = 0
"""``ask.source`` for what goes up; positive values are the agency's own sharing units."""

TO_NOBODY = -1
"""``ask.source`` for what is not asked: no tier can check it, or it is not authorised."""
