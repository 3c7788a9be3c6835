"""The rules of the XES standard, checked on a file by a reader that knows nothing of ours."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree as ET

SPACE = "{http://www.xes-standard.org/}"
STANDARD = frozenset(
    {
        *("schedule", "assign", "reassign", "start", "suspend", "resume", "withdraw"),
        *("pi_abort", "ate_abort", "complete", "autoskip", "manualskip"),
    }
)
ORDER = ("extension", "global", "classifier", "attribute", "trace")


def _date(text: str) -> None:
    assert datetime.fromisoformat(text).tzinfo is not None, "a moment without a zone"


def _boolean(text: str) -> None:
    assert text in {"true", "false"}, "no boolean"


TYPES = {"string": str, "date": _date, "int": int, "float": float, "boolean": _boolean, "id": str}


def read(path: Path) -> ET.Element:
    """Return the log in the file at *path*, which our own program has just written."""
    data = path.read_bytes()
    return ET.fromstring(gzip.decompress(data) if path.suffix == ".gz" else data)  # noqa: S314


def name(element: ET.Element) -> str:
    """Return the element's name without the namespace, which it must have."""
    assert element.tag.startswith(SPACE), f"{element.tag} is not of XES"
    return element.tag.removeprefix(SPACE)


def attributes(parent: ET.Element) -> dict[str, str]:
    """Return the typed attributes of *parent*, each well formed and none twice."""
    found: dict[str, str] = {}
    for child in parent:
        if name(child) in TYPES:
            assert set(child.attrib) == {"key", "value"}
            key, value = child.attrib["key"], child.attrib["value"]
            TYPES[name(child)](value)
            assert key not in found, f"{key} twice"
            found[key] = value
    return found


def check(log: ET.Element) -> None:
    """Assert that *log* keeps the rules of IEEE 1849: nesting, order, types, declarations."""
    assert name(log) == "log"
    assert {"xes.version", "xes.features"} <= set(log.attrib)
    kinds = ["attribute" if name(child) in TYPES else name(child) for child in log]
    assert kinds == sorted(kinds, key=ORDER.index)
    prefixes = set()
    for each in log.iter(f"{SPACE}extension"):
        assert set(each.attrib) == {"name", "prefix", "uri"}
        prefixes.add(each.attrib["prefix"])
    declared = {each.attrib["scope"]: attributes(each) for each in log.iter(f"{SPACE}global")}
    assert set(declared) == {"trace", "event"}
    assert len(log.findall(f"{SPACE}global")) == len(declared)
    for each in log.iter(f"{SPACE}classifier"):
        assert set(each.attrib["keys"].split()) <= set(declared["event"])
    for parent, keys in _with_attributes(log):
        assert {key.split(":")[0] for key in keys if ":" in key} <= prefixes
        if name(parent) in declared:
            assert set(declared[name(parent)]) <= set(keys)
        assert not (parent.text or "").strip()
    for trace in log.iter(f"{SPACE}trace"):
        _check_trace(trace)


def _with_attributes(log: ET.Element) -> Iterator[tuple[ET.Element, dict[str, str]]]:
    for each in (log, *log.iter(f"{SPACE}trace"), *log.iter(f"{SPACE}event")):
        yield each, attributes(each)


def _check_trace(trace: ET.Element) -> None:
    inside = [name(child) == "event" for child in trace]
    assert inside == sorted(inside), "an attribute after an event"
    moments = []
    for event in trace.findall(f"{SPACE}event"):
        assert all(name(child) in TYPES for child in event)
        said = attributes(event)
        assert said["lifecycle:transition"] in STANDARD
        moments.append(datetime.fromisoformat(said["time:timestamp"]))
    assert moments == sorted(moments)
