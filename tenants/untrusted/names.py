"""Names of files inside a ZIP, as Windows, macOS and Linux write them."""

import re
import zipfile
from pathlib import PurePosixPath

_UTF8_FLAG = 0x800
_DRIVE = re.compile(r"^[A-Za-z]:")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def decoded_name(info: zipfile.ZipInfo) -> str:
    """The name as its author saw it.

    Without the UTF-8 flag Python reads code page 437; Chinese Windows means GBK there and
    macOS means UTF-8.
    """
    if info.flag_bits & _UTF8_FLAG:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def is_safe_name(name: str) -> bool:
    """Whether ``name`` stays inside the folder into which it would be unpacked."""
    if not name or _CONTROL.search(name) or _DRIVE.match(name):
        return False
    path = PurePosixPath(name.replace("\\", "/"))
    return not path.is_absolute() and ".." not in path.parts
