"""`tthc-flow convert`: the table that it reads stays as it is."""

from __future__ import annotations

from cli.calling import PRESS

TABLE = (PRESS / "steps.yaml").read_text("utf-8")


def test_a_table_is_never_replaced_by_what_is_made_from_it(tthc, tmp_path):
    table = tmp_path / "steps.bpmn"  # badly named, so that the default place is its own
    table.write_text(TABLE, encoding="utf-8")
    link = tmp_path / "link.bpmn"
    link.symlink_to(table)
    for more in ((), ("-o", table), ("-o", link)):
        left = tthc("convert", table, *more)
        assert left.code == 3
        assert left.err.startswith("TF604 ")
    assert table.read_text("utf-8") == TABLE
