"""The texts of the program as gettext catalogues for a translator's editor, and back again.

``catalogues.py write FOLDER`` writes ``vi.po`` and ``en.po``: each text under its place in the
tables (``msgctxt``), the other language as what is translated. ``catalogues.py take FILE.po`` puts
the translations of an edited catalogue into the tables; a place it does not know, or a translation
with other ``{fields}``, is refused before anything is written.
"""

from __future__ import annotations

import csv
import io
import string
import sys
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

SOURCES: Final = Path(__file__).resolve().parent.parent / "src" / "tthc_flow"
COLUMNS: Final = {"vi": ("vi", "hint_vi", "assumed_vi"), "en": ("en", "hint_en", "assumed_en")}
OTHER: Final = {"vi": "en", "en": "vi"}
Rows = list[dict[str, str]]


def tables() -> dict[str, Rows]:
    """Return the rows of every table of texts, by its path below the package."""
    found: dict[str, Rows] = {}
    for path in sorted(SOURCES.rglob("*.csv")):
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
        if rows and {"vi", "en"} <= rows[0].keys() and path.stem != "glossary":
            found[path.relative_to(SOURCES).as_posix()] = rows
    return found


def catalogue(language: str, found: dict[str, Rows]) -> Catalog:
    """Return every text of *language*, to be translated from the other one."""
    made = Catalog(locale=language, project="tthc-flow", fuzzy=False)
    for name, rows in found.items():
        first = next(iter(rows[0]))
        for row in rows:
            for own, other in zip(COLUMNS[language], COLUMNS[OTHER[language]], strict=True):
                if row.get(other):
                    place = f"{name}|{row[first]}|{own}"
                    made.add(row[other], row[own], context=place)
    return made


def taken(given: Catalog, found: dict[str, Rows]) -> dict[str, Rows]:
    """Return the tables of *found* that *given* changes, with its translations in place.

    Raises:
        ValueError: for a place that no table has, or a translation with other fields.
    """
    changed: dict[str, Rows] = {}
    for message in given:
        if not message.id or not message.string:
            continue
        name, code, column = str(message.context).split("|")
        rows = found.get(name, [])
        row = next((each for each in rows if each[next(iter(each))] == code), None)
        if row is None or column not in row:
            raise ValueError(f"{message.context}: no table has this place")
        if fields(str(message.string)) != fields(row[column]):
            raise ValueError(f"{message.context}: other fields than {row[column]!r}")
        if row[column] != message.string:
            row[column] = str(message.string)
            changed[name] = rows
    return changed


def fields(text: str) -> set[str]:
    """Return the names of the places of *text* that are filled in."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def written(rows: Rows) -> str:
    """Return *rows* as a table of texts is written."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def main(verb: str, place: str) -> None:
    """Write the catalogues into a folder, or take an edited one."""
    found = tables()
    if verb == "take":
        with Path(place).open("rb") as file:
            changed = taken(read_po(file), found)
        for name, rows in changed.items():
            (SOURCES / name).write_text(written(rows), encoding="utf-8")
        return
    Path(place).mkdir(parents=True, exist_ok=True)
    for language in COLUMNS:
        out = io.BytesIO()
        write_po(out, catalogue(language, found), width=0, omit_header=False)
        (Path(place) / f"{language}.po").write_bytes(out.getvalue())


if __name__ == "__main__":
    main(*sys.argv[1:])
