"""Words of 目标责任制考评: its steps, its measures, and what can be wrong."""

from tenants.messages import Fault, register, say

# The package says and raises through this module, so that its words are always registered.
__all__ = ["Fault", "say"]

MEASURE_TITLES = {
    "on_time": "已反馈的家庭中在反馈期限内的",
    "first_pass": "受理的家庭中没有退回补正过的",
    "exchange": "应当反馈的数据交换申请中按期反馈的",
    "objections": "异议中没有更正的",
    "": "由考评人评定",
}

POINT_LABELS = {"set": "自评", "assessed": "得分", "contested": "复核得分", "final": "得分"}
"""What points are called that are given to a sheet in this state."""

register(
    {
        "notice.evaluation.set": "上级下达了 {number} 年考评目标，请自评。",
        "notice.evaluation.assess": "下级报来 {number} 年自评，请评分。",
        "notice.evaluation.score": "上级已对 {number} 年考评评分，请确认或者申诉。",
        "notice.evaluation.agree": "下级已确认 {number} 年考评得分。",
        "notice.evaluation.stand": "{number} 年考评得分逾期没有确认也没有申诉，得分已经确定。",
        "notice.evaluation.contest": "下级对 {number} 年考评得分提出申诉，请由没有评过分的人复核。",
        "notice.evaluation.settle": "{number} 年考评申诉已复核，得分已经确定。",
        "evaluation.stands": "至 {last} 没有确认也没有申诉，得分确定。",
        "evaluation.nobody": "没有选择可以下达 {year} 年目标的下级核对机构；每个机构每年一份，请选择尚未下达的。",
        "evaluation.points": "“{title}”的得分应在 0 至 {most} 分之间，最多一位小数，例如 {most}。",
    }
)
