"""Start-up stays quick: what costs a tenth of a second is imported only where it is used.

Times differ from machine to machine, so the tests look at what is imported; `make bench` measures.
"""

from __future__ import annotations

import subprocess
import sys

from house.tree import SRC

HEAVY = frozenset(
    {
        *("SpiffWorkflow", "click", "docx", "highspy", "lxml", "networkx", "numpy", "openpyxl"),
        *("resvg_py", "sqlalchemy", "starlette", "uvicorn", "yaml"),
        *("distributed", "duckdb", "numba", "pyarrow"),
    }
)


def imported_by(code: str) -> set[str]:
    """Return the top-level packages that a new interpreter holds after *code*."""
    report = f"{code}\nimport sys\nprint(*sorted({{n.partition('.')[0] for n in sys.modules}}))"
    command = [sys.executable, "-c", report]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return set(done.stdout.splitlines()[-1].split())


def test_importing_the_front_door_imports_nothing_heavy() -> None:
    assert imported_by("import tthc_flow") & HEAVY == set()


def test_the_model_imports_nothing_heavy() -> None:
    code = "import tthc_flow.model.procedure, tthc_flow.model.plan, tthc_flow.model.drawing"
    assert imported_by(code) & HEAVY == set()


def test_help_of_the_command_imports_nothing_heavy_but_click() -> None:
    if not (SRC / "cli" / "main.py").is_file():
        return
    ask = (
        "import sys\nsys.argv = ['tthc-flow', '--help']\nfrom tthc_flow.cli.main import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert end.code in (0, None)"
    )
    assert imported_by(ask) & (HEAVY - {"click"}) == set()
