"""Drafts: every action that needs words has some that fit, and what the law wants is in them."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.catalog import Catalog, load_catalog
from advisor.conditions import holds
from advisor.drafts import LAWFUL, WRITTEN, drafts_for
from advisor.facts import derive, known_values
from advisor.lint.search import Search, answers_of
from advisor.model import LANGUAGES, Answer, Answers, AnswerState, Draft, Kind, Money, Value
from advisor.render.direction import bare
from advisor.render.view.drafts import draft_views
from advisor.render.view.types import DraftView
from advisor.render.wording import Teller

CATALOG = load_catalog()
NEED_WORDS = (
    "call_top_customers",
    "pulse_survey",
    "winback_campaign",
    "protect_loyal",
    "collect_consent",
    "direct_mail",
    "refresh_contacts",
    "negotiation_rules",
    "flexible_payment",
    "renew_accounts",
    "second_source",
    "supplier_terms",
    "backup_logistics",
    "staff_cover",
    "emergency_cash",
    "creditor_talks",
    "video_contact",
    "live_proof",
    "openness",
    "collect_reviews",
    "keep_stop_start",
    "patient_service",
    "care_rhythm",
    "get_support",
)
KINDS = ("consumers", "businesses", "both")
LONGEST = {
    "sms": 400,
    "whatsapp": 1000,
    "personal": 1000,
    "post": 1500,
    "email": 2000,
    "letter": 2000,
    "call": 2000,
    "talk": 2000,
    "sheet": 2000,
}
"""Characters that anybody reads, by channel."""
UNFILLED = re.compile(r"[{}]")
NAMED = {
    "war": ("המצב הביטחוני", "security situation"),
    "pandemic": ("המגפה", "pandemic"),
    "economy": ("המצב הכלכלי", "state of the economy"),
}
"""Words for a crisis: said only where the owner named it."""


def with_kind(answers: Answers, kind: str) -> dict[str, Answer]:
    return {**answers, "customer_type": Answer("customer_type", AnswerState.KNOWN, kind)}


def ids(catalog: Catalog, action: str, answers: Answers) -> set[str]:
    return {draft.id for draft in drafts_for(catalog, action, known_values(answers))}


def views(answers: Answers, language: str, action: str) -> tuple[DraftView, ...]:
    return draft_views(Teller(CATALOG, language, answers, derive(answers)), action)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("action", NEED_WORDS)
def test_every_action_that_needs_words_has_some(action: str, kind: str, catalog: Catalog) -> None:
    """For each kind of customers for which the action can be advised at all."""
    when = catalog.actions[action].when
    wanted = {"all": [{"eq": ["customer_type", kind]}, when]}
    found = Search(catalog).witness(wanted)
    if found is None:
        assert (action, kind) in {
            ("renew_accounts", "consumers"),
            ("collect_reviews", "businesses"),
            ("patient_service", "businesses"),
        }
        return
    assert ids(catalog, action, answers_of(found))


@pytest.mark.parametrize("action", NEED_WORDS)
def test_businesses_are_not_spoken_to_as_consumers(action: str, catalog: Catalog) -> None:
    """A register each: who sells to both gets both, who sells to one gets that one's alone."""
    everything = {slot.id: all_of(slot.id) for slot in catalog.slots.values()}
    to = {kind: ids(catalog, action, with_kind(everything, kind)) for kind in KINDS}
    assert to["both"] == to["consumers"] | to["businesses"]
    registers = {d.id for d in catalog.drafts.values() if d.when and action in d.actions}
    assert not to["consumers"] & to["businesses"] & registers


