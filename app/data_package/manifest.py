"""The manifest of a data package: what is in it, whose each scan is, and every file's digest."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.papers.rules import OF_HOUSEHOLD, OF_SUBJECT
from tenants.messages import Fault

FORMAT = "hedui-data-package"
VERSION = 1
WHOLE = ("list_file", "letter", "list")
KINDS = (*WHOLE, *OF_SUBJECT, *OF_HOUSEHOLD)
_LARGEST = 4 * 1024 * 1024


class Listed(BaseModel):
    """One file of the package. ``person``: the subject's place in the household, from 1; 0 for the
    household's own sheets and for what belongs to the whole package."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    name: str = Field(max_length=200)
    kind: str = Field(max_length=30)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    household: str = Field(default="", max_length=60)
    person: int = Field(default=0, ge=0, le=99)
    sequence: int = Field(default=1, ge=1, le=99)


class Manifest(BaseModel):
    """The head of the package and its files."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    format: str
    version: int
    agency: int
    unit: str = Field(max_length=200)
    letter_number: str = Field(min_length=1, max_length=60)
    letter_on: str
    households: int = Field(ge=1)
    subjects: int = Field(ge=1)
    files: list[Listed] = Field(max_length=5_000)

    @property
    def letter_date(self) -> dt.date:
        """The letter's date; ``Fault("package_manifest")`` when it is none."""
        try:
            return dt.date.fromisoformat(self.letter_on)
        except ValueError as error:
            raise Fault("package_manifest", field="letter_on") from error


@dataclass(frozen=True)
class Packed:
    """A file to go into a package, and whose it is."""

    name: str
    kind: str
    data: bytes
    household: str = ""
    person: int = 0
    sequence: int = 1


def write_manifest(head: Mapping[str, Any], files: Sequence[Packed]) -> bytes:
    """The manifest as UTF-8 JSON; ``head``: agency, unit, letter_number, letter_on, households,
    subjects."""
    listed = [
        {key: value for key, value in asdict(file).items() if key != "data"}
        | {"sha256": sha256(file.data)}
        for file in files
    ]
    content = {"format": FORMAT, "version": VERSION, **head, "files": listed}
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def read_manifest(data: bytes) -> Manifest:
    """A manifest from outside; raises ``Fault``: ``package_manifest`` with the field that is wrong,
    ``package_version``."""
    if len(data) > _LARGEST:
        raise Fault("package_manifest", field="files")
    try:
        found = Manifest.model_validate_json(data)
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors()[0]["loc"]) or "json"
        raise Fault("package_manifest", field=place) from error
    if (found.format, found.version) != (FORMAT, VERSION):
        raise Fault("package_version", version=VERSION)
    for number, file in enumerate(found.files, start=1):
        if file.kind not in KINDS or (file.kind in OF_SUBJECT) != bool(file.person):
            raise Fault("package_manifest", field=f"files.{number}.kind")
    return found


def sha256(data: bytes) -> str:
    """The digest as the manifest holds it."""
    return hashlib.sha256(data).hexdigest()
