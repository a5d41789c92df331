"""The Zalo Official Account channel against a Zalo OpenAPI on this machine, and its tokens, of which none may be lost."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import logging
import stat
import time
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from bot import channel_texts, texts
from bot.assistant import Assistant
from bot.channels import zalo_oa_tokens
from bot.channels.http import HooksChannel
from bot.channels.zalo_oa import ZaloOaChannel
from bot.channels.zalo_oa_api import buttons_for
from bot.channels.zalo_oa_tokens import AGAIN, EARLY, Application, TokenKeeper
from bot.config import Settings
from bot.database import Database, now
from bot.errors import ChannelError, PlatformBusy, PlatformRefused
from bot.message import Answer, Question
from bot.people import People
from bot.serve import LiveKnowledge
from tests.conftest import TODAY
from tests.fakes.server import until
from tests.fakes.zalo_oa import APP_ID, APP_SECRET, FIRST, OA_SECRET, WINDOW, FakeZaloOa, fake_zalo_oa, signature

QUESTION = "Thời hạn tự nguyện thi hành án là bao lâu?"
PEOPLE = (f"oa{number}" for number in itertools.count())
Bot = Callable[..., contextlib.AbstractAsyncContextManager[FakeZaloOa]]


def channel_for(settings: Settings, fake: FakeZaloOa, folder: Path) -> ZaloOaChannel:
    oa = settings.channels.zalo_oa.model_copy(
        update={
            "base_url": fake.address,
            "oauth_url": f"{fake.address}/v4/oa/access_token",
            "app_id": APP_ID,
            "tokens": folder / "tokens.json",
        }
    )
    secrets = {"zalo_oa_app_secret": APP_SECRET, "zalo_oa_secret": OA_SECRET, "zalo_oa_refresh_token": FIRST}
    update = {"channels": settings.channels.model_copy(update={"zalo_oa": oa})}
    return ZaloOaChannel(settings.model_copy(update=update | {name: SecretStr(secret) for name, secret in secrets.items()}))


@contextlib.asynccontextmanager
async def running(
    settings: Settings, channel: ZaloOaChannel, fake: FakeZaloOa, assistant: Assistant, people: People
) -> AsyncIterator[FakeZaloOa]:
    """The channel, and the server that stands in when the web channel does not run."""
    web = settings.channels.web.model_copy(update={"port": 0, "host": "127.0.0.1"})
    server = HooksChannel(settings.model_copy(update={"channels": settings.channels.model_copy(update={"web": web})}))
    server.beside = [channel, server]
    stop = asyncio.Event()
    tasks = [asyncio.create_task(one.run(assistant, people, stop)) for one in (server, channel)]
    try:
        await asyncio.wait_for(server.server.listening.wait(), 10)
        fake.hook = f"{server.server.address}/webhook/zalo_oa"
        await until(lambda: channel._intake or tasks[1].done())
        yield fake
    finally:
        stop.set()
        await asyncio.wait_for(asyncio.gather(*tasks), 60)


@pytest.fixture
def bot(settings: Settings, assistant: Assistant, tmp_path: Path) -> Bot:
    @contextlib.asynccontextmanager
    async def serve(own: Assistant = assistant, people: People | None = None) -> AsyncIterator[FakeZaloOa]:
        async with (
            fake_zalo_oa() as fake,
            running(settings, channel_for(settings, fake, tmp_path), fake, own, people or People({}, 10_000)),
        ):
            yield fake

    return serve


@pytest.fixture(scope="module")
async def oa(settings: Settings, assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[FakeZaloOa]:
    """An account that runs through all tests that do it no harm."""
    async with fake_zalo_oa() as fake:
        channel = channel_for(settings, fake, tmp_path_factory.mktemp("oa"))
        async with running(settings, channel, fake, assistant, People({}, 10_000)):
            yield fake


@pytest.fixture
def person() -> str:
    return next(PEOPLE)


# ---- what is said ----


async def test_question_follow_up_and_article(oa: FakeZaloOa, person: str) -> None:
    for text in (QUESTION, "1", "/xoa"):
        assert await oa.push(person, text) == 200
    said = await oa.replies(person, 3)
    assert "10 ngày" in said[0]
    assert "1. Điều 36 – 106/2025/QH15" in said[0]
    assert said[1].startswith("Điều 36 ")
    assert said[2] == texts.ERASED


@pytest.mark.parametrize(
    ("name", "reply"),
    [
        pytest.param("user_send_image", texts.OTHER_MESSAGE, id="image"),
        pytest.param("user_send_sticker", texts.OTHER_MESSAGE, id="sticker"),
        pytest.param("user_send_audio", channel_texts.VOICE_MESSAGE, id="voice"),
        pytest.param("user_send_location", texts.OTHER_MESSAGE, id="location"),
        pytest.param("follow", texts.GREETING, id="begins to follow"),
    ],
)
async def test_other_events(oa: FakeZaloOa, person: str, name: str, reply: str) -> None:
    assert await oa.push(person, name=name) == 200
    assert await oa.replies(person) == [reply]


@pytest.mark.parametrize(
    "name", ["oa_send_text", "user_received_message", "user_seen_message", "anonymous_send_text", "shop_has_order"]
)
async def test_events_that_need_no_reply(oa: FakeZaloOa, person: str, name: str) -> None:
    assert await oa.push(person, "vọng lại", name=name) == 200
    await oa.push(person, "/help")
    assert await oa.replies(person) == [texts.HELP]


async def test_who_stops_following_is_forgotten(oa: FakeZaloOa, database: Database, person: str) -> None:
    await oa.push(person, QUESTION)
    await oa.replies(person)
    refusals = len(oa.refusals)
    assert await oa.push(person, name="unfollow") == 200
    await until(lambda: database.last_turns(f"zalo_oa:{person}", 5, now() - timedelta(days=1)) == [])
    assert oa.refusals[refusals:] == []
    await oa.push(person, name="follow")
    assert (await oa.replies(person, 2))[1] == texts.GREETING


# ---- who may bring events ----


@pytest.mark.parametrize(
    ("how", "status"),
    [
        pytest.param({"secret": "another"}, 403, id="another secret"),
        pytest.param({"headers": {}}, 403, id="no signature"),
        pytest.param({"headers": {"X-ZEvent-Signature": "mac="}}, 403, id="an empty signature"),
        pytest.param({"headers": {"X-ZEvent-Signature": "mac=ă"}}, 403, id="a signature with accents"),
        pytest.param({"body": b"{"}, 400, id="half a JSON"),
        pytest.param({"body": b"[]"}, 400, id="a list"),
        pytest.param({"body": b" " * 300_000}, 413, id="huge"),
    ],
)
async def test_webhook_refuses(oa: FakeZaloOa, person: str, how: dict[str, Any], status: int) -> None:
    if "headers" in how:
        how = {"headers": {name: value.encode("utf-8") for name, value in how["headers"].items()}}
    assert await oa.bring(oa.event(person, QUESTION), **how) == status
    await oa.push(person, "/help")
    assert await oa.replies(person) == [texts.HELP]


async def test_body_changed_on_the_way(oa: FakeZaloOa, person: str) -> None:
    event = oa.event(person, QUESTION)
    raw = json.dumps(event).encode()
    headers = {"X-ZEvent-Signature": f"mac={signature(raw, event['timestamp'])}"}
    assert await oa.bring(event, body=raw.replace(b"user_send_text", b"user_send_gif"), headers=headers) == 403
    assert await oa.bring(event, body=raw, headers=headers) == 200
    assert "10 ngày" in (await oa.replies(person))[0]


async def test_moment_in_the_header_counts_too(oa: FakeZaloOa, person: str) -> None:
    event = oa.event(person, "/help")
    raw = json.dumps(event).encode()
    headers = {"X-ZEvent-Signature": signature(raw, "123"), "X-ZEvent-Timestamp": "123"}
    assert await oa.bring(event, body=raw, headers=headers) == 200
    assert await oa.replies(person) == [texts.HELP]


@pytest.mark.parametrize(
    ("ago", "answered"),
    [
        pytest.param(0, True, id="now"),
        pytest.param(WINDOW - 60, True, id="within the free hours"),
        pytest.param(WINDOW + 60, False, id="after the free hours"),
        pytest.param(-3600, False, id="from the future"),
    ],
)
async def test_free_hours(oa: FakeZaloOa, person: str, ago: float, answered: bool) -> None:
    refusals = len(oa.refusals)
    assert await oa.push(person, "/start", at=time.time() - ago) == 200
    await oa.push(person, "/help")
    await until(lambda: texts.HELP in oa.texts(person))
    assert (oa.texts(person) == [texts.GREETING, texts.HELP]) is answered
    assert oa.refusals[refusals:] == []


async def test_slow_answer_does_not_hold_the_webhook(
    bot: Bot, settings: Settings, live: LiveKnowledge, database: Database, person: str
) -> None:
    class Slow(Assistant):
        def answer(self, question: Question) -> Answer:
            time.sleep(2.5)
            return super().answer(question)

    async with bot(Slow(settings, live, database, today=lambda: TODAY)) as fake:
        await fake.push(person, QUESTION)
        assert "10 ngày" in (await fake.replies(person))[0]
    assert max(seconds for _, seconds in fake.delivered) < 2


async def test_event_brought_again_is_answered_once(oa: FakeZaloOa, person: str) -> None:
    await oa.bring(oa.event(person, QUESTION), times=3)
    await oa.push(person, "/help")
    await until(lambda: texts.HELP in oa.texts(person))
    assert ["10 ngày" in text for text in oa.texts(person)] == [True, False]


# ---- faults ----


@pytest.mark.parametrize(
    ("method", "kind", "how"),
    [
        pytest.param("send", 429, {"retry_after": 0.3}, id="too many"),
        pytest.param("send", 500, {"times": 2}, id="a fault of Zalo"),
        pytest.param("token", 500, {}, id="no token at first"),
    ],
)
async def test_fault_of_zalo_delays_the_answer(bot: Bot, person: str, method: str, kind: int, how: dict[str, Any]) -> None:
    async with bot() as fake:
        if method == "token":
            fake.lasts = 0
            fake.end_access()
        fake.misbehave(method, kind, **how)
        await fake.push(person, QUESTION)
        await fake.push(person, "/help")
        said = await fake.replies(person, 2)
    assert ["10 ngày" in text for text in said] == [True, False]


async def test_access_token_that_ends_early_is_renewed_and_the_message_sent_once(bot: Bot, person: str) -> None:
    async with bot() as fake:
        await fake.push(person, "/start")
        await fake.replies(person)
        fake.end_access()
        for text in ("/help", "/start"):
            await fake.push(person, text)
        assert await fake.replies(person, 3) == [texts.GREETING, texts.HELP, texts.GREETING]
        assert len(fake.spent) == 2


async def test_secrets_are_in_no_log(bot: Bot, person: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with bot() as fake:
        fake.misbehave("send", 500)
        fake.end_access()
        await fake.push(person, QUESTION)
        await fake.replies(person)
    assert caplog.text
    for secret in (APP_SECRET, OA_SECRET, FIRST, "refresh-1", "access-1", "access-2"):
        assert secret not in caplog.text


async def test_refused_refresh_token(settings: Settings, assistant: Assistant, tmp_path: Path) -> None:
    async with fake_zalo_oa() as fake:
        fake.refresh = "another"
        with pytest.raises(ChannelError, match="THADS_ZALO_OA_REFRESH_TOKEN") as caught:
            await channel_for(settings, fake, tmp_path).run(assistant, People({}, 1), asyncio.Event())
        assert FIRST not in str(caught.value)
        with pytest.raises(ChannelError, match="THADS_ZALO_OA_REFRESH_TOKEN"):
            await channel_for(settings, fake, tmp_path).check()


async def test_check_says_which_account(settings: Settings, tmp_path: Path) -> None:
    async with fake_zalo_oa() as fake:
        assert "THADS thử nghiệm" in await channel_for(settings, fake, tmp_path).check()


# ---- the tokens ----


class Clock:
    """Seconds that pass only when told to."""

    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


def keeper(fake: FakeZaloOa, folder: Path, clock: Clock, given: str = FIRST) -> TokenKeeper:
    application = Application(f"{fake.address}/v4/oa/access_token", APP_ID, APP_SECRET, given)
    return TokenKeeper(folder / "run" / "tokens.json", application, clock)


async def test_tokens_are_fetched_once_and_kept(tmp_path: Path) -> None:
    clock = Clock()
    async with fake_zalo_oa() as fake:
        first = keeper(fake, tmp_path, clock)
        assert {await first.access() for _ in range(3)} == {"access-1"}
        assert await keeper(fake, tmp_path, clock).access() == "access-1"
        clock.now += fake.lasts - EARLY + 1
        assert await first.access() == "access-2"
        assert await keeper(fake, tmp_path, clock).access() == "access-2"
        assert fake.spent == [FIRST, "refresh-1"]


async def test_token_files_are_for_their_owner_alone(tmp_path: Path) -> None:
    async with fake_zalo_oa() as fake:
        await keeper(fake, tmp_path, Clock()).access()
    files = [file for file in (tmp_path / "run").iterdir() if file.is_file()]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert "refresh-1" in (tmp_path / "run" / "tokens.json").read_text(encoding="utf-8")


async def test_many_at_once_rotate_once(tmp_path: Path) -> None:
    async with fake_zalo_oa() as fake:
        keepers = [keeper(fake, tmp_path, Clock()) for _ in range(4)]
        assert set(await asyncio.gather(*(one.access() for one in keepers for _ in range(5)))) == {"access-1"}
        assert fake.spent == [FIRST]


class Killed(BaseException):
    """The program ends here."""


@pytest.mark.parametrize(
    ("writes", "spent"),
    [
        pytest.param(1, 1, id="before Zalo is asked: the old token is still good"),
        pytest.param(2, 2, id="when the reply was being written: the one moment that only an operator can mend"),
        pytest.param(3, 1, id="after the reply was written, before it was read: it is taken over"),
    ],
)
async def test_killed_while_rotating(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, writes: int, spent: int) -> None:
    """The n-th write does not come about any more."""
    clock, count, write = Clock(), itertools.count(1), zalo_oa_tokens._write

    def killed(file: Path, values: dict[str, Any]) -> None:
        if next(count) == writes:
            raise Killed
        write(file, values)

    async with fake_zalo_oa() as fake:
        monkeypatch.setattr(zalo_oa_tokens, "_write", killed)
        with pytest.raises(Killed):
            await asyncio.to_thread(keeper(fake, tmp_path, clock)._access, "")
        monkeypatch.setattr(zalo_oa_tokens, "_write", write)
        if writes == 2:
            with pytest.raises(PlatformRefused, match="fetch a refresh token by hand"):
                await keeper(fake, tmp_path, clock).access()
            assert await keeper(fake, tmp_path, clock, given=fake.refresh).access() == "access-2"
        else:
            assert await keeper(fake, tmp_path, clock).access() == "access-1"
        assert len(fake.spent) == spent


async def test_nothing_is_spent_when_nothing_can_be_kept(tmp_path: Path) -> None:
    (tmp_path / "run").write_text("a file where a folder should be", encoding="utf-8")
    async with fake_zalo_oa() as fake:
        with pytest.raises(ChannelError, match=r"channels\.zalo_oa\.tokens"):
            await keeper(fake, tmp_path, Clock()).access()
        assert fake.spent == []


async def test_a_new_token_from_the_operator_goes_before_the_kept_ones(tmp_path: Path) -> None:
    async with fake_zalo_oa() as fake:
        await keeper(fake, tmp_path, Clock()).access()
        fake.refresh = "by-hand"
        assert await keeper(fake, tmp_path, Clock(), given="by-hand").access() == "access-2"
        assert fake.spent == [FIRST, "by-hand"]


@pytest.mark.parametrize("kind", [500, 429, "malformed"])
async def test_access_goes_on_while_no_new_token_can_be_had(tmp_path: Path, kind: int | str) -> None:
    clock = Clock()
    async with fake_zalo_oa() as fake:
        tokens = keeper(fake, tmp_path, clock)
        await tokens.access()
        clock.now += fake.lasts - EARLY + 1
        fake.misbehave("token", kind)
        assert await tokens.access() == "access-1"
        asked = len(fake.calls)
        assert await tokens.access() == "access-1"
        assert len(fake.calls) == asked  # not with every message
        clock.now += AGAIN + 1
        assert await tokens.access() == "access-2"


async def test_no_access_at_all_is_raised(tmp_path: Path) -> None:
    async with fake_zalo_oa() as fake:
        fake.misbehave("token", 500)
        with pytest.raises(PlatformBusy):
            await keeper(fake, tmp_path, Clock()).access()
        assert await keeper(fake, tmp_path, Clock()).access() == "access-1"


@pytest.mark.parametrize("kept", ["", "{", "[]", '{"access": 1}', '{"origin": "x"}'])
async def test_damaged_file_leads_back_to_the_given_token(tmp_path: Path, kept: str) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "tokens.json").write_text(kept, encoding="utf-8")
    async with fake_zalo_oa() as fake:
        assert await keeper(fake, tmp_path, Clock()).access() == "access-1"


async def test_a_public_page_says_that_it_runs(oa: FakeZaloOa) -> None:
    async with httpx.AsyncClient(trust_env=False) as web:
        health = (await web.get(oa.hook.replace("/webhook/zalo_oa", "/readyz"))).json()
    assert health["channels"]["zalo_oa"] == "ok"


# ---- options ----

CHOICE = "/thutuc yêu cầu thi hành án"


@pytest.mark.parametrize("takes_buttons", [True, False], ids=["buttons", "an account whose buttons Zalo refuses"])
async def test_options_are_buttons_and_always_numbers(bot: Bot, assistant: Assistant, person: str, takes_buttons: bool) -> None:
    wanted = [assistant.answer(Question(text, conversation=f"like {person}")) for text in (CHOICE, "2")]
    async with bot() as oa:
        oa.takes_buttons = takes_buttons
        await oa.push(person, CHOICE)
        (asked,) = await oa.replies(person)
        assert asked == wanted[0].text, "the list stays in the text, for those whose app shows no buttons"
        if takes_buttons:
            assert [row["title"] for row in oa.buttons[person]] == [
                f"{n}. {label}" for n, label in enumerate(wanted[0].options, 1)
            ]
            await oa.press(person, 1)
        else:
            assert person not in oa.buttons
            await oa.push(person, "2")
        (_, *rest) = await oa.replies(person, 2)
        assert rest == [wanted[1].text]
        assert len(oa.refusals) == (0 if takes_buttons else 1), "what was refused once is not tried again"


@pytest.mark.parametrize(("count", "shown"), [(0, None), (1, 1), (5, 5), (6, None)])
def test_buttons_within_what_zalo_shows(count: int, shown: int | None) -> None:
    made = buttons_for(["thủ tục " * 30] * count)
    assert (made and len(made["payload"]["buttons"])) == shown
    assert all(len(row["title"]) <= 100 for row in (made or {"payload": {"buttons": []}})["payload"]["buttons"])
