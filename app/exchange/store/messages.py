"""Words of the store of returned data."""

from tenants.messages import register, say

__all__ = ["STANDINGS", "UNABLE", "say"]

STANDINGS = {
    "reading": ("正在读取", "active"),
    "columns": ("待说明栏目", "strong"),
    "waiting": ("待确认", "strong"),
    "in_force": ("使用中", "done"),
    "too_old": ("已过期，不再据以答复", "late"),
    "refused": ("未通过检查", "stopped"),
    "void": ("已作废", "stopped"),
    "replaced": ("已被替换，记录已删除", "stopped"),
    "removed": ("已停用，记录已删除", "stopped"),
    "term": ("保存期满，记录已删除", "stopped"),
}

UNABLE = {
    "not_held": "数据回流库没有这一数据项的数据",
    "too_old": "数据回流库这一数据项的数据已过期，不能据以答复",
}
"""Why nothing can be said of a data item."""

register(
    {
        "store.delivered_how": "由数据回流库比对",
        "store.ready": "名单已确定，由数据回流库比对",
        "store.no_table": "这不是表格文件；请上传对方交来的 xlsx、xls、ods 或 csv 文件，或只装有一个表格的 ZIP 压缩包。",
        "store.no_sheet": "文件里没有数据项 {item} 的工作表：各工作表都说明为别的内容；请换成正确的文件，或另选数据项。",
        "store.no_records": "文件里没有一条记录；请核对是否选错了文件，或者栏目说明是否正确。",
        "store.no_id": "这一行没有证件号码，不能确认是谁；请补上证件号码，或删除这一行。",
        "store.id_wrong": "证件号码不正确，应为 18 位居民身份证号码且校验码相符；请与来源核对后改正。",
        "store.no_values": "这一行没有任何内容；请补上，或删除这一行：没有记录的人不用列入。",
        "store.person_twice": "这个人在前面已有一行；本数据项每人只能有一行，请删除多余的。",
        "store.future": "数据截至日期晚于今天（{today}）；请填写对方数据实际截至的日期。",
        "store.too_old_load": "数据截至日期距今超过 {days} 天，装入后也不能据以答复；请向对方取得新的数据。",
        "store.older": "使用中的数据截至 {as_of}，比这一份新；请核对数据截至日期。",
        "store.same_file": "与 {on} 装入的文件完全相同；请换成对方新交来的文件。",
        "store.waiting_one": "同一单位、数据项、数据集已有一份正在装入，请先确认或作废那一份。",
        "store.no_agreement": "与该单位没有当日有效的保密协议，不能装入和使用其数据；请先登记、确认协议（第十六条）。",
        "store.same_operator": "装入人是您本人，须由另一名交换员确认。",
        "store.not_waiting": "这一份不在待确认状态，可能已由他人办理；请刷新后再看。",
        "store.not_open": "这一份已经结束，不能再办理。",
        "store.item_other": "该单位的类别没有这一数据项；请重新选择。",
        "store.next_sheet": "这张工作表的栏目已保存；还有工作表没有说明，请继续。",
        "store.not_again": "这一批已有比对结果待接收，或者不由数据回流库答复；请刷新后再看。",
        "returned.waits": "机构 {agency} 的数据回流库：{unit}的数据项 {item}，截至 {as_of}，{count} 条记录已读入，待交换员确认后使用。",
        "returned.no_unit": "机构 {agency} 没有代码为 {unit} 的信息共享单位；请核对单位代码。",
        "returned.no_item": "没有数据项 {item}；请核对代码，例如 501。",
        "returned.row": "第 {row} 行：{place}：{wrong}；{right}。没有写入任何记录。",
        "returned.empty": "第 {row} 行：记录的字段全部空着；请填写至少一个字段，没有记录的人不写。没有写入任何记录。",
        "returned.form": '第 {row} 行不是 {{"id_number": …, "record": {{…}}}}；请每行写一个完整的 JSON 对象。没有写入任何记录。',
    }
)