def all_of(slot: str) -> Answer:
    """An answer that lets every channel and paragraph in."""
    row = CATALOG.slots[slot]
    value: Value = {
        Kind.CHOICES: tuple(sorted(set(row.options) - set(row.exclusive))),
        Kind.CHOICE: row.options[0] if row.options else "",
        Kind.YESNO: True,
        Kind.MONEY: Money(1000, "ILS"),
        Kind.TEXT: "Noa's",
    }.get(row.kind, 60)
    if slot == "marketing_consent":
        value = "yes"
    return Answer(slot, AnswerState.KNOWN, value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draft_says_everything_that_content_holds(language: str, catalog: Catalog) -> None:
    """Each paragraph of each draft is said to some owner."""
    search = Search(catalog)
    for draft in catalog.drafts.values():
        for part in draft.parts:
            parts = [draft.when, part.when]
            answers = answers_of(
                search.witness({"all": [p for p in parts if p]} if any(parts) else {}) or {}
            )
            view = next(
                v
                for action in draft.actions
                for v in views(answers, language, action)
                if v.id == draft.id
            )
            first = catalog.texts[language]["drafts"][draft.id]["parts"][part.id].split("{")[0]
            assert first[:25] in bare(view.text), (draft.id, part.id)


@st.composite
def answer_sets(draw: st.DrawFn) -> dict[str, Answer]:
    """Any answers: from none to all, or those that let most in with some changed and some gone."""
    names = sorted(CATALOG.slots)
    chosen = draw(st.sets(st.sampled_from(names)))
    drawn = {slot: Answer(slot, AnswerState.KNOWN, draw(values(slot))) for slot in sorted(chosen)}
    if draw(st.booleans()):
        return drawn
    gone = draw(st.sets(st.sampled_from(names), max_size=8))
    full = {**with_kind({slot: all_of(slot) for slot in names}, "both"), **drawn}
    return {slot: answer for slot, answer in full.items() if slot not in gone}


def values(name: str) -> st.SearchStrategy[Value]:
    slot = CATALOG.slots[name]
    low, high = slot.range or (0, 100)
    numbers = st.integers(int(low), min(int(high), 100_000))
    match slot.kind:
        case Kind.CHOICE:
            return st.sampled_from(slot.options)
        case Kind.CHOICES:
            sets = st.sets(st.sampled_from(slot.options), min_size=1)
            return sets.map(lambda options: tuple(sorted(options)))
        case Kind.YESNO:
            return st.booleans()
        case Kind.TEXT:
            return st.sampled_from(["Noa's", "מאפיית השכונה", 'א.ב. שיווק בע"מ', "Q" * 300])
        case Kind.MONEY:
            return numbers.map(lambda amount: Money(amount, "ILS"))
        case _:
            return numbers


anything = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def offered(answers: Answers) -> Iterator[tuple[Draft, DraftView, str]]:
    """Every draft that fits, in each language."""
    for action in CATALOG.actions:
        for language in LANGUAGES:
            for view in views(answers, language, action):
                yield CATALOG.drafts[view.id], view, language


@given(answer_sets())
@anything
def test_whoever_gets_the_action_gets_words(answers: dict[str, Answer]) -> None:
    known = known_values(answers)
    for action in NEED_WORDS:
        if holds(CATALOG.actions[action].when, known):
            assert ids(CATALOG, action, answers), action


@given(answer_sets())
@anything
def test_no_draft_has_a_hole(answers: dict[str, Answer]) -> None:
    for _, view, _ in offered(answers):
        told = "\n".join((view.subject or "", *view.paragraphs, *view.checks))
        assert not UNFILLED.search(told), view.id
        assert told.count("[") == told.count("]"), view.id
        assert all(paragraph.strip() for paragraph in view.paragraphs)
        assert len(view.text) <= LONGEST[view.channel], view.id
        assert (view.subject is not None) == (view.channel in WRITTEN)
        assert view.checks


@given(answer_sets())
@anything
def test_advertising_is_marked_signed_and_can_be_refused(answers: dict[str, Answer]) -> None:
    for draft, view, language in offered(answers):
        if draft.advertising:
            assert LAWFUL[draft.channel] in draft.checks
            assert_lawful(view, language)


def assert_lawful(view: DraftView, language: str) -> None:
    """What the law wants to be in it (E10, E11)."""
    mark = {"he": "פרסומת", "en": "Advertisement"}[language]
    refuse = {
        "he": ("להסרה", '"הסר"', "להימחק", "שלא נתקשר שוב"),
        "en": ("To stop", '"stop"', "taken off", "did not call again"),
    }[language]
    if view.channel == "email":
        assert view.subject is not None
        assert view.subject.startswith(f"{mark}: ")
    elif view.channel in ("sms", "whatsapp"):
        assert view.text.startswith(mark)
    elif view.channel == "call":
        assert {"he": "הצעה", "en": "an offer"}[language] in view.paragraphs[0]
    assert any(word in view.text for word in refuse), view.id
    reached = {"he": ("[טלפון]", "[השם שלי]"), "en": ("[phone]", "[my name]")}[language]
    assert any(word in view.text for word in reached), view.id
    assert view.paragraphs


@given(answer_sets())
@anything
def test_without_consent_no_message_advertises(answers: dict[str, Answer]) -> None:
    for consent in ("no", "unsure"):
        refused = {
            **answers,
            "marketing_consent": Answer("marketing_consent", AnswerState.KNOWN, consent),
        }
        for draft, _, _ in offered(refused):
            assert not (
                draft.advertising and draft.channel in ("sms", "whatsapp", "personal", "email")
            )


@given(answer_sets())
@anything
def test_no_crisis_that_the_owner_did_not_name(answers: dict[str, Answer]) -> None:
    said = answers["crisis"].value if "crisis" in answers else None
    for _, view, _ in offered(answers):
        for crisis, words in NAMED.items():
            if crisis != said:
                assert not any(word in view.text for word in words), view.id


@given(answer_sets())
@anything
def test_the_sender_stands_in_what_goes_out(answers: dict[str, Answer]) -> None:
    """What customers and others read says who it comes from; where no name is known, a gap does."""
    name = str(answers["business_name"].value) if "business_name" in answers else ""
    for _, view, language in offered(answers):
        if view.channel not in ("sms", "whatsapp", "personal", "email", "letter", "post", "call"):
            continue
        gap = CATALOG.texts[language]["sending"]["gap"]
        assert (bare(name)[:59] or gap) in bare(view.text), view.id


def test_the_paragraph_for_the_owner_comes_last(catalog: Catalog) -> None:
    everything = {slot.id: all_of(slot.id) for slot in catalog.slots.values()}
    for _, view, language in offered(with_kind(everything, "both")):
        texts = catalog.texts[language]["drafts"][view.id]["parts"]
        if "note" in texts:
            assert view.paragraphs[-1] == texts["note"]


def test_lists_stand_close_and_letters_have_air(catalog: Catalog) -> None:
    answers = with_kind({}, "consumers")
    sheet = next(v for v in views(answers, "en", "pulse_survey") if v.id == "pulse_sheet")
    assert "\n1) " in sheet.text
    assert "\n\n1) " not in sheet.text
    call = next(v for v in views(answers, "en", "call_top_customers"))
    assert call.text == "\n\n".join(call.paragraphs)
