"""``manifest.json``: what is in the package, for whom, with the checksum of every file."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from app.exchange.medium.asked import AskedRequest, ListLine, PackageHead
from app.exchange.medium.layout import layout
from app.exchange.medium.stamp import lines_digest
from tenants.messages import Fault

_HEAD = ("request_no", "unit_name", "stamp")


def make_manifest(
    head: PackageHead, lines: Sequence[ListLine], files: Mapping[str, bytes]
) -> bytes:
    """The manifest as UTF-8 JSON; ``files`` are the other files of the package by name."""
    per_item = Counter(item for line in lines for item in line.items)
    content = {
        "format": layout().format,
        "version": layout().version,
        "head": _head_values(head),
        "counts": {
            "lines": len(lines),
            "asks": per_item.total(),
            "items": {str(item): per_item[item] for item in sorted(per_item)},
        },
        "list_sha256": lines_digest(lines),
        "files": [
            {"name": name, "bytes": len(data), "sha256": _sha256(data)}
            for name, data in files.items()
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2).encode("utf-8")


def read_manifest(data: bytes) -> dict[str, Any]:
    """The manifest of a returned package; raises ``reply_manifest_unreadable``."""
    try:
        content = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Fault("reply_manifest_unreadable") from error
    known = isinstance(content, dict) and content.get("format") == layout().format
    shaped = known and isinstance(content.get("head"), dict) and "files" in content
    if not shaped or content.get("version") != layout().version:
        raise Fault("reply_manifest_unreadable")
    return dict(content)


def check_manifest(
    manifest: Mapping[str, Any], asked: AskedRequest, returned: Mapping[str, bytes]
) -> None:
    """Hold a returned manifest against the request and the files that must come back unchanged.

    The reply itself was filled in, so its checksum is the one that may differ. Raises
    ``reply_manifest_altered`` and ``reply_list_altered``. Whether the head names this request at
    all has been checked before.
    """
    counts = manifest.get("counts")
    wanted = {"lines": len(asked.lines), "asks": len(asked.pairs())}
    if not isinstance(counts, dict) or any(counts.get(k) != v for k, v in wanted.items()):
        raise Fault("reply_manifest_altered")
    sums = _checksums(manifest)
    if set(sums) != {layout().files.list, layout().files.reply, layout().files.notes}:
        raise Fault("reply_manifest_altered")
    for name, data in returned.items():
        if sums.get(name, "") != _sha256(data):
            raise Fault("reply_list_altered", file=name)


def head_of_manifest(manifest: Mapping[str, Any]) -> dict[str, str]:
    """The words of the head by which a reply is traced to its request."""
    return {key: str(manifest["head"].get(key, "")) for key in _HEAD}


def _head_values(head: PackageHead) -> dict[str, Any]:
    return {
        "agency_code": head.agency_code,
        "agency_name": head.agency_name,
        "unit_id": head.unit_id,
        "unit_name": head.unit_name,
        "request_no": head.request_no,
        "period": head.period,
        "made_on": head.made_on.isoformat(),
        "due_in_working_days": head.due_in_working_days,
        "legal_basis": head.legal_basis,
        "stamp": head.stamp,
    }


def _checksums(manifest: Mapping[str, Any]) -> dict[str, str]:
    entries = manifest["files"]
    if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
        raise Fault("reply_manifest_altered")
    return {str(entry.get("name")): str(entry.get("sha256")) for entry in entries}


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
