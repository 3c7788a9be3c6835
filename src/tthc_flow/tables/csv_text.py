"""A CSV step table as the same tree that YAML gives.

Lines that begin with ``#`` before the header hold what concerns the whole procedure, one
``# name: value`` a line (``# source.document: …`` for a field in a field). The header names the
columns, in English or as Vietnamese offices print them; every later line is a row.
"""

from __future__ import annotations

import csv
import re
from io import StringIO
from typing import Final

from tthc_flow.errors import UnreadableInput
from tthc_flow.tables.tree import MAX_NODES, Node, too_much
from tthc_flow.words.syllables import key

HEADERS: Final = {
    "bước": "no", "tt": "no", "stt": "no", "thứ tự": "no",
    "nội dung": "content", "nội dung công việc": "content", "trình tự thực hiện": "content",
    "đơn vị": "performer", "đơn vị thực hiện": "performer", "người thực hiện": "performer",
    "đơn vị/người thực hiện": "performer", "trách nhiệm": "performer",
    "thời gian": "time", "thời hạn": "time", "thời gian thực hiện": "time",
    "mã": "id", "mã phần tử": "id", "tên": "name", "tên bước": "name",
    "kết quả": "result", "sản phẩm": "result", "kết quả/sản phẩm": "result",
    "loại bằng chứng": "evidence", "nguồn": "source", "cơ quan": "office", "vai trò": "role",
    "cấp": "level", "loại việc": "kinds", "thời gian làm việc thực tế": "work",
    "tài liệu vào": "reads", "tài liệu ra": "writes", "tiêu chí": "criteria",
    "cơ sở dữ liệu": "databases", "phải khác người với": "separate_from",
    "có quyền quyết định": "decides", "luật bắt buộc": "mandatory", "được cân nhắc": "discretion",
    "hồ sơ giấy": "paper", "người nộp phải đến": "applicant_visit", "dừng tính giờ": "pause",
    "đối tượng kiểm tra": "inspects", "căn cứ pháp lý": "legal_basis",
    "số hồ sơ đã kiểm tra": "checked", "số hồ sơ bị từ chối": "rejected",
    "số hồ sơ lãnh đạo sửa": "amended", "điều, mục của nguồn": "source.place",
    "ngày của nguồn": "source.date", "địa chỉ của nguồn": "source.url",
    "mức độ tác hại nếu cấp sai": "harm.severity", "tác hại khắc phục được": "harm.reversible",
    "thiệt hại một lần cấp sai (đồng)": "harm.amount",
    "loại bằng chứng của thiệt hại": "harm.evidence", "nguồn của thiệt hại": "harm.source",
}  # fmt: skip
CONTENT: Final = frozenset({"content"})
"""The column without which a step table has no steps."""

LISTS: Final = frozenset({
    "kinds", "level", "branches", "reads", "writes", "criteria", "databases", "separate_from",
    "legal_basis",
})  # fmt: skip
AMOUNT: Final = {"amount": "value", "evidence": "evidence", "source": "source"}
"""What a harm costs, on what evidence and by which document: ``harm.amount`` and so on."""
THOUSANDS: Final = re.compile(r"\d{1,3}(\.\d{3})+")
"""An amount of đồng as people type it: 20.000.000."""
TIME_COLUMNS: Final = {"unit": "unit", "time_text": "text", "counted": "counted", "note": "note"}
DELIMITERS: Final = (",", ";", "\t")
BRANCH: Final = re.compile(
    r"(?P<kind>\w+)\s*:\s*(?P<text>.*?)\s*(?:(?:->|→)\s*(?P<target>\S+))?$", re.DOTALL
)


def looks_like_csv(text: str) -> bool:
    r"""Return whether the first line that is no comment is a header with our columns.

    Example:
        >>> looks_like_csv("no;content;performer\n1;Nhận;Một cửa"), looks_like_csv("id: a")
        (True, False)
    """
    header = next((line for line in text.splitlines() if line.strip() and line[0] != "#"), "")
    names = {column(cell) for cell in next(csv.reader([header], delimiter=_delimiter(header)), [])}
    return "content" in names and len(names) > 1


def csv_tree(text: str, place: str, needed: frozenset[str] = CONTENT) -> Node:
    r"""Return the table in *text* as a tree like that of the YAML form.

    Args:
        text: The CSV.
        place: The file, for messages.
        needed: The columns of which the header must have one.

    Raises:
        UnreadableInput: TF224 no header with a column of *needed*, TF225 too many rows, TF226
            broken quoting.

    Example:
        >>> csv_tree("no,content\n1,Nhận hồ sơ\n", "t.csv").each("steps")[0].text_of("content")
        'Nhận hồ sơ'

    Source: RFC 4180, plus the separators that Vietnamese Excel writes (semicolon, tab).
    """
    lines = text.splitlines(keepends=True)
    start = next((i for i, line in enumerate(lines) if line.strip() and line[0] != "#"), len(lines))
    top = head(lines[:start])
    header = lines[start] if start < len(lines) else ""
    reader = csv.reader(StringIO("".join(lines[start:])), delimiter=_delimiter(header), strict=True)
    try:
        columns = [column(cell) for cell in next(reader, [])]
        if needed.isdisjoint(columns):
            wanted = " or ".join(repr(name) for name in sorted(needed))
            raise UnreadableInput(
                "TF224",
                f"no header with a column {wanted} (found {', '.join(columns) or 'nothing'})",
                place=f"{place}:{start + 1}",
                hint="name the columns in the first line: no,content,performer,time,unit,result",
            )
        rows: list[Node] = []
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(row(columns, cells, start + reader.line_num))
            if len(rows) > MAX_NODES:
                raise too_much(f"{place}:{start + reader.line_num}", "the table has too many rows")
    except csv.Error as error:
        where = f"{place}:{start + reader.line_num}"
        raise UnreadableInput(
            "TF226", f"this is not CSV: {error}", place=where, hint="close every quote"
        ) from error
    steps = ("steps", Node(start + 1, items=tuple(rows)))
    return Node(1, fields=(*top, steps))


