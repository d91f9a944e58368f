"""What people are told of the files that they asked to have made."""

from tenants.messages import Fault, register, say

__all__ = ["Fault", "say"]

KIND_TITLES = {
    "print": "打印材料",
    "package": "核对电子数据包",
    "sheet": "列表导出",
    "archive": "电子档案",
    "insurance": "参保核查名单",
}
KIND_UNITS = {"print": "户", "package": "户", "sheet": "行", "archive": "件", "insurance": "份"}

STATE_BADGES = {
    "making": ("正在生成", "active"),
    "made": ("已生成", "done"),
    "failed": ("未能生成", "strong"),
    "expired": ("已过期", "stopped"),
}

_CAUSES = {
    "made_no_right": "申请以后您的岗位或账号有变动，已没有查看这些内容的权限",
    "made_gone": "申请以后其中的内容有变动，有的已经不在",
    "made_too_large": "文件太大",
    "report.engine_failed": "排版程序没有完成",
    "report.page_mismatch": "排版的页数不对",
    "sheet_empty": "列表中已没有可以导出的内容",
}


def cause_of(code: str) -> str:
    """Why a file could not be made, from the fault that its job ended with."""
    return _CAUSES.get(code, "生成中断")


register(
    {
        "made_not_yet": "文件还没有生成，不能下载。请等进度走完，生成后会有通知。",
        "made_expired": "文件已过保留期并已销毁。请回到原来的页面重新打印或导出。",
        "made_no_right": "生成这份文件时，申请人已没有查看这些内容的权限。",
        "made_gone": "要生成的内容有变动，有的已经不在。请回到原来的页面重新选择。",
        "made_runs": "文件正在生成或已经生成，不用重新生成。",
        "made_asked": "内容较多，正在后台生成；可以先办别的事，生成后会有通知。",
        "notice.file.made": "“{number}”已生成，请在保留期内下载。",
        "notice.file.failed": "“{number}”没有生成，请打开查看原因。",
    }
)
