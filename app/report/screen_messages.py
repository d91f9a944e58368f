"""Words of the screens of 报告出具 and 核对反馈 that are not written in a template."""

from app.cases.messages import STATE_TITLES
from tenants.messages import register, say

LIST_TITLES = {
    "issue": "待出具本级报告",
    "merge": "待合并反馈",
    "decide": "超期待决定",
    "waiting": "尚不能出具",
}

KIND_TITLES = {"own": "本级核对报告", "upper": "上级核对报告", "merged": "统一反馈"}

RECEIPT_TITLES = {"issued": "待签收", "received": "已签收", "replaced": "已被新版替代"}

_TONES = {"issued": "done", "received": "done", "replaced": "stopped"}

STATES = {code: (STATE_TITLES["report"][code], tone) for code, tone in _TONES.items()}

RECEIPT_STATES = {
    "issued": ("待签收", "strong"),
    "received": ("已签收", "done"),
    "replaced": ("已被新版替代", "stopped"),
}

register(
    {
        "report.progress.working": "正在生成、签章核对报告",
        "report.progress.finished": "核对报告已生成",
    }
)


def progress_words(is_finished: bool) -> str:
    """What the progress line says."""
    return say("report.progress.finished" if is_finished else "report.progress.working")
