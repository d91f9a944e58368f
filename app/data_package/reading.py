"""A data package from outside, opened in memory: unsafe, altered or incomplete ones are refused."""

from collections import Counter
from dataclasses import dataclass

from app.data_package.manifest import Listed, Manifest, read_manifest, sha256
from app.data_package.messages import PACKAGE_FILES
from app.data_package.names import FILE_KINDS, MANIFEST
from app.papers.messages import PICTURE_FILES as LETTER_FILES
from app.papers.pictures import Picture, clean
from app.papers.rules import MOST_SHEETS
from tenants.messages import Fault
from tenants.untrusted.archive import Archive, ArchiveLimits
from tenants.untrusted.gate import require_kind
from tenants.untrusted.kinds import FileKind

_MB = 1024 * 1024
LIMITS = ArchiveLimits(max_unpacked=256 * _MB, max_entries=3_000)
MOST_SCANS = 600
ONE_EACH = ("list_file", "letter")


@dataclass(frozen=True)
class Scan:
    """A sheet of the package, clean, and whose it is."""

    household: str
    person: int
    kind: str
    sequence: int
    picture: Picture


@dataclass(frozen=True)
class OpenPackage:
    """A package that was read whole: manifest, list, letter, and every sheet."""

    manifest: Manifest
    list_data: bytes
    letter: bytes
    sealed_list: tuple[Picture, ...]
    scans: tuple[Scan, ...]


def read_package(data: bytes, password: str, agency_id: int) -> OpenPackage:
    """Everything in a package for this agency.

    Raises ``Fault``: ``file_*`` and ``archive_*`` for what is no (safe) ZIP, and ``package_*``:
    no or a malformed manifest, another agency, a file that is not listed, not there, or not as it
    was; no list or letter; a scan that is none.
    """
    require_kind(data, (FileKind.ZIP,), PACKAGE_FILES)
    archive = Archive(data, LIMITS, password or None)
    if MANIFEST not in archive.names:
        raise Fault("package_no_manifest", name=MANIFEST)
    manifest = read_manifest(archive.read(MANIFEST))
    if manifest.agency != agency_id:
        raise Fault("package_other_agency", agency=manifest.agency)
    _same_files(manifest, archive.names)
    content = [_unaltered(place, file, archive) for place, file in _placed(manifest)]
    pairs = list(zip(manifest.files, content, strict=True))
    letter = _only(pairs, "letter")
    require_kind(letter, (FileKind.PDF, FileKind.IMAGE), LETTER_FILES)
    return OpenPackage(
        manifest=manifest,
        list_data=_only(pairs, "list_file"),
        letter=letter,
        sealed_list=tuple(
            picture
            for place, (file, found) in enumerate(pairs, start=1)
            if file.kind == "list"
            for picture in _cleaned(place, found)
        ),
        scans=tuple(_scans(pairs)),
    )


def _placed(manifest: Manifest) -> list[tuple[int, Listed]]:
    return list(enumerate(manifest.files, start=1))


def _same_files(manifest: Manifest, names: list[str]) -> None:
    listed = [file.name for file in manifest.files]
    there = set(names) - {MANIFEST}
    for place, name in enumerate(listed, start=1):
        if name not in there:
            raise Fault("package_file_missing", place=place)
    if len(set(listed)) != len(listed) or there - set(listed):
        raise Fault("package_file_unlisted", count=len(there) - len(set(listed)))
    scans = sum(file.kind not in FILE_KINDS for file in manifest.files)
    if scans > MOST_SCANS:
        raise Fault("package_most", count=scans, most=MOST_SCANS)


def _unaltered(place: int, file: Listed, archive: Archive) -> bytes:
    data = archive.read(file.name)
    if sha256(data) != file.sha256:
        raise Fault("package_altered", place=place)
    return data


def _only(pairs: list[tuple[Listed, bytes]], kind: str) -> bytes:
    found = [data for file, data in pairs if file.kind == kind]
    if len(found) != 1:
        raise Fault("package_one_each", what=FILE_KINDS[kind], count=len(found))
    return found[0]


def _scans(pairs: list[tuple[Listed, bytes]]) -> list[Scan]:
    found: list[Scan] = []
    counts: Counter[tuple[str, int, str]] = Counter()
    for place, (file, data) in enumerate(pairs, start=1):
        if file.kind in FILE_KINDS:
            continue
        for picture in _cleaned(place, data):
            key = (file.household, file.person, file.kind)
            counts[key] += 1
            if counts[key] > MOST_SHEETS:
                raise Fault("package_sheets", household=file.household, most=MOST_SHEETS)
            found.append(Scan(*key, counts[key], picture))
    return found


def _cleaned(place: int, data: bytes) -> tuple[Picture, ...]:
    try:
        return clean(data)
    except Fault as fault:
        raise Fault("package_scan", place=place, fault=str(fault)) from fault
