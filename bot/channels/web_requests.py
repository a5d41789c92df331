"""Reads what a request to the API says: every field checked, whatever is wrong told in one Vietnamese sentence."""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

from bot import texts
from bot.message import Question
from knowledge.search import Reader

BODY_LIMIT = 64_000  # bytes
NOT_TEXT = ("image/", "audio/", "video/", "multipart/")
CONVERSATION = re.compile(r"[A-Za-z0-9-]{1,64}")
RECEIPT = re.compile(r"[0-9A-F-]{4,40}")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

# What the API says when it refuses; a status code stands for the sentences that the framework would say in English.
SAY = {
    "not_json": 'Nội dung gửi lên không phải JSON đọc được. Hãy gửi dạng {"question": "câu hỏi"}.',
    "no_question": "Thiếu câu hỏi: trường «question» phải là một chuỗi chữ.",
    "role": "Trường «role» chỉ nhận «citizen» hoặc «staff».",
    "as_of": "Trường «as_of» phải là một ngày có thật, viết dạng 2026-07-01.",
    "conversation": "Trường «conversation» chỉ gồm chữ cái không dấu, chữ số và dấu gạch nối, từ 1 đến 64 ký tự.",
    "receipt": "Trường «receipt» phải là mã trả lời ghi dưới câu trả lời, ví dụ 1A2B-3C4D-5E6F7A8B.",
    "good": "Trường «good» phải là true (có ích) hoặc false (chưa đúng, chưa đủ).",
    "seen": "Trường «seen» phải là danh sách số của các lời nhắc đã xem.",
    "unknown": "Không có câu trả lời mang mã này trong cuộc trò chuyện.",
    "404": "Không có địa chỉ này.",
    "405": "Địa chỉ này không nhận phương thức vừa gửi.",
    "413": "Nội dung gửi lên quá dài (tối đa 64 kB). Bạn hỏi ngắn hơn.",
    "415": "Hãy gửi câu hỏi dưới dạng JSON, với Content-Type: application/json.",
    "not_text": texts.OTHER_MESSAGE,
    "no_sound": "Hãy gửi tiếng nói dưới dạng tệp âm thanh, với Content-Type bắt đầu bằng audio/.",
    "429": "Bạn hỏi hơi nhanh. Xin chờ một phút rồi hỏi tiếp.",
    "503": texts.TROUBLE,
}


def say(status: int, key: str = "") -> HTTPException:
    """The refusal with this status, to be raised."""
    return HTTPException(status, SAY[key or str(status)], headers={"Retry-After": "60"} if status == 429 else None)


async def body_of(request: Request) -> dict[str, Any]:
    """The JSON object that was sent; raises HTTPException for anything else."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise say(415, "not_text" if kind.startswith(NOT_TEXT) else "")
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > BODY_LIMIT:
                raise say(413)
        values = json.loads(bytes(body))
    except (ValueError, RecursionError, ClientDisconnect):
        raise say(400, "not_json") from None
    if not isinstance(values, dict):
        raise say(400, "not_json")
    return values


def question_of(values: Mapping[str, Any], person: str, *, staff: bool) -> Question:
    """The question that was asked; who is not known to be `staff` asks as a citizen, whatever the role says."""
    text, role, day = values.get("question"), values.get("role"), values.get("as_of")
    if not isinstance(text, str):
        raise say(400, "no_question")
    if role not in (None, "citizen", "staff"):
        raise say(400, "role")
    whole = text.encode("utf-8", "replace").decode("utf-8")  # JSON can carry half a character, UTF-8 cannot
    reader: Reader = "staff" if staff and role == "staff" else "citizen"
    return Question(whole, "web", person=person, role=reader, as_of=_day(day), conversation=conversation_of(values))


def is_staff(request: Request, secret: str) -> bool:
    """Whether the request carries the secret as a bearer token; without a secret nobody is staff."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    same = hmac.compare_digest(token.strip().encode("latin-1"), secret.strip().encode())  # a near miss takes as long as a far one
    return bool(secret.strip()) and scheme.lower() == "bearer" and same


def judgement_of(values: Mapping[str, Any]) -> tuple[str, str, bool]:
    """The conversation, the number of its answer, and whether that answer helped."""
    name, receipt, good = conversation_of(values), values.get("receipt"), values.get("good")
    if name is None:
        raise say(400, "conversation")
    if not isinstance(receipt, str) or not RECEIPT.fullmatch(receipt):
        raise say(400, "receipt")
    if not isinstance(good, bool):
        raise say(400, "good")
    return name, receipt, good


def _day(value: object) -> date | None:
    if value is None:
        return None
    if not isinstance(value, str) or not DAY.fullmatch(value):
        raise say(400, "as_of")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise say(400, "as_of") from None


def conversation_of(values: Mapping[str, Any]) -> str | None:
    """The conversation under the web's own prefix, so that no browser can name another channel's."""
    name = values.get("conversation")
    if name is None:
        return None
    if not isinstance(name, str) or not CONVERSATION.fullmatch(name):
        raise say(400, "conversation")
    return f"web:{name}"
