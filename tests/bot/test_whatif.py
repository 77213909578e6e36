"""What-ifs and "what changed" in a chat: answered at any time, and nothing stored."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from talking import Owner, talking

from advisor.catalog import Catalog, load_catalog
from advisor.model import LANGUAGES

both_languages = pytest.mark.parametrize("language", LANGUAGES)
DISCOUNT = {"en": "what if I give 15% off?", "he": "מה אם אתן 15% הנחה?"}
UNCLEAR = {"en": "what if", "he": "מה אם"}
CHANGED = {"en": "what changed?", "he": "מה השתנה?"}
SUMS = "gross_margin=35, revenue_now=40000, average_sale=100"
MARKS = re.compile("[\u200e\u200f\u2066-\u2069]")


def whatif(owner: Owner, language: str, *path: str) -> str:
    """A text of the wording of "what if"."""
    found = owner.conversation.catalog.texts[language]["whatif"]
    for key in path:
        found = found[key]
    return str(found)


def said(owner: Owner) -> str:
    """All that was said to the last message, without direction marks."""
    return MARKS.sub("", owner.text)


class TestWhatIf:
    @both_languages
    async def test_it_is_answered_and_the_question_stands(
        self, owner: Owner, language: str
    ) -> None:
        await owner.start(language)
        await owner.say("Corner")
        await owner.say(SUMS)
        before = await owner.state()
        await owner.say(DISCOUNT[language])
        assert [reply.type for reply in owner.replies] == ["say", "ask"]
        assert "75%" in said(owner)
        assert owner.last.question == "sector"
        assert (await owner.state()).answers == before.answers

    async def test_before_any_answer_it_says_what_lacks(self, owner: Owner) -> None:
        await owner.start()
        await owner.say(DISCOUNT["en"])
        assert "the gross margin" in owner.text
        assert owner.options() == ["/target:gross_margin", "/continue"]
        assert not (await owner.state()).answers
        await owner.press("/continue")
        assert owner.last.question == "business_name"

    @both_languages
    async def test_the_number_that_lacked_brings_the_answer(
        self, owner: Owner, language: str
    ) -> None:
        await owner.start(language)
        await owner.say("Corner")
        await owner.say(DISCOUNT[language])
        await owner.say("gross_margin=35")
        assert "75%" in said(owner)
        assert owner.last.question == "sector"
        assert await owner.value("gross_margin") == 35

    async def test_two_numbers_are_asked_for_one_after_the_other(self, owner: Owner) -> None:
        await owner.start()
        await owner.say("Corner")
        await owner.press("/whatif:mailing")
        assert owner.options()[:2] == ["/target:average_sale", "/target:gross_margin"]
        await owner.press("/target:average_sale")
        assert owner.last.question == "average_sale"
        await owner.say("average_sale=100")
        assert owner.options() == ["/target:gross_margin", "/continue"]
        await owner.say("gross_margin=35")
        assert "₪600" in said(owner)
        assert owner.last.question == "sector"

    async def test_a_question_that_asks_just_that_stands(self, owner: Owner) -> None:
        await owner.start()
        await owner.say("Corner")
        await owner.press("/whatif:discount")
        await owner.press("/target:gross_margin")
        await owner.say(DISCOUNT["en"])
        assert whatif(owner, "en", "missing_this") in owner.last.text
        assert owner.last.question == "gross_margin"

    async def test_an_impossible_number_is_asked_again(self, owner: Owner) -> None:
        await owner.start()
        await owner.say("Corner")
        await owner.say(DISCOUNT["en"])
        await owner.say("gross_margin=130")
        assert owner.last.question == "gross_margin"
        assert await owner.value("gross_margin") is None

    @both_languages
    async def test_what_nobody_can_work_out_brings_examples(
        self, owner: Owner, language: str
    ) -> None:
        await owner.start(language)
        await owner.say("Corner")
        await owner.say(SUMS)
        await owner.say(UNCLEAR[language])
        assert whatif(owner, language, "examples", "ask") in said(owner)
        await owner.press("/whatif:price_rise")
        assert "12.5%" in said(owner)
        assert owner.last.question == "sector"

    async def test_an_answer_goes_past_the_examples(self, owner: Owner) -> None:
        await owner.start()
        await owner.say("Corner")
        await owner.say("what if")
        await owner.say("sector=shop")
        assert await owner.value("sector") == "shop"
        assert owner.last.question == "customer_type"

    async def test_another_answer_is_tried_on_the_plan(self, owner: Owner) -> None:
        await owner.start()
        await owner.finish()
        before = await owner.state()
        await owner.say("what if hours_per_week=2")
        assert owner.replies[0].text.startswith("Weekly hours for recovery: 2 (now: ")
        assert whatif(owner, "en", "trial") in owner.text
        assert (await owner.state()).answers == before.answers
        assert owner.last.type == "wait"

    async def test_an_unbelievable_answer_is_refused(self, owner: Owner) -> None:
        await owner.start()
        await owner.finish()
        await owner.say("what if hours_per_week=500")
        assert "higher than I can believe" in owner.text
        assert await owner.value("hours_per_week") != 500

    async def test_a_confirmation_is_not_lost_to_it(self, owner: Owner) -> None:
        await owner.start()
        await owner.say("Corner")
        await owner.say("forget")
        await owner.say("what if")
        assert owner.options() == ["/yes", "/no"]
        await owner.say(DISCOUNT["en"])
        assert owner.options() == ["/yes", "/no"]

    async def test_it_wakes_a_pause(self, owner: Owner) -> None:
        await owner.start()
        await owner.say("Corner")
        await owner.say(SUMS)
        await owner.say("pause")
        await owner.say(DISCOUNT["en"])
        assert "75%" in said(owner)
        assert owner.last.question == "sector"

    async def test_any_number_of_them_wears_no_question_out(self, owner: Owner) -> None:
        await owner.start()
        await owner.say("Corner")
        await owner.say(SUMS)
        for _ in range(15):
            await owner.say(DISCOUNT["en"])
            assert owner.last.question == "sector"
        assert await owner.value("sector") is None

    async def test_it_works_while_the_model_is_away(self, owner: Owner) -> None:
        await owner.start()
        await owner.say("Corner")
        await owner.say(SUMS)
        owner.reader.away = True
        await owner.say(DISCOUNT["en"])
        assert "75%" in said(owner)


ODD = [
    ("what if I cut all my costs?", "closing down"),
    ("what if I cut costs by 150%?", "more than all of them"),
    ("what if I mail 0 letters?", "nothing changes"),
    ("what if I give 0% off?", "nothing changes"),
    ("what if I raise prices by 0%?", "nothing changes"),
    ("what if 0 customers come back?", "nothing changes"),
    ("what if I give 150% off?", "more than the whole price"),
    ("what if I give 200 shekels off?", "more than the whole price"),
    ("what if I give -10% off?", "10% off needs 40% more sales"),
    ("what if I raise prices by -10%?", "10% off needs 40% more sales"),
    ("what if I raise prices by 5000%?", "up to ten times as high"),
    ("what if I double my prices?", "100% higher you can lose 74% of sales"),
    ("half off?", "a sale leaves nothing"),
    ("what if I give a third off?", "more than 20 times as many sales"),
    ("what if I give 34.99% off?", "more than 100 times as many sales"),
    ("לקצץ את כל ההוצאות?", "לסגור"),
    ("מה אם אקצץ 150% מההוצאות?", "יותר מהכול"),
    ("מה אם אשלח 0 מכתבים?", "שום דבר לא משתנה"),
    ("מה אם אתן 0% הנחה?", "שום דבר לא משתנה"),
    ("מה אם אתן הנחה של 150%?", "יותר מכל המחיר"),
    ("מה אם אתן הנחה של -10%?", "הנחה של 10% דורשת 40% יותר מכירות"),
    ("מה אם אעלה מחירים ב-5000%?", "עד פי עשרה"),
    ("להכפיל מחירים?", "גבוהים ב-100% אפשר לאבד 74% מהמכירות"),
    ("הנחה של חצי?", "לא נשאר כלום ממכירה"),
    ("מה אם אתן שליש הנחה?", "יותר מפי 20 מהיום"),
]


@pytest.mark.parametrize(("text", "part"), ODD)
async def test_odd_amounts_get_a_short_answer(owner: Owner, text: str, part: str) -> None:
    await owner.start("he" if re.search("[א-ת]", text) else "en")
    await owner.say("Corner")
    await owner.say(SUMS)
    before = await owner.state()
    await owner.say(text)
    assert [reply.type for reply in owner.replies] == ["say", "ask"]
    assert part in said(owner)
    assert len(owner.replies[0].text.split("\n")) <= 5
    assert not re.search(r"\d{4}|\d,\d{3}%", said(owner).split("?")[0])
    assert (await owner.state()).answers == before.answers


async def test_what_can_not_be_needs_no_number_first(owner: Owner) -> None:
    await owner.start()
    await owner.say("Corner")
    for text in ("what if I give 150% off?", "what if I cut all my costs?", "and 0% off?"):
        await owner.say(text)
        assert [reply.type for reply in owner.replies] == ["say", "ask"]
        assert owner.last.question == "sector"


class TestWhatChanged:
    @both_languages
    async def test_without_a_plan_it_says_so(self, owner: Owner, language: str) -> None:
        await owner.start(language)
        await owner.say("Corner")
        await owner.say(CHANGED[language])
        assert whatif(owner, language, "versions", "none") in said(owner)
        assert owner.last.question == "sector"

    @both_languages
    async def test_one_version_has_nothing_beside_it(self, owner: Owner, language: str) -> None:
        await owner.start(language)
        await owner.finish()
        assert "/changes" not in owner.options()
        await owner.say(CHANGED[language])
        assert whatif(owner, language, "versions", "one") in said(owner)

    async def test_versions_are_set_side_by_side(self, owner: Owner) -> None:
        await owner.start()
        await owner.finish()
        await owner.say("change hours_per_week=2")
        assert "/changes" in owner.options()
        await owner.say("change hours_per_week=9")
        await owner.say("what changed?")
        assert "Version 3 of the plan, beside version 2:" in owner.text
        assert "Weekly hours for recovery: now 9 (before: 2)." in owner.text
        assert "/changes:1" in owner.options()
        await owner.press("/changes:1")
        assert "Version 3 of the plan, beside version 1:" in owner.text
        assert "/changes:2" in owner.options()
        await owner.say("what changed since version 2?")
        assert "beside version 2:" in owner.text
        assert owner.last.type == "wait"

    async def test_a_version_that_is_not_there_is_the_one_before(self, owner: Owner) -> None:
        await owner.start()
        await owner.finish()
        await owner.say("change hours_per_week=2")
        await owner.say("what changed since version 77?")
        assert "Version 2 of the plan, beside version 1:" in owner.text


LOOSE = st.text(st.characters(exclude_characters="=", codec="utf-8"), max_size=30)
"""Any words; "slot=value" is what the tests' reader understands."""
TEXTS = st.sampled_from([*DISCOUNT.values(), *UNCLEAR.values(), *CHANGED.values()])


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.builds("{} {}".format, TEXTS, LOOSE)
        | TEXTS
        | st.sampled_from(
            ["/whatif", "/whatif:back", "/whatif:nonsense", "/changes:0", "/changes"]
        ),
        min_size=1,
        max_size=6,
    )
)
async def test_no_what_if_stores_an_answer(messages: list[str]) -> None:
    catalog: Catalog = load_catalog()
    async with talking(catalog) as owner:
        await owner.start()
        await owner.say("Corner")
        for message in messages:
            await (owner.press(message) if message.startswith("/") else owner.say(message))
            assert owner.last.type in ("ask", "wait")
        # a question that is misread time and again is left open, without an answer
        answers = (await owner.state()).answers.values()
        assert {answer.slot for answer in answers if answer.known} == {"business_name"}
