"""Which messages are a "what if", in both languages, and which only look like one."""

from __future__ import annotations

import asyncio

import pytest
from drawn import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from talking import FakeReader, known

from advisor.catalog import load_catalog
from advisor.interview import Reading
from advisor.model import LANGUAGES, Money
from advisor.whatif import EXAMPLES, Supposition
from bot.understanding.whatif import WhatIfs
from bot.understanding.words import FOLDER, load_words

CATALOG = load_catalog()


def supposed(text: str, question: str | None = None) -> Supposition | Reading | None:
    asking = WhatIfs(CATALOG, FakeReader(CATALOG))
    return asyncio.run(asking.supposed(text, question, {}))


def amounts(found: Supposition) -> tuple[float | None, ...]:
    """Share, count and sum; None for what wasn't said."""
    share, count = (span.mid if span else None for span in (found.share, found.count))
    return share, count, found.money.amount if found.money else None


RECOGNISED = [
    ("what if I give 15% off?", "discount", (15, None, None)),
    ("What if I give a discount of fifteen percent to everyone", "discount", (15, None, None)),
    ("is it worth giving 10% off?", "discount", (10, None, None)),
    ("say I give 10% off, what happens?", "discount", (10, None, None)),
    ("what if I knock 20 shekels off the price", "discount", (None, None, 20)),
    ("what if I sell at half price", "discount", (50, None, None)),
    ("what if I give a discount", "discount", (None, None, None)),
    ("and if I lower my prices by 10%", "discount", (10, None, None)),
    ("should I raise my prices by 5%?", "price_rise", (5, None, None)),
    ("what happens if prices go up 8 percent", "price_rise", (8, None, None)),
    ("what if I send 500 letters at 4 shekels each", "mailing", (None, 500, 4)),
    ("what if I mail 200 postcards for 900 shekels", "mailing", (None, 200, 4.5)),
    ("what if I cut my costs by a fifth", "costs", (20, None, None)),
    ("what if I cut 5,000 shekels a month from expenses", "costs", (None, None, 5000)),
    ("what if we spend 2000 less a month", "costs", (None, None, 2000)),
    ("what if my main supplier closes down", "supplier", (None, None, None)),
    ("suppose I lose my biggest supplier", "supplier", (None, None, None)),
    ("what if 20 customers come back?", "back", (None, 20, None)),
    ("what if 10% of them came back", "back", (10, None, None)),
    ("what if I lose 30 customers", "gone", (None, 30, None)),
    ("and 50% off?", "discount", (50, None, None)),
    ("what about a postal pilot of 200 letters?", "mailing", (None, 200, None)),
    ("ו-20% הנחה?", "discount", (20, None, None)),
    ("ומה לגבי 200 מכתבים בדואר?", "mailing", (None, 200, None)),
    ("מה אם אתן 15% הנחה", "discount", (15, None, None)),
    ("ואם אני מוריד מחיר ב-10%", "discount", (10, None, None)),
    ("נניח שאני נותנת עשרה אחוז הנחה", "discount", (10, None, None)),
    ("כדאי לתת הנחה של 20%?", "discount", (20, None, None)),
    ("מה אם נוריד 20 שקל מהמחיר", "discount", (None, None, 20)),
    ("אם אני מוריד מחירים ב-10% כמה עוד צריך למכור?", "discount", (10, None, None)),
    ("מה יקרה אם אעלה מחירים ב-5%?", "price_rise", (5, None, None)),
    ("מה אם אני מייקרת ב-7 אחוז", "price_rise", (7, None, None)),
    ("מה אם אשלח 500 מכתבים ב-4 שקל למכתב", "mailing", (None, 500, 4)),
    ("מה אם אקצץ 5,000 שקל בחודש בהוצאות", "costs", (None, None, 5000)),
    ("מה אם נחתוך רבע מההוצאות", "costs", (25, None, None)),
    ("מה אם הספק הגדול ייסגר", "supplier", (None, None, None)),
    ("מה אם אני מאבדת את הספק הגדול", "supplier", (None, None, None)),
    ("מה אם יחזרו אליי עשרים לקוחות", "back", (None, 20, None)),
    ("מה אם אצליח להחזיר 15 לקוחות", "back", (None, 15, None)),
    ("מה אם יעזבו עוד 10 לקוחות", "gone", (None, 10, None)),
]

