"""保密承诺书, blank, to be signed (管理办法 第十六条)."""

from app.prints.looking_messages import say
from app.prints.papers.parts import lines
from app.report.paper.blocks import Draft, Text

_POINTS = ("known", "use", "keep", "tell", "leave", "answer")


def compose_undertaking(agency: str, law: str) -> Draft:
    """What is undertaken, with room for name, post, term and signature."""
    return Draft(
        title=say("print.undertaking.title"),
        number="",
        confidential="",
        foot=agency,
        blocks=(
            Text(say("print.undertaking.lead", agency=agency, law=law)),
            *(Text(say(f"print.undertaking.{point}")) for point in _POINTS),
            lines(
                [
                    (say(f"print.undertaking.{name}"), blank)
                    for name, blank in (
                        ("name", ""),
                        ("post", ""),
                        ("term", say("print.undertaking.blank_term")),
                        ("signature", ""),
                        ("on", say("print.undertaking.blank_day")),
                    )
                ],
                least_mm=12.0,
            ),
        ),
    )
