"""Every sentence the assistant says on its own account, in one place; a lawyer may edit them."""

from __future__ import annotations

from datetime import date

NAME = "Trợ lý THADS"
GREETING = (
    "Chào bạn. Tôi là Trợ lý THADS, trả lời câu hỏi về thi hành án dân sự và nêu rõ Điều, khoản, ngày áp dụng. "
    "Bạn cứ hỏi bằng lời thường, có dấu hay không dấu đều được. Ví dụ: «Thời hạn tự nguyện thi hành án là bao lâu?»"
)
THANKS = "Không có gì. Cần hỏi thêm về thi hành án dân sự, bạn cứ nhắn."
HELP = (
    "Bạn có thể hỏi:\n"
    "• một quy định: «Xác minh điều kiện thi hành án trong mấy ngày?»\n"
    "• một điều luật: «Điều 36», «khoản 2 Điều 46 Luật 106/2025/QH15»\n"
    "• một phép tính: «nhận 350 triệu thì phí thi hành án bao nhiêu»\n"
    "• một thủ tục, từng bước: «/thutuc xin hoãn thi hành án», hoặc kể việc của bạn\n"
    "• một lá đơn: «/bieumau đơn khiếu nại», tôi hỏi từng mục và gửi tệp Word\n"
    "• phiếu công việc của cán bộ: «/danhsach», «/hoso kê biên», «/thongbao quyết định kê biên», «/phoihop công an»\n"
    "• một lời nhắc: «nhắc tôi trước 3 ngày hạn nộp đơn 25/12»\n"
    "• luật tại một ngày: «ngày 10/5/2024 thời hạn … là bao lâu?»\n"
    "Tôi nêu quy định và nơi ghi quy định; tôi không thay cơ quan thi hành án hay luật sư quyết định việc của bạn."
)
COVERS = (
    "Tôi trả lời về thi hành án dân sự: yêu cầu thi hành án, tự nguyện, xác minh, kê biên, cưỡng chế, đấu giá, thanh toán tiền, hoãn và "
    "đình chỉ, miễn giảm, phí và chi phí, khiếu nại, tố cáo, văn phòng thi hành án dân sự; thêm tàu cá theo Nghị định 67/2014/NĐ-CP và một số "
    "quy định của Đảng liên quan."
)
OUT_OF_FIELD = "Câu này nằm ngoài những văn bản tôi có, nên tôi không trả lời để tránh sai. " + COVERS
NOT_FOUND = (
    "Tôi không tìm thấy quy định trả lời được câu này trong các văn bản đang có, nên tôi không đoán. Bạn thử nói rõ hơn việc gì đang xảy ra "
    "(ai yêu cầu, tài sản gì, đang ở bước nào), hoặc hỏi cơ quan thi hành án dân sự nơi giải quyết việc."
)
EMPTY = "Tôi chưa nhận được câu hỏi nào. Bạn gõ câu hỏi bằng chữ, ví dụ: «Ai phải nộp phí thi hành án?»"
UNREADABLE = "Tôi không đọc được tin này như một câu hỏi. Bạn gõ lại bằng chữ, ví dụ: «Kê biên nhà ở duy nhất được không?»"
TROUBLE = "Xin lỗi, hệ thống đang gặp trục trặc nên chưa trả lời được. Bạn thử lại sau ít phút."
NOT_READY = "Hệ thống đang chuẩn bị dữ liệu, chưa trả lời được. Bạn thử lại sau ít phút."
SLOW_DOWN = "Bạn hỏi hơi nhanh. Chờ một phút rồi hỏi tiếp nhé."
ERASED = "Đã xóa các câu hỏi, trả lời và lời nhắc giữa bạn và tôi trong hệ thống."
MORE_QUESTION = "Nói rõ hơn"
MORE_OF_WHAT = "Bạn muốn tôi nói rõ điều gì? Bạn hỏi câu cần hỏi, rồi nhắn «nói rõ hơn» để xem đầy đủ."
FORGOTTEN = "Câu trả lời đó không còn được lưu, nên tôi không nói thêm được. Bạn hỏi lại câu hỏi giúp tôi."
SEE_ALSO = "Xem thêm:"
SHORTENED = "(Trích; nội dung đầy đủ ở điều được dẫn.)"
NO_SUCH_PLACE = "Không còn tìm thấy điều này trong kho; có thể văn bản vừa được cập nhật. Bạn hỏi lại giúp tôi."
OTHER_MESSAGE = "Tôi mới chỉ đọc được chữ. Bạn gõ câu hỏi thành chữ giúp tôi."
CHOICES = "Xem toàn văn điều luật, nhắn số:"
NO_CHOICES = "Chưa có danh sách nào để chọn. Bạn đặt câu hỏi, hoặc nhắn «Điều 36» để xem một điều luật."
MORE_PARTS = "(Còn {count} phần. Nhắn «xem {number} phần {next}» để đọc tiếp.)"
CUT_HERE = "(Câu trả lời quá dài cho kênh này nên được lược ở đây. Bạn hỏi hẹp hơn để đọc đủ.)"

