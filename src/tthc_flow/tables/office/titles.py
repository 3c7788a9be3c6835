"""The captions since the last procedure, and what they say about the next one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from attrs import define, evolve, field

from tthc_flow.tables.office.blocks import CAPITALS, flat
from tthc_flow.tables.office.captions import CODE, Caption, Says
from tthc_flow.tables.office.drafts import Draft
from tthc_flow.words.actors import levels_named

if TYPE_CHECKING:
    from tthc_flow.model.actor import Level
    from tthc_flow.tables.office.fields import Fields

_DECISION: Final = re.compile(
    r"quyết định\s+số\s*:?\s*(?P<number>[\w./-]*\d[\w./-]*(?:QĐ|qđ)[\w./-]*)"
    r"(?:\s+ngày\s+(?P<day>\d{1,2})\s*(?:/|-|tháng)\s*(?P<month>\d{1,2})\s*(?:/|-|năm)\s*(?P<year>\d{4}))?",
    re.IGNORECASE,
)
_PROVINCE: Final = re.compile(
    r"(?i:ubnd|(?:uỷ|ủy) ban nhân dân)\s+(?i:tỉnh|thành phố|tp\.?)\s+"
    rf"(?P<name>(?:[{CAPITALS}][\w-]*\s?){{1,4}})",
)
MOST: Final = 200
"""How many captions before a table are looked at; a law printed before it says nothing of it."""

_LONGEST_NAME: Final = 400
_REMARKS: Final = frozenset(
    {Says.NOTE, Says.HEADING, Says.OTHER, Says.TOTAL, Says.SUBTOTAL, Says.END}
)
_GROUPS: Final = frozenset({Says.FIELD, Says.LEVEL, Says.HEAD})


@define
class Titles:
    """What was said outside of the rows since the last procedure began.

    Field, level, agency and decision hold for every procedure that follows.
    """

    pending: list[Caption] = field(factory=list)
    field_: str | None = None
    level: Level | None = None
    agency: str | None = None
    locality: str | None = None
    document: str | None = None
    date: str | None = None
    internal: bool = False
    last: Draft | None = None

    @property
    def names_one(self) -> bool:
        """Return whether a procedure has been named."""
        return any(each.says in {Says.TITLE, Says.CASE} or each.code for each in self.pending)

    @property
    def only_remarks(self) -> bool:
        """Return whether nothing was said but remarks, or page numbers."""
        return all(
            each.says in _REMARKS or (each.says is Says.NOTHING and len(each.text) < 8)  # noqa: PLR2004
            for each in self.pending
        )

    @property
    def group(self) -> bool:
        """Return whether a group of procedures (a field, a level) begins."""
        return any(each.says in _GROUPS for each in self.pending)

    @property
    def stage(self) -> Caption | None:
        """Return the stage that was named last, where no procedure was."""
        after = self.pending[self._title_at() + 1 :]
        stages = [each for each in after if each.says is Says.STAGE]
        return stages[-1] if stages else None

    def add(self, caption: Caption) -> None:
        """Take *caption*; a label whose value stands in the next line gets it."""
        before = self.pending[-1] if self.pending else None
        if before is not None and _wants_value(before) and caption.says is Says.NOTHING:
            self.pending.pop()
            caption = _with_value(before, caption)
        self.pending = [*self.pending[-MOST:], caption]
        self._remember(caption)

    def add_column(self, caption: Caption, fields: Fields) -> None:
        """Take the procedure that a column names, and what columns beside it say."""
        if caption.says not in {Says.TITLE, Says.CASE}:
            named = caption.value if caption.says is Says.NOTHING else caption.text
            caption = evolve(caption, says=Says.TITLE, value=named)
        code = CODE.search(fields.get("code"))
        told = fields.get("total")
        self.pending.append(
            evolve(
                caption,
                code=code.group() if code is not None else caption.code,
                total=flat(told) or caption.total,
            )
        )
        self.field_ = flat(fields.get("field")) or self.field_
        levels = levels_named(fields.get("level_of"))
        self.level = next(iter(levels)) if len(levels) == 1 else self.level

    def keep(self) -> None:
        """Forget names: the rows name their procedures themselves."""
        self.pending = []

    def clear(self) -> None:
        """Forget what was said of the procedure that has begun."""
        self.pending = []

    def draft(self, part: str, line: int) -> Draft:
        """Return a procedure with all that was said of it."""
        name, guessed = self._name()
        codes = [each.code for each in self.pending if each.code]
        totals = [each.total for each in self.pending if each.total]
        levels = [each.level for each in self.pending if each.is_named and each.level]
        draft = Draft(
            part=part,
            line=line,
            name=name,
            code=codes[-1] if codes else self._code_of_case(),
            field=self.field_,
            level=levels[-1] if levels else self.level,
            agency=self.agency,
            locality=self.locality,
            total=totals[-1] if totals else None,
            document=self.document,
            date=self.date,
            internal=self.internal,
            guessed=guessed,
        )
        self.last = draft
        return draft

    def _code_of_case(self) -> str | None:
        """Return the code of the last procedure, where another case of it begins."""
        case = any(each.says is Says.CASE for each in self.pending)
        titled = any(each.says is Says.TITLE for each in self.pending)
        return self.last.code if case and not titled and self.last is not None else None

    def _title_at(self) -> int:
        for at in reversed(range(len(self.pending))):
            if self.pending[at].says in {Says.TITLE, Says.CASE} or self.pending[at].code:
                return at
        return -1

    def _name(self) -> tuple[str, bool]:
        """Return the name of the procedure, and whether no word says that it is one."""
        named = [each for each in self.pending if each.is_named]
        cases = [each for each in self.pending if each.says is Says.CASE]
        if named:
            coded = [each for each in named if each.code]
            name = (coded or named)[-1].value
            return (f"{name} – {cases[-1].value}" if cases else name), False
        if cases and self.last is not None and self.last.name:
            return f"{self.last.name.partition(' – Trường hợp')[0]} – {cases[-1].value}", False
        likely = [
            each
            for each in self.pending
            if each.says is Says.NOTHING and 8 <= len(each.value) <= _LONGEST_NAME  # noqa: PLR2004
        ]
        marked = [each for each in likely if each.mark or each.heading]
        chosen = (marked or likely)[-1:]
        return (chosen[0].value, True) if chosen else ("", False)

    def _remember(self, caption: Caption) -> None:
        """Keep what holds for the procedures to come."""
        if caption.says is Says.FIELD:
            self.field_ = caption.field or self.field_
        elif caption.field is not None and self.field_ is None:
            self.field_ = caption.field
        if caption.says is not Says.TITLE:
            self.level = caption.level or self.level
            self.agency = caption.agency or self.agency
        self.internal = self.internal or caption.internal
        found = _DECISION.search(caption.text)
        if found is not None and self.document is None:
            self.document = f"Quyết định số {found['number']}"
            if found["year"]:
                self.date = f"{found['year']}-{int(found['month']):02}-{int(found['day']):02}"
        place = _PROVINCE.search(caption.text)
        if place is not None and self.locality is None:
            name = place["name"].strip()
            self.locality = name.title() if name.isupper() else name


def _wants_value(caption: Caption) -> bool:
    return caption.says in {Says.TITLE, Says.TOTAL, Says.FIELD, Says.AGENCY} and not caption.value


def _with_value(label: Caption, line: Caption) -> Caption:
    """Return *label* with the value that stands in the line below it."""
    value = line.value or line.text
    levels = levels_named(line.text) if label.says is Says.LEVEL else ()
    return evolve(
        label,
        value=value,
        code=label.code or line.code,
        total=line.text if label.says is Says.TOTAL else label.total or line.total,
        field=line.text if label.says is Says.FIELD else label.field,
        agency=line.text if label.says is Says.AGENCY else label.agency,
        level=next(iter(levels)) if len(levels) == 1 else label.level,
    )


def is_remark(caption: Caption) -> bool:
    """Return whether *caption* is a remark on the procedure, and not the preamble of a decision.

    Example:
        >>> from tthc_flow.tables.office.captions import read_caption
        >>> [is_remark(read_caption(each)) for each in ("Ghi chú: trừ ngày nghỉ", "Trang 2")]
        [True, False]

    Source: the notes below published step tables.
    """
    bare = caption.text.casefold().lstrip("-*+•( ")
    return caption.says is Says.NOTE and bare.startswith(("ghi chú", "lưu ý", "chú thích"))
