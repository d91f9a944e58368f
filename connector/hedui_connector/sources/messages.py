"""What the sources say to the technician, in Chinese."""

FILE_TITLES = {
    "encoding": "{file}：读不出文字。请另存为 UTF-8 或 GBK 编码的 csv。",
    "workbook": "{file}：不是能打开的工作簿。请用 Excel 或 WPS 另存为 xlsx，去掉密码。",
    "digits": "{file}：第 {row} 行有 15 位以上的数字，末几位已丢失。请把该列设为文本格式后重新导出。",
    "empty": "{file}：没有内容。第一行应为列名。",
    "header": "{file}：第一行的列名有空缺或重复。每一列应有一个不同的名字。",
    "too_wide": "{file}：第 {row} 行比列名多。请核对该行是否错位。",
    "name_twice": "{file}：另有一个同名的文件。文件名（不含后缀）就是表名，应各不相同。",
}
