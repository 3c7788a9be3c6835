"""`tthc-flow`: the group of verbs; a verb's file is imported when it is called."""

from __future__ import annotations

import io
import os
import sys
from itertools import pairwise
from typing import Final

import click

from tthc_flow.cli.click_words import speaking
from tthc_flow.cli.groups import Verbs, in_this_language
from tthc_flow.cli.leaving import Code, report_error
from tthc_flow.errors import TthcFlowError
from tthc_flow.words.messages import LANGUAGES

VERBS: Final = {
    "convert": "Bảng các bước (Word, Excel, YAML, CSV) → BPMN có làn, nhánh, thời gian và hình vẽ",
    "annotate": "Ghi bảng dữ kiện (CSV, Excel) hoặc màu vào các bước của sơ đồ",
    "check": "Kiểm tra sơ đồ: mọi chỗ thiếu, sai, đáng ngờ, kèm dòng và gợi ý",
    "show": "Vẽ sơ đồ ra SVG, PNG, tô màu theo thời gian, cấp, số lần chuyển giao …",
    "ask": "Lập tệp câu hỏi còn bỏ ngỏ: hỏi gì, hỏi cơ quan nào, để điền câu trả lời",
    "measure": "Đo: thời gian theo định mức, khối lượng, số lần chuyển giao, chữ ký, chi phí",
    "expect": "Tính chính xác cho một hồ sơ: số lần qua mỗi bước, công, thời gian, quá hạn",
    "simulate": "Mô phỏng nhiều hồ sơ: chờ đợi, quá hạn, mức bận, cần bao nhiêu người",
    "propose": "Đề xuất phương án nhẹ hơn, đúng luật, đã chứng minh và chạy thử",
    "decide": "Ghi quyết định về từng phương án: chấp nhận, bác có lý do, điều chỉnh",
    "studio": "Mở trang làm việc trên máy này: nạp tệp, rà soát, xuất hồ sơ",
    "report": "Lập hồ sơ chung của nhiều thủ tục: Word, Excel, trang tổng hợp, mẫu riêng",
    "portfolio": "Xử lý hàng loạt thủ tục: bảng số liệu, thủ tục trùng nhau, tiến độ cắt giảm",
    "calibrate": "Lấy số liệu thật từ nhật ký hồ sơ; so sánh hai giai đoạn trước và sau",
    "compare": "So sánh trước và sau: khác gì, nhẹ hơn bao nhiêu, kèm trang để xem",
    "prepare": "Chuẩn bị sơ đồ để chạy: nêu và sửa từng chỗ, không đoán nghĩa nếu không được bật",
    "run": "Chạy thử mọi nhánh của sơ đồ trong bộ máy quy trình",
    "engine": "Giải quyết hồ sơ nhiều ngày: tiếp nhận, giao việc, thời hạn, nhật ký …",
    "work": "Chạy phần việc của hệ thống: hẹn giờ, việc tự động, nhắc hạn, gửi thư",
}


_HELP: Final = "see tthc-flow --help, or tthc-flow VERB --help"


@click.group(
    cls=Verbs,
    room="tthc_flow.cli",
    verbs=VERBS,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="tthc-flow", help="In số phiên bản rồi thoát.")
def group() -> None:
    """Đọc sơ đồ BPMN của thủ tục hành chính, đo, đề xuất phương án nhẹ hơn và chứng minh."""


def _colour() -> bool | None:
    """Return ``False`` where NO_COLOR is set; else the terminal decides (no-color.org)."""
    return False if os.environ.get("NO_COLOR") else None


def _language(given: list[str]) -> str:
    """Return the language of a call, which may go wrong before its options are read."""
    asked = [
        value.removeprefix("--lang=")
        for before, value in pairwise(["", *given])
        if before == "--lang" or value.startswith("--lang=")
    ]
    return asked[-1] if asked and asked[-1] in LANGUAGES else "vi"


def _told(error: Exception) -> tuple[Code, TthcFlowError]:
    """Return how to leave after *error*, and what to say of it."""
    match error:
        case TthcFlowError():
            return Code.of(error), error
        case click.ClickException():
            fact = error.format_message()
            return Code.USAGE, TthcFlowError("TF001", fact, hint=_HELP)
        case click.Abort():
            return Code.USAGE, TthcFlowError("TF002", "stopped by the user")
        case OSError():  # every file has its own error: what is left is the output itself
            fact = f"cannot print the result: {error.strerror or error}"
            hint = "print to another place, or give -o"
            return Code.UNREADABLE, TthcFlowError("TF602", fact, hint=hint)
        case _:
            fact = f"{type(error).__name__}: {error}"
            hint = "this is a defect of tthc_flow; report it with the file"
            return Code.INTERNAL, TthcFlowError("TF900", fact, hint=hint)


def _called(given: list[str], lang: str) -> int:
    """Call the verb; return the exit code."""
    try:
        code = group.main(args=given, prog_name="tthc-flow", standalone_mode=False, color=_colour())
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return Code.USAGE
    except Exception as error:  # noqa: BLE001 - the last net: a user never sees a traceback
        left, told = _told(error)
        as_json = "--json" in given and not isinstance(error, OSError)  # it takes nothing more
        report_error(told, lang, as_json=as_json)
        return left
    return int(code or 0)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; leave with 0 ok, 1 gate failed, 2 usage, 3 unreadable, 4 internal."""
    given = sys.argv[1:] if arguments is None else arguments
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Vietnamese, whatever the locale says; a name that is no text is still told.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    lang = _language(given)
    in_this_language(group)
    with speaking(lang):
        code = _called(given, lang)
    sys.exit(int(code))
