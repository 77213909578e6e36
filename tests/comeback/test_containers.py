"""What the container files name exists. tests/containers/images.py does the Dockerfiles' steps."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml
from compose_spec import PyCompose, PyOptions
from typer.core import TyperGroup

from comeback.command import app
from comeback.console import API
from comeback.secrets import SUFFIX
from comeback.settings import PREFIX, Settings
from comeback.web import HOOK

ROOT = Path(__file__).parent.parent.parent
DOCKERFILES = (ROOT / "Dockerfile", ROOT / "nlu_data" / "Dockerfile")
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
KNOWN = {PREFIX + name.upper() for name in Settings.model_fields}
KNOWN |= {name + SUFFIX for name in KNOWN}
COPY = re.compile(r"^COPY (?!--from)(?:--\S+ )*(.+) \S+$", re.MULTILINE)


def composed(text: str) -> PyCompose:
    """What a library of the Compose specification takes the file for; a ValueError if for none."""
    options = PyOptions()
    options.apply_merge = True
    made = options.from_yaml(text)
    made.validate()
    made.to_spec()
    return made


def ours() -> list[dict[str, Any]]:
    return [each for each in COMPOSE["services"].values() if each["image"] == "comeback"]


def kept(folder: str) -> set[str]:
    """Names of secrets that a service's settings look for."""
    found = [str(v) for each in ours() for v in each["environment"].values()]
    return {value.removeprefix(folder) for value in found if value.startswith(folder)}


def has_command(words: list[str]) -> bool:
    group: Any = typer.main.get_command(app)
    for word in words:
        if not isinstance(group, TyperGroup) or word not in group.commands:
            return False
        group = group.commands[word]
    return not isinstance(group, TyperGroup)


def test_compose_takes_it() -> None:
    text = (ROOT / "compose.yaml").read_text()
    assert set(composed(text).service_names()) == set(COMPOSE["services"])
    for wrong, right in {"restrat": "restart", "[nobody]": "[postgres_password]"}.items():
        with pytest.raises(ValueError, match=wrong.strip("[]")):
            composed(text.replace(right, wrong))


def test_commands_of_services_exist() -> None:
    assert len(ours()) == 3
    for service in ours():
        assert has_command(service["command"]), service["command"]
    assert not has_command(["db"])


def test_settings_exist() -> None:
    texts = [path.read_text() for path in (*DOCKERFILES, ROOT / "compose.yaml")]
    named = {name for text in texts for name in re.findall(rf"{PREFIX}[A-Z_]+", text)}
    assert named <= KNOWN
    assert len(named) > 6


def test_what_is_copied_is_there_and_not_left_out() -> None:
    for path in DOCKERFILES:
        ignored = (path.parent / ".dockerignore").read_text().split()
        for found in COPY.findall(path.read_text()):
            for name in found.split():
                assert (path.parent / name).exists(), name
                assert name not in ignored, name


def test_every_package_of_ours_is_in_the_image() -> None:
    copied = " ".join(COPY.findall(DOCKERFILES[0].read_text())).split()
    settings = (ROOT / "pyproject.toml").read_text()
    (packages,) = re.findall(r"^packages = \[(.+)\]$", settings, re.MULTILINE)[:1]
    assert set(re.findall(r'"(\w+)"', packages)) <= set(copied)


def test_nothing_runs_as_root() -> None:
    for path in DOCKERFILES:
        last = path.read_text().rpartition("FROM ")[2]
        assert re.search(r"^USER (?!root)\w+$", last, re.MULTILINE)


def test_services_wait_for_what_they_need() -> None:
    services = COMPOSE["services"]
    for service in services.values():
        for name in service.get("depends_on", {}):
            assert name in services
    assert "healthcheck" in services["postgres"]


def test_secrets_are_handed_over() -> None:
    for service in ours():
        assert set(service["secrets"]) == kept("/run/secrets/")
    services = COMPOSE["services"].values()
    given = {name for service in services for name in service.get("secrets", ())}
    assert given == set(COMPOSE["secrets"])


@pytest.mark.parametrize("name", ["proxy", "balancer"])
def test_what_the_proxies_lead_to_exists(name: str) -> None:
    volumes = COMPOSE["services"][name]["volumes"]
    (file,) = [v.split(":")[0] for v in volumes if v.endswith("/etc/caddy/Caddyfile:ro")]
    text = (ROOT / file).read_text()
    (led_to,) = re.findall(r"^\s+name (?:\{\$\w+:)?(\w+)\}?$", text, re.MULTILINE)
    assert led_to in COMPOSE["services"]
    assert f"http://{name}:" in str(COMPOSE) or COMPOSE["services"][name]["ports"]


def test_the_outside_reaches_what_it_has_to() -> None:
    text = (ROOT / "deploy" / "proxy.Caddyfile").read_text()
    for path in (HOOK, "/console/", API):
        assert any(path.startswith(each.rstrip("*")) for each in re.findall(r"(/\w+/\*)", text)), (
            path
        )
    assert "/metrics" not in re.sub(r"#.*", "", text)