RECOGNISED += [
    ("how about ten to twenty percent off", "discount", (15, None, None)),
    ("wat if i give 15% of", "discount", (15, None, None)),
    ("whats if I drop prices 10%", "discount", (10, None, None)),
    ("what would a 20% sale do to me", "discount", (20, None, None)),
    ("imagine I give 25% off", "discount", (25, None, None)),
    ("if I give 15% off how many more sales do I need", "discount", (15, None, None)),
    ("what if I give buy one get one free", "discount", (50, None, None)),
    ("what if I give everything for free?", "discount", (100, None, None)),
    ("if I raise prices by 6% how many customers can I lose", "price_rise", (6, None, None)),
    ("what if my costs double", "costs_rise", (100, None, None)),
    ("what if rent goes up by 3000", "costs_rise", (None, None, 3000)),
    ("what if I hire two people at 8000 each", "costs_rise", (None, None, 16_000)),
    ("what if I hire someone", "hire", (None, None, None)),
    ("what if I let two people go", "dismiss", (None, None, None)),
    ("what if I cut rent by 10%", "part", (None, None, None)),
    ("what if I stop paying rent", "part", (None, None, None)),
    ("how much longer do I survive if I cut 4k a month", "costs", (None, None, 4000)),
    ("how long does my cash last", "runway", (None, None, None)),
    ("what if I did nothing", "runway", (None, None, None)),
    ("what about a mailing of 500 pieces for 1500", "mailing", (None, 500, 3)),
    ("what if I post 200 flyers at 3 shekels each", "mailing", (None, 200, 3)),
    ("what happens if my supplier closes", "supplier", (None, None, None)),
    ("what if I phone 50 former customers", "calls", (None, 50, None)),
    ("what if I call 50 old customers and 5 come back", "back", (None, 5, None)),
    ("what if sales drop 20%", "sales_fall", (20, None, None)),
    ("what if sales go up by 10%", "sales_rise", (10, None, None)),
    ("what if my biggest customer leaves", "client", (None, None, None)),
    ("what if I close the shop", "closing", (None, None, None)),
    ("if I give 10%?", "discount", (10, None, None)),
    ("עשר עד עשרים אחוז הנחה?", "discount", (15, None, None)),
    ("מה עם הנחה של 10 אחוז", "discount", (10, None, None)),
    ("מ אם אתן 15% הנחה", "discount", (15, None, None)),
    ("מה עם אתן 15% הנכה", "discount", (15, None, None)),
    ("ואם אני אתן 10%?", "discount", (10, None, None)),
    ("מה אם אעשה מבצע של 20%", "discount", (20, None, None)),
    ("מה אם אתן הכול בחינם", "discount", (100, None, None)),
    ("תאר לך שאני נותן 25% הנחה", "discount", (25, None, None)),
    ("מה אם אוריד 10 שקל", "discount", (None, None, 10)),
    ("אם אני נותן 15% הנחה כמה מכירות אני צריך", "discount", (15, None, None)),
    ("כדאי להעלות מחיר ב-10 שקל?", "price_rise", (None, None, 10)),
    ("מה אם ההוצאות יוכפלו", "costs_rise", (100, None, None)),
    ("מה אם השכירות תעלה ב-3000 שקל", "costs_rise", (None, None, 3000)),
    ("מה אם אעסיק עובד ב-8,000 בחודש?", "costs_rise", (None, None, 8000)),
    ("מה אם אקח עוד עובד", "hire", (None, None, None)),
    ("מה אם אפטר שני עובדים", "dismiss", (None, None, None)),
    ("מה אם אפסיק לשלם שכירות", "part", (None, None, None)),
    ("כמה זמן הכסף יספיק אם אקצץ 20% מההוצאות", "costs", (20, None, None)),
    ("לכמה זמן יספיק לי הכסף", "runway", (None, None, None)),
    ("מה אם לא אעשה כלום", "runway", (None, None, None)),
    ("מה אם נעשה פיילוט דואר", "mailing", (None, None, None)),
    ("מה לגבי 500 מכתבים ב-1500 שקל", "mailing", (None, 500, 3)),
    ("מה אם אתקשר ל-50 לקוחות שעזבו", "calls", (None, 50, None)),
    ("מה אם אתקשר ל-50 ורק 5 חוזרים", "back", (None, 5, None)),
    ("מה אם המכירות ירדו ב-20%", "sales_fall", (20, None, None)),
    ("מה אם המחזור יעלה ב-10 אחוז", "sales_rise", (10, None, None)),
    ("מה אם הלקוח הכי גדול שלי יעזוב", "client", (None, None, None)),
    ("מה אם אסגור את החנות", "closing", (None, None, None)),
]
RECOGNISED += [
    ("could we survive a 20 percent drop in sales?", "sales_fall", (20, None, None)),
    ("what if we lose half our sales", "sales_fall", (50, None, None)),
    ("what if sales double", "sales_rise", (100, None, None)),
    ("so if I raise my price from 100 to 110?", "price_rise", (10, None, None)),
    ("what if I charge 90 instead of 120", "discount", (25, None, None)),
    ("what if prices were 10% higher", "price_rise", (10, None, None)),
    ("does a 15 percent discount pay off", "discount", (15, None, None)),
    ("what is the break even for a 10% discount", "discount", (10, None, None)),
    ("break even of 200 letters", "mailing", (None, 200, None)),
    ("what do i need to sell to cover a salary of 9000", "costs_rise", (None, None, 9000)),
    ("what if the landlord raises the rent by 2000", "costs_rise", (None, None, 2000)),
    ("what if I message 200 former customers", "calls", (None, 200, None)),
    ("what if nobody comes back", "back", (None, 0, None)),
    ("what if all customers come back", "back", (100, None, None)),
    ("what if I sell the business", "closing", (None, None, None)),
    ("נשרוד ירידה של 20 אחוז במכירות?", "sales_fall", (20, None, None)),
    ("מה אם נאבד חצי מהמכירות", "sales_fall", (50, None, None)),
    ("מה אם המכירות יוכפלו", "sales_rise", (100, None, None)),
    ("אם אעלה את המחיר מ-100 ל-110?", "price_rise", (10, None, None)),
    ("מה אם אגבה 90 במקום 120", "discount", (25, None, None)),
    ("מה אם המחירים היו גבוהים ב-10%", "price_rise", (10, None, None)),
    ("מה נקודת האיזון של הנחה של 10%", "discount", (10, None, None)),
    ("מה אם בעל הבית מעלה את השכירות ב-2000", "costs_rise", (None, None, 2000)),
    ("מה אם עובד עולה לי 9000", "costs_rise", (None, None, 9000)),
    ("מה אם אשלח הודעה ל-200 לקוחות לשעבר", "calls", (None, 200, None)),
    ("מה אם אף אחד לא חוזר", "back", (None, 0, None)),
    ("מה אם כולם חוזרים", "back", (100, None, None)),
    ("מה אם אמכור את העסק", "closing", (None, None, None)),
    ("כמה זמן נשאר לי לפני שנגמר הכסף", "runway", (None, None, None)),
]
BARE = {
    "i want to give 20% off": ("discount", (20, None, None)),
    "thinking about giving 10% off": ("discount", (10, None, None)),
    "בא לי לתת 20% הנחה": ("discount", (20, None, None)),
    "cut all my costs": ("costs", (100, None, None)),
    "raise prices 8%": ("price_rise", (8, None, None)),
    "let's say I give 12% off": ("discount", (12, None, None)),
    "לקצץ את כל ההוצאות": ("costs", (100, None, None)),
    "העלאת מחירים של 8%": ("price_rise", (8, None, None)),
    "נגיד שאני נותנת 12% הנחה": ("discount", (12, None, None)),
}


