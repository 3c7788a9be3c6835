#!/usr/bin/env python3
"""Write every flow.bpmn of this folder anew from the steps.yaml beside it.

Run it from anywhere: ``.venv/bin/python processes/make.py``. A test fails while a drawing and its
table differ.
"""

from __future__ import annotations

from pathlib import Path

from tthc_flow.verbs.convert import convert


def main() -> None:
    """Convert each table; a file is only touched when its bytes change."""
    for table in sorted(Path(__file__).parent.glob("*/*/steps.yaml")):
        drawn = table.with_name("flow.bpmn")
        data = convert(table).document.data
        if not drawn.exists() or drawn.read_bytes() != data:
            aside = drawn.with_suffix(".new")
            aside.write_bytes(data)
            aside.replace(drawn)


if __name__ == "__main__":
    main()
