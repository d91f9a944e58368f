"""Words of the printed list of files that are destroyed."""

from tenants.messages import register, say

__all__ = ["say"]

register(
    {
        "print.inventory.title": "核对档案销毁清册",
        "print.inventory.no": "编号：{number}",
        "print.inventory.agency": "立档单位",
        "print.inventory.count": "件数",
        "print.inventory.reason": "销毁理由",
        "print.inventory.way": "纸质销毁方式",
        "print.inventory.files": "销毁的档案",
        "print.inventory.column.no": "序号",
        "print.inventory.column.number": "档号",
        "print.inventory.column.case": "案件编号",
        "print.inventory.column.outcome": "办理结果",
        "print.inventory.column.closed_on": "结案日期",
        "print.inventory.column.kept": "期限",
        "print.inventory.column.documents": "文件",
        "print.inventory.signatures": "签字",
        "print.inventory.proposed": "提出人",
        "print.inventory.confirmed": "批准人",
        "print.inventory.witnessed": "监销人",
        "print.inventory.on": "日期",
    }
)
