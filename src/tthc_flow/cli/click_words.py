"""What click itself says ("Usage:", "Missing argument"), in Vietnamese while a call lasts.

click takes these words through gettext, which asks the environment for the language. Here the call
says it (``--lang``), so click's own references to gettext are exchanged, and put back afterwards.
A text that is not in the table stays English.
"""

from __future__ import annotations

import gettext
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Final

import click

from tthc_flow.words.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from tthc_flow.errors import TthcFlowError

_VIETNAMESE: Final = {
    "Usage:": "Cách gọi:",
    "--edit and --set go together": "--edit và --set phải đi cùng nhau",
    "--set takes NAME=VALUE": "--set viết dạng TÊN=GIÁ_TRỊ",
    "give --decisions, as standard input has no place of its own": (
        "hãy nêu --decisions, vì đầu vào chuẩn không có chỗ để ghi bên cạnh"
    ),
    "say what to --accept, --reject or --edit": (
        "hãy nêu phương án cần --accept, --reject hoặc --edit"
    ),
    "compare two files or two folders": "hãy so sánh hai tệp hoặc hai thư mục",
    "--list takes neither -o nor --procedure": "--list không dùng cùng -o hoặc --procedure",
    "a folder takes no {option}": "thư mục không dùng được với {option}",
    "a folder is written to a folder: -o takes no -": (
        "kết quả của thư mục phải ghi vào một thư mục: không dùng được -o -"
    ),
    "facts for a simulation go with --simulate or --require-late-share": (
        "dữ liệu để mô phỏng chỉ dùng cùng --simulate hoặc --require-late-share"
    ),
    "only a folder takes {option}": "chỉ thư mục mới dùng được với {option}",
    "two folders are written as .xml": "so sánh hai thư mục thì ghi ra tệp .xml",
    "--compare takes neither -o, --heat-map nor --year": (
        "--compare không dùng cùng -o, --heat-map hoặc --year"
    ),
    "{given} may be {whole} or {part}: write it so": (
        "{given} có thể là {whole} hoặc {part}; hãy viết một trong hai cách này"
    ),
    "--heat-map writes a file .svg": "--heat-map ghi ra tệp .svg",
    "--changed goes with --compare": "--changed chỉ dùng cùng --compare",
    "--period goes with --report": "--period chỉ dùng cùng --report",
    "Options": "Tùy chọn",
    "Show this message and exit.": "In hướng dẫn này rồi thoát.",
    "Missing argument": "Thiếu tham số",
    "Missing option": "Thiếu tùy chọn",
    "Missing command.": "Thiếu lệnh.",
    "No such option {name!r}.": "Không có tùy chọn {name!r}.",
    "No such command {name!r}.": "Không có lệnh {name!r}.",
    "Did you mean {possibility}?": "Có phải ý bạn là {possibility}?",
    "(Did you mean one of: {possibilities}?)": "(Có phải ý bạn là một trong: {possibilities}?)",
    "Choose from:\n\t{choices}": "Chọn một trong:\n\t{choices}",
    "Invalid value: {message}": "Giá trị không hợp lệ: {message}",
    "Invalid value for {param_hint}: {message}": "Giá trị của {param_hint} không hợp lệ: {message}",
    "{value!r} is not {choice}.": "{value!r} không phải là {choice}.",
    "{value!r} is not one of {choices}.": "{value!r} không phải một trong các giá trị {choices}.",
    "{value!r} is not a valid {number_type}.": "{value!r} không phải là số hợp lệ.",
    "Got unexpected extra argument ({args})": "Thừa tham số ({args})",
    "Got unexpected extra arguments ({args})": "Thừa các tham số ({args})",
    "Option {name!r} does not take a value.": "Tùy chọn {name!r} không nhận giá trị.",
    "Option {name!r} requires an argument.": "Tùy chọn {name!r} phải kèm một giá trị.",
    "Option {name!r} requires {nargs} arguments.": "Tùy chọn {name!r} phải kèm {nargs} giá trị.",
    "Missing parameter": "Thiếu tham số",
    "required": "bắt buộc",
    "{value} is not in the range {range}.": "{value} không nằm trong khoảng {range}.",
    "env var: {var}": "biến môi trường: {var}",
    " and ": " và ",
    " or ": " hoặc ",
    "choose one of {formats}": "chỉ chọn một trong {formats}",
    "give points from 0 up": "ghi số điểm từ 0 trở lên",
    "write ID or ID=REASON": "ghi MÃ hoặc MÃ=LÝ_DO",
    "give a share from 0% to 100%": "ghi tỷ lệ từ 0% đến 100%",
    "{code!r} is none of {known}": "{code!r} không nằm trong các mã: {known}",
    "only one of the two can be standard input": "chỉ một trong hai tệp được lấy từ đầu vào chuẩn",
    "give a table of facts, --bpsim, --colour, or --template alone": (
        "ghi BẢNG dữ kiện, --bpsim, --colour, hoặc chỉ riêng --template"
    ),
    "write name=value, not {given!r}": "ghi tên=giá_trị, không phải {given!r}",
    "write 3, 3x50% or unlimited, not {given!r}": (
        "ghi 3, 3x50% hoặc unlimited, không phải {given!r}"
    ),
    "give at least one file": "ghi ít nhất một tệp",
    "--after goes with a drawing before: give FILE or --before": (
        "--after phải đi cùng sơ đồ trước: ghi TỆP hoặc --before"
    ),
    "give a number above 0": "ghi số lớn hơn 0",
    "{given!r} cannot be": "không có ngày hoặc số nào như {given!r}",
    "{name!r} is given twice": "{name!r} được ghi hai lần",
    'write a time such as "5 ngày làm việc", not {given!r}': (
        "ghi thời gian như “5 ngày làm việc”, không phải {given!r}"
    ),
    "several procedures have a dossier {code!r}: give its id, one of {ids}": (
        "nhiều quy trình cùng có hồ sơ {code!r}: ghi mã trong hệ thống, một trong {ids}"
    ),
    "{task!r} is open several times: give its number, one of {numbers}": (
        "{task!r} đang mở nhiều lần: ghi số của việc, một trong {numbers}"
    ),
    "say which way: --flow {ways}": "ghi đi theo luồng nào: --flow, một trong {ways}",
    "say how many rounds: --times": "ghi số lượt: --times",
    "{flow!r} is none of {ways}": "{flow!r} không phải một trong các luồng {ways}",
    "name two versions, or --revert a migration": (
        "ghi hai phiên bản, hoặc --revert kèm mã một đợt chuyển"
    ),
    "--deliver - does not go with --json: both would be printed on standard output": (
        "--deliver - không đi cùng --json: cả hai cùng ra đầu ra chuẩn"
    ),
    "the two versions are the same": "TỪ và SANG là cùng một phiên bản",
    "No dossier listens for this signal": "Không có hồ sơ nào đang lắng nghe tín hiệu này",
    "No procedure is deployed": "Chưa triển khai quy trình nào",
    "No procedure {key!r} is deployed": "Chưa triển khai quy trình {key!r}",
    "write module:name of your own Python; {error}": (
        "ghi mô_đun:tên trong mã Python của bạn; {error}"
    ),
    "{given!r} is a {kind}": "{given!r} là {kind}, không dùng được ở đây",
    "a folder takes every diagram: leave out the options that choose one": (
        "ghi ra thư mục thì mọi sơ đồ đều được ghi: bỏ các tùy chọn chỉ định một sơ đồ"
    ),
    "a picture is {kinds}, or a folder that ends in /: {out!r} is none": (
        "hình vẽ là tệp {kinds}, hoặc thư mục kết thúc bằng /; {out!r} không phải"
    ),
}
_MODULES: Final = (
    click.core, click.decorators, click.exceptions, click.formatting, click.parser, click.types
)  # fmt: skip
_SPOKEN: Final[ContextVar[str]] = ContextVar("tthc_flow.lang", default="en")


