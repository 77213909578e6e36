"""How many people work in a business, as owners tell it: who adds up, and who was counted."""

import pytest

from advisor.catalog import Catalog
from tests.bot.understanding.parsers import Away, reader_with

EMPLOYEES = {
    # the sum of a list, before or behind it
    "seven: two partners and five juniors": 7,
    "two partners, five juniors, thats seven": 7,
    "two partners, five juniors, seven": 7,
    "we're 4: me, my wife and two guys": 4,
    "6 people, me and five guys": 6,
    "4. me, my wife and the two kids": 4,
    "ארבעה עובדים: שני טבחים ושתי מלצריות": 4,
    "שתיים אני והשותפה ויש ברחוב עוד שלוש כאלה כמונו": 2,
    "אני והבן והכלה אז שלוש": 3,
    "אני ובעלי ושני עובדים, ארבעה": 4,
    # a number, and who they are
    "me and two others, a cook and a waiter": 3,
    "I have one employee, a cook": 2,
    "אני ועוד אחת, אחותי": 2,
    # numbers that no sum is told of
    "2 cooks and 2 waiters": 4,
    "two cooks, one driver, one cleaner": 4,
    "me two waiters one cook": 4,
    "10 עובדות ועוד 2 נהגים": 12,
    "2 עובדים קבועים ו-3 זמניים": 5,
    # what the owner is counts nobody else
    "3 מטפלות ואני המנהלת": 4,
    "I'm the cook and there are 3 waiters": 4,
    "I'm the owner, plus my son and a driver": 3,
    "אני מדביר עובד לבד רק אצל משפחות": 1,
    "I work by myself, my wife helps with the books": 1,
    # all of us
    "שנינו": 2,
    "רק שנינו, אני ובעלי": 2,
    "שלושתנו, שני אחים ואבא": 3,
    "שנינו ועוד 3 עובדים": 5,
    # who isn't there yet, or any more, or works elsewhere
    "אני והבן והכלה אז שלוש וצריך עוד אחד דחוף": 3,
    "אני לבד, צריך עוד שניים": 1,
    "5 people missing 2": 5,
    "we need all 10 of them": 10,
    "10 לפני המלחמה, היום 4": 4,
    "היינו 12 ירדנו ל5": 5,
    "two, maybe three": 3,
    "היינו 5 שניים עזבו נשארנו 3": 3,
    "12 בשיא, 7 היום": 7,
    # the owner beside the others, or nobody
    "12 not counting me": 13,
    "12 including me": 12,
    "team of 8 plus me": 9,
    "so its me my dad and my uncle": 3,
    "יש אותי ואת אשתי ועוד ארבעה במטבח": 6,
    "no one but me": 1,
    "אין לי אף עובד": 1,
    "0 employees": 1,
    # a wife who helps is one, as is a part of the staff beside the others
    "בעלי ואני, והבת עוזרת": 3,
    "3 full-time, 2 part-time": 5,
    "8 people, three part time": 8,
    "הבן חלה ואני לבד": 1,
    "my partner went back to Poland so now it's just me": 1,
    "me, the missus and a saturday girl": 3,
    "just me and my lad": 2,
    # a sole trader
    "I'm a one-man show": 1,
    "it's a one woman show, my sister helps out": 2,
    # those who went, and those of a season
    "we were 14 before, five got drafted and two quit": 7,
    "היינו שבעה, שניים פוטרו ואחד גויס": 4,
    "20 in summer, 10 in winter": 15,
    # those of today, not those of before
    "we used to be 14 of us, now only me and three girls": 4,
    "היינו 14, היום רק אני ושלוש בנות": 4,
    "before the war we were thirty. today 9, me among them": 9,
    "לפני המלחמה היינו שלושים. היום 9, ואני ביניהם": 9,
}
MISSING = {
    "missing a cook, a waiter and someone for the till": 3,
    "four: two cooks, two waiters": 4,
    "three. two in the kitchen and one at the door": 3,
    "שלושה: שניים במטבח ואחד בדלת": 3,
    "we're 5, short two": 2,
    "יש לי 5 עובדים, חסרים עוד 2": 2,
    "one, maybe two": 2,
    "I need another pair of hands": 1,
    "two more pairs of hands": 2,
    "עוד זוג ידיים במטבח": 1,
    "זוג מלצרים": 2,
}
TOLD = [("employees", *row) for row in EMPLOYEES.items()]
TOLD += [("staff_gap", *row) for row in MISSING.items()]


@pytest.mark.parametrize(("question", "text", "people"), TOLD)
async def test_people(catalog: Catalog, question: str, text: str, people: int) -> None:
    reading = await reader_with(catalog, Away()).read(text, question)
    assert reading.answers[question].value == people
