"""Write the cases of ``cases.py`` as drawings: ``python tests/checks/write_drawings.py``."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from checks.cases import FINDS, LEAVES_ALONE
from tthc_flow.bpmn.build import build
from tthc_flow.layout.fresh import lay_out


def main() -> None:
    """Write every case under ``<check>/finds`` or ``<check>/leaves-alone``."""
    here = Path(__file__).parent
    for sort, table in (("finds", FINDS), ("leaves-alone", LEAVES_ALONE)):
        for check_id, cases in table.items():
            folder = here / check_id / sort
            folder.mkdir(parents=True, exist_ok=True)
            for name, given in cases.items():
                document = build(given, lay_out(given))
                (folder / f"{name}.bpmn").write_bytes(document.data)


if __name__ == "__main__":
    main()
