"""Options said by their places in the list as it is shown, with Rasa away."""

from typing import Any

import pytest
from parsers import Away, reader_with

from advisor.catalog import Catalog
from bot.understanding.lines import reading_as_json

PLACES = [
    # ranges
    ("advertising", "2-4", "2 3 4"),
    ("advertising", "1-3, all of them", "1 2 3"),
    ("advertising", "from 3 to 5", "3 4 5"),
    ("advertising", "options 2 through 4 please", "2 3 4"),
    ("advertising", "between 1 and 3", "1 2 3"),
    ("advertising", "1 to 3 and also 6", "1 2 3 6"),
    ("advertising", "the second to the fourth", "2 3 4"),
    ("advertising", "מ-2 עד 5", "2 3 4 5"),
    ("advertising", "2 עד 4 בבקשה", "2 3 4"),
    ("advertising", "בין 1 ל-3", "1 2 3"),
    ("habit_changes", "השני עד הרביעי", "2 3 4"),
    ("advertising", "1-7", "1 2 3 4 5 6"),
    # groups and places from the end
    ("habit_changes", "the first three", "1 2 3"),
    ("habit_changes", "the last two", "6 7"),
    ("habit_changes", "שלוש הראשונות", "1 2 3"),
    ("habit_changes", "שתי האפשרויות הראשונות", "1 2"),
    ("habit_changes", "שני האחרונים", "6 7"),
    ("habit_changes", "the third and the last but one", "3 7"),
    ("habit_changes", "second to last", "7"),
    ("habit_changes", "הראשון והלפני אחרון", "1 7"),
    ("habit_changes", "the last one", "8"),
    ("habit_changes", "האחרונה", "8"),
    ("habit_changes", "first, third and last", "1 3 7"),
    # all of the list
    ("contact_channels", "all of these", "1 2 3 4"),
    ("contact_channels", "everything on your list", "1 2 3 4"),
    ("contact_channels", "כל מה שכתבת", "1 2 3 4"),
    ("sales_channels", "in all these ways", "1 2 3 4 5 6 7"),
    ("sales_channels", "בכל הדרכים האלה", "1 2 3 4 5 6 7"),
    # all but some
    ("habit_changes", "all but the last", "1 2 3 4 5 6 7"),
    ("habit_changes", "הכול חוץ מהאחרון", "1 2 3 4 5 6 7"),
    ("habit_changes", "everything except 2, 4 and the fifth", "1 3 6 7"),
    ("habit_changes", "הכל למעט 1 ו-3", "2 4 5 6 7"),
    ("habit_changes", "1-5 but not 3", "1 2 4 5"),
    ("advertising", "all of those except radio and signs", "1 4 5 6"),
    ("advertising", "all these apart from radio/tv", "1 3 4 5 6"),
    ("advertising", "הכל חוץ מרדיו ומעיתון", "3 4 5 6"),
    ("advertising", "except for print, all of them", "2 3 4 5 6"),
    ("contact_channels", "הכל, בלי כתובות בית", "1 2 4"),
]


@pytest.mark.parametrize(("question", "text", "places"), PLACES, ids=lambda x: str(x)[:40])
async def test_places(catalog: Catalog, question: str, text: str, places: str) -> None:
    reading = await reader_with(catalog, Away()).read(text, question)
    options = catalog.slots[question].options
    wanted = sorted(options[int(place) - 1] for place in places.split())
    assert reading_as_json(reading)["slots"] == {question: wanted}


NO_PLACES = [
    ("advertising", "1-9"),
    ("advertising", "4-2"),
    ("advertising", "the first twelve"),
    ("weak_links", "everything is fine"),
    ("weak_links", "הכל בסדר"),
    ("advertising", "all except the neighbours"),
    ("payment_terms", "the first two"),
]


@pytest.mark.parametrize(("question", "text"), NO_PLACES)
async def test_no_places(catalog: Catalog, question: str, text: str) -> None:
    assert (await reader_with(catalog, Away()).read(text, question)).answers == {}


async def test_the_last_of_a_single_choice(catalog: Catalog) -> None:
    reading = await reader_with(catalog, Away()).read("the last but one", "payment_terms")
    value: Any = reading.answers["payment_terms"].value
    assert value == "credit_30"
