"""What downloads of this desk are called; a name never holds private data."""

from collections.abc import Mapping, Sequence

LIST = "核对名单"
ERRORS = "退回核对名单.xlsx"
LETTER_SCAN = "委托书扫描件"
TEMPLATE = "核对名单模板.xlsx"
LOOK_REASON = "受理初审"


def joined(said: Mapping[str, Sequence[str]]) -> str:
    """What is missing of whom, as one sentence: "2 配偶：没有签字，没有按手印；3 长女：…"."""
    return "；".join(f"{who}：{'，'.join(words)}" for who, words in said.items() if words)
