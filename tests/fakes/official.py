"""A circular that nobody issued, in every form in which an administrator may bring one; no word of it is taken from a real text."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from docx import Document
from odf.opendocument import OpenDocumentText
from odf.text import P

from tests.knowledge.extract.conftest import text_pdf

NUMBER, KEY = "07/2026/TT-BTP", "07-2026-tt-btp"
CIRCULAR = (
    "BỘ TƯ PHÁP",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    f"Số: {NUMBER}",
    "Hà Nội, ngày 15 tháng 6 năm 2026",
    "THÔNG TƯ",
    "Quy định mức chi thử nghiệm",
    "Căn cứ Luật Thi hành án dân sự số 106/2025/QH15;",
    "Chương I",
    "QUY ĐỊNH CHUNG",
    "Điều 1. Phạm vi điều chỉnh",
    "Thông tư này quy định mức chi thử nghiệm.",
    "Điều 2. Mức chi",
    "1. Mức chi là 5% của số tiền thu được.",
    "2. Thời hạn chi là 10 ngày làm việc, gồm:",
    "a) Chi lần đầu;",
    "b) Chi lần sau.",
    "Điều 3. Hiệu lực thi hành",
    "Thông tư này có hiệu lực thi hành kể từ ngày 01 tháng 8 năm 2026.",
)
SUFFIXES = (".txt", ".md", ".html", ".docx", ".odt", ".pdf")


def circular(*changes: tuple[str, str]) -> list[str]:
    """Its lines, with some words changed."""
    text = "\n".join(CIRCULAR)
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    return text.splitlines()


def write(path: Path, lines: Sequence[str] = CIRCULAR) -> Path:
    """The lines as a file of the path's kind."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".docx":
        document = Document()
        for line in lines:
            document.add_paragraph(line)
        document.save(str(path))
    elif path.suffix == ".odt":
        text = OpenDocumentText()
        for line in lines:
            text.text.addElement(P(text=line))
        text.save(str(path))
    elif path.suffix == ".pdf":
        path.write_bytes(text_pdf([lines]))
    elif path.suffix == ".html":
        path.write_text(f"<html><body>{''.join(f'<p>{line}</p>' for line in lines)}</body></html>", encoding="utf-8")
    else:
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def converted(source: Path, suffix: str) -> Path:
    """The file in another form, by LibreOffice."""
    folder = source.parent
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", suffix, "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return source.with_suffix(f".{suffix}")


def missing(*programs: str) -> bool:
    return any(shutil.which(program) is None for program in programs)
