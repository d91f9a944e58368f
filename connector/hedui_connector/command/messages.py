"""What the commands say, in Chinese."""

TITLES = {
    "program": "核对连接器：在本单位的数据库或文件前面开一个合规的数据交换服务",
    "init": "在一个新文件夹里生成配置样例、密钥和示例数据",
    "keys": "生成一对密钥：BASE.key 自己保管，BASE.pub 交给对方",
    "serve": "按配置开始服务，直到 Ctrl-C",
    "pull": "不开端口：到核对机构的门户取申请，查询后送回答复，直到 Ctrl-C",
    "folder": "经网闸以文件交换：从 IN 文件夹取申请，把签收和答复写进 OUT 文件夹，直到 Ctrl-C",
    "no_box": "没有文件夹 {path}。请先建好，并确认本程序的账号可以读写。",
    "once": "办完现有的申请就结束，供定时任务使用",
    "try-item": "试查一个数据项：从标准输入读一个身份证号码，显示遮盖后的结果",
    "looked-up": "查询日志：从标准输入读一个身份证号码，列出他被查过的记录",
    "check": "逐条检验一个服务是否合乎接口的全部约定",
    "source_unavailable": "数据来源连不上：{said}。请核对 [source] 的地址、账号和网络。",
    "query_fault": "数据来源不接受查询语句：{said}。请改正 [items] 里的 SQL。",
    "item_fault": "{file}：items.{item}.sql：数据来源不接受：{said}。请改正表名、列名后再试。",
    "item_columns": "{file}：items.{item}.sql：查询结果没有这些列：{names}。请用 AS 改名；本单位没有的字段写 NULL AS 字段名。",
    "exists": "{path} 已经存在，没有改动任何文件。请换一个文件夹，或先移走它。",
    "written": "已生成 {path}",
    "next": "接下来：cd {folder}，运行 hedui-connector serve；另开一个窗口运行 hedui-connector check http://{listen}",
    "no_item": "{file} 的 items 里没有 {item}。配置了的有：{known}。",
    "refused_item": "数据项 {item} 按配置不答复：{words}。",
    "give_number": "请输入一个身份证号码：",
    "bad_number": "身份证号码应为 5 至 30 位数字或大写字母。",
    "item_line": "数据项 {code} {title}：{outcome}，截止 {as_of}",
    "row_line": "第 {number} 条",
    "field_line": "  {title}（{name}）：{value}",
    "threshold_line": "  {name} 超过 {limit} 元：{answer}",
    "reason_line": "  原因：{words}",
    "unknown_columns": "  数据项没有这些列，不会送出：{names}",
    "hit": "有记录",
    "no_record": "无记录",
    "unable": "无法查询",
    "refused": "拒绝",
    "yes": "是",
    "no": "否",
    "blank": "（空）",
    "no_description": "没有 {item} 的字段说明：它不在随附的目录里，须等核对机构的申请送来说明。查询本身可以执行，得到 {rows} 行。",
    "look_up_line": "{at}  机构 {agency}  申请 {number}  数据项 {item}  同批 {persons} 人",
    "no_look_up": "没有查询记录。",
    "ready": "配置无误，{items} 个数据项的查询都试过。",
}


def say(code: str, /, **values: object) -> str:
    """The words of a code."""
    return TITLES[code].format(**values)
