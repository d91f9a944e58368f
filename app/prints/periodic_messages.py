"""Words of the summary of a periodic check."""

from app.prints.messages import say
from tenants.messages import register

__all__ = ["say"]

register(
    {
        "print.periodic.title": "已获得社会救助家庭定期核查汇总表",
        "print.periodic.lead": "委托单位：{department}　　救助项目：{scheme}　　所属月份：{period}",
        "print.periodic.place": "范围：{place}",
        "print.periodic.size": "纳入 {households} 户，没有纳入 {left_out} 户；"
        "抽查 {sample} 户（{percent}%），由系统抽取，种子 {seed}。",
        "print.periodic.directions": "与上次核对相比：{counts}。",
        "print.periodic.of_direction": "{direction} {count} 户",
        "print.periodic.no_result": "还没有结果",
        "print.periodic.drawn": "抽查",
        "print.periodic.drawn_open": "抽查，未核对",
        "print.periodic.everywhere": "全部乡镇（街道）",
        "print.periodic.change": "{measure}：{before} → {now}",
        "print.periodic.change_limit": "{measure}：{before} → {now}（限额 {limit}{over}）",
        "print.periodic.over": "，超过",
        "print.periodic.nothing": "没有查得",
        "print.periodic.facts": "各列只列两次核对查得的数。超过限额不等于不符合条件，"
        "查得减少的可能可以获得更多救助，均由委托单位调查决定（吉民发〔2017〕58号 第九条）。",
        "print.periodic.column.no": "序号",
        "print.periodic.column.head": "户主",
        "print.periodic.column.number": "案件编号",
        "print.periodic.column.papers": "纸质材料",
        "print.periodic.column.changes": "合计的变化（上次 → 本次）",
        "print.periodic.column.attention": "关注",
    }
)
