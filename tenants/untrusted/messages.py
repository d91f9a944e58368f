"""What a person is told about a file from outside, and the names of the kinds of file."""

from tenants.untrusted.kinds import FileKind

KIND_NAMES = {
    FileKind.XLSX: "Excel 工作簿（.xlsx）",
    FileKind.XLSM: "含宏的 Excel 工作簿（.xlsm）",
    FileKind.XLSB: "二进制 Excel 工作簿（.xlsb）",
    FileKind.OLE: "旧版 Excel 工作簿（.xls），或设有打开密码的工作簿",
    FileKind.ODS: "OpenDocument 表格（.ods）",
    FileKind.DOCUMENT: "文字处理或演示文档",
    FileKind.ZIP: "ZIP 压缩包",
    FileKind.SEVEN_ZIP: "7z 压缩包",
    FileKind.RAR: "RAR 压缩包",
    FileKind.GZIP: "gzip 压缩文件",
    FileKind.PDF: "PDF 文件",
    FileKind.IMAGE: "图片",
    FileKind.MARKUP: "网页或 XML 格式的表格（有的系统导出的 .xls 其实是网页）",
    FileKind.TEXT: "文本文件",
    FileKind.UNKNOWN: "无法识别的文件",
}

UNTRUSTED_MESSAGES = {
    "file_empty": "文件是空的（0 字节），请重新导出或重新复制后再上传。",
    "file_too_large": "文件大小为 {megabytes} MB，超过上限 {limit} MB，请分成几份上传。",
    "file_kind_refused": "这是{kind}，不能读取，请改用{wanted}。",
    "archive_broken": (
        "压缩包或工作簿不完整或已损坏，可能没有复制完，请重新复制或重新保存后再上传。"
    ),
    "archive_file_broken": (
        "压缩包或工作簿内第 {place} 个文件损坏或被改动过（校验不符），可能没有复制完；"
        "请重新复制或重新保存后再上传。"
    ),
    "archive_bomb": (
        "文件解压后会超过 {limit} MB，或者压缩比异常，为保证安全不予读取；"
        "请使用正常保存的工作簿或压缩包。"
    ),
    "archive_entries": (
        "压缩包内有 {count} 个文件，超过上限 {limit} 个，请只放入要求的文件后重新压缩。"
    ),
    "archive_path": (
        "压缩包内第 {place} 个文件的路径不安全（含上级目录、绝对路径或链接），不予读取；"
        "请重新压缩，只放入文件本身。"
    ),
    "archive_twice": "压缩包内第 {place} 个文件与前面的文件同名，请只保留一个后重新压缩。",
    "archive_method": (
        "压缩包内第 {place} 个文件的压缩方式不能读取，"
        "请用 7-Zip 选择 ZIP 格式、Deflate 方式重新压缩。"
    ),
    "archive_password_needed": "压缩包已加密，但没有填写密码，请填写数据包的密码。",
    "archive_password_wrong": (
        "密码不正确，压缩包打不开；请核对数据包的密码，区分大小写，连字符也要填写。"
    ),
    "archive_locked_or_broken": (
        "压缩包内第 {place} 个文件解不开：密码不正确，或者压缩包已损坏、被改动过；"
        "请核对数据包的密码，仍打不开的请重新压缩后再上传。"
    ),
    "workbook_broken": (
        "工作簿不完整或已损坏，读不出工作表，请用 Excel 或 WPS 打开后另存为 .xlsx 再上传。"
    ),
    "workbook_locked": (
        "工作簿设有打开密码，读不出内容；请用 Excel 或 WPS 打开，在“文件—加密”中取消密码，保存后再上传。"
    ),
    "workbook_macros": "工作簿带有宏，为保证安全不予读取；请另存为不含宏的{wanted}再上传。",
    "workbook_too_old": (
        "这是 Excel 97 以前的工作簿或别的旧版文档，不能读取；请用 Excel 或 WPS 打开后，另存为{wanted}再上传。"
    ),
    "workbook_too_many_rows": (
        "工作表“{sheet}”用到了第 {rows} 行，超过上限 {limit} 行；"
        "请分成几份，或者删除表尾多余的内容后再保存。"
    ),
    "workbook_too_many_columns": (
        "工作表“{sheet}”用到了第 {columns} 列，超过上限 {limit} 列；请删除表格右侧多余的内容。"
    ),
    "workbook_too_many_cells": (
        "工作簿各表占用的单元格共 {cells} 个，超过上限 {limit} 个；"
        "请分成几份，或者删除表格右侧和下方多余的内容后再保存。"
    ),
    "workbook_formula": (
        "工作表“{sheet}”的单元格 {cell} 是公式；请全选复制后用“选择性粘贴—数值”去掉公式，再保存。"
    ),
    "text_encoding": "文本文件的编码无法识别，请用 UTF-8 或 GBK 编码保存。",
    "text_broken": (
        "文本文件第 {row} 行不是正确的 csv 格式，请用 Excel 或 WPS 打开后另存为 csv 再上传。"
    ),
}
