"""What the data sets of an insurance are called by those who load them."""

PART_WORDS = {"employees": "职工", "residents": "居民"}


def part_of(name: str) -> str:
    """The part that a data set's name says; empty for one that holds everybody."""
    return next((part for part, word in PART_WORDS.items() if word in name), "")


SHEET, LIST, MANIFEST = "参保核查名单", "参保核查名单.xlsx", "清单说明.json"
HEAD = ("编号", "提供单位", "接收单位", "用途", "依据", "授权", "截至", "人数")
STAMP, DIGEST = "系统印记", "名单文件校验值（SHA-256）"
COLUMNS = ("姓名", "公民身份号码", "乡镇（街道）")
