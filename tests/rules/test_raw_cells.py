"""A large sheet is looked through in pieces; where a piece is cut, a text stays a text."""

from app.intake.raw_cells import _held_as_numbers, _number_in

TEXT = b'<c r="C40288" s="1" t="s"><v>120861</v></c>'
NUMBER = b'<c r="C40288" s="1"><v>220182199001010071</v></c>'


def test_a_text_whose_cell_is_cut_is_no_number() -> None:
    column = _number_in(2)
    told = [cut for cut in range(len(TEXT)) if list(_held_as_numbers(column, TEXT[cut:]))]
    assert told == [], "the piece before had the whole cell"
    assert list(_held_as_numbers(column, NUMBER)) == [40288]
