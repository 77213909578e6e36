"""The client never raises: a server that is gone or strange leaves the reader on its own."""

import httpx
import pytest

from bot.understanding.rasa import RasaClient

SEGMENT = {"start": 0, "end": 2, "topics": {"greet": 1.0}, "options": {}, "targets": {}, "said": {}}


def client(handler: httpx.MockTransport) -> RasaClient:
    made = RasaClient("http://rasa.test")
    made.http = httpx.AsyncClient(transport=handler, base_url="http://rasa.test")
    return made


async def test_a_parse() -> None:
    rasa = client(httpx.MockTransport(lambda _: httpx.Response(200, json={"segments": [SEGMENT]})))
    parsed = await rasa.parse("hi")
    assert parsed is not None
    assert parsed.whole.topic("greet") == 1.0
    assert rasa.available


@pytest.mark.parametrize(
    "response",
    [
        httpx.Response(503),
        httpx.Response(200, text="not json"),
        httpx.Response(200, json={"intent": {}}),
        httpx.Response(200, json={"segments": []}),
        httpx.Response(200, json=[]),
    ],
)
async def test_a_strange_server_is_away(response: httpx.Response) -> None:
    rasa = client(httpx.MockTransport(lambda _: response))
    rasa.available = True
    assert await rasa.parse("hi") is None
    assert not rasa.available


async def test_its_going_and_coming_are_logged_once(capsys: pytest.CaptureFixture[str]) -> None:
    answers = [httpx.Response(200, json={"segments": [SEGMENT]}), *[httpx.Response(503)] * 2]
    rasa = client(httpx.MockTransport(lambda _: answers.pop(0)))
    for _ in range(3):
        await rasa.parse("a secret")
    out = capsys.readouterr().out
    assert out.count("nlu_there") == out.count("nlu_away") == 1
    assert "secret" not in out


async def test_a_server_that_is_gone_is_away() -> None:
    def refuse(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    assert await client(httpx.MockTransport(refuse)).parse("hi") is None


async def test_without_an_address_nothing_is_asked() -> None:
    async with RasaClient("") as rasa:
        assert await rasa.parse("hi") is None
        assert not await rasa.ready()