WARN_DIGEST = (
    "Nội dung được diễn giải lại từ văn bản, không phải nguyên văn; khi cần trích dẫn chính thức, hãy đối chiếu bản công bố."
)
WARN_UNCONFIRMED = "{name}: chưa xác nhận được văn bản này còn hiệu lực vào ngày {on} hay không."
WARN_DOUBT = "{place}: {doubt}."
WARN_NOTES = "{name}: {notes}"


def too_long(length: int, limit: int) -> str:
    return f"Câu hỏi dài {length} ký tự, tôi đọc được tối đa {limit}. Bạn nêu riêng điều cần hỏi, ngắn hơn."


def day(value: date) -> str:
    """A date the way it is written in Vietnamese: 01/7/2026."""
    return f"{value.day:02d}/{value.month}/{value.year}"


def as_of(value: date) -> str:
    return f"Áp dụng tại ngày {day(value)}."


def span(starts: date, ends: date | None) -> str:
    """From when to when a document holds."""
    return f"từ {day(starts)}, hết hiệu lực từ {day(ends)}" if ends else f"từ {day(starts)}"


def no_such_choice(count: int) -> str:
    return (
        f"Danh sách gần nhất có {count} mục; bạn nhắn một số từ 1 đến {count}."
        if count > 1
        else "Danh sách gần nhất chỉ có mục 1."
    )


def no_such_part(count: int) -> str:
    return f"Điều này chỉ có {count} phần."


def no_such_article(place: str, name: str, last: str) -> str:
    return f"{name} không có {place}; điều cuối cùng là Điều {last}."


def no_such_place(place: str, name: str, has: str) -> str:
    return f"{name} không có {place}. {has}"


def no_such_document(number: str) -> str:
    return f"Tôi không có văn bản số {number} trong kho, nên không nói được nội dung của nó. {COVERS}"


def which_document(number: str, names: list[str]) -> str:
    return f"Có nhiều văn bản mang số {number}. Bạn hỏi văn bản nào? " + "; ".join(names) + "."


def not_in_force(name: str, on: date, starts: date, ends: date | None) -> str:
    if on < starts:
        return f"{name} chưa có hiệu lực vào ngày {day(on)} (có hiệu lực từ {day(starts)})."
    return f"{name} đã hết hiệu lực từ {day(ends)}." if ends else f"{name} không có hiệu lực vào ngày {day(on)}."


NO_OLD_COUNTERPART = (
    "Bảng đối chiếu không ghi điều nào của luật cũ chuyển thành điều này: đây là quy định mới, hoặc luật cũ không có điều riêng."
)
NOTHING_TO_COMPARE = (
    "Quy định này không nằm trong những luật đã thay nhau ngày 01/7/2026 nên không có luật cũ để so sánh; "
    "dưới đây là quy định đang áp dụng."
)
NO_NEW_COUNTERPART = "Quy định này của luật cũ không còn điều tương ứng trong luật mới."


