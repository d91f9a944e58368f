"""What people are told about data packages."""

from tenants.messages import register

PACKAGE_FILES = "核对电子数据包（.zip）"

register(
    {
        "package_no_manifest": "压缩包内没有“{name}”，不是核对电子数据包。请用本系统“导出数据包”生成，"
        "不要改动其中的文件。",
        "package_manifest": "数据包清单的“{field}”缺失或不对。请用本系统“导出数据包”重新生成，不要改动清单。",
        "package_version": "数据包不是本系统的第 {version} 版格式。请用本系统“导出数据包”重新生成。",
        "package_other_agency": "数据包是送核对机构 {agency} 的，不是本机构。请核对是否取错了光盘。",
        "package_file_missing": "清单第 {place} 个文件不在数据包内，可能没有复制完。请重新导出或重新复制。",
        "package_file_unlisted": "数据包内有 {count} 个清单以外或重复的文件，不能导入。请重新导出，不要另加文件。",
        "package_altered": "清单第 {place} 个文件与导出时不一致，可能被改动或复制出错。请重新导出或重新复制。",
        "package_one_each": "数据包应有且只有一份{what}，现有 {count} 份。请补齐后重新导出。",
        "package_most": "数据包有 {count} 个扫描件，超过一次 {most} 个。请按窗口或按乡镇分几个数据包导出。",
        "package_scan": "清单第 {place} 个文件：{fault}",
        "package_sheets": "户编号 {household} 的同一材料超过 {most} 张。请合并后重新导出。",
        "package_of_nobody": "扫描件对应的户编号 {household} 第 {person} 人不在核对名单中。请核对名单与扫描件后"
        "重新导出。",
        "package_scans_missing": "缺 {count} 份扫描件，如户编号 {household} 第 {person} 人的{kind}。"
        "每位核对对象都应有查询授权书和身份证件，请补齐后重新导出。",
        "package_no_household": "名单中的 {count} 户都有问题，没有一户可以导入。请委托单位照模板改正名单后重新导出。",
        "package_counts": "名单为 {households} 户、{subjects} 人，与清单所写不一致。请重新导出。",
        "package_again": "这个数据包已经导入过，未重复导入。",
        "package_unit": "请选择数据包是哪个委托单位的。",
        "package_letter_missing": "本次委托没有委托书扫描件，不能导出完整的数据包。请在提交委托时附上委托书扫描件。",
        "package_letter_late": "数据包中委托书的日期晚于今天。请核对委托书的落款日期。",
    }
)
