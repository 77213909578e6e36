"""Settings: secrets from files of their own, and what is refused at the start, in one sentence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import SecretStr

from advisor.errors import ComebackError
from comeback.serving import secret_of
from comeback.settings import Settings, read_settings
from comeback.telegram import token_of

SECRET = "7:very-secret"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "token"
    path.write_text(SECRET + "\n")
    monkeypatch.setenv("COMEBACK_TELEGRAM_TOKEN_FILE", str(path))
    return path


def refused(name: str) -> str:
    """What the settings are refused with: one line that names one of them and holds no secret."""
    with pytest.raises(ComebackError) as error:
        read_settings()
    text = str(error.value)
    assert name in text
    assert "\n" not in text
    assert SECRET not in repr(error.value)
    assert error.value.__suppress_context__ or error.value.__context__ is None
    return text


def test_a_secret_stands_in_a_file(file: Path) -> None:
    assert token_of(read_settings()) == SECRET


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_may(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(f"COMEBACK_{name.upper()}", raising=False)
    default = getattr(Settings(), name)
    plain = default.get_secret_value() if isinstance(default, SecretStr) else default
    value = str(plain).lower() if isinstance(plain, bool) else str(plain)
    (tmp_path / "it").write_text(value or "https://example.org")
    (tmp_path / ".env").write_text(f"COMEBACK_{name.upper()}_FILE={tmp_path / 'it'}\n")
    found = getattr(read_settings(), name)
    assert found == default or str(plain) == ""


def test_a_file_that_is_not_there(file: Path) -> None:
    file.unlink()
    assert "No such file" in refused("COMEBACK_TELEGRAM_TOKEN_FILE")


def test_an_empty_file(file: Path) -> None:
    file.write_text("\n")
    refused("COMEBACK_TELEGRAM_TOKEN_FILE")


def test_a_file_beside_the_setting_itself(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMEBACK_TELEGRAM_TOKEN", "another")
    refused("COMEBACK_TELEGRAM_TOKEN_FILE")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NLU_URL", SECRET),
        ("PUBLIC_URL", "bot.example.org"),
        ("PORT", SECRET),
        ("TIMEZONE", "Mars/Olympus"),
        ("RETENTION_DAYS", "3"),
        ("REMINDERS", SECRET),
        ("DATABASE_CONNECTIONS", "0"),
    ],
)
def test_what_cannot_be_used_is_named(
    name: str, value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(f"COMEBACK_{name}", value)
    refused(f"COMEBACK_{name} ")


def test_no_webhook_secret_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ComebackError, match=re.escape("COMEBACK_WEBHOOK_SECRET")):
        secret_of(read_settings())
