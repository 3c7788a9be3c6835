"""Rows to steps: which begins one, which goes on with the last, which only names a stage."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from attrs import Factory, define

from tthc_flow.tables.office.blocks import flat
from tthc_flow.tables.office.drafts import LONGEST_TIME, Draft, DraftStep
from tthc_flow.tables.office.fields import DITTO
from tthc_flow.tables.office.openings import LONGEST, OPENING, first_of, names_whom, opened_by
from tthc_flow.tables.office.step_numbers import is_below, number_ahead, step_number
from tthc_flow.words.actors import named_first
from tthc_flow.words.durations import read_duration

if TYPE_CHECKING:
    from tthc_flow.tables.office.captions import Caption
    from tthc_flow.tables.office.fields import Fields

ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
"""The marks of stages that have none of their own."""

_BULLET: Final = re.compile(r"[-+•*–]\s*")
_LETTER: Final = re.compile(r"[a-zđ]", re.IGNORECASE)
_TAIL: Final = re.compile(r"(?<=\d)[a-zđ]$")
_ROMAN: Final = re.compile(r"[IVX]{1,5}|[A-ZĐ]")


@define
class Rows:
    """The rows of one procedure, read one after another into its draft."""

    draft: Draft = Factory(lambda: Draft(part="", line=0))
    stage: str = ""
    mark: str = ""
    who: str = ""
    stages: int = 0
    printed: str = ""
    parent: tuple[str, str] = ("", "")
    reopened: bool = False

    def begin(self, draft: Draft, stage: Caption | None) -> None:
        """Go on with the rows of *draft*."""
        self.draft, self.stage, self.mark, self.who = draft, "", "", ""
        self.parent, self.stages, self.printed = ("", ""), 0, ""
        if stage is not None:
            self.begin_stage(stage)

    def begin_stage(self, caption: Caption, *, performs: bool = False) -> None:
        """Give the rows that follow the stage that *caption* names; it may be who does them.

        Where the table has no column of performers, a title that says nothing else *performs*.
        """
        self.stage = caption.text
        self.stages += 1
        self.mark = caption.mark or ROMAN[min(self.stages, len(ROMAN)) - 1]
        self.parent = ("", "")
        bare = caption.value or caption.text
        actor = performs or names_whom(bare)
        self.who = bare if actor and len(bare) <= LONGEST else ""

    def read(self, fields: Fields, part: str, after: str | None) -> None:
        """Read a row; *after* is the number of the step that follows it."""
        reopened, self.reopened = self.reopened, False
        printed = flat(fields.own("no"))
        number, content, name = _numbered(fields)
        last = self.draft.last
        fresh = bool(content) and not fields.merged("content")
        if last is not None and self._goes_on(fields, number, content, last, reopened=reopened):
            self._add(last, fields, content)
        elif not content and not fields.get("name"):
            self._without_content(fields, number, last)
        elif fresh and self._is_stage(fields, number, content, after):
            self._title_row(fields, number, content)
        else:
            self._new(fields, part, (self._full(number, printed, fields), content, name))

    def _goes_on(
        self, fields: Fields, number: str | None, content: str, last: DraftStep, *, reopened: bool
    ) -> bool:
        """Return whether the row only goes on with the step before it."""
        again = number is not None and number == last.number
        if number is not None and not again:
            letter = bool(_LETTER.fullmatch(number)) and bool(content)
            return letter and not _own_deed(fields)
        if fields.merged("content"):
            return not (fields.own("performer") and fields.own("time"))
        if not content:
            return bool(fields.filled)
        lower = content[:1].islower() and not number_ahead(content)[0]
        if again:
            return lower or not _own_deed(fields) or (reopened and _same_deed(fields, last))
        return lower or not _own_deed(fields)

    def _add(self, last: DraftStep, fields: Fields, content: str) -> None:
        """Go on with *last*; a cell merged from above says nothing new."""
        before = len(last.content)
        cut = content[:1].islower()
        if not fields.merged("content"):
            last.add("content", content)
        for name in ("performer", "time", "result", "note"):
            text = fields.own(name)
            if text and not DITTO.fullmatch(text) and not (name == "time" and text == last.time):
                another = name == "performer" and not cut and not text[:1].islower()
                last.add(name, flat(text) if another else text, "; " if another else None)
        if len(last.content) > before or fields.own("performer"):
            self.draft.notes.tell(
                "office-row-joined", line=fields.line, step=last.number or "?",
                where=self.draft.where(fields.line),
            )  # fmt: skip

    def _without_content(self, fields: Fields, number: str | None, last: DraftStep | None) -> None:
        """Report a row that says who or how long, but not what is done."""
        words = "; ".join(fields.filled)[:160]
        self.draft.notes.warn(
            "office-row-skipped", line=fields.line, where=self.draft.where(fields.line), text=words
        )
        if last is None and number is None and fields.get("time"):
            self.draft.total = self.draft.total or fields.get("time")

    def _is_stage(
        self, fields: Fields, number: str | None, content: str, after: str | None
    ) -> bool:
        """Return whether the row only gives a title to those below it."""
        if (
            fields.get("performer")
            or fields.get("result")
            or (self.who and fields.get("time"))
            or opened_by(content)[0]
            or named_first(content[:OPENING]) is not None
        ):
            return False
        if number is None or not after:
            return False
        parts = is_below(after, number) or (_LETTER.fullmatch(after) and number[-1:].isdigit())
        roman = bool(_ROMAN.fullmatch(number)) and step_number(after) is not None
        return bool(parts) or (roman and after[:1].isdigit())

    def _title_row(self, fields: Fields, number: str | None, content: str) -> None:
        time = fields.get("time")
        outer = self.parent[1] if self.parent[0] else self.stage
        self.stage = f"{content} ({time})" if time else content
        if number and _ROMAN.fullmatch(number):
            self.mark, self.parent = number, ("", "")
        else:
            self.parent = (number or "", outer)
        self.draft.notes.tell(
            "office-row-title", line=fields.line, where=self.draft.where(fields.line),
            text=content[:120],
        )  # fmt: skip

    def _new(self, fields: Fields, part: str, said: tuple[str | None, str, str]) -> None:
        number, content, name = said
        parent, outer = self.parent
        if content and content == fields.get("result") != fields.get("content"):
            where = self.draft.where(fields.line)
            self.draft.notes.tell("office-content-of-result", line=fields.line, where=where)
        if parent and not (number and (is_below(number, parent) or _LETTER.fullmatch(number))):
            self.stage, self.parent = outer, ("", "")
        cell = fields.cells.get("time")
        performer, content = self._performer(fields, content)
        step = DraftStep(
            line=fields.line,
            number=number,
            content=content,
            name=name if name != content else "",
            performer=performer,
            time=self._ditto("time", flat(fields.get("time"))),
            result=self._ditto("result", fields.get("result")),
            note=fields.get("note"),
            stage=self.stage,
            mark=self.mark,
            unit=fields.time.unit if fields.time is not None else None,
            time_cell=None if cell is None else (part, cell.first, cell.left),
            other_time=fields.other_time,
            more=fields.more,
        )
        self.draft.steps.append(step)

    def _performer(self, fields: Fields, content: str) -> tuple[str, str]:
        """Return who does the row, and its content without that name.

        It is who its own cell names, its content before a colon or in its first words, its stage.
        """
        named = self._ditto("performer", flat(fields.get("performer")))
        if named:
            if fields.merged("performer"):
                self._tell_performer("office-performer-merged", fields, named)
            return named, content
        opened, rest = opened_by(content)
        found = opened or first_of(content, self.who)
        if found and found != self.who:
            self._tell_performer("office-performer-in-content", fields, found)
        elif self.who:
            self._tell_performer("office-performer-of-stage", fields, self.who)
        return found or self.who, rest

    def _tell_performer(self, code: str, fields: Fields, who: str) -> None:
        self.draft.notes.tell(code, line=fields.line, where=self.draft.where(fields.line), who=who)

    def _ditto(self, name: str, text: str) -> str:
        """Return *text*, or what stands above it where it only says "như trên"."""
        if not DITTO.fullmatch(text) or self.draft.last is None:
            return text
        return str(getattr(self.draft.last, name))

    def _full(self, number: str | None, printed: str, fields: Fields) -> str | None:
        """Return *number* as a part of the step before it, where it is one: "a" after "2"."""
        if number is not None:
            if not (_LETTER.fullmatch(number) and number.islower() and self.printed):
                self.printed = number
                return number
            return f"{_TAIL.sub('', self.printed)}{number}"
        if not self.printed:
            return None
        if not printed and not fields.merged("no"):
            self.draft.notes.tell(
                "office-number-missing", line=fields.line, where=self.draft.where(fields.line)
            )
        return self._next_part(self.printed)

    def _next_part(self, base: str) -> str:
        """Return "2.2", "2.3" … for the second and later rows of step "2"."""
        taken = {step.number for step in self.draft.steps[-60:]}
        part = 2
        while f"{base}.{part}" in taken:
            part += 1
        return f"{base}.{part}"


def _numbered(fields: Fields) -> tuple[str | None, str, str]:
    """Return number, content and own name of a row, wherever its number is printed."""
    printed, content = flat(fields.own("no")), fields.get("content")
    name = flat(fields.get("name"))
    number = step_number(printed)
    if number is None and printed:
        number, rest = number_ahead(printed)
        if rest and not content:
            content = rest
        elif rest:
            name = name or rest
    if number is None and content and not fields.get("no"):
        number, content = number_ahead(content)
    if number is None and not fields.get("no") and step_number(flat(content)) is not None:
        number, content = step_number(flat(content)), fields.get("result") or content
    if not content and name:
        content, name = name, ""
    return number, content, name


def _own_deed(fields: Fields) -> bool:
    """Return whether the row says of its own who does it or how long it takes."""
    time = fields.own("time")[:LONGEST_TIME]
    timed = bool(time) and (read_duration(time).duration is not None or len(time) > 3)  # noqa: PLR2004
    timed = timed or (bool(time) and time[:1].isdigit())
    who = fields.own("performer")
    return timed or bool(who and not who[:1].islower())


def _same_deed(fields: Fields, last: DraftStep) -> bool:
    who = flat(fields.own("performer"))
    return not who or who == last.performer
