"""Percentages, money, counts and durations in Hebrew and English text, with their places in it.

    read_quantities("כ-20 אלף ש\"ח")      one Quantity of kind money, 20,000 ILS, approximate

spaCy tokenises (a blank pipeline of each language) and carries the quantities as a component of
ours; the words of each language are data in words/. Works in process, with nothing else to load.
"""

from bot.understanding.quantities.lines import answer_lines, to_json
from bot.understanding.quantities.quantity import Quantity
from bot.understanding.quantities.reading import read_quantities

__all__ = ["Quantity", "answer_lines", "read_quantities", "to_json"]
