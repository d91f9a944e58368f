"""Words of the custody of media."""

from tenants.messages import register

CARRIER_TITLES = {
    "disc": "加密光盘",
    "usb": "加密U盘",
    "drive": "加密移动硬盘",
    "line": "专网传送",
}
STEP_TITLES = {
    "written": "写入介质",
    "password_told": "告知密码",
    "handed_over": "移交送达",
    "received_back": "收回介质",
    "destroyed": "销毁",
    "wiped": "清除数据",
    "returned": "退还信息共享单位",
    "destroyed_there": "信息共享单位已销毁",
    "lost": "遗失",
}
PLACES = {
    "written": ("在本机构，待送出", "strong"),
    "handed_over": ("在信息共享单位", "active"),
    "received_back": ("已收回，待销毁", "strong"),
    "destroyed": ("已销毁", "done"),
    "wiped": ("已清除", "done"),
    "returned": ("已退还", "done"),
    "destroyed_there": ("对方已销毁", "done"),
    "lost": ("遗失", "late"),
}
"""The last step → where the medium is now, and the tone of its badge."""

ORIGIN_TITLES = {"own": "本机构制作", "unit": "信息共享单位交来"}
LABEL = "{number}-{n}"
BY_RECEIPT = "登记送达签收时一并登记"
WITH_WITNESS = "监督人 {name}"
FROM_TO = {
    "password_told": "告知 {other}",
    "handed_over": "接收人 {other}",
    "received_back": "交回人 {other}",
    "returned": "接收人 {other}",
}

register(
    {
        "custody.join": "，",
        "custody.too_early": "交换包还没有由第二名交换员确认，不能登记介质；请先确认交换包。",
        "custody.other_step": "这件介质现在“{place}”，不能登记“{step}”；请刷新页面，按列出的步骤登记。",
        "custody.date": "日期应在 {first}（上一步的日期）和今天（{today}）之间。",
        "custody.witness": "监督人应是另一名数据交换员，请从列表中选择本人以外的一名。",
        "custody.other_missing": "请填写信息共享单位经办人的姓名，2 至 50 个字。",
        "custody.why_missing": "请写明情况和依据，例如对方出具的销毁回执编号，2 至 500 个字。",
        "custody.how_missing": "请写明方式，例如“粉碎”“电话告知”，2 至 100 个字。",
        "custody.password_written": (
            "填写的内容里含有交换包的密码。密码不得写入登记和交接单，请改为只写告知的方式和时间。"
        ),
    }
)
