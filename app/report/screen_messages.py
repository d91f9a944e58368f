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

_TONES = {"drafted": "active", "issued": "strong", "received": "done", "replaced": "stopped"}

STATES = {
    code: (title, _TONES[code])
    for code, title in STATE_TITLES["report"].items()
    if code != "drafted"
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