def no_origin(place: str) -> str:
    return f"{place}: bảng đối chiếu không ghi điều cũ nào chuyển thành điều này."


def replaced(name: str, heir: str, since: date) -> str:
    return f"{name} không có trong kho; theo {heir} thì văn bản này bị thay thế, hết hiệu lực từ {day(since)} (ngày {heir} có hiệu lực)."


def differs(change: str, old: str) -> str:
    return f"Khác nhau: so với {old}: {change}"


def related_pair(new: str, old: str, change: str) -> str:
    return f"Liên quan: {new} (trước: {old}). {change}"


def compare_what(new: str, old: str) -> str:
    return (
        f"Luật mới là {new}; luật cũ là {old}. Bạn muốn so sánh về việc gì? "
        "Ví dụ: «thời hạn xác minh luật cũ và luật mới», «mức trừ thu nhập luật cũ và luật mới»."
    )


def renamed(old: str, new: str, since: str, basis: str, note: str, *, now: bool) -> str:
    """An old name and the new one; `since` is an ISO day, empty where the sources give none."""
    when = f"từ {day(date.fromisoformat(since))}" if since else "nguồn không cho ngày đổi"
    line = f"«{old}» nay là «{new}» ({when})." if now else f"«{new}» trước đây là «{old}» (đổi {when})."
    return "\n".join(part for part in (line, f"Căn cứ: {basis}.", note) if part)


def no_such_issue(number: str, year: int, known: list[str]) -> str:
    return (
        f"Tôi không có văn bản số {number} ban hành năm {year} trong kho, nên không nói được nội dung của nó. "
        f"Số này được dùng lại nhiều năm; kho có: {'; '.join(known)}."
    )


def issued_then(number: str, issued: date) -> str:
    return f"Số {number} không kèm năm và có thể trùng với văn bản của năm khác; đây là văn bản ban hành ngày {day(issued)}."


def in_part(places: tuple[str, ...], starts: date) -> str:
    return f"Riêng {'; '.join(places)} có hiệu lực từ {day(starts)}."


def detailed_by(law: str, confirmed: list[str], unconfirmed: list[str], on: date) -> str:
    """The documents that detail a law, those whose standing is not known apart."""
    lines = (
        [f"Văn bản trong kho quy định chi tiết, hướng dẫn thi hành {law}:"]
        if confirmed
        else [f"Kho không có văn bản nào còn hiệu lực vào ngày {day(on)} quy định chi tiết, hướng dẫn thi hành {law}."]
    )
    lines += [f"• {line}" for line in confirmed]
    if unconfirmed:
        lines.append(f"Chưa xác nhận được còn hiệu lực vào ngày {day(on)} hay không: " + "; ".join(unconfirmed) + ".")
    lines.append("Có thể còn văn bản khác mà kho chưa có.")
    return "\n".join(lines)


CHOOSE_NUMBER = "Nhắn số để chọn."

# Commands without what they are about.
WRITE_AFTER = {
    "/thoihan": "Viết việc cần biết thời hạn sau lệnh, ví dụ «/thoihan tự nguyện, nhận quyết định ngày 3/8/2026».",
    "/phi": "Viết số tiền nhận được sau lệnh, ví dụ «/phi 350 triệu».",
    "/dieu": "Viết số điều sau lệnh, ví dụ «/dieu 36» hoặc «/dieu 36 Luật 106/2025/QH15».",
    "/vanban": "Viết số hiệu văn bản sau lệnh, ví dụ «/vanban 152/2026/NĐ-CP».",
    "/luatcu": "Viết việc cần so sánh sau lệnh, ví dụ «/luatcu thời hạn xác minh».",
    "/hoi": "Viết câu hỏi sau lệnh, ví dụ «/hoi ai phải nộp phí thi hành án».",
}
