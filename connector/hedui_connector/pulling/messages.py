"""What ``pull`` says to the technician, in Chinese."""

NOT_NOW = (
    "机构 {agency} 的门户这一轮没有办成，原因见上一行日志：连不上的请核对 portal 的地址和网络；"
    "401 或签名不符的请核对 own_key、key 的 keyid 和密钥文件，并校准时钟。"
)