@pytest.mark.parametrize("text", BARE)
def test_an_order_is_tried_only_where_nothing_is_asked(text: str) -> None:
    kind, expected = BARE[text]
    found = supposed(text)
    assert isinstance(found, Supposition)
    assert (found.kind, amounts(found)) == (kind, expected)
    assert supposed(text, "price_requests") is None


@pytest.mark.parametrize("text", ["what if I doubled my budget", "מה אם אכפיל את התקציב"])
def test_twice_an_answer_is_worked_out_from_what_is_stored(text: str) -> None:
    stored = {"monthly_budget": known(CATALOG.slots["monthly_budget"], "2000")}
    asking = WhatIfs(CATALOG, FakeReader(CATALOG))
    found = asyncio.run(asking.supposed(text, None, stored))
    assert isinstance(found, Supposition)
    assert [answer.value for answer in found.answers] == [Money(4000, "ILS")]


@pytest.mark.parametrize(
    ("text", "now"),
    [
        ("if I had 20 hours a week?", "I have 20 hours a week"),
        ("ואם היו לי 20 שעות?", "יש לי 20 שעות"),
    ],
)
def test_what_is_only_asked_about_is_no_answer(text: str, now: str) -> None:
    reader = FakeReader(CATALOG)
    slot = CATALOG.slots["hours_per_week"]
    reader.taught[now] = Reading("inform", {slot.id: known(slot, "20")})
    found = asyncio.run(WhatIfs(CATALOG, reader).supposed(text, None, {}))
    assert isinstance(found, Supposition)
    assert [answer.value for answer in found.answers] == [20]


