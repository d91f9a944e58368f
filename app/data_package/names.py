"""Names of the files in a data package, and of the package; none holds private data."""

MANIFEST = "数据包清单.json"
LIST = "核对名单.xlsx"
LETTER = "委托书"
SEALED_LIST = "盖章名单"
SCANS = "扫描件"
PACKAGE = "核对电子数据包.zip"
VOLUME = "核对电子数据包 第 {number} 包（共 {count} 包）.zip"
FILE_KINDS = {"list_file": "核对名单", "letter": "委托书扫描件", "list": "盖章名单扫描件"}
