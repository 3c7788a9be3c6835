"""Procedures kept in a Parquet table: a row a file, its name in ``key``, its text in ``bpmn``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tthc_flow.errors import UnreadableInput
from tthc_flow.portfolio.extras import arrow
from tthc_flow.portfolio.item import Item, Source
from tthc_flow.words.fact_words import FactWords, fact_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NEEDED: Final = ("key", "bpmn")
ROWS_AT_ONCE: Final = 64
"""Files of a batch: what of a table is in memory at a time, unless its row groups are larger."""


def parquet_source(path: Path) -> Source:
    """Return the files of a Parquet table: ``key`` and ``bpmn``, ``answers`` where there are any.

    Raises:
        UnreadableInput: TF254 where it cannot be read, TF255 where a column is missing or of no
            text, where a key is empty or stands twice.
        CannotWrite: TF624 where the extra ``portfolio`` is not installed.
    """
    arrow_, parquet = arrow()
    try:
        with parquet.ParquetFile(path) as file:
            schema, count = file.schema_arrow, file.metadata.num_rows
            columns = [each for each in (*NEEDED, "answers") if each in schema.names]
            _refuse_other_columns(path, arrow_, schema, columns)
            _refuse_doubled(path, file)
    except (arrow_.ArrowException, OSError) as error:
        raise UnreadableInput(
            "TF254",
            f"the file cannot be read ({type(error).__name__}: {error})",
            fact_vi=f"{type(error).__name__}: {error}",
            place=str(path),
            hint="get the file once more",
        ) from error
    return Source(place=str(path), count=count, items=lambda: _items(path, columns))


def _items(path: Path, columns: list[str]) -> Iterator[Item]:
    _, parquet = arrow()
    with parquet.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=ROWS_AT_ONCE, columns=columns):
            for row in batch.to_pylist():
                told = row.get("answers")
                yield Item(
                    key=row["key"],
                    data=_bytes(row["bpmn"]),
                    answers=None if told is None else _bytes(told),
                )


def _bytes(value: str | bytes | None) -> bytes:
    return value.encode() if isinstance(value, str) else value or b""


def _refuse_other_columns(path: Path, arrow_: Any, schema: Any, there: list[str]) -> None:  # noqa: ANN401 - pyarrow has no types
    kinds = arrow_.types
    texts = (kinds.is_string, kinds.is_large_string)
    contents = (*texts, kinds.is_binary, kinds.is_large_binary)
    for name in NEEDED:
        if name not in there:
            raise _other(path, fact_words("portfolio-fact-no-column", name=repr(name)))
    for name in there:
        fitting = texts if name == "key" else contents
        if not any(is_kind(schema.field(name).type) for is_kind in fitting):
            kind = schema.field(name).type
            told = fact_words("portfolio-fact-column", name=repr(name), kind=kind)
            raise _other(path, told)


def _refuse_doubled(path: Path, file: Any) -> None:  # noqa: ANN401 - pyarrow has no types
    seen = set[str]()
    for batch in file.iter_batches(columns=["key"]):
        for key in batch.column(0).to_pylist():
            if not key or key in seen:
                what = "twice" if key else "empty"
                raise _other(path, fact_words(f"portfolio-fact-key-{what}", key=repr(key)))
            seen.add(key)


def _other(path: Path, fact: FactWords) -> UnreadableInput:
    return UnreadableInput(
        "TF255",
        **fact,
        place=str(path),
        hint="give a table with the columns key (a text, each once), bpmn and, if any, answers",
    )