def of_share(share: float) -> tuple[float | None, ...]:
    return share, None, None


def of_count(count: float) -> tuple[float | None, ...]:
    return None, count, None


EDGES = {
    ("costs", of_share(100)): [
        *("what if I cut all my costs?", "what if I cut 100% of costs", "מה אם נאפס את ההוצאות"),
        *(
            "what if I cut costs to zero",
            "what if I stop all spending",
            "what if I cut every expense",
        ),
        *("what if costs are cut entirely", "מה אם אקצץ את כל ההוצאות", "לקצץ את כל ההוצאות?"),
        "מה אם אחתוך את ההוצאות לאפס",
    ],
    ("costs", of_share(20)): ["what if I cut all my costs by 20%"],
    ("costs", of_share(50)): ["מה אם אקצץ את כל ההוצאות בחצי"],
    ("costs", (None, None, None)): [
        *("what if I cut all unnecessary costs", "מה אם אקצץ את כל ההוצאות המיותרות"),
        "מה אם אקצץ בכל ההוצאות",
    ],
    ("costs", of_share(0)): ["what if I cut costs by 0%", "מה אם אקצץ 0% מההוצאות"],
    ("costs", of_share(150)): ["what if I cut costs by 150%"],
    ("costs", of_share(10)): ["what if I cut costs by -10%"],
    ("mailing", of_count(0)): [
        *("what if I mail 0 letters", "and 0 letters?", "what if I send no letters"),
        *("מה אם אשלח 0 מכתבים", "מה אם אשלח אפס מכתבים", "מה אם לא אשלח מכתבים"),
    ],
    ("discount", of_share(0)): [
        *("what if I give 0% off", "מה אם אתן 0% הנחה", "what if I give no discount"),
        "מה אם לא אתן הנחה",
    ],
    ("discount", of_share(150)): ["what if I give 150% off", "מה אם אתן הנחה של 150%"],
    # a discount below zero as price tags say it, a rise below zero as a discount
    ("discount", of_share(10)): [
        *("what if I give -10% off", "what if I raise prices by -10%", "-10% הנחה?"),
        *("מה אם אתן הנחה של -10%", "מה אם אעלה מחירים במינוס 10%"),
    ],
    ("discount", of_share(50)): [
        *("and half off?", "what if I halve my prices", "הנחה של חצי?"),
        *("מה אם אתן הנחה של חצי", "כדאי להוריד את המחירים בחצי?"),
    ],
    ("price_rise", of_share(0)): ["what if I raise prices by 0%", "מה אם אעלה מחירים ב-0%"],
    ("price_rise", of_share(150)): ["what if I raise prices by 150%", "מה אם אעלה מחירים ב-150%"],
    ("price_rise", of_share(100)): [
        *("what if I double my prices", "should I double prices?", "what if prices doubled"),
        *("what if I charge double", "מה אם אכפיל מחירים", "להכפיל מחירים?"),
        *("כדאי להכפיל את המחירים?", "מה אם נעלה מחירים פי 2"),
        *("מה אם המחירים יהיו כפולים", "מה אם אעלה מחירים פי שניים"),
    ],
    ("price_rise", of_share(200)): ["what if I triple my prices", "מה אם אעלה מחירים פי שלושה"],
    ("back", of_count(0)): ["what if 0 customers come back", "מה אם יחזרו 0 לקוחות"],
    ("gone", of_share(150)): ["what if I lose 150% of my customers"],
}


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [(text, *what) for what, texts in EDGES.items() for text in texts],
)
def test_odd_amounts_are_read_as_they_are_meant(
    text: str, kind: str, expected: tuple[float | None, ...]
) -> None:
    found = supposed(text)
    assert isinstance(found, Supposition), text
    assert (found.kind, amounts(found)) == (kind, expected)


@pytest.mark.parametrize(
    "text",
    [
        *("they doubled their prices", "my supplier doubled the prices", "we doubled our prices"),
        *("half off, sometimes", "half", "all of them", "we cut all our costs last year"),
        *(
            "הם הכפילו מחירים",
            "הספק הכפיל את המחירים",
            "חצי",
            "קיצצנו את כל ההוצאות",
            "הנחה של חצי",
        ),
    ],
)
@pytest.mark.parametrize("question", [None, "price_requests"])
def test_odd_amounts_that_are_told_are_no_what_if(text: str, question: str | None) -> None:
    assert supposed(text, question) is None


