"""A destruction takes everything: its plan, held against every table that knows a case."""

from app.oversight.archive.shredding import BY_CASE, BY_PARENT
from migrations.tables import metadata
from scripts.places import ROOT
from tenants.isolation import wall_of

STAYS = {
    "archive_file": "the tombstone: numbers, counts and a digest, nobody's data",
    "archive_hold": "why the file was held: it belongs to the tombstone",
    "archive_destruction": "who signed",
    "household_draft": "a unit's own, of a case that was never closed",
    "staged_subject": "emptied as soon as a list is taken in",
    "assisted_person": "the register of who receives aid: a record of its own, not of the check",
    "inspection_item": "what an inspection drew of the trail: the number of a household, no name",
    "inspection_word": "what was said about one look by who looked and who judged it",
    "audit": "the trail: ids and counts, and it is never shortened",
}
TAKEN = {*BY_CASE, *(table for table, _, _ in BY_PARENT), "household_case", "event", "file"}
SHARED = {"subject_list", "paper_batch"}
"""What goes with the last case of a list."""


def of_a_case() -> set[str]:
    """Every table that names a case or a subject, or hangs from one that does."""
    found = {
        name
        for name, table in metadata.tables.items()
        if {"case_id", "subject_id"} & set(table.c.keys())
    } | {"household_case"}
    while True:
        below = {
            name
            for name, table in metadata.tables.items()
            if any(key.referred_table.name in found for key in table.foreign_key_constraints)
        }
        if below <= found:
            return found
        found |= below


def test_every_table_that_knows_a_case_is_taken_or_has_its_reason() -> None:
    assert of_a_case() - TAKEN - STAYS.keys() == set()


def test_only_the_destruction_enters_the_role_that_deletes() -> None:
    found = [
        str(path.relative_to(ROOT))
        for folder in ("app", "tenants", "worker")
        for path in sorted((ROOT / folder).rglob("*.py"))
        if '"shredder")' in path.read_text(encoding="utf-8")
    ]
    assert found == ["app/oversight/archive/destroying.py"]


def test_the_role_reads_no_value_of_what_it_deletes() -> None:
    for name, table in metadata.tables.items():
        for role, grant in wall_of(table).by_role():
            if role == "shredder":
                assert grant.columns, f"{name}: all columns"
                assert not {c for c in grant.columns if "sealed" in c or "name" in c}, name
        if any(
            role == "shredder" and "delete" in grant.verbs
            for role, grant in wall_of(table).by_role()
        ):
            assert name in TAKEN | SHARED
