"""What a person is told about a media package that came back; private data is masked or left out."""

from app.cases.messages import STATE_TITLES
from tenants.messages import register

_REQUEST_TONES = {
    "draft": "plain",
    "made": "strong",
    "confirmed": "active",
    "delivered": "active",
    "answered": "done",
    "closed": "stopped",
    "stopped": "stopped",
}
_REPLY_TONES = {
    "received": "plain",
    "unread": "strong",
    "checked": "strong",
    "refused": "stopped",
    "accepted_once": "strong",
    "accepted": "done",
}
REQUEST_STATES = {c: (t, _REQUEST_TONES[c]) for c, t in STATE_TITLES["request"].items()}
REPLY_STATES = {c: (t, _REPLY_TONES[c]) for c, t in STATE_TITLES["reply"].items()}
"""State → title and the tone of its badge."""

# To a liaison what waits for the operators does not call for an act, and what is to be signed does.
MY_REQUEST_STATES = REQUEST_STATES | {"confirmed": ("待签收", "strong")}
MY_REPLY_STATES = {
    c: (t, "active" if tone == "strong" else tone) for c, (t, tone) in REPLY_STATES.items()
}

ALL = "全部"
REPLY_PART = "第 {part} 份反馈"

WANTED_REPLY = (
    "填好的反馈模板（.xlsx），或装有反馈模板（或 csv）的 ZIP 压缩包，或本单位系统导出的表格"
)
WANTED_WORKBOOK = "填好的反馈模板（.xlsx）"

