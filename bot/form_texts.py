"""What the assistant says while it fills a form with a person; what the forms themselves ask stands in the library."""

from __future__ import annotations

FORMS = "Các biểu mẫu tôi giúp điền được (nhắn số, hoặc «/bieumau» kèm tên đơn):"
NO_FORM = "Tôi chưa có biểu mẫu nào như vậy."
WHICH_FORM = "Bạn cần biểu mẫu nào?"
HOW_IT_GOES = (
    "Tôi hỏi từng mục, bạn trả lời; xong sẽ có tệp Word để in, ký. Lúc nào cũng nhắn được: «bỏ qua» (mục không bắt buộc, để ghi tay sau), "
    "«quay lại» (sửa câu vừa rồi), «xong» (lấy tệp ngay, mục còn lại để trống), «dừng» (thôi, xóa những gì đã khai). "
    "Hỏi chuyện khác giữa chừng cũng được, rồi nhắn «tiếp tục»."
)
ASKED = "({place}/{count}) {question}"
HINT = "({hint})"
MAY_SKIP = "Không có thì nhắn «bỏ qua»."
MUST_TELL = "Mục này đơn phải có. Chưa có thì nhắn «xong» để lấy tệp và ghi tay sau."
NOTHING_BEFORE = "Đây là câu đầu tiên, chưa có gì để sửa."
STOPPED = "Đã dừng và xóa những gì bạn khai cho «{title}». Nhắn «/bieumau» khi cần làm lại."
RESUME = "(Đang điền dở «{title}»; nhắn «tiếp tục» để làm tiếp.)"
DO_THIS_FORM = "Nhắn «/bieumau {id}» để làm đơn này"

DONE = "Đã điền xong: {title}. Tệp Word kèm theo đây; bạn đọc lại, in ra, ký rồi nộp."
FILLED = "Đã ghi:"
LEFT_BLANK = "Để trống, ghi tay sau: {labels}."
LINE = "• {label}: {value}"
WHO = "Ai làm: {who}"
SEND_TO = "Nộp ở đâu: {office}"
ATTACH = "Kèm theo:"
KEPT = "Tệp được giữ {hours} giờ rồi tự xóa; nhắn «/xoa» để xóa ngay."
NEEDS = "{title} cần có:"
OPTIONAL = "(nếu có)"
ONLY_WHEN = "(nếu là {answer})"
BLANK_FILE = (
    "Mẫu trống (Word) kèm theo đây, điền tay hoặc trên máy. Trong cuộc trò chuyện, nhắn «/bieumau {id}» để tôi hỏi và điền giúp."
)
BLANK_TITLE = "Mẫu trống: {title}"
FILE_GONE = "Tệp này không còn: đã hết thời gian giữ, đã được xóa, hoặc địa chỉ không đúng. Bạn nhắn «/bieumau» để làm lại."

# Channels.
LINK = "📄 {title}: {url}"
NO_LINK = (
    "📄 {title}: kênh này không gửi được tệp. Bạn làm lại biểu mẫu này trên trang web hoặc Telegram của Trợ lý THADS để lấy tệp."
)
BY_COMMAND = "📄 {title}: chạy lệnh «python -m bot file {key}» để lưu tệp {name}."

# Why an answer does not fit.
TOO_LONG = "Mục này ghi được tối đa {limit} ký tự; bạn viết ngắn hơn."
NOTHING_SAID = "Tôi chưa đọc được chữ nào để ghi vào mục này."
NO_DATE = "Tôi cần một ngày có thật, đủ ngày, tháng, năm, ví dụ «03/8/1985»."
DATE_AHEAD = "Ngày này ở tương lai; bạn kiểm tra lại giúp."
DATE_LONG_AGO = "Năm này xa quá; bạn kiểm tra lại giúp, ví dụ «03/8/1985»."
NO_MONEY = "Tôi cần một số tiền, ví dụ «350 triệu» hoặc «350.000.000 đồng»."
NO_CHOICE = "Bạn nhắn số của một lựa chọn dưới đây."
NO_IDENTITY = (
    "Số định danh cá nhân (căn cước) có 12 chữ số; chứng minh nhân dân cũ 9 chữ số; mã số doanh nghiệp, tổ chức 10 hoặc 13 chữ số; "
    "hộ chiếu có chữ cái đầu."
)
NO_PHONE = "Số điện thoại có 10 hoặc 11 chữ số, bắt đầu bằng 0 hoặc +84."
