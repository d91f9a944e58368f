"""What is said of letters that ask: how they stand, their answers, and what cannot be."""

from tenants.messages import Fault, register, say

__all__ = ["OUTCOME_TITLES", "SOURCE_TITLES", "STANDINGS", "Fault", "say"]

STANDINGS = {
    "answering": ("正在办理", "strong"),
    "drafted": ("待复核", "strong"),
    "confirmed": ("待送达", "strong"),
    "handed": ("已答复", "done"),
    "void": ("已作废", "stopped"),
}
OUTCOME_TITLES = {
    "": "待查",
    "hit": "有记录",
    "no_record": "无记录",
    "unable": "无法查询",
    "refused": "拒绝",
}
SOURCE_TITLES = {"": "", "store": "数据回流库", "hand": "人工查询", "rule": "按规定"}

register(
    {
        "answering.number": "来函答复",
        "answering.no_consent": "未附当事人的查询授权书，或者已超过有效期，不能提供",
        "answering.people.columns": "第 {line} 行应有两列或三列：姓名、证件号码、授权日期。",
        "answering.people.name": "第 {line} 行的姓名应为 2 至 50 个字。",
        "answering.people.number": "第 {line} 行的证件号码有误，应为 18 位公民身份号码，请核对位数和校验码。",
        "answering.people.day": "第 {line} 行的授权日期有误，应为不晚于今天的日期，例如 2026-12-01；没有授权的留空。",
        "answering.people.twice": "第 {line} 行的证件号码前面已经有了；每人一行。",
        "answering.nobody": "名单中没有人；请从表格中粘贴姓名、证件号码和授权日期三列。",
        "answering.too_many": "一次最多 {most} 人；更多的请约定用系统交换。",
        "answering.days": "来函日期不应晚于收到日期，收到日期不应晚于今天（{today}）。",
        "answering.no_agreement": "与该单位没有收到之日有效的协议，不能答复；请先登记协议。",
        "answering.same_letter": "该单位的这一文号已经登记过（{number}）；请核对。",
        "answering.no_item": "请选择来函要核查的事项。",
        "answering.scan": "来函扫描件应为不超过 {most} MB 的 PDF 文件。",
        "answering.not_open": "这件来函不在办理中，可能已由他人办理；请刷新后再看。",
        "answering.unanswered": "还有 {count} 项没有结果；请逐项填写后再提交复核。",
        "answering.words": "第 {line} 行“{item}”：有记录的写明内容，无法查询、拒绝的写明原因，并写明查询来源。",
        "answering.not_drafted": "这件来函不在待复核状态，可能已由他人办理；请刷新后再看。",
        "answering.same_operator": "提交人是您本人，须由另一名交换员复核。",
        "answering.not_confirmed": "这件来函的答复还没有复核或者已经送达；请刷新后再看。",
        "answering.handed_day": "送达日期应在收到日期（{received}）至今天之间。",
        "answering.entered": "来函已登记，数据回流库有的已自动查询，其余请逐项填写。",
        "answering.purpose": "{purpose}（来函 {letter}）",
        "answering.counts": "{lines} 人 {answers} 项：有记录 {hit}，无记录 {no_record}，无法查询 {unable}，拒绝 {refused}",
        "answering.kind": "对来函的答复；收到 {received}，答复期限 {due}",
        "answering.as_of": "各项截至日期见名单",
        "home.letter_inquiry": "来函答复 {number}",
    }
)
