"""What the data sets of an insurance are called by those who load them."""

PART_WORDS = {"employees": "职工", "residents": "居民"}


def part_of(name: str) -> str:
    """The part that a data set's name says; empty for one that holds everybody."""
    return next((part for part, word in PART_WORDS.items() if word in name), "")
