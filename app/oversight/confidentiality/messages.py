"""Words of 保密: kinds, standings, and what can be wrong."""

from tenants.messages import Fault, register, say

# The package says and raises through this module, so that its words are always registered.
__all__ = ["Fault", "say"]

DEVICE_TITLES = {
    "computer": "台式计算机",
    "laptop": "笔记本计算机",
    "server": "服务器",
    "storage": "存储设备",
    "printer": "打印、扫描设备",
    "other": "其他",
}
DISPOSAL_TITLES = {
    "": "在用",
    "destroyed": "销毁",
    "wiped": "清除数据后报废",
    "handed_over": "移交",
}
STANDING = {
    "none": ("未签", "strong"),
    "over": ("已到期", "strong"),
    "soon": ("即将到期", "strong"),
    "running": ("有效", "done"),
    "coming": ("未到起日", "plain"),
    "void": ("作废", "stopped"),
}
UNDERTAKING_NAME = "保密承诺书.pdf"

register(
    {
        "undertaking.person": "请选择在册的人员。",
        "undertaking.oneself": "本人的承诺书不能由本人登记，请由另一名安全管理员登记。",
        "undertaking.dates": "有效期的止日不能早于起日（{first}），请改正日期。",
        "undertaking.signed_later": "签署日期不能晚于今天（{today}），请填写实际签署的日期。",
        "undertaking.scan": "请选择承诺书的扫描件：PDF 文件，不超过 {most} MB。",
        "undertaking.void_already": "这份承诺书已经作废。",
        "training.day": "培训日期不能晚于今天（{today}），请填写实际举办的日期。",
        "training.nobody": "请至少勾选一名参加的人员。",
        "training.not_missing": "该人员没有缺席，或者已经登记补训。",
        "device.number": "编号“{number}”已经登记，请换一个编号。",
        "device.day": "日期不能晚于今天（{today}），请填写实际的日期。",
        "device.disposed": "该设备已经登记处置，不能再改。",
        "device.two": "处置须有两名不同的人员：经办人和监督人，请另选一人。",
    }
)