def said(text: str) -> str:
    """Return *text* (English, its ``{places}`` unfilled) in the language of this call."""
    return _VIETNAMESE.get(text, text) if _SPOKEN.get() == "vi" else text


def told_of(error: TthcFlowError, lang: str) -> str:
    """Return what is wrong, and with which value, in *lang*.

    Example:
        >>> from tthc_flow.errors import BadQuantity
        >>> told_of(BadQuantity.not_a_number("ba"), "vi")
        "Giá trị không phải là một con số ('ba')"

    Source: ``words/messages/error.csv``.
    """
    if lang == "en":
        return error.fact
    fact = error.fact if error.fact_vi is None else error.fact_vi
    text = message(f"error-{error.code}", lang=lang).text
    return f"{text} ({fact})" if fact else text


def fact_of(error: TthcFlowError) -> str:
    """Return what is wrong, and with which value, in the language of this call."""
    return told_of(error, _SPOKEN.get())


def _said_of(one: str, several: str, count: int) -> str:
    return said(one if count == 1 else several)


def _exchange(module: ModuleType, stack: ExitStack) -> None:
    for name, value in list(vars(module).items()):
        mine = said if value is gettext.gettext else _said_of if value is gettext.ngettext else None
        if mine is not None:
            setattr(module, name, mine)
            stack.callback(setattr, module, name, value)


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """Let click and :func:`said` speak *lang* inside this block."""
    spoken = _SPOKEN.set(lang)
    with ExitStack() as stack:
        for module in _MODULES:
            _exchange(module, stack)
        try:
            yield
        finally:
            _SPOKEN.reset(spoken)
