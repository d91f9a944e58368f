"""Pictures of a whole list find their people: by their file names, or in the order of the list."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.papers.names import BACK_WORDS, KIND_WORDS, LEFT_OUT
from app.papers.rules import MOST_SHEETS, OF_SUBJECT, fits

_SEPARATORS = re.compile(r"[\s_\-—－·.,，、()（）\[\]【】]+")
_DIGITS = re.compile(r"(\d+)")
_NUMBER = re.compile(r"(?<!\d)\d{1,2}(?!\d)")


@dataclass(frozen=True)
class Person:
    """One subject of a household, in the household's order."""

    subject_id: int
    name: str


@dataclass(frozen=True)
class Home:
    """A household whose sheets may still be added."""

    case_id: int
    number: str
    people: tuple[Person, ...]


@dataclass(frozen=True)
class Assigned:
    """Where one file goes; ``problem`` is the code of why it goes nowhere, and empty if it does."""

    place: int
    case_id: int = 0
    subject_id: int = 0
    kind: str = ""
    sequence: int = 0
    problem: str = ""


def assign(names: Sequence[str], homes: Sequence[Home], order: str) -> list[Assigned]:
    """A place for each file, in the order of ``names``.

    ``order``: ``named``, or in the order of the list ``both`` (authorisation, then card),
    ``authorisation`` or ``id_card``.
    """
    if order == "named":
        return _numbered([_by_name(place, name, homes) for place, name in enumerate(names)])
    return _in_order(names, homes, OF_SUBJECT if order == "both" else (order,))


def natural(name: str) -> tuple[tuple[int, int | str], ...]:
    """A key that sorts ``2.jpg`` before ``10.jpg``, as people number their scans."""
    parts = _DIGITS.split(unicodedata.normalize("NFKC", name).casefold())
    return tuple((0, int(part)) if part.isdigit() else (1, part) for part in parts)


def _in_order(names: Sequence[str], homes: Sequence[Home], kinds: Sequence[str]) -> list[Assigned]:
    places = (
        (home.case_id, person.subject_id, kind)
        for home in homes
        for person in home.people
        for kind in kinds
    )
    found: dict[int, Assigned] = {}
    for place in sorted(range(len(names)), key=lambda at: natural(names[at])):
        goes = next(places, None)
        found[place] = Assigned(place, *goes, 1) if goes else Assigned(place, problem="beyond")
    return [found[place] for place in range(len(names))]


def _by_name(place: int, name: str, homes: Sequence[Home]) -> Assigned:
    stem = unicodedata.normalize("NFKC", name.replace("\\", "/").rsplit("/", 1)[-1])
    stem = stem.rsplit(".", 1)[0] if "." in stem else stem
    home = _home_in(stem, homes)
    if home is None:
        return Assigned(place, problem="no_household")
    rest = stem[len(unicodedata.normalize("NFKC", home.number)) :]
    kind = next((kind for word, kind in KIND_WORDS if word in rest), "")
    if not kind:
        return Assigned(place, home.case_id, problem="no_kind")
    numbers = [int(number) for number in _NUMBER.findall(rest)]
    back = 2 if any(word in rest for word in BACK_WORDS) else 0
    if fits(kind, 0):
        return Assigned(place, home.case_id, 0, kind, numbers[-1] if numbers else back)
    people, numbers = _people_in(rest, home, numbers)
    if len(people) == 1:
        sequence = numbers[-1] if numbers else back
        return Assigned(place, home.case_id, people[0].subject_id, kind, sequence)
    problem = "two_people" if people else "unknown_person" if _says_more(rest) else "no_person"
    return Assigned(place, home.case_id, problem=problem)


def _people_in(rest: str, home: Home, numbers: list[int]) -> tuple[list[Person], list[int]]:
    """Who is named, else whose place in the household is; and the numbers that are left over."""
    squeezed = _squeezed(rest)
    named = [person for person in home.people if _squeezed(person.name) in squeezed]
    exact = [
        person
        for person in named
        if not any(
            _squeezed(person.name) != _squeezed(other.name)
            and _squeezed(person.name) in _squeezed(other.name)
            for other in named
        )
    ]
    if exact or not numbers:
        return exact, numbers
    return list(home.people[numbers[0] - 1 : numbers[0]]) if numbers[0] else [], numbers[1:]


def _says_more(rest: str) -> bool:
    for word in (*(word for word, _kind in KIND_WORDS), *BACK_WORDS, *LEFT_OUT):
        rest = rest.replace(word, "")
    return bool(_squeezed(rest))


def _squeezed(text: str) -> str:
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text))


def _home_in(stem: str, homes: Sequence[Home]) -> Home | None:
    """The household whose number begins the name; the longest, as SY-1 also begins SY-12."""
    folded = stem.casefold()
    fitting = []
    for home in homes:
        number = unicodedata.normalize("NFKC", home.number).casefold()
        if folded.startswith(number) and not folded[len(number) :][:1].isdigit():
            fitting.append(home)
    return max(fitting, key=lambda home: len(home.number), default=None)


def _numbered(found: list[Assigned]) -> list[Assigned]:
    """Sheets without a number of their own follow each other; the same number twice is refused."""
    taken: set[tuple[int, int, str, int]] = set()
    counts: Counter[tuple[int, int, str]] = Counter()
    return [_next_sheet(one, taken, counts) for one in found]


def _next_sheet(
    one: Assigned,
    taken: set[tuple[int, int, str, int]],
    counts: Counter[tuple[int, int, str]],
) -> Assigned:
    if one.problem:
        return one
    kind = (one.case_id, one.subject_id, one.kind)
    sequence = one.sequence or next(_free(kind, taken))
    if (*kind, sequence) in taken:
        return Assigned(one.place, one.case_id, problem="twice")
    if counts[kind] >= MOST_SHEETS:
        return Assigned(one.place, one.case_id, problem="full")
    taken.add((*kind, sequence))
    counts[kind] += 1
    return replace(one, sequence=sequence)


def _free(kind: tuple[int, int, str], taken: set[tuple[int, int, str, int]]) -> Iterator[int]:
    return (n for n in range(1, 10_000) if (*kind, n) not in taken)
