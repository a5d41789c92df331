"""What is said of the enforcement fee that is worked out, and asked when a fact is missing; a lawyer may edit it."""

from __future__ import annotations

from collections.abc import Mapping

from knowledge.practice.step import write_money

ON_WHAT = "Bạn nhận được (hoặc sẽ nhận) bao nhiêu tiền qua thi hành án? Nhắn số tiền, ví dụ «350 triệu»."
DAMAGES_FOR_WHAT = "Khoản bồi thường đó là về gì?"
DAMAGES = (
    "Bồi thường tính mạng, sức khỏe, danh dự, nhân phẩm",
    "Bồi thường do bị sa thải, chấm dứt hợp đồng lao động",
    "Bồi thường tài sản, hợp đồng, khoản khác",
)
WITH_FORCE_OR_NOT = "Khi xử lý tài sản đã xác minh, cơ quan thi hành án có phải cưỡng chế huy động lực lượng không?"
FORCE = ("Không phải cưỡng chế huy động lực lượng", "Phải cưỡng chế huy động lực lượng")
APPLY = "Người đề nghị miễn, giảm phải làm đơn, kèm giấy tờ chứng minh, nộp cho cơ quan thi hành án dân sự."
ALL_FROM_VERIFIED = "Giả định toàn bộ số tiền thu từ tài sản mà người được thi hành án xác minh, và tài sản đó chưa được bản án, quyết định xác định."
ALL_OF_THE_KIND = "Giả định toàn bộ số tiền thuộc khoản không chịu phí; phần khác, nếu có, vẫn tính phí."
EACH_HIS_OWN = (
    "Tính cho bản án, quyết định ghi phần riêng của từng người. Nhiều người nhận chung một khoản mà chỉ một số người yêu cầu thi hành án "
    "thì người yêu cầu hoặc người đại diện nhận nộp phí trên toàn bộ."
)
EACH_PAYS = "Mỗi người nộp phí trên phần mình thực nhận."
ALL_IN_TIME = "Giả định toàn bộ số tiền được thi hành trong thời hạn tự nguyện."
NO_OTHER_CASE = "Giả định không thuộc trường hợp không chịu phí hoặc được miễn, giảm."
ONE_CASE = "Giả định các lần nhận thuộc cùng một vụ việc, cùng một người nhận."


def assumed(*, at_once: bool, collected: bool) -> str:
    """For whom the fee holds: what the question does not say is taken as usual."""
    collected_by = (
        "tiền, tài sản cơ quan thi hành án dân sự thu được, giao"
        if collected
        else "khoản các bên tự giao, nhận trước khi cưỡng chế"
    )
    return f"Tính cho {collected_by}{', nhận một lần' if at_once else ''}, theo yêu cầu của người được thi hành án."


def fee_is(received: int, fee: int) -> str:
    if not fee:
        return f"Không phải nộp phí trên {write_money(received)}."
    return f"Phí thi hành án trên {write_money(received)}: {write_money(fee)}."


def exempt(received: int, full: int) -> str:
    return f"Được miễn toàn bộ phí thi hành án trên {write_money(received)} (phí đầy đủ {write_money(full)})."


def reduced(received: int, full: int, fee: int, percent: int, *, up_to: bool) -> str:
    most, least = ("đến ", "từ ") if up_to else ("", "")
    return f"Phí thi hành án trên {write_money(received)}: {write_money(full)}; được giảm {most}{percent}% thì còn {least}{write_money(fee)}."


def now_is(received: int, before: int, fee: int) -> str:
    if not fee:
        return f"Chưa phải nộp phí cho {write_money(received)} nhận lần này (lần trước {write_money(before)})."
    return (
        f"Phí thi hành án cho {write_money(received)} nhận lần này: {write_money(fee)} (lần trước đã nhận {write_money(before)})."
    )


def each_is(fees: Mapping[str, int]) -> str:
    each = "; ".join(f"{name} {write_money(fee)}" for name, fee in fees.items())
    return f"Phí thi hành án của từng người: {each}. Cộng: {write_money(sum(fees.values()))}."


def share_is(share: int, fee: int, paid: int, others_fee: int) -> str:
    return (
        f"Người nhận tài sản nộp phí trên {write_money(share)} thực nhận: {write_money(fee)}; "
        f"người được thanh toán {write_money(paid)} nộp {write_money(others_fee)}."
    )


def share_step(value: int, paid: int, share: int) -> str:
    return f"Thực nhận: {write_money(value)} trừ {write_money(paid)} thanh toán cho người khác = {write_money(share)}."