def test_a_supplier_who_doubles_prices_is_not_the_owner() -> None:
    found = supposed("what if my supplier doubles his prices")
    assert isinstance(found, Supposition)
    assert found.kind == "unclear"


@pytest.mark.parametrize(("text", "kind", "expected"), RECOGNISED)
def test_a_what_if_is_recognised_with_its_numbers(
    text: str, kind: str, expected: tuple[float | None, ...]
) -> None:
    found = supposed(text)
    assert isinstance(found, Supposition), text
    assert found.kind == kind
    assert amounts(found) == expected


ANSWERS = [
    *("about 15%", "we give 10% discount", "10% discount, if they ask", "20 customers came back"),
    *("if they leave I'm lost", "cut costs by 20% last month", "our supplier closed down"),
    *("I sent 500 letters at 4 shekels each", "customers changed their habits", "15% off"),
    *("נגיד 15%", "נותנים 10% הנחה", "מבקשים הנחה של 20 אחוז", "חזרו 20 לקוחות"),
    *("העלינו מחירים ב-5%", "הספק הגדול נסגר", "קיצצנו 5,000 שקל בחודש", "בערך שליש"),
    *("אם יש הנחה אז באים", "לקוחות ביקשו הנחה כל הזמן", "מה השם שלכם"),
    *(
        "sales dropped 20%",
        "we let two people go",
        "rent went up by 3000",
        "about 2 months of cash",
    ),
    *("I call customers every week", "they give everything for free", "we closed the shop in May"),
    *("המכירות ירדו ב-20%", "פיטרנו שני עובדים", "השכירות עלתה ב-3000 שקל", "סגרנו את החנות"),
    *(
        "we charge 130 instead of 120",
        "20 new customers came",
        "we want to survive",
        "rent is 9000",
    ),
    *("גובים 130 במקום 120", "כולם חוזרים תמיד", "המחירים גבוהים ב-10% מאחרים", "עובד עולה 9000"),
    *("יש כסף לחודשיים", "מתקשרים ל-50 לקוחות בשבוע", "הלקוח הכי גדול עזב"),
]


OTHER_QUESTIONS = [
    *("can I change my answer on how long my cash lasts?", "should I let someone go?"),
    *("is the landlord allowed to raise rent by 10% mid contract?", "can I close the shop early?"),
    *("how much is it to send a parcel by post?", "כמה עולה לשלוח חבילה בדואר?"),
    "אפשר לשנות את התשובה על כמה זמן יספיק הכסף?",
]


@pytest.mark.parametrize("text", OTHER_QUESTIONS)
@pytest.mark.parametrize("question", [None, "price_requests"])
def test_other_questions_are_no_what_if(text: str, question: str | None) -> None:
    assert supposed(text, question) is None


@pytest.mark.parametrize("text", ANSWERS)
@pytest.mark.parametrize("question", [None, "price_requests"])
def test_what_is_told_is_no_what_if(text: str, question: str | None) -> None:
    assert supposed(text, question) is None


@pytest.mark.parametrize("text", ["What If", "What If Cafe", "מה אם", 'מה אם בע"מ', "What If?"])
def test_a_business_may_be_called_so(text: str) -> None:
    assert supposed(text, "business_name") is None


def test_even_a_name_may_be_asked_for_while_one_wonders() -> None:
    found = supposed("what if I give 15% off?", "business_name")
    assert isinstance(found, Supposition)
    assert found.kind == "discount"


@pytest.mark.parametrize(
    "text",
    [
        *("what if", "what if?", "what if my supplier raises prices by 10%", "what if it rains"),
        *(
            "what if I give from -5% to 5% off",
            "מה אם",
            "מה אם ירד גשם",
            "ומה אם הספק מעלה מחירים ב-10%?",
        ),
        "what if a competitor gives 20% off",
    ],
)
def test_what_can_not_be_worked_out_is_unclear(text: str) -> None:
    found = supposed(text)
    assert isinstance(found, Supposition)
    assert found.kind == "unclear"


def test_another_answer_is_read_without_its_what_if() -> None:
    found = supposed("what if hours_per_week=10, monthly_budget=500")
    assert isinstance(found, Supposition)
    assert found.kind == "answers"
    assert [answer.slot for answer in found.answers] == ["hours_per_week", "monthly_budget"]


