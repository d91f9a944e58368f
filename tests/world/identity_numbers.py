"""Identity numbers of invented people: a real region, an invented birthday and sequence.

Written apart from the product's own rule, so that one can be held against the other.
"""

import datetime as dt

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"


def id_number(region: int, born: dt.date, sequence: int, *, male: bool) -> str:
    """18 characters with a valid check character; an odd sequence number says male."""
    number = f"{region}{born:%Y%m%d}{sequence * 2 + male:03d}"
    return number + check_character(number)


def check_character(first17: str) -> str:
    """The 18th character of GB 11643."""
    total = sum(int(digit) * weight for digit, weight in zip(first17, _WEIGHTS, strict=True))
    return _CHECK[total % 11]


def with_wrong_check(number: str) -> str:
    """The same number with a check character that cannot be right."""
    return number[:17] + _CHECK[(_CHECK.index(number[17]) + 1) % 11]
