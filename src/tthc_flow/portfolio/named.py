"""Which names are drawings, where their answers stand, and which names no archive may use."""

from __future__ import annotations

import re
from typing import Final

SUFFIXES: Final = (".bpmn", ".bpmn2", ".bpmn20.xml")
ANSWERS: Final = ".answers.yaml"
_DRIVE: Final = re.compile(r"^[A-Za-z]:")


def is_drawing(name: str) -> bool:
    """Return whether a file of that name is a drawing."""
    return name.endswith(SUFFIXES)


def answers_of(name: str) -> str:
    """Return the name of the file with the answers about the drawing *name*.

    Example:
        >>> answers_of("so-y-te/cap-phep.bpmn")
        'so-y-te/cap-phep.answers.yaml'
    """
    ending = next(each for each in SUFFIXES if name.endswith(each))
    return name.removesuffix(ending) + ANSWERS


def is_unsafe(name: str) -> bool:
    r"""Return whether *name* leads out of the folder that an archive is unpacked to.

    Example:
        >>> is_unsafe("../a.bpmn"), is_unsafe("/a.bpmn"), is_unsafe("a\\..\\b.bpmn")
        (True, True, True)
        >>> is_unsafe("so..y/te.bpmn")
        False
    """
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or not parts[0] or "\0" in name or _DRIVE.match(name) is not None
