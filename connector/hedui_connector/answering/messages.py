"""Reasons that travel with an answer, and notes of a request's status, in Chinese."""

REASONS = {
    "not_held": "本单位没有这项数据",
    "policy": "{words}",
    "authorisation": "查询授权书未包括这一项，或者已过有效期",
    "no_column": "查询结果没有 {field} 一列",
    "not_of_kind": "字段 {field} 的值不合数据项的类型",
    "no_amount": "数据项没有金额字段 {field}，不能按额度答复",
    "amount_missing": "字段 {field} 有空值，不能断定是否超过额度",
    "too_many_records": "记录太多，一行写不下",
}

NOTES = {
    "outside_hours": "在允许的时段以外，届时继续",
    "source_unavailable": "数据来源暂时连不上，稍后自动再试",
    "query_fault": "数据来源不接受查询语句，技术人员改正后继续",
}
