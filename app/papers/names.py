"""What a sheet is called when it is handed out; never by the name it came with."""

SHEET = "扫描件"

KIND_WORDS = (
    ("授权", "authorisation"),
    ("身份证", "id_card"),
    ("证件", "id_card"),
    ("户口", "household_register"),
    ("户籍", "household_register"),
    ("结婚", "marriage"),
    ("离婚", "marriage"),
    ("婚姻", "marriage"),
    ("情况说明", "explanation"),
    ("说明", "explanation"),
    ("其他", "other"),
)
"""What a file's name may call a kind of paper, the more exact word first."""

BACK_WORDS = ("反面", "背面", "国徽")
LEFT_OUT = (
    *("查询", "核对", "委托书", "扫描件", "复印件", "居民", "正面", "人像"),
    *("第", "人", "页", "张", "书", "簿", "证", "本", "件"),
)
"""Words around the kind that say nothing about whose paper it is."""
