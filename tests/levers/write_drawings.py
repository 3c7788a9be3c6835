"""Write the cases of the levers as drawings: ``python tests/levers/write_drawings.py``."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tthc_flow.bpmn.build import build
from tthc_flow.layout.fresh import lay_out
from tthc_flow.levers import ALL


def main() -> None:
    """Write ``FINDS`` under ``<lever>/finds``, ``BARRED`` and ``ALONE`` under ``leaves-alone``."""
    here = Path(__file__).parent
    for lever in ALL:
        cases = importlib.import_module(f"levers.{lever.id}.test_{lever.id}")
        barred = {name: each[0] for name, each in cases.BARRED.items()}
        for sort, table in (("finds", cases.FINDS), ("leaves-alone", barred | cases.ALONE)):
            folder = here / lever.id / sort
            folder.mkdir(exist_ok=True)
            for name, given in table.items():
                document = build(given, lay_out(given))
                (folder / f"{name}.bpmn").write_bytes(document.data)


if __name__ == "__main__":
    main()
