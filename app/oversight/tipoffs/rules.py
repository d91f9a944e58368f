"""What a tip-off can be, and until when it is handled: pure decisions (第二十一条)."""

import datetime as dt

CHANNELS = ("web", "phone", "email", "wechat", "weibo", "visit", "letter")
"""Online, 监督举报电话, 电子邮箱, 微信, 微博, in person, by letter."""

ABOUT = ("subject", "organisation", "staff", "other")
"""Whom it is about, in the order of 第十三条 to 第十五条."""

OUTCOMES = ("true", "partly", "untrue", "unknown", "referred")

WORD_KINDS = ("says", "adds", "asks", "answers", "finds")
"""By the informant: says, adds. By the agency: asks them, answers them, and, for itself, finds."""

STEPS = ("accused", "involved", "handle", "close")

SHORTEST, LONGEST = 10, 3_000
"""Of what is told, in characters."""

MOST_WORDS = 40
"""That one informant can add to what they told."""


def due_on(received_on: dt.date, days: int) -> dt.date:
    """The last day of handling, in calendar days."""
    return received_on + dt.timedelta(days=days)


def number_of(short_name: str, word: str, day: dt.date, tail: str) -> str:
    """A receipt number such as ``榆举 2026-11-4K7Q2ZD``: it says nothing of how many there are."""
    return f"{short_name}{word} {day:%Y-%m}-{tail}"
