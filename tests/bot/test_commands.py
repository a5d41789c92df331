"""Greetings, thanks and help are answered at once; a question that merely begins with one is a question."""

from __future__ import annotations

import pytest

from bot import texts
from bot.commands import meant, reply


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("chào", id="chào"),
        pytest.param("Chào bạn", id="chào bạn"),
        pytest.param("chao ban", id="no accents"),
        pytest.param("Xin chào!", id="with a mark"),
        pytest.param("xin chao", id="xin chào, no accents"),
        pytest.param("XIN CHÀO TRỢ LÝ", id="capitals"),
        pytest.param("chào anh ạ", id="polite"),
        pytest.param("hello bot", id="English"),
        pytest.param("hi", id="hi"),
        pytest.param("alo", id="alo"),
        pytest.param("Trợ lý ơi", id="calling"),
        pytest.param("chào 👋", id="with an emoji"),
        pytest.param("/start", id="the command of Telegram"),
    ],
)
def test_greeting(text: str) -> None:
    assert reply(text) == texts.GREETING


@pytest.mark.parametrize(
    "text",
    ["cảm ơn", "cam on", "Cảm ơn bạn nhiều!", "cám ơn", "thanks", "thank you", "tôi cảm ơn ạ", "ok", "Dạ", "vâng ạ", "đã hiểu"],
)
def test_thanks(text: str) -> None:
    assert reply(text) == texts.THANKS


@pytest.mark.parametrize(
    "text",
    [
        "/help",
        "help",
        "Trợ giúp",
        "tro giup",
        "hướng dẫn sử dụng",
        "Bạn là ai?",
        "ban la ai",
        "bạn làm được gì vậy?",
        "hỏi được gì",
    ],
)
def test_help(text: str) -> None:
    assert reply(text) == texts.HELP


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Chào bạn, thời hạn tự nguyện thi hành án là bao lâu?", id="greeting, then a question"),
        pytest.param("chao ban cho hoi phi thi hanh an", id="the same without accents"),
        pytest.param("xin chào luật sư, tôi bị kê biên nhà", id="greeting, then a story"),
        pytest.param("hi, điều 36", id="hi, then an article"),
        pytest.param("chào bán cổ phần có phải báo thi hành án không", id="chào bán is an offer"),
        pytest.param("hi vọng lấy lại được tiền không", id="hi vọng is hope"),
        pytest.param("cảm ơn bạn, còn phí thì sao?", id="thanks, then a question"),
        pytest.param("ok vậy nộp ở đâu", id="ok, then a question"),
        pytest.param("vâng nhưng tôi không có tiền", id="vâng, then a story"),
        pytest.param("giúp tôi làm đơn yêu cầu thi hành án", id="help with something"),
        pytest.param("hướng dẫn nộp đơn yêu cầu thi hành án", id="guidance on something"),
        pytest.param("bạn là ai mà được kê biên nhà tôi", id="who are you to …"),
        pytest.param("ban lam duoc gi khi con no bo tron", id="what can you do when …"),
        pytest.param("đã hiểu sai bản án thì sửa thế nào", id="understood wrongly"),
        pytest.param("Điều 36", id="an article"),
        pytest.param("", id="nothing"),
    ],
)
def test_question(text: str) -> None:
    assert reply(text) is None


@pytest.mark.parametrize(
    "command", ["/thoihan", "/phi", "/dieu", "/vanban", "/luatcu", "/hoi", "/phi@thads_bot", "/PHI", "/luat_cu"]
)
def test_command_alone_says_what_to_write(command: str) -> None:
    said = reply(command)
    assert said in texts.WRITE_AFTER.values()
    assert "\n" not in str(said)


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("/phi 350 triệu", "phí thi hành án 350 triệu bao nhiêu"),
        ("/phi 350tr phí bao nhiêu", "350tr phí bao nhiêu"),
        ("/phi ai phải nộp", "phí thi hành án ai phải nộp"),
        ("/phi@thads_bot 2 tỷ", "phí thi hành án 2 tỷ bao nhiêu"),
        ("/thoihan tự nguyện", "thời hạn tự nguyện thi hành án"),
        (
            "/thoihan nhận quyết định ngày 3/8/2026, tự nguyện đến ngày nào",
            "nhận quyết định ngày 3/8/2026, tự nguyện đến ngày nào",
        ),
        ("/dieu 36", "Điều 36"),
        ("/dieu khoản 2 điều 46", "khoản 2 điều 46"),
        ("/vanban 152/2026/NĐ-CP", "152/2026/NĐ-CP là văn bản gì"),
        ("/luatcu thời hạn xác minh", "thời hạn xác minh: luật cũ và luật mới khác nhau thế nào"),
        ("/hoi ai nộp phí", "ai nộp phí"),
        ("/thutuc hoãn thi hành án", "/thutuc hoãn thi hành án"),
        ("/thu_tuc hoãn", "/thutuc hoãn"),
        ("Điều 36", "Điều 36"),
    ],
)
def test_command_with_words_is_a_question(text: str, question: str) -> None:
    assert reply(text) is None
    assert meant(text) == question
