"""The content has no faults, and every kind of fault is found where there is one."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from advisor.catalog import CONTENT
from advisor.lint import lint_report, run
from advisor.lint.hebrew import Words, gendered

SMALL = Path(__file__).parent / "small_content"
TODAY = date(2026, 6, 1)
CHURN = "questions/churn.yml"
ACTIONS = "actions/churn.yml"
PRICING = "actions/pricing.yml"

STRUCTURE = {
    "core_gap": (CHURN, "core: 4", "core: 5", "questions/", "the core path counts"),
    "core_twice": (CHURN, "core: 4", "core: 3", "questions/", "the core path counts"),
    "exclusive": (CHURN, "[none]", "[nothing]", "contact_channels.exclusive", "no option"),
    "depends_on": (CHURN, "on: [contact_channels]", "on: [x]", "depends_on", "no slot 'x'"),
    "range": (CHURN, "[1, 1000000]", "[10, 1]", "customers_before.range", "is empty"),
    "weeks": (ACTIONS, "weeks: 4", "weeks: 14", "winback_campaign.weeks", "runs 14 weeks"),
    "impact": (ACTIONS, "impact: 70", "impact: 170", "winback_campaign.impact", "is 170"),
    "hours": (ACTIONS, "hours: 8", "hours: 0", "winback_campaign", "less than nothing"),
    "quick": (ACTIONS, "hours: 3", "hours: 30", "collect_consent.quick", "not free, alone"),
    "evidence": (ACTIONS, "[E5]", "[E6]", "winback_campaign.evidence", "no evidence 'E6'"),
    "requires": (ACTIONS, "s: [collect_consent]", "s: [x]", "requires", "no action 'x'"),
    "worth": (
        *(ACTIONS, "weeks: 4", "weeks: 4\n  worth: {fact: x, kind: gain}"),
        *("winback_campaign.worth", "no sum for 'x'"),
    ),
    "worth_kind": (
        *(ACTIONS, "weeks: 4", "weeks: 4\n  worth: {fact: revenue_lost, kind: hope}"),
        *("winback_campaign.worth", "is 'hope'"),
    ),
    "baseline": (
        *(ACTIONS, "weeks: 4", "weeks: 4\n  baseline: [x]"),
        *("winback_campaign.baseline", "'x' is no slot"),
    ),
    "circle": (ACTIONS, "s: [collect_consent]", "s: [winback_campaign]", "requires", "to itself"),
    "chain": (ACTIONS, "weeks: 2", "weeks: 11", "winback_campaign.requires", "15 weeks"),
    "stale": ("parameters.yml", "2026-01-15", "2024-05-31", "small_gift.date", "24 months ago"),
    "future": ("parameters.yml", "2026-01-15", "2027-01-15", "small_gift.date", "to come"),
    "no_date": ("parameters.yml", "2026-01-15", "spring", "small_gift.date", "is no date"),
    "no_unit": ("parameters.yml", "unit: ILS", "unit: ''", "small_gift.unit", "is empty"),
    "no_source": ("parameters.yml", "our estimate", "''", "small_gift.source", "is empty"),
    "status": ("parameters.yml", "convention", "guess", "small_gift.status", "is 'guess'"),
    "slots": ("contradictions.yml", "[customers_before, ", "[x, ", "grew.slots", "no slot 'x'"),
    "unknown_row": (CHURN, "rows: [A17]", "rows: [A17, C1]", "contact_channels", "no row 'C1'"),
    "no_rows": (PRICING, "rows: [A7]", "rows: []", "entry_package.rows", "names no point"),
    "unasked": ("questions/pricing.yml", "[A7]", "[A9]", "sources.yml A7", "no question"),
    "undone": (PRICING, "rows: [A7]", "rows: [A9]", "sources.yml A7", "no action"),
    "two_reasons": (ACTIONS, "id: some_left", "id: many_left", "many_left", "is there twice"),
}

CONDITIONS = {
    "unknown_name": (
        ACTIONS,
        "{gte: [churn_rate, 50]}",
        "{gte: [churn, 50]}",
        "boosts.1",
        "'churn'",
    ),
    "unknown_option": (ACTIONS, "consent, 'yes']", "consent, maybe]", "when", "option 'maybe'"),
    "unknown_in": (ACTIONS, "['no', unsure,", "['no', x,", "no_consent", "no option 'x'"),
    "not_text_options": (ACTIONS, "'yes'", "yes", "collect_consent.when", "no option True"),
    "eq_of_choices": (CHURN, "{has: [", "{eq: [", "marketing_consent.when", "eq of contact"),
    "order_of_choice": (ACTIONS, "{eq: [m", "{gt: [m", "collect_consent.when", "gt of marketing"),
    "text_compared": (
        PRICING,
        "{eq: [entry_offer, false]}}",
        "{eq: [business_name, x]}}",
        "none_yet",
        "eq of",
    ),
    "yes_for_number": (
        ACTIONS,
        "{gte: [churn_rate, 80]}",
        "{gte: [churn_rate, true]}",
        "urgent",
        "True",
    ),
    "text_for_number": (
        ACTIONS,
        "{gte: [churn_rate, 80]}",
        "{gte: [churn_rate, a lot]}",
        "urgent",
        "'a lot'",
    ),
    "number_for_yes": (
        "contradictions.yml",
        "_grew, true]",
        "_grew, 1]",
        "grew",
        "compared with 1",
    ),
    "order_of_flag": ("contradictions.yml", "{eq: [", "{gt: [", "grew", "gt of customers_grew"),
    "operator": (CHURN, "{has: [", "{holds: [", "marketing_consent.when", "operator 'holds'"),
    "empty_any": (
        ACTIONS,
        "urgent: {gte: [churn_rate, 80]}",
        "urgent: {any: []}",
        "urgent",
        "takes a list",
    ),
    "no_pair": (
        ACTIONS,
        "urgent: {gte: [churn_rate, 80]}",
        "urgent: {gte: churn_rate}",
        "urgent",
        "takes a name",
    ),
}

REACH = {
    "dead_question": (
        CHURN,
        "{has: [contact_channels, phone]}",
        "{all: [{has: [contact_channels, phone]}, {has: [contact_channels, none]}]}",
        "marketing_consent.when",
        "no answers make this true",
    ),
    "dead_action": (
        ACTIONS,
        "when: {gte: [churn_rate, 10]}",
        "when: {gt: [churn_rate, 100]}",
        "winback_campaign.when",
        "no answers make this true",
    ),
    "dead_reason": (
        ACTIONS,
        "{gte: [churn_rate, 30]}",
        "{lt: [churn_rate, 5]}",
        "reasons.many_left",
        "no answers make this true",
    ),
    "dead_boost": (
        ACTIONS,
        "{gte: [churn_rate, 50]}",
        "{lt: [churn_rate, 5]}",
        "boosts.1",
        "no answers",
    ),
    "dead_insight": ("insights.yml", "{gt: [", "{lt: [", "insights.yml lost", "no answers"),
    "reason_gap": (
        ACTIONS,
        "{lt: [churn_rate, 30]}",
        "{lt: [churn_rate, 25]}",
        "winback_campaign.reasons",
        "applies without a reason, as with customers_before",
    ),
    "reason_gap_of_choice": (
        ACTIONS,
        "['no', unsure, partly]",
        "['no', unsure]",
        "collect_consent.reasons",
        "as with marketing_consent partly",
    ),
    "field_not_filled": (
        "findings.yml",
        "{gte: [churn_computed, 20]}",
        "{has: [contact_channels, none]}",
        "findings.yml churn.observations.customers_left",
        "{churn_computed} may be unknown here, as with contact_channels [none]",
    ),
    "unused_question": (
        PRICING,
        "{eq: [entry_offer, false]}",
        "{gte: [churn_rate, 10]}",
        "entry_offer",
        "is asked but used nowhere",
    ),
}

EN, HE = "text/en/questions/churn.yml", "text/he/questions/churn.yml"
EN_ACTIONS, HE_ACTIONS = "text/en/actions/churn.yml", "text/he/actions/churn.yml"

WORDING = {
    "no_label": (EN, "  label: consent\n", "", EN, "has no wording"),
    "no_option": (EN, ", unsure: Not clear}", "}", "consent.options.unsure", "has no wording"),
    "idle_option": (EN, "{phone: ", "{fax: Fax, phone: ", "options.fax", "wording of nothing"),
    "no_reason": (
        EN_ACTIONS,
        '    some_left: "Some customers left."\n',
        "",
        "some_left",
        "has no wording",
    ),
    "idle_question": (
        "text/en/questions/pricing.yml",
        "entry_offer:",
        "exit_offer:",
        "exit_offer",
        "of nothing",
    ),
    "no_gate": (
        "text/en/gates.yml",
        "marketing_consent:",
        "consent:",
        "gates.yml marketing_consent",
        "has no",
    ),
    "no_finding": (
        "text/he/findings.yml",
        "customers_left:",
        "left:",
        "customers_left",
        "has no wording",
    ),
    "idle_insight": (
        "text/en/insights.yml",
        "lost:",
        'lots: "Many."\nlost:',
        "lots",
        "wording of nothing",
    ),
    "no_contradiction": ("text/en/contradictions.yml", "grew:", "grown:", "grew", "has no wording"),
    "no_evidence": ("text/en/evidence.yml", "E5:", "E6:", "evidence.yml E5", "has no wording"),
    "few_steps": (EN_ACTIONS, '"Put it at the till.", "Keep the forms."', "", "steps", "too few"),
    "untranslated": (
        "text/he/replies.yml",
        "language:",
        "tongue:",
        "text/he/replies.yml language",
        "is missing",
    ),
    "field_in_one": (
        "text/he/replies.yml",
        "{value}",
        "{label}",
        "noted",
        "{label}, {value} in one language",
    ),
    "field_in_steps": (
        HE_ACTIONS,
        ": {churn_rate}",
        "",
        "steps",
        "{churn_rate} in one language",
    ),
    "other_shape": (
        "text/he/replies.yml",
        'noted: "רשמתי: {value}."',
        "noted: [א]",
        "noted",
        "shape",
    ),
    "unknown_field": (
        EN_ACTIONS,
        "{churn_rate}",
        "{churned}",
        "many_left",
        "{churned} can't be filled",
    ),
    "open_brace": ("text/en/replies.yml", "{value}", "{value", "noted", "not closed"),
    "empty": (EN, "label: consent", "label: ''", "marketing_consent.label", "is empty"),
    "number": (EN, "label: consent", "label: 12", "marketing_consent.label", "is no text"),
    "yes_as_key": (
        EN,
        "{'yes': ",
        "{yes: ",
        "marketing_consent.options.True",
        "key True is no text",
    ),
    "two_spaces": (EN, "Did customers agree", "Did  customers agree", "ask", "two spaces"),
    "arrow": (EN, "The law asks for it.", "The law → consent.", "why", "an arrow"),
    "at_least": (EN, "The law asks for it.", "Needed if ≥ 5.", "why", "mathematical sign"),
    "no_question_mark": (
        EN,
        "agree to messages?",
        "agree to messages.",
        "ask",
        "without a question mark",
    ),
    "no_end": (
        EN,
        "The law asks for it.",
        "The law asks for it",
        "why",
        "does not end as a sentence",
    ),
    "long_label": (EN, "Not clear", "Not clear whether they agreed", "unsure", "29 characters"),
    "same_label": (
        EN,
        "label: consent",
        "label: Contact details",
        "consent.label",
        "is also contact_channels",
    ),
    "same_option": (
        EN,
        "Not clear",
        "some did",
        "unsure",
        "is also marketing_consent.options.partly",
    ),
    "same_action": (EN_ACTIONS, "Collect consent", "Win customers back", "name", "is also winback"),
}

HEBREW = {
    "latin_first": (HE, "החוק דורש", "SMS דורש", "why", "does not begin in Hebrew"),
    "field_first": ("text/he/insights.yml", "לעסק יש {", "{", "lost", "does not begin in Hebrew"),
    "english_left": (HE, "טופס חתום", "טופס online", "again", "holds 'online'"),
    "vowel_points": (HE, "החוק דורש", "הַחוק דורש", "why", "vowel points"),
    "slash": (HE, "איתו משווים.", "לא בטוח/ה? מנחשים.", "why", "'בטוח/ה' addresses one gender"),
    "imperative": (HE, "איתו משווים.", "משווים. כתוב מספר.", "why", "'כתוב' addresses one gender"),
    "hebrew_in_english": (EN, "The law asks", "החוק asks", "why", "holds Hebrew"),
}

DRAFTS = "drafts.yml"
EN_DRAFTS, HE_DRAFTS = "text/en/drafts/churn.yml", "text/he/drafts/churn.yml"
SENDING = "text/en/sending.yml"

WORDS_TO_SEND = {
    "no_such_action": (DRAFTS, "[winback_campaign]", "[winback]", "actions", "no action 'winback'"),
    "for_nothing": (DRAFTS, "[winback_campaign]", "[]", "actions", "serves no action"),
    "part_twice": (DRAFTS, "{id: many,", "{id: hello,", "parts", "'hello' is there twice"),
    "dead_draft": (
        DRAFTS,
        "{not: {has: [contact_channels, none]}}",
        "{gt: [churn_rate, 100]}",
        "when for winback_campaign",
        "no answers make this true",
    ),
    "dead_part": (
        DRAFTS,
        "{gte: [churn_rate, 30]}",
        "{gt: [churn_rate, 100]}",
        "winback_sms.many",
        "no answers make this true",
    ),
    "unchecked": (DRAFTS, "checks: [proof]", "checks: []", "consent_letter.checks", "is empty"),
    "unlawful": (
        DRAFTS,
        "checks: [consent]",
        "checks: [proof]",
        "winback_sms.checks",
        "sms without a check",
    ),
    "advertising_post": (DRAFTS, "channel: sms", "channel: post", "channel", "advertising by post"),
    "no_channel": (SENDING, "sms: message, ", "", "channels.sms", "has no wording"),
    "no_check": (SENDING, ', proof: "Keep a copy."', "", "checks.proof", "has no wording"),
    "idle_check": (DRAFTS, "checks: [proof]", "checks: [consent]", "checks.proof", "of nothing"),
    "unmarked": (SENDING, '    opening: "Advertisement"\n', "", "sms.opening", "has no wording"),
    "no_sender": (
        SENDING,
        '    closing: "From {business_name}; reply stop."\n',
        "",
        "sms.closing",
        "no wording",
    ),
    "no_frame": (SENDING, "  sms:\n", "  call:\n", "advertising.sms", "has no wording"),
    "long_sms": (
        EN_DRAFTS,
        "We miss many",
        f"We miss {'many ' * 80}many",
        "winback_sms",
        "characters for a text message",
    ),
    "no_part": (EN_DRAFTS, ', many: "We miss many of you."', "", "parts.many", "has no wording"),
    "no_subject": (
        HE_DRAFTS,
        '  subject: "אפשר לכתוב?"\n',
        "",
        "consent_letter.subject",
        "no wording",
    ),
    "idle_draft": (EN_DRAFTS, "consent_letter:", "letter:", "letter", "wording of nothing"),
    "same_draft": (EN_DRAFTS, "A letter", "A message", "name", "is also winback_sms"),
}

CASES = STRUCTURE | CONDITIONS | REACH | WORDING | HEBREW | WORDS_TO_SEND


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the small catalogue, with the word lists of the real one."""
    shutil.copytree(SMALL, tmp_path / "content")
    shutil.copytree(CONTENT / "lint", tmp_path / "content" / "lint")
    return tmp_path / "content"


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, "the case no longer fits the small catalogue"
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_content_has_no_faults() -> None:
    faults, _ = lint_report(CONTENT, date.today())
    assert not faults, "\n".join(map(str, faults))


