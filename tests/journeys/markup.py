"""What a page is made of: the kinds of elements in it, whatever it says."""

from html.parser import HTMLParser

_VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "wbr"}
_TELLING = ("class", "role", "type", "aria-hidden", "scope", "tabindex")
_DEPTH = 2


class _Kinds(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.way: list[str] = []
        self.kinds: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        told = [f"{name}={given[name]}" for name in _TELLING if name in given]
        names = sorted(given.keys() - set(_TELLING))
        self.kinds.add(" ".join(["/".join(self.way[-_DEPTH:]), tag, *told, *names]))
        if tag not in _VOID:
            self.way.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self.way and self.way.pop() != tag:
            pass


def kinds_of(html: str) -> set[str]:
    """The kinds of elements: what they are, where they stand, which attributes they carry."""
    found = _Kinds()
    found.feed(html)
    return found.kinds