register(
    {
        "exchange_not_filed": (
            "您还没有向对方备案（操作规程 五（三）），不能办理这项数据交换；"
            "请先在信息共享单位的页面备案，并由对方或者另一名交换员确认。"
        ),
        "reply_file_name": "文件名应以 .xlsx 或 .zip 结尾，请上传填好的反馈模板或装有它的 ZIP 压缩包。",
        "reply_nothing": "文件里没有任何核对事项的工作表或 csv 文件，请上传填好的反馈模板。",
        "reply_two_workbooks": (
            "压缩包内第 {place} 个文件是又一个 .xlsx，分不清以哪一个为准；"
            "请只保留一个填好的反馈模板。"
        ),
        "reply_file_unknown": (
            "压缩包内第 {place} 个文件不属于反馈内容；请只放入填好的反馈模板（或 csv）"
            "和数据包原有的文件。"
        ),
        "reply_csv_name": "csv 文件名应以核对事项的代码开头，请改成 601.csv 的样子。",
        "reply_manifest_unreadable": (
            "数据包清单 manifest.json 不是本系统生成的，或者已经损坏；"
            "请从原数据包重新取出该文件，或者只交回填好的反馈模板。"
        ),
        "reply_manifest_altered": (
            "数据包清单 manifest.json 与发出时不一致，可能被改动过；"
            "请从原数据包重新取出该文件，或者只交回填好的反馈模板。"
        ),
        "reply_list_altered": (
            "“{file}”与发出时不一致，可能被改动过；该文件不用交回，"
            "请从压缩包中删除，或换成原数据包中的文件。"
        ),
        "reply_stamp_missing": (
            "反馈文件中没有系统校验码，无法确认对应哪一次申请；请使用数据包中的反馈模板填写，"
            "保留“说明”工作表（用 csv 反馈的，请连同 manifest.json 一起压缩）。"
        ),
        "reply_other_request": (
            "这是申请 {found} 的反馈，不是本次申请 {expected} 的；请到该申请下上传，或换成正确的文件。"
        ),
        "reply_other_unit": (
            "这份反馈模板是发给“{found}”的，本次申请发给“{expected}”；请换成发给本单位的模板。"
        ),
        "reply_stamp_wrong": (
            "反馈文件中的校验码与发出的名单不一致，可能不是由系统生成的；"
            "请使用本次申请数据包中的反馈模板填写，严禁手工造表。"
        ),
        "reply_version": (
            "反馈模板的版本是 {found}，本系统使用的是 {expected}；请使用本次数据包中的反馈模板。"
        ),
        "reply_sheet_unknown": (
            "工作表“{sheet}”不是反馈模板里的工作表；请删除它，"
            "或者恢复原来的名称（以核对事项代码开头）。"
        ),
        "reply_item_not_asked": "工作表“{sheet}”的核对事项 {item} 不在本次申请中，请删除该工作表。",
        "reply_sheet_empty": "工作表“{sheet}”是空的，连表头也没有；请恢复表头，或者删除该工作表。",
        "reply_columns_missing": (
            "工作表“{sheet}”缺少这些列：{columns}；请按反馈模板恢复表头（顺序可以不同）。"
        ),
        "reply_column_twice": "工作表“{sheet}”的 {column} 列与前面的列表头相同，请只保留一列。",
        "reply_column_unknown": (
            "工作表“{sheet}”的 {column} 列不在反馈模板中，但填有内容；"
            "请把内容移到对应的列或“备注”，再删除该列。"
        ),
        "reply_id_scientific": (
            "工作表“{sheet}”第 {row} 行的证件号码被表格软件改成了数字（科学计数法），"
            "后几位已经丢失；请从核对名单重新复制，并保持文本格式。"
        ),
        "reply_line_no": "行号应是模板预填的整数，请从核对名单照抄。",
        "reply_line_not_asked": (
            "行号 {line_no} 不在本次核对名单中，只能反馈名单上的人员；请改正行号或删除该行。"
        ),
        "reply_name_differs": (
            "行号 {line_no} 的姓名与名单不一致，名单上是“{expected}”；请从核对名单照抄。"
        ),
        "reply_id_differs": (
            "行号 {line_no} 的证件号码与名单不一致，名单上是 {expected}；请从核对名单照抄。"
        ),
        "reply_item_not_asked_of_line": ("行号 {line_no} 这个人没有申请查询本事项，请删除该行。"),
        "reply_outcome_missing": ("这一行填了内容，但没有选“查询结果”；应为{words}之一。"),
        "reply_outcome_unknown": "“查询结果”无法识别，应为{words}之一。",
        "reply_hit_without_values": (
            "查询结果是“{outcome}”，但记录内容全部空着；请填写记录，确实没有的改选“{no_record}”。"
        ),
        "reply_field_missing": "有记录时应填写“{field}”，这一栏空着。",
        "reply_values_without_hit": (
            "查询结果是“{outcome}”，但“{field}”填有内容；请清空，或把查询结果改为“{hit}”。"
        ),
        "reply_all_no": (
            "查询结果是“{outcome}”，但各栏没有一项为“是”；有一项为“是”才算有记录，请改正。"
        ),
        "reply_yes_no_twice": ("行号 {line_no} 已在前面回答过；本事项只答是与否，每人只填一行。"),
        "reply_value_date": ("“{field}”应是真实存在的日期，写成 2024-05-31 的样子，年份为四位。"),
        "reply_value_money": (
            "“{field}”应是以{unit}为单位的数字，最多两位小数，如 1234.50，不要写“万”或其他文字。"
        ),
        "reply_value_number": "“{field}”应是数字，如 85.6，不要写单位或其他文字。",
        "reply_value_code": "“{field}”应为以下之一：{choices}。",
        "reply_value_yes_no": "“{field}”应填“是”或“否”。",
        "reply_value_text_scientific": (
            "“{field}”被表格软件改成了数字（科学计数法），后几位已经丢失；"
            "请设为文本格式后重新填写。"
        ),
        "reply_value_text_date": (
            "“{field}”被表格软件改成了日期或真假值（如把 1/2 改成 1月2日）；"
            "请设为文本格式后重新填写。"
        ),
        "reply_value_text_long": "“{field}”超过 {limit} 个字，请缩短。",
        "reply_as_of_missing": "没有填写“数据截至日期”，应写成 2024-05-31 的样子。",
        "reply_as_of_future": (
            "“数据截至日期”晚于今天（{today}），应为查询所用数据实际截至的日期。"
        ),
        "reply_outcomes_contradict": (
            "行号 {line_no} 在前面填的查询结果是“{first}”，这里是“{second}”；"
            "同一人同一事项只能有一种结果，请改成一致。"
        ),
        "reply_answered_before": (
            "行号 {line_no} 的本事项已在以前交回的反馈中答复（{first}）；"
            "请删除这一行，只补交尚未反馈的行。"
        ),
    }
)

register(
    {
        "request_empty": "这一批没有待交换的名单，无需制作交换包。",
        "receipt_date": "签收日期应在制作日期（{made}）和今天（{today}）之间。",
        "request_not_overdue": "尚未超过反馈期限，不能结束等待。",
        "own_stamp_typed": (
            "抄录的校验码与本次申请不符，请对照盖章的交接单或复函逐组核对；仍不符的，这份文件不是本次申请的反馈。"
        ),
        "request_not_delivered": "交换包尚未送达签收，不能接收反馈；请先登记送达签收。",
        "package.making": "正在制作加密交换包，请稍候",
        "package.ready": "交换包已制作完成",
        "reply.checking": "正在检查反馈文件，请稍候",
        "reply.done": "检查完毕",
    }
)
