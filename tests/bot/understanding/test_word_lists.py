"""The lists of words have the same keys in each language; groups find whole words only."""

from advisor.catalog import read_yaml
from advisor.model import LANGUAGES
from bot.understanding.words import FOLDER, Phrases


def keys_of(value: object) -> object:
    return {k: keys_of(v) for k, v in value.items()} if isinstance(value, dict) else None


def test_same_keys() -> None:
    first, *others = [keys_of(read_yaml(FOLDER / f"{language}.yml")) for language in LANGUAGES]
    assert all(other == first for other in others)


def test_whole_words() -> None:
    phrases = Phrases(["no", "not yet"])
    assert phrases.inside("well, not yet")
    assert not phrases.inside("now we know")
    assert phrases.whole(" No! ")


def test_glued_letters() -> None:
    assert Phrases(["היום"]).inside("והיום פחות")
    assert not Phrases(["=רגע"]).inside("וכרגע סגור")
