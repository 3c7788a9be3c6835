"""Sphinx reads its settings here; the pages of levers and checks are made from their docstrings."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

DOCS = Path(__file__).resolve().parent
sys.path.insert(0, str(DOCS))

from generate import write_pages  # noqa: E402 (found beside this file, hence after the path)

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "tthc-flow"
author = "the tthc-flow contributors"
project_copyright = f"2026, {author}"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = "tthc-flow"
nitpicky = False
autodoc_member_order = "bysource"
autodoc_typehints = "description"
napoleon_custom_sections = ["Source"]
myst_heading_anchors = 3


def setup(app: Sphinx) -> None:
    """Make the pages anew before Sphinx looks for files."""
    app.connect("builder-inited", lambda _app: write_pages(DOCS))
