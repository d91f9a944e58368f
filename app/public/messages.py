"""Words of the pages for the public."""

from tenants.messages import register

CONTACT_TITLES = {
    "address": "地址",
    "hours": "办公时间",
    "phone": "咨询电话",
    "tip_phone": "监督举报电话",
    "tip_email": "电子邮箱",
    "tip_wechat": "微信公众号",
    "tip_weibo": "微博",
}

TERM_TITLES = {
    "reply_working_days": "信息共享单位反馈数据",
    "extension_max_working_days": "反馈确需延期的，最多延长",
    "human_resources_reply_working_days": "人力资源社会保障部门反馈数据",
    "explanation_working_days": "核对情况与申报不一致时，请您说明",
    "objection_working_days": "收到核对结果后，提出异议",
    "objection_answer_working_days": "提出异议后，得到答复",
}
"""Terms in working days, by their name in the rulebook, in the order in which people meet them."""

TIER_TITLES = {
    "province": "省级",
    "city": "市（州）级",
    "county": "县（市、区）级",
    "township": "乡镇级",
}

register({"public.published": "已公布。公众页面最多十分钟后显示新的内容。"})
