"""Words of the pages that are not written in a template: dates, money, due dates."""

from tenants.messages import register, say

__all__ = ["say"]

register(
    {
        "text_with_nul": "填写的内容中有不能保存的字符（空字符）。请删去后重新填写，不要从别的程序直接粘贴。",
        "text_too_long": "填写的内容有 {length} 个字，超过上限 {limit} 个字。请删减后重新提交。",
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
