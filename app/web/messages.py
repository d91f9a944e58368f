"""Words of the pages that are not written in a template: dates, money, due dates."""

from tenants.messages import register, say

__all__ = ["say"]

register(
    {
        "format.yuan": "{amount} 元",
        "format.long_day": "{month} 月 {day} 日 星期{weekday}",
        "format.written_day": "{year}年{month}月{day}日",
        "format.month": "{year} 年 {month} 月",
        "format.weekday.1": "一",
        "format.weekday.2": "二",
        "format.weekday.3": "三",
        "format.weekday.4": "四",
        "format.weekday.5": "五",
        "format.weekday.6": "六",
        "format.weekday.7": "日",
        "due.late": "已超期 {days} 天",
        "due.today": "今天",
        "due.working_days": "还有 {days} 个工作日",
        "due.days": "还有 {days} 天",
    }
)
