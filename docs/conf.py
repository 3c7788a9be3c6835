"""Sphinx reads its settings here; what ``making/`` writes is made from the program itself."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pygments.lexers.special import TextLexer  # type: ignore[import-untyped]

DOCS = Path(__file__).resolve().parent
sys.path.insert(0, str(DOCS))

from making.errors import write_errors  # noqa: E402 (found beside this file, hence after the path)
from making.gallery import write_gallery  # noqa: E402
from making.glossary import write_glossary  # noqa: E402
from making.rooms import write_rooms  # noqa: E402

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "tthc-flow"
author = "the tthc-flow contributors"
project_copyright = f"2026, {author}"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = "tthc-flow"
html_static_path = ["_static"]
html_css_files = ["site.css"]
nitpicky = False
autodoc_member_order = "bysource"
autodoc_typehints = "description"
napoleon_custom_sections = ["Source"]
myst_heading_anchors = 3


VIETNAMESE = ("vi/", "gallery/")


def setup(app: Sphinx) -> None:
    """Make the pages anew before Sphinx looks for files; say which are Vietnamese."""
    for write in (write_rooms, write_errors, write_glossary, write_gallery):
        app.connect("builder-inited", lambda _app, write=write: write(DOCS))
    app.connect("html-page-context", say_language)
    app.add_lexer("csv", TextLexer)


def say_language(
    _app: Sphinx, page: str, _template: str, context: dict[str, object], _tree: object
) -> None:
    """Say the language of a page, so that it is read aloud in that language."""
    context["language"] = "vi" if page.startswith(VIETNAMESE) else "en"