def test_the_small_content_has_no_faults(folder: Path) -> None:
    faults, summary = lint_report(folder, TODAY)
    assert not faults
    assert str(summary).startswith("6 questions, 3 actions, ")


@pytest.mark.parametrize(("file", "old", "new", "where", "what"), CASES.values(), ids=CASES)
def test_a_fault_is_found(
    folder: Path, file: str, old: str, new: str, where: str, what: str
) -> None:
    edit(folder / file, old, new)
    faults, _ = lint_report(folder, TODAY)
    assert [f for f in faults if where in f.where and what in f.what], "\n".join(map(str, faults))


@pytest.mark.parametrize(
    ("file", "old", "new", "what"),
    [
        (CHURN, "slot: customers_now", "slot: customers_then", "'customers_then' is no slot"),
        (CHURN, "slot: customers_now", "slot: customers_before", "customers_before is there twice"),
        (PRICING, "rows: [A7]", "lines: [A7]", "a row lacks 'rows'"),
        ("parameters.yml", "unit: ILS, ", "", "another shape"),
        (EN, "customers_now:\n", "customers_before:\n", "a key is there twice"),
        ("insights.yml", "- {id", "- id", "is not YAML"),
    ],
)
def test_content_that_cannot_be_read_is_a_fault(
    folder: Path, file: str, old: str, new: str, what: str
) -> None:
    edit(folder / file, old, new)
    (fault,), _ = lint_report(folder, TODAY)
    assert what in fault.what


