"""Words of the exchange from system to system; none holds an address with secrets or a person."""

from tenants.messages import register, say

__all__ = ["FAILURES", "PHASES", "STEPS", "say"]

PHASES = {
    "sending": ("正在发送", "active"),
    "waiting": ("对方正在查询", "active"),
    "fetching": ("正在取回答复", "active"),
    "kept": ("答复已取回，正在检查", "active"),
    "taken": ("答复已取回，检查通过", "done"),
    "dead": ("发送失败，待处理", "late"),
    "dropped": ("已改用介质交换", "stopped"),
}
"""Phase → title and the tone of its badge."""

LAID_OUT = "已备好，等待对方取走"
"""All lines lie ready where the unit comes for them, or in its folder."""

COMING = {
    "pulls": "对方的系统定时来取，本机构不能催促",
    "folder": "文件由网闸摆渡，本机构不能催促",
}
"""Why nobody can be hurried where the unit comes by itself."""

PARTS = {"head": "申请", "lines": "名单，自第 {first} 行起", "taken": "接收确认"}
"""The files that a unit behind a gate is sent."""

STEPS = {
    "head": "发送申请",
    "lines": "发送名单",
    "status": "询问进度",
    "answers": "取回答复",
    "taken": "确认取走",
    "test": "测试连接",
}

DIRECTION_TITLES = {
    "asks": "本机构发往对方的交换服务",
    "pulls": "对方的系统来本平台取",
    "folder": "经交换文件夹（网闸、前置机）",
    "asked": "对方来问本机构（跨省，以数据回流库答复）",
}

FAILURES = {
    "address_form": "对方地址写法不对，应写作 https://主机名:端口，不带路径和参数；请改正连接设置。",
    "address_not_allowed": "对方地址不在系统运维人员允许的范围内，没有连接；请核对地址，或请运维人员登记。",
    "folder_form": "交换文件夹应写作以 / 开头的目录，例如 /srv/exchange/220182；请改正连接设置。",
    "folder_not_allowed": "交换文件夹不在系统运维人员允许的范围内，没有写入；请核对目录，或请运维人员登记。",
    "folder_missing": "交换文件夹里没有 out 或 in 目录，或者程序不能读写；请系统运维人员建立目录并检查权限，系统会自动再试。",
    "box_missing": "没有登记对方的加密公钥，文件不能加密，没有写出；请在连接设置里填写对方加密公钥后再试。",
    "not_taken": "对方没有采用送去的文件，原因见下面「对方没有采用的文件」；按原因处理后再试，或改用介质交换。",
    "folder_full": "文件写不进交换文件夹，可能磁盘已满或网络盘断开；请系统运维人员检查，系统会自动再试。",
    "address_inside": "对方域名指向内部网络地址，而该网段未经运维人员允许，没有连接；请与对方核对域名。",
    "plain_http": "对方地址不是 https，名单不能明文传送；请改用 https 地址。",
    "name_unknown": "查不到对方的域名；请核对地址，或请网络管理员检查域名解析。",
    "unreachable": "连不上对方的服务，可能尚未启动或网络中断；系统会自动再试。",
    "too_slow": "对方没有在限定时间内答复；系统会自动再试。",
    "too_big": "对方的答复超过约定的大小，没有采用；请对方按接口分页答复。",
    "redirected": "对方要求转到别的地址，系统不跟随转向；请对方改为直接答复，或改正连接设置。",
    "rejected": "对方没有认可本机构的签名；请与对方核对机构代码、keyid 和公钥。",
    "clock": "双方时钟相差超过约定，签名不能通过；请双方校准时钟后再试。",
    "unverified": "对方答复的签名与登记的公钥不符，没有采用；请与对方核对是否更换了密钥。",
    "unavailable": "对方的服务暂时不能办理；系统会自动再试。",
    "conflict": "对方已收到的内容与本次不一致，没有继续发送；请对方查看运行日志，或改用介质交换。",
    "not_accepted": "对方不接受本次内容；请对方查看运行日志，或改用介质交换。",
    "lost": "对方没有这份申请，可能清空过数据；系统会从头发送。",
    "gone": "对方已将这份申请的答复删除；请改用介质交换，或与对方联系。",
    "bad_message": "对方的答复不符合接口约定，没有采用；请对方用 hedui-connector check 检验服务。",
    "bad_page": "对方答复的一页不完整或序号不连续，没有采用；请对方用 hedui-connector check 检验服务。",
    "other_request": "对方答复的是另一份申请，没有采用；请对方检查服务。",
    "reply_refused": "取回的答复没有通过检查或未被接收，原因见反馈文件；请对方改正后再试，或改用介质交换。",
    "scan_missing": "有人缺查询授权书扫描件，不能证明授权，没有发送；请补扫描件后再试，或改用介质交换。",
    "paused": "与对方的连接已暂停，恢复后继续。",
    "breaker": "对方连续失败，暂停联系一段时间后再试。",
    "stopped": "申请已停发，不再发送。",
}
"""Why a step came to nothing → what is wrong, and what would be right."""

