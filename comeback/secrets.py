"""Settings that stand in files of their own, as container engines hand secrets over."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from dotenv import dotenv_values
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource

from advisor.errors import ComebackError

SUFFIX = "_FILE"


class FromFiles(PydanticBaseSettingsSource):
    """Takes a setting from the file that its name with _FILE after it names, in the environment or
    in .env. `prefix` stands before each name."""

    def __init__(self, settings: type[BaseSettings], prefix: str, dotenv: str) -> None:
        super().__init__(settings)
        self.prefix = prefix
        self.given = {**dotenv_values(dotenv), **os.environ}

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """What a file says, and which setting that is. Raises ComebackError."""
        name = self.prefix + field_name.upper()
        key = name if field.validation_alias else field_name
        file = self.given.get(name + SUFFIX)
        if not file:
            return None, key, False
        if self.given.get(name):
            raise ComebackError(f"both {name} and {name}{SUFFIX} are set: keep one of them")
        return content(name + SUFFIX, file), key, False

    def __call__(self) -> dict[str, Any]:
        """All that stand in files."""
        found = {}
        for name, field in self.settings_cls.model_fields.items():
            value, key, _ = self.get_field_value(field, name)
            if value is not None:
                found[key] = value
        return found


def content(name: str, file: str) -> str:
    """What a file holds, without the end of its line. Raises ComebackError that names the setting
    and nothing of what is in the file."""
    try:
        value = Path(file).read_text("utf-8").strip()
    except OSError as error:
        raise ComebackError(
            f"{name} names {file}, which can't be read ({error.strerror})"
        ) from None
    except UnicodeDecodeError:
        raise ComebackError(f"{name} names {file}, which holds no text") from None
    if not value:
        raise ComebackError(f"{name} names {file}, which is empty")
    return value