def test_a_core_path_of_more_than_twenty_is_found(folder: Path) -> None:
    names = [f"extra_{number}" for number in range(17)]
    added = [f"  {name}: {{area: habits, type: text}}" for name in names]
    edit(folder / "contract.yml", "slots:\n", "\n".join(["slots:", *added, ""]))
    rows = [f"- {{slot: {name}, core: {n}, rows: [A9]}}" for n, name in enumerate(names, 5)]
    (folder / "questions" / "habits.yml").write_text("\n".join(rows), encoding="utf-8")
    faults, _ = lint_report(folder, TODAY)
    assert [fault for fault in faults if fault.what == "21 core questions"]


def test_run_says_a_line_for_each_fault_and_fails(folder: Path) -> None:
    edit(folder / HE, "איתו משווים.", "לחצו כאן.")
    said: list[str] = []
    assert run(folder, TODAY, said.append) == 1
    assert said[0] == (
        "text/he/questions/churn.yml customers_before.why: 'לחצו' addresses one gender; "
        "use an infinitive, a noun or a form that suits everybody"
    )
    assert said[-1].endswith("1 fault")


def test_run_succeeds_without_faults(folder: Path) -> None:
    said: list[str] = []
    assert run(folder, TODAY, said.append) == 0
    assert said[-1].endswith("no faults")


