"""Questions are answered from the tables of the portfolio, and from nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from portfolio.kept import portfolio_of
from tthc_flow.errors import UnreadableInput
from tthc_flow.portfolio.asking import ask
from tthc_flow.portfolio.columns import SQL_TYPES, TABLES, columns

ROWS = [
    {"key": "a", "steps": 3, "province": "Sơn La", "roles": ["officer"], "sound": True},
    {"key": "b", "steps": 5, "province": None, "norm_minutes": 0.5, "sketch": [1, 2**32 - 1]},
]


def refused(out: Path, question: str) -> str:
    with pytest.raises(UnreadableInput) as told:
        ask(out, question)
    return told.value.code


@pytest.mark.parametrize("name", ["ket-qua", "kết quả của 'tôi'", "a[1]*?"])
def test_a_question_is_answered_wherever_the_tables_are(tmp_path: Path, name: str) -> None:
    out = portfolio_of(tmp_path / name, procedures=ROWS)
    found = ask(out, "SELECT key, province, steps, norm_minutes FROM procedures ORDER BY key")
    assert found.columns == ("key", "province", "steps", "norm_minutes")
    assert found.rows == (("a", "Sơn La", 3, None), ("b", None, 5, 0.5))


def test_every_table_has_the_documented_columns_and_types_also_where_it_is_empty(
    tmp_path: Path,
) -> None:
    out = portfolio_of(tmp_path, procedures=ROWS)
    for table in TABLES:
        told = {row[0]: row[1] for row in ask(out, f"FROM (DESCRIBE {table})").rows}
        wanted = {each.name: SQL_TYPES[each.type] for each in columns()[table]}
        assert told == {**wanted, "province": "VARCHAR"}
    assert ask(out, "SELECT count(*) FROM findings").rows == ((0,),)


@pytest.mark.parametrize(
    "question",
    [
        "",
        "SELEC key FROM procedures",
        "SELECT nothing FROM procedures",
        "SELECT 1; SELECT 2",
        "DROP VIEW procedures",
        "CREATE TABLE x AS SELECT 1",
        "COPY (SELECT 1) TO '{out}/x.csv'",
        "COPY (SELECT 1) TO '{beside}/x.csv'",
        "ATTACH '{beside}/x.db'",
        "SET enable_external_access = true",
        "INSTALL httpfs",
        "SELECT * FROM read_text('{beside}/secret.txt')",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM '{beside}/secret.csv'",
        "PRAGMA database_list",
        "EXPORT DATABASE '{out}'",
    ],
)
def test_whatever_is_no_question_about_the_tables_is_refused(tmp_path: Path, question: str) -> None:
    out = portfolio_of(tmp_path / "ket-qua", procedures=ROWS)
    for name in ("secret.txt", "secret.csv"):
        (tmp_path / name).write_text("a,b\n1,2\n", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    assert refused(out, question.format(out=out, beside=tmp_path)) == "TF258"
    assert sorted(tmp_path.rglob("*")) == before


def test_what_is_no_portfolio_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, "SELECT 1") == "TF257"
    (tmp_path / "portfolio.json").write_text("{", encoding="utf-8")
    assert refused(tmp_path, "SELECT 1") == "TF257"
    (tmp_path / "portfolio.json").write_text(json.dumps({"format": "x/9"}), encoding="utf-8")
    assert refused(tmp_path, "SELECT 1") == "TF257"
