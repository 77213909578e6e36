"""Messages that Telegram takes, each in its direction."""

import unicodedata

import pytest

from advisor.render.direction import first_strong
from advisor.render.telegram import action_messages, plan_messages


def all_messages(view):
    return plan_messages(view) + [m for a in view.actions for m in action_messages(view, a.id)]


def test_telegram_reads_every_message(views, telegram_text):
    for view in views.values():
        for message in all_messages(view):
            text = telegram_text(message)
            assert 0 < len(text.encode("utf-16-le")) // 2 <= 3500


def test_every_hebrew_line_reads_from_the_right(views, telegram_text):
    for (_, language), view in views.items():
        if language == "he":
            for message in all_messages(view):
                for line in filter(str.strip, telegram_text(message).splitlines()):
                    assert first_strong(line) in ("R", "AL"), line


def test_no_english_line_reads_from_the_right(views, telegram_text):
    for (_, language), view in views.items():
        if language == "en":
            for message in all_messages(view):
                for line in telegram_text(message).splitlines():
                    assert first_strong(line) in ("L", None), line


def test_the_plan_comes_in_order(views):
    view = views["hotel", "en"]
    text = "\n".join(plan_messages(view))
    headings = view.words["headings"]
    names = ["insights", "areas", "money", "start", "weeks", "unknowns"]
    places = [text.index(f"<b>{headings[name]}</b>") for name in names]
    assert places == sorted(places)


def test_every_action_is_listed_and_told_in_full(views):
    for view in views.values():
        listed = "\n".join(plan_messages(view))
        for action in view.actions:
            assert f"{action.number}. " in listed
            assert len(action_messages(view, action.id)) == 1


def test_an_action_that_is_not_in_the_plan_is_refused(views):
    with pytest.raises(KeyError):
        action_messages(views["nothing_known", "en"], "second_source_")


def test_isolates_are_closed(views):
    for view in views.values():
        for message in all_messages(view):
            opened = [c for c in message if unicodedata.bidirectional(c) in ("LRI", "FSI")]
            closed = [c for c in message if unicodedata.bidirectional(c) == "PDI"]
            assert len(opened) == len(closed)
