"""What a complete file needs, how long it is kept, and what keeps it from being destroyed. Pure."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

CLOSED = ("closed", "terminated", "recalled", "withdrawn")
"""States of a case in which nothing more is to come: its decision is known, or it ended before."""

BASES = ("granted", "changed", "stopped", "refused", "ended", "contested")
"""How a case ended, as far as its file's term goes by it; the rulebook gives the years."""

HOLD_KINDS = ("tip_off", "audit", "litigation", "other")

MISSING = ("letter", "papers", "own_report", "merged_report", "decision", "objection", "answers")
"""What a file may lack, in the order of the process."""


@dataclass(frozen=True)
class Held:
    """What there is of one closed case. ``asked_own``: own sharing units were asked;
    ``papers``: how many scans its people still had to bring; ``outcome``: of the decision in
    force, or empty."""

    state: str
    origin: str
    has_letter: bool
    papers: int
    asked_own: bool
    reports: frozenset[str]
    outcome: str
    open_objections: int
    open_asks: int
    was_contested: bool = False


def missing_of(held: Held) -> tuple[str, ...]:
    """What a complete file (准确、完整, 第十七条) would have and this one has not.

    A case that ended early has no report and no decision; one from below has its covering document
    at the agency that was asked first.
    """
    is_reported = held.state == "closed"
    lacks = {
        "letter": not held.has_letter,
        "papers": held.papers > 0,
        "own_report": is_reported and held.asked_own and "own" not in held.reports,
        "merged_report": is_reported and held.origin == "unit" and "merged" not in held.reports,
        "decision": is_reported and held.outcome in ("", "open"),
        "objection": held.open_objections > 0,
        "answers": is_reported and held.open_asks > 0,
    }
    return tuple(code for code in MISSING if lacks[code])


def basis_of(held: Held) -> str:
    """How the case ended, as the term of its file goes by it (one of ``BASES``)."""
    if held.was_contested:
        return "contested"
    return held.outcome if held.state == "closed" and held.outcome in BASES else "ended"


def keep_until(closed_on: dt.date, years: int | None) -> dt.date | None:
    """The last day of a term, which counts from the next first of January; None for good."""
    return None if years is None else dt.date(closed_on.year + years, 12, 31)


def digest_of(documents: Iterable[tuple[str, bytes]]) -> bytes:
    """SHA-256 over the kinds and digests of a file's documents, whatever their order."""
    lines = sorted(f"{kind} {digest.hex()}\n" for kind, digest in documents)
    return hashlib.sha256("".join(lines).encode()).digest()


def barred(
    *, keep_until: dt.date | None, today: dt.date, is_held: bool, has_objection: bool
) -> str:
    """The code of why a file cannot be destroyed today; empty when it can."""
    if keep_until is None or keep_until >= today:
        return "archive_not_due"
    return "archive_held" if is_held or has_objection else ""


def manifest(files: Mapping[str, bytes]) -> str:
    """Name → bytes as lines that ``sha256sum -c`` reads."""
    return "".join(
        f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items())
    )


@dataclass(frozen=True)
class Altered:
    """What is wrong with one file of a package: ``altered``, ``missing`` or ``unknown``."""

    name: str
    fault: str


def compare(listed: str, files: Mapping[str, bytes]) -> list[Altered]:
    """The files that are not as the manifest ``listed`` says; ``ValueError`` when it is none."""
    expected: dict[str, str] = {}
    for line in listed.splitlines():
        digest, mark, name = line.partition("  ")
        if len(digest) != 64 or not mark or not name:
            raise ValueError("no manifest")
        expected[name] = digest
    wrong = [Altered(name, "missing") for name in sorted(expected.keys() - files.keys())]
    wrong += [Altered(name, "unknown") for name in sorted(files.keys() - expected.keys())]
    for name in sorted(expected.keys() & files.keys()):
        if hashlib.sha256(files[name]).hexdigest() != expected[name]:
            wrong.append(Altered(name, "altered"))
    return wrong