@pytest.mark.parametrize(
    ("text", "slot", "stored", "expected"),
    [
        ("what if I had 3 more employees", "employees", 4, 7),
        ("מה אם היו לי עוד שלושה עובדים", "employees", 4, 7),
        ("what if I had 3 more employees", "employees", None, 9),
        ("what if I had 3 employees", "employees", 4, 9),
        ("what if we get 50 new customers", "customers_now", 300, 350),
        ("מה אם יצטרפו 50 לקוחות חדשים", "customers_now", 300, 350),
    ],
)
def test_more_comes_on_top_of_what_is(
    text: str, slot: str, stored: int | None, expected: int
) -> None:
    reader = FakeReader(CATALOG)
    read = Reading("inform", {slot: known(CATALOG.slots[slot], "9")})
    for said in (
        *("I have 3 more employees", "יש לי עוד שלושה עובדים", "I have 3 employees"),
        *("we get 50 new customers", "יצטרפו 50 לקוחות חדשים"),
    ):
        reader.taught[said] = read
    answers = {} if stored is None else {slot: known(CATALOG.slots[slot], str(stored))}
    found = asyncio.run(WhatIfs(CATALOG, reader).supposed(text, None, answers))
    assert isinstance(found, Supposition)
    assert [answer.value for answer in found.answers] == [expected]


@pytest.mark.parametrize(("sure", "kind"), [(0.9, "answers"), (0.3, "unclear")])
def test_an_unlikely_answer_is_not_tried(sure: float, kind: str) -> None:
    reader = FakeReader(CATALOG)
    closed = {"churn_reasons": known(CATALOG.slots["churn_reasons"], "closed")}
    reader.taught["we closed on Mondays"] = Reading("inform", closed, confidence=sure)
    found = asyncio.run(WhatIfs(CATALOG, reader).supposed("what if we closed on Mondays", None, {}))
    assert isinstance(found, Supposition)
    assert found.kind == kind


def test_other_wishes_behind_a_what_if_are_heard() -> None:
    reader = FakeReader(CATALOG)
    reader.taught["what if I want to stop"] = Reading("pause")
    asking = WhatIfs(CATALOG, reader)
    found = asyncio.run(asking.supposed("what if I want to stop", "sector", {}))
    assert found == Reading("pause")


@pytest.mark.parametrize(
    "text",
    [
        *("what changed", "What changed in my plan?", "so what's different?", "compare my plans"),
        *("what changed since version 2", "מה השתנה", "מה השתנה בתוכנית?", "אז מה חדש בתוכנית"),
        *("להשוות לגרסה הקודמת", "מה השתנה לעומת גרסה 1"),
    ],
)
def test_what_changed_is_recognised(text: str) -> None:
    assert WhatIfs(CATALOG, FakeReader(CATALOG)).what_changed(text)


@pytest.mark.parametrize(
    "text",
    ["their habits changed", "nothing changed", "לא השתנה כלום", "מה השתנה אצל הלקוחות שלי", ""],
)
def test_answers_about_changes_are_not(text: str) -> None:
    assert not WhatIfs(CATALOG, FakeReader(CATALOG)).what_changed(text)


def test_a_version_is_read() -> None:
    asking = WhatIfs(CATALOG, FakeReader(CATALOG))
    assert asking.version("what changed since version 2") == 2
    assert asking.version("מה השתנה לעומת גרסה 12") == 12
    assert asking.version("what changed") is None


def test_both_languages_have_the_same_groups() -> None:
    words = load_words(FOLDER / "whatif")
    assert set(words.raw) | set(words.nested) >= {*EXAMPLES, "gone", "surely", "changed"}
    from advisor.catalog import read_yaml

    first, second = (read_yaml(FOLDER / "whatif" / f"{language}.yml") for language in LANGUAGES)
    assert set(first) == set(second)
    assert set(first["slots"]) == set(second["slots"]) <= set(CATALOG.slots)


PIECES = [text for text, _, _ in RECOGNISED] + ANSWERS + ["%", "₪", "9" * 30, "1/0", "½", "-"]


@settings(max_examples=examples(150), deadline=None)
@given(
    st.text(max_size=80) | st.lists(st.sampled_from(PIECES), max_size=3).map(" ".join),
    st.sampled_from([None, "business_name", "sector", "gross_margin"]),
)
def test_no_text_is_too_odd(text: str, question: str | None) -> None:
    found = supposed(text, question)
    if isinstance(found, Supposition) and found.share is not None:
        assert 0 <= found.share.low <= found.share.high <= 10_000
