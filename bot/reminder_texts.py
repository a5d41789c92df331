"""What is said of reminders: the offer, the question for consent, the reminder itself, how to call it off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.reminders import HOUR, DueDay, Lead, Plan
from knowledge.practice.step import write_day, write_weekday
from knowledge.text import shorten

AGREE = "Đồng ý"
REFUSE = "Không"
ALL = "Tất cả"
OWN_DAY = "việc bạn đã nói"
LIMITATION = "Yêu cầu thi hành án"
STOP = "Nhắn «hủy nhắc» để bỏ, «xem nhắc» để xem các lời nhắc."
NOT_KEPT = "Tôi không lưu lời nhắc nào."
NONE = "Bạn chưa có lời nhắc nào. Sau khi tôi tính một ngày cuối, bạn nhắn «nhắc tôi trước 3 ngày»."
NOTHING_TO_CANCEL = "Không có lời nhắc nào để hủy."
CANCEL_WHICH = "Bạn muốn hủy lời nhắc nào?"
NO_DAY = (
    "Tôi chưa biết phải nhắc về ngày nào. Bạn hỏi ngày cuối trước, ví dụ «nhận quyết định ngày … thì hạn tự nguyện đến ngày nào», rồi nhắn "
    "«nhắc tôi trước 3 ngày»; hoặc nói luôn ngày: «nhắc tôi trước 3 ngày hạn nộp đơn 25/12»."
)
NO_TASK = "Bạn muốn tôi nhắc việc gì vào ngày {day}? Nhắn ví dụ «nhắc tôi ngày {short} nộp đơn khiếu nại»."
NOWHERE = (
    "Ở đây tôi không nhắc được, vì không có nơi để nhắn lại cho bạn. Bạn đặt lời nhắc trong cuộc trò chuyện với tôi trên Telegram, Zalo "
    "hoặc trang web."
)
TOO_MANY = "Bạn đã có {count} lời nhắc, nhiều nhất tôi giữ được. Nhắn «hủy nhắc» để bỏ bớt."
TOO_FAR = "Ngày {day} còn quá xa; tôi chỉ giữ lời nhắc trong {years} năm tới."
UNREAL = "«{written}» không phải một ngày có thật. Bạn kiểm tra lại ngày rồi nhắn tôi."

_REMARKS = {
    "law_day_off": "Ngày {day} là ngày nghỉ, cơ quan không làm việc, nên tôi tính theo ngày làm việc ngay trước đó.",
    "day_off": "Ngày nhắc rơi vào ngày nghỉ nên tôi chuyển lên ngày làm việc ngay trước đó.",
    "gone": "Lúc bạn muốn được nhắc đã qua, nên tôi nhắc vào lúc sớm nhất còn lại.",
    "after": "Ngày bạn muốn được nhắc ở sau ngày cuối, nên tôi nhắc trước ngày cuối.",
}
_REACHES = {
    "zalo": "Zalo không bảo đảm tin tôi tự nhắn luôn đến; việc quan trọng bạn nên ghi thêm vào lịch.",
    "web": (
        "Trang web không tự nhắn cho bạn được: lời nhắc hiện trên trang này khi bạn mở nó, trên chính trình duyệt này, và mất khi bạn bấm "
        "«Nói chuyện mới». Việc quan trọng bạn nên ghi thêm vào lịch."
    ),
    "terminal": "Lời nhắc hiện ra khi bạn mở lại cuộc trò chuyện.",
}
_DOES = {
    "web": "hiện lời nhắc trên trang này từ",
    "terminal": "hiện lời nhắc ở đây từ",
    "zalo_oa": "nhắn cho bạn ở đây, nếu khi đó Zalo cho phép,",
}


def offer(lead: Lead) -> str:
    """The line behind a last day that was worked out."""
    wish = f"nhắc tôi trước {lead.count} ngày" if lead.count else "nhắc tôi đúng ngày"
    return f"Muốn tôi nhắc trước khi hết hạn? Nhắn «{wish}»."


def last_day_of(name: str) -> str:
    """`Tự nguyện thi hành án` as what its last day is called."""
    return f"hạn {name[:1].lower()}{name[1:]}"


def last_day_of_step(procedure: str, does: str) -> str:
    """A step of a procedure as what its last day is called."""
    return f"hạn của bước «{shorten(does.rstrip('.'), 90)}» ({procedure})"


def consent(due: DueDay, plan: Plan, reach: str) -> str:
    """The question that is asked once before anything is kept."""
    remarks = [_REMARKS[remark].format(day=write_day(due.day)) for remark in plan.remarks]
    question = (
        f"Tôi sẽ lưu «{about(due)}» đến hết ngày {write_day(max(due.day, plan.on))}, và {_does(reach)} lúc {HOUR.hour} giờ "
        f"{write_weekday(plan.on)}. Đồng ý?"
    )
    return "\n".join(part for part in (" ".join(remarks), _REACHES.get(reach, ""), question) if part)


def window_kept(hours: int) -> str:
    """What an account that may only reply says of a reminder within its hours."""
    return f"Zalo cho tôi nhắn trong {hours} giờ sau tin gần nhất của bạn; lần nhắc này nằm trong đó."


def window_left(hours: int) -> str:
    """What it says of a reminder after them."""
    return (
        f"Zalo chỉ cho tôi nhắn trong {hours} giờ sau tin gần nhất của bạn, nên đến lúc đó tôi có thể không nhắn được: lời nhắc chỉ đến đúng "
        f"giờ nếu bạn nhắn tôi một tin trong {hours} giờ trước đó, nếu không nó hiện ra khi bạn nhắn lại cho tôi. Bạn nên ghi thêm vào lịch."
    )


def made(due: DueDay, plan: Plan, reach: str) -> str:
    return f"Đã lưu. Tôi {_does(reach)} lúc {HOUR.hour} giờ {write_weekday(plan.on)}: {about(due)}. {STOP}"


def past(due: DueDay) -> str:
    return (
        f"Ngày {write_day(due.day)} đã qua nên tôi không nhắc được. Nếu đó là ngày bạn nhận giấy tờ, hãy hỏi ngày cuối trước, rồi nhắn "
        "«nhắc tôi trước 3 ngày»."
    )


def too_late(due: DueDay) -> str:
    return (
        f"Hôm nay, {write_day(due.day)}, đã là ngày cuối ({due.what}), không còn lúc nào để nhắc nữa: bạn làm ngay trong hôm nay."
    )


def reminder(due: DueDay, today: date) -> str:
    """The reminder itself: what for, the day, its place, how to stop."""
    left = (due.day - today).days
    when = "hôm nay là ngày cuối" if left == 0 else f"còn {left} ngày" if left > 0 else "ngày này đã qua; lời nhắc đến muộn"
    return (
        f"⏰ Nhắc bạn: {due.what}, {write_weekday(due.day)} ({when}).{_basis(due)}\nNhắn «hủy nhắc» để bỏ các lời nhắc còn lại."
    )


def listing(rows: Sequence[tuple[date, DueDay]]) -> str:
    return "\n".join(
        ["Các lời nhắc đang lưu:", *(f"{n}. {row(on, due)}" for n, (on, due) in enumerate(rows, 1)), "Nhắn «hủy nhắc» để bỏ."]
    )


def row(on: date, due: DueDay) -> str:
    """One reminder in a list."""
    return f"{HOUR.hour} giờ {write_weekday(on)}: {about(due)}"


def short_row(on: date, due: DueDay) -> str:
    """One reminder as what may be chosen."""
    return f"{write_weekday(on)}: {due.what}"


def cancelled(rows: Sequence[tuple[date, DueDay]]) -> str:
    return "\n".join(["Đã hủy và xóa:", *(f"• {row(on, due)}" for on, due in rows)])


def about(due: DueDay) -> str:
    """What is kept: what for, the day, the place."""
    return f"{due.what}, ngày {write_day(due.day)}{f' ({due.place})' if due.place else ''}"


def _basis(due: DueDay) -> str:
    return f"\nCăn cứ: {due.place}." if due.place else ""


def _does(channel: str) -> str:
    return _DOES.get(channel, "nhắn cho bạn ở đây")
