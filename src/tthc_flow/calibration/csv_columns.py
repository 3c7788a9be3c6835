"""Which column of a table of events is which: by its name, in Vietnamese or English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from attrs import frozen

from tthc_flow.errors import UnreadableInput
from tthc_flow.words.syllables import ascii_key, key

OWN: Final = (
    *("case", "business_key", "procedure", "version", "task", "activity", "name", "kind"),
    *("office", "role", "resource", "on_behalf_of", "created", "start", "complete", "ended"),
    *("due_at", "late", "waiting_reason", "stops"),
)
"""The heading of the event log that this program writes."""

NAMES: Final = {
    "case": (
        "mã hồ sơ", "số hồ sơ", "hồ sơ", "mã biên nhận", "số biên nhận", "mã số hồ sơ",
        "case", "case id", "caseid", "case:concept:name", "trace", "dossier", "dossier id",
    ),
    "activity": (
        "mã bước", "mã công việc", "mã phần tử", "activity id", "element id", "node", "step id",
    ),
    "name": (
        "bước", "tên bước", "công việc", "tên công việc", "hoạt động", "bước xử lý",
        "nội dung công việc", "activity", "activity name", "concept:name", "task name", "event",
        "name", "step",
    ),
    "time": (
        "thời điểm", "thời gian", "thời gian thực hiện", "ngày giờ", "lúc", "timestamp", "time",
        "time:timestamp", "date", "event time",
    ),
    "created": (
        "thời điểm đến", "đến lúc", "thời điểm nhận", "ngày nhận", "thời gian nhận", "created",
        "created at", "scheduled", "schedule", "arrival", "assigned at",
    ),
    "start": (
        "bắt đầu", "thời điểm bắt đầu", "thời gian bắt đầu", "ngày bắt đầu", "start", "start time",
        "started", "started at", "start timestamp", "begin",
    ),
    "complete": (
        "kết thúc", "thời điểm kết thúc", "thời gian kết thúc", "hoàn thành", "ngày hoàn thành",
        "thời gian hoàn thành", "thời điểm hoàn thành", "ngày kết thúc", "complete", "completed",
        "end", "end time", "completed at", "complete time", "end timestamp", "finished",
    ),
    "transition": (
        "trạng thái", "sự kiện", "lifecycle", "lifecycle:transition", "transition", "event type",
    ),
    "resource": (
        "người thực hiện", "người xử lý", "cán bộ", "công chức", "chuyên viên", "cán bộ xử lý",
        "resource", "org:resource", "user", "performer", "employee", "actor",
    ),
    "instance": ("task", "task id", "concept:instance", "instance", "mã việc"),
    "ended": ("ended",),
    "late": ("late",),
    "waiting": ("waiting_reason",),
    "stops": ("stops",),
    "procedure": ("procedure",),
    "version": ("version",),
}  # fmt: skip
"""What each column may be called; those of our own log come with :data:`OWN`."""


@frozen(kw_only=True)
class Columns:
    """Where what stands in a row; *own* says that the table is the log of this program."""

    places: Mapping[str, int]
    header: tuple[str, ...]
    own: bool

    def cell(self, row: Sequence[str], role: str) -> str:
        """Return what *row* says in the column of *role*, nothing where there is none."""
        place = self.places.get(role)
        if place is None or place >= len(row):
            return ""
        text = row[place].strip()
        return text[1:] if self.own and text.startswith("'") else text

    @property
    def told(self) -> str:
        """Return which column was taken for what, as text."""
        return ", ".join(f"{role} = {self.header[place]}" for role, place in self.places.items())


@cache
def _roles() -> tuple[Mapping[str, str], Mapping[str, str]]:
    exact = {key(name): role for role, names in NAMES.items() for name in names}
    bare = {ascii_key(name): role for role, names in NAMES.items() for name in names}
    return exact, bare


def columns_of(header: Sequence[str], place: str) -> Columns:
    """Return which column of *header* is which.

    A name is known however it is typed, also without accents; of two columns of one meaning the
    first counts.

    Args:
        header: The cells of the first line.
        place: The name of the file, for errors.

    Raises:
        UnreadableInput: TF272 where no column gives the case, the activity or the time.

    Example:
        >>> columns_of(("Mã hồ sơ", "Công việc", "Thời điểm"), "a.csv").told
        'case = Mã hồ sơ, name = Công việc, time = Thời điểm'

    Source: names of the columns in exports of one-stop systems, and of XES attributes.
    """
    names = tuple(name.strip() for name in header)
    if names == OWN:
        roles = {"task": "instance", "waiting_reason": "waiting"}
        places = {roles.get(name, name): place_ for place_, name in enumerate(names)}
        return Columns(places=places, header=names, own=True)
    exact, bare = _roles()
    places = {}
    for number, name in enumerate(names):
        role = exact.get(key(name)) or bare.get(ascii_key(name))
        if role is not None:
            places.setdefault(role, number)
    missing = [
        wanted[0]
        for wanted in (("case",), ("name", "activity"), ("time", "complete", "start"))
        if not any(role in places for role in wanted)
    ]
    if missing:
        choices = tuple(NAMES[role][0] for role in missing)
        raise UnreadableInput(
            "TF272",
            f"no column for {', '.join(missing)} among {', '.join(names) or 'none'}",
            fact_vi=", ".join(names),
            place=f"{place}:1",
            hint=f"name the columns; still needed: {', '.join(choices)}",
            choices=choices,
        )
    return Columns(places=places, header=names, own=False)