@pytest.fixture(scope="module")
def words() -> Words:
    return Words.read(CONTENT)


@pytest.mark.parametrize(
    "text",
    [
        "אם אתה לא בטוח, אפשר לנחש.",
        "לא יודע/ת? אפשר לדלג.",
        "לקוחות יקרים/ות, שלום.",
        "לא בטוח(ה)? אפשר לדלג.",
        "כמה תרצי להשקיע?",
        "כל סכום שתרצה.",
        "אפשר לנסות. שלח הודעה ללקוחות.",
        "כתבי כמה מילים.",
        "בחרו יום קבוע בשבוע.",
        "בסוף תקבל תוכנית.",
        "תוכל להמשיך מחר.",
        "איך תדע שזה עובד?",
        "האם את רוצה להמשיך?",
        "שלום, אני מתקשרת מהחנות.",
        "רשימה של לקוחות; לחץ על הכפתור.",
    ],
)
def test_gendered_hebrew_is_found(words: Words, text: str) -> None:
    assert gendered(text, words)


@pytest.mark.parametrize(
    "text",
    [
        "אפשר לכתוב כמה מילים, או לבחור כפתור.",
        "מתי דיברת לאחרונה עם לקוחות?",
        "מה שלומך, ומה חסר לך אצלנו?",
        "כרגע כתוב: 40%.",
        "לקוח שבחר במתחרה ושלח הודעה יכול לחזור.",
        "התוכנית תקבל עדכון, והחנות תוכל להיפתח.",
        "הלקוחות כתבו, ענו ובדקו.",
        "מכינים את הרשימה ואת ההודעה.",
        "לחץ כלכלי הוא סיבה נפוצה לעזיבה.",
        "הזמן שיש והעבר שהיה.",
        "דרך ו/או כתובת, יום/שבוע.",
        'אפשר לענות גם "לא יודע/ת" או "אתה צודק".',
        'בער"ן עונים, ודו"ח מע"מ מוגש בזמן.',
        "חלקו של הספק הגדול.",
        "צריך להחליט, ומי שרוצה יכול לחכות.",
    ],
)
def test_neutral_hebrew_passes(words: Words, text: str) -> None:
    assert gendered(text, words) is None