def _delimiter(header: str) -> str:
    return max(DELIMITERS, key=header.count)


def column(cell: str) -> str:
    """Return the column that a header cell names, in English; other words as they are."""
    name = " ".join(cell.strip().casefold().split())
    by_key = {key(vietnamese): english for vietnamese, english in HEADERS.items()}
    return by_key.get(key(name), name.replace(" ", "_"))


def head(lines: list[str]) -> tuple[tuple[str, Node], ...]:
    """Return what the ``#`` lines above the header say of the whole table."""
    flat: list[tuple[str, Node]] = []
    nested: dict[str, list[tuple[str, Node]]] = {}
    for line, text in enumerate(lines, start=1):
        name, colon, value = text.lstrip("# \t").partition(":")
        outer, dot, inner = name.strip().partition(".")
        node = Node(line, text=value.strip() or None)
        if not colon:
            continue
        if not dot:
            flat.append((outer, node))
            continue
        if outer not in nested:
            nested[outer] = []
        nested[outer].append((inner, node))
    groups = [(name, Node(rows[0][1].line, fields=tuple(rows))) for name, rows in nested.items()]
    return (*flat, *groups)


def row(columns: list[str], cells: list[str], line: int) -> Node:
    """Return a row as fields; empty cells say nothing."""
    fields: list[tuple[str, Node]] = []
    time: list[tuple[str, Node]] = []
    for position, cell in enumerate(cells):
        text = cell.strip()
        if not text:
            continue
        name = columns[position] if position < len(columns) else f"column {position + 1}"
        if name in TIME_COLUMNS:
            time.append((TIME_COLUMNS[name], Node(line, text=text)))
        elif name == "time":
            time.append(("value", Node(line, text=text)))
        elif name in LISTS:
            fields.append((name, _list(name, text, line)))
        else:
            fields.append((name, Node(line, text=text)))
    if time:
        fields.append(("time", _time(time, line)))
    return Node(line, fields=_with_harm(_with_source(fields, line), line))


def _with_source(fields: list[tuple[str, Node]], line: int) -> tuple[tuple[str, Node], ...]:
    """Return *fields* with the parts of the source (``source.place`` …) as one field."""
    parts = [(name.partition(".")[2], node) for name, node in fields if name.startswith("source.")]
    if not parts:
        return tuple(fields)
    whole = [("document", node) for name, node in fields if name == "source"]
    others = [each for each in fields if each[0].partition(".")[0] != "source"]
    return (*others, ("source", Node(line, fields=(*whole, *parts))))


def _with_harm(fields: tuple[tuple[str, Node], ...], line: int) -> tuple[tuple[str, Node], ...]:
    """Return *fields* with the parts of the harm (``harm.amount`` …) as one field."""
    parts = {name.partition(".")[2]: node for name, node in fields if name.startswith("harm.")}
    if not parts:
        return fields
    typed = parts["amount"].text or "" if "amount" in parts else ""
    if THOUSANDS.fullmatch(typed):
        parts["amount"] = Node(line, text=typed.replace(".", ""))
    amount = tuple((AMOUNT[name], node) for name, node in parts.items() if name in AMOUNT)
    said = [(name, node) for name, node in parts.items() if name not in AMOUNT]
    if amount:
        said.append(("amount", Node(line, fields=amount)))
    others = (each for each in fields if not each[0].startswith("harm."))
    return (*others, ("harm", Node(line, fields=tuple(said))))


def _time(parts: list[tuple[str, Node]], line: int) -> Node:
    given = dict(parts)
    value = given.get("value")
    if value is not None and "unit" not in given and not _is_number(value.text or ""):
        return value
    return Node(line, fields=tuple(parts))


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?[\d.,/]+", text) is not None


def _list(name: str, text: str, line: int) -> Node:
    parts = [part.strip() for part in text.split("|") if part.strip()]
    if name != "branches":
        return Node(line, items=tuple(Node(line, text=part) for part in parts))
    return Node(line, items=tuple(_branch(part, line) for part in parts))


def _branch(part: str, line: int) -> Node:
    match = BRANCH.match(part)
    if match is None:
        return Node(line, text=part)
    return Node(
        line,
        fields=tuple((name, Node(line, text=value)) for name, value in match.groupdict().items()),
    )