TEST_PASSED = "连接正常，双方签名均已核对。"

register({f"wire.failed.{code}": words for code, words in FAILURES.items()})
register(
    {
        "wire.delivered_how": "系统签收，信息共享单位的系统已收到全部 {lines} 行",
        "wire.ready": "由系统发送，不制作介质",
        "wire.answers_sheet": "系统答复",
        "wire.answer_place": "答复",
        "wire.line_unknown": "行号 {line} 不在本申请的名单中，请只答复申请列明的行。",
        "wire.item_unknown": "第 {line} 行没有问数据项 {item}，请只答复申请列明的事项。",
        "wire.answered_twice": "第 {line} 行的数据项 {item} 答复了两次，请每项只答一次。",
        "wire.field": "字段 {place}：{wrong}；{right}。",
        "wire.threshold_field": "字段 {field} 不是金额，不能只答是否超过限额。",
        "wire.url_needed": "由本机构发往对方的连接须填写对方地址，例如 https://exchange.example.gov.cn:8443。",
        "wire.url_form": "地址写法不对，应写作 https://主机名:端口，不带路径、参数和口令。",
        "wire.url_not_allowed": "该地址不在系统运维人员允许的范围内；请核对，或请运维人员用 flask allow-address 登记。",
        "wire.folder_form": "交换文件夹应写作以 / 开头的目录，不带多余的斜线和 ..，例如 /srv/exchange/220182。",
        "wire.folder_not_allowed": "该目录不在系统运维人员允许的范围内；请核对，或请运维人员用 flask allow-address 机构代码 dir:目录 登记。",
        "wire.their_key": "对方公钥不是 PEM 格式的 ed25519 公钥；请粘贴对方 .pub 文件的全部内容。",
        "wire.their_box": "对方加密公钥不是 PEM 格式的 x25519 公钥；请粘贴对方 unit-box.pub 文件的全部内容。",
        "wire.their_secret": "对方的共享密钥应为不少于 32 字节的 base64 文本；请粘贴对方密钥文件的全部内容。",
        "wire.hours": "时段应写作 08:30-17:00，前早后晚；随时办理的请留空。",
        "wire.dates": "停用日期不得早于启用日期。",
        "wire.keyid": "对方的系统来取或经文件夹交换时，对方 keyid 须以本机构代码加点号开头，例如 {agency}.17.1；平台凭它找到本机构。",
        "wire.keyid_taken": "本机构另一条未关闭的连接已用这个 keyid，收到报文时分不清是哪一个单位；请与对方另定一个，例如 {agency}.17.2。",
        "wire.exists": "该单位已有一条未关闭的连接；请先关闭原连接。",
        "wire.allowed": "已允许机构 {agency} 连接 {entry}。",
        "wire.disallowed": "已取消允许机构 {agency} 连接 {entry}。",
        "wire.entry_form": "{entry} 写法不对，应为 主机名:端口、网段（10.0.0.0/8）、unix:/路径 或 dir:/目录。",
    }
)
