"""Words of what others ask of this agency."""

from tenants.messages import register, say

__all__ = ["REASONS", "STATES", "say"]

REASONS = {
    "no_agreement": "双方没有当日有效的协议，不能提供",
    "no_consent": "查询授权书不在有效期内，或授权范围不含这一数据项",
    "not_held": "本机构的数据回流库没有这一数据项",
}
"""Why an answer is refused, as the asker is told."""

STATES = {
    "receiving": ("正在接收", "active"),
    "answering": ("正在查询", "active"),
    "answered": ("已答复，等待对方取走", "active"),
    "taken": ("对方已取走，名单和答复已删除", "done"),
}

register(
    {
        "returned.loaded": "机构 {agency} 的数据回流库：数据项 {item} 换成截止 {as_of} 的 {count} 条记录。",
        "returned.no_item": "没有数据项 {item}；请核对代码，例如 501。",
        "returned.row": "第 {row} 行：{place}：{wrong}；{right}。没有写入任何记录。",
        "returned.empty": "第 {row} 行：记录的字段全部空着；请填写至少一个字段，没有记录的人不写。没有写入任何记录。",
        "returned.form": '第 {row} 行不是 {{"id_number": …, "record": {{…}}}}；请每行写一个完整的 JSON 对象。没有写入任何记录。',
    }
)
