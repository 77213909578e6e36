"""Settings, from the environment (COMEBACK_…), a .env file, or a file for each (COMEBACK_…_FILE);
each has a default that works."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from platformdirs import user_data_path
from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from advisor.errors import ComebackError
from advisor.followup import Pace
from advisor.followup.retention import NOTICE, Retention
from comeback.secrets import FromFiles

PREFIX = "COMEBACK_"
DOTENV = ".env"
NAMES_OF_DATABASE = ("COMEBACK_DATABASE_URL", "COMEBACK_DATABASE")
"""The second is what it was called at first."""

LEAST_KEPT = 2 * NOTICE.days
"""Days of silence; the second half of them is the warning's."""


class Settings(BaseSettings):
    """What a deployment may set. Names in the environment are in capitals after COMEBACK_."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=DOTENV, extra="ignore")

    data: Path = user_data_path("comeback")
    """Folder for the database, saved plans and logs."""

    database_url: str = Field(default="", validation_alias=AliasChoices(*NAMES_OF_DATABASE))
    """sqlite:///FILE or postgresql://…; empty means SQLite in the data folder."""

    database_connections: int = Field(default=10, ge=1, le=1000)
    """Transactions at once in one process, on PostgreSQL."""

    database_patience: float = Field(default=30.0, ge=0.1, le=3600)
    """Seconds to wait for PostgreSQL: for a statement, a lock or a free connection."""

    encryption_key: SecretStr = SecretStr("")
    """Keys that encrypt what owners say, from `comeback db key`: newest first, with commas."""

    nlu_url: str = ""
    """A Rasa server that runs elsewhere; empty means that the command starts its own."""

    nlu_project: Path = Path(__file__).resolve().parent.parent / "nlu_data"
    """The Rasa project with its own environment and trained model."""

    telegram_token: SecretStr = SecretStr("")
    """The bot's token, from @BotFather."""

    telegram_api: str = ""
    """Root of another Bot API server; empty means Telegram's own."""

    webhook_secret: SecretStr = SecretStr("")
    """What Telegram says with each call of the webhook, so that nobody else can: 1-256 of the
    letters A-Z, a-z, digits, _ and -."""

    public_url: str = ""
    """Where Telegram and consultants reach `comeback serve`, as https://…"""

    host: str = "127.0.0.1"
    """Address on which `comeback serve` and `comeback console` listen, and `comeback worker`
    where it has a port."""

    port: int = Field(default=8080, ge=0, le=65535)
    """Port of `comeback serve`."""

    worker_port: int = Field(default=0, ge=0, le=65535)
    """Port on which `comeback worker` shows its metrics; 0 means none."""

    worker_turns: int = Field(default=8, ge=1, le=1000)
    """Turns at once in one worker."""

    practice: str = ""
    """Whose clients those owners become who come without an invitation: a practice's name."""

    telegram_bot: str = ""
    """The bot's user name, for links that invite owners."""

    reminders: str = Field(default="1,4", pattern=r"^(\d+(\.\d+)?(,\d+(\.\d+)?)*)?$")
    """Days of silence after which an owner who stopped in the middle is reminded; empty: never."""

    checkins: bool = True
    """Whether owners are asked once a week how their plan is going."""

    retention_days: int = Field(default=0, ge=0, le=36500)
    """Days of silence after which an owner's chat is deleted, warned a week before; 0: never."""

    timezone: str = "Asia/Jerusalem"
    """Where owners live: nobody is written to first at night or on Shabbat there."""

    tell_private: bool = False
    """Whether outgoing webhooks may reach addresses of our own network."""

    contact: str = ""
    """How an owner reaches a person: a phone number, an address or a link."""

    visual: bool = False
    """Whether the terminal shows Hebrew letters in stored order, so that we reorder them."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Where settings come from, the strongest first."""
        files = FromFiles(settings_cls, PREFIX, DOTENV)
        return init_settings, files, env_settings, dotenv_settings

    @field_validator("nlu_url", "telegram_api", "public_url")
    @classmethod
    def is_address(cls, url: str) -> str:
        """Refuse what can't be called."""
        if url and not url.startswith(("http://", "https://")):
            raise ValueError("write the whole address, with https:// or http:// in front")
        return url

    @field_validator("timezone")
    @classmethod
    def is_zone(cls, name: str) -> str:
        """Refuse what is no zone, by the name that it should have."""
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError("name a time zone such as Asia/Jerusalem or Europe/London") from error
        return name

    @field_validator("retention_days")
    @classmethod
    def leaves_time(cls, days: int) -> int:
        """Refuse what leaves no time for a warning."""
        if 0 < days < LEAST_KEPT:
            raise ValueError(f"give at least {LEAST_KEPT} days, or 0 to delete nothing by itself")
        return days

    def retention(self) -> Retention | None:
        """How long a silent chat is kept; None: for ever."""
        days = timedelta(days=self.retention_days)
        return Retention(days) if days else None

    def pace(self) -> Pace:
        """How often owners are written to first."""
        days = [float(day) for day in self.reminders.split(",") if day]
        delays = tuple(timedelta(days=day) for day in sorted(days))
        return Pace(delays, self.checkins, ZoneInfo(self.timezone))

    def prepare(self) -> None:
        """Make the data folder. Raises ComebackError where that can't be."""
        try:
            self.data.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ComebackError(
                f"the data folder {self.data} can't be made ({error.strerror});"
                " set COMEBACK_DATA to another one"
            ) from error

    @property
    def is_shared(self) -> bool:
        """Whether the database is one for several processes."""
        return not self.database().startswith("sqlite")

    def database(self) -> str:
        """The database in use."""
        return self.database_url or f"sqlite+aiosqlite:///{self.data / 'comeback.db'}"


def read_settings() -> Settings:
    """The settings. Raises ComebackError that names the one that can't be used."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = PREFIX + str(first["loc"][0]).upper().removeprefix(PREFIX)
        what = first["msg"].removeprefix("Value error, ")
        raise ComebackError(f"the setting {name} can't be used: {what}") from None
