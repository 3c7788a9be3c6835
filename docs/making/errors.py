"""The pages of the error codes: what each says and what to do, from the table of its texts."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from making.files import write_folder
from making.plain import plain

from tthc_flow.words.messages import texts

FAMILIES: Final = {
    "0": ("How it was called", "Cách gọi lệnh"),
    "1": ("Numbers, units, wishes", "Số, đơn vị, yêu cầu"),
    "2": ("Files that cannot be read", "Tệp không đọc được"),
    "3": ("Flows on which a figure has no meaning", "Quy trình chưa đúng cấu trúc"),
    "4": ("Flows that cannot be run", "Quy trình không chạy được"),
    "5": ("Conditions and decision tables", "Điều kiện và bảng quyết định"),
    "6": ("Results that cannot be written", "Kết quả không ghi được"),
    "7": ("Dossiers", "Hồ sơ đang giải quyết"),
    "8": ("The studio", "Trang làm việc"),
    "9": ("Inside the program", "Lỗi bên trong chương trình"),
}
TITLES: Final = {
    "en": "# Error codes\n\nEvery error has a code, a place and a hint.",
    "vi": "# Mã lỗi\n\nMỗi lỗi có mã, chỗ xảy ra và gợi ý cách sửa.",
}
HEADS: Final = {"en": "| code | what is wrong |", "vi": "| mã | nội dung |"}
DO: Final = {"en": "What to do", "vi": "Cách xử lý"}


def write_errors(docs: Path) -> None:
    """Write a page a family of codes, in English and in Vietnamese, with a table of all codes."""
    codes = {code.removeprefix("error-"): row for code, row in texts("error").items()}
    for lang, folder in (("en", docs / "errors"), ("vi", docs / "vi" / "errors")):
        pages: dict[str, str] = {}
        table = [f"{HEADS[lang]}\n|---|---|"]
        for code in sorted(codes):
            row, family = codes[code], f"TF{code[2]}"
            said, hint = sentence(row[lang]), sentence(row[f"hint_{lang}"])
            page = pages.setdefault(family, f"# {family}xx: {FAMILIES[code[2]][lang == 'vi']}\n")
            pages[family] = f"{page}\n## {code}\n\n{said}\n\n{DO[lang]}: {hint}\n"
            table.append(f"| [{code}]({family}.md#{code.lower()}) | {said} |")
        write_folder(folder, "\n".join([TITLES[lang], "", *table]), pages)


def sentence(text: str) -> str:
    """Return *text* as Markdown, with the full stop that the command line leaves out."""
    return f"{plain(text.rstrip('.'))}."
