"""Which acts on the trail are looks at personal data: by what they do, never by what they show."""

import hashlib
from collections.abc import Mapping
from types import MappingProxyType

_PRINTED = (
    *("authorisations", "notices", "home_visits", "assessment", "letter", "list", "summary"),
    *("delivery_note", "archive_cover", "objection_receipt", "objection_to_source"),
    *("objection_application", "integrity_to_person"),
    *("temporary_notice", "temporary_list", "temporary_sheet"),
)

LOOKS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(
            (
                *("subject.unmask", "case.unmask", "papers.unmask"),
                *("addition.unmask", "entrustment.unmask", "person.unmask"),
                "temporary.unmask",
            ),
            "opened",
        ),
        **dict.fromkeys(
            (
                *("report.download", "package.download", "package.password", "package.export"),
                *("entrustment.letter.download", "list.errors.download", "file.download"),
                *("look_list.download", "archive.export"),
                *("outward.download", "outward.password", "temporary.download"),
                *("answering.scan", "answering.download", "answering.password"),
            ),
            "fetched",
        ),
        **{f"print.{paper}": "printed" for paper in _PRINTED},
        "person.search": "searched",
        "list.export": "exported",
    }
)
"""Verb → how somebody looked. Each names the object that it was about (民发〔2020〕95号 二(四))."""

PERSON = "person"
"""The kind of object of a search: no row, but the key of whom was looked for."""


def person_key(digest: bytes) -> int:
    """A positive number of eight bytes for the blind hash of a person's number or name: it finds
    the searches for somebody again, and says no more than the hash does."""
    return int.from_bytes(hashlib.sha256(digest).digest()[:8], "big") >> 1
