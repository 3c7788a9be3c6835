"""From passages and grids to procedures in the making: what belongs to which of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import define, evolve, field

from tthc_flow.tables.notes import Notes
from tthc_flow.tables.office.across import upright
from tthc_flow.tables.office.blocks import Grid, Passage, flat
from tthc_flow.tables.office.captions import Caption, Says, read_caption
from tthc_flow.tables.office.drafts import Draft
from tthc_flow.tables.office.fields import Fields, fields_of, is_numbering
from tthc_flow.tables.office.header import WHO, Header, header_at
from tthc_flow.tables.office.rows import Rows
from tthc_flow.tables.office.sections import (
    goes_up,
    is_header,
    is_table,
    lines_of,
    lists_steps,
    next_number,
    own_texts,
    restarts,
    section,
)
from tthc_flow.tables.office.side_by_side import apart
from tthc_flow.tables.office.titles import Titles, is_remark
from tthc_flow.words.syllables import key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tthc_flow.tables.office.blocks import Block, Row

_CLOSES: Final = frozenset({Says.END, Says.OTHER})
_LIKE_A_STAGE: Final = frozenset({Says.END, Says.OTHER, Says.AGENCY})


@define
class Gathered:
    """What a file holds: its procedures, and the tables that list no steps with their titles."""

    drafts: list[Draft] = field(factory=list)
    skipped: list[tuple[str, str, bool]] = field(factory=list)
    """Its name, its first row, and whether it has the size of a table."""

    notes: Notes = field(factory=Notes)
    """What is doubtful and belongs to no procedure."""


@define
class _Gathering:
    """One pass through the blocks of a file."""

    found: Gathered = field(factory=Gathered)
    titles: Titles = field(factory=Titles)
    rows: Rows = field(factory=Rows)
    header: Header | None = None
    draft: Draft | None = None
    procedure: str = ""
    asked: bool = False

    def passage(self, block: Passage) -> None:
        if block.struck:
            where = flat(block.text)[:60] or "…"
            self.found.notes.warn("office-text-struck", where=f"“{where}”", text=block.struck[:200])
        if not block.text:
            return
        caption = read_caption(block.text, heading=block.heading)
        if caption.says is Says.TOTAL and self._belongs_above(caption):
            return
        if is_remark(caption) and self.draft is not None and not self.titles.names_one:
            self.draft.notes.tell("office-remark", line=None, text=caption.text[:200])
        self.titles.add(caption)

    def _belongs_above(self, caption: Caption) -> bool:
        """Give a total that follows a table to it, where no other procedure is named yet."""
        draft = self.draft
        if draft is None or not draft.steps or self.titles.names_one:
            return False
        if draft.total is None:
            draft.total = caption.total
        return True

    def grid(self, grid: Grid) -> None:
        """Read *grid*, and tell what is odd about the whole of it."""
        before = self.draft
        for part in apart(upright(grid)):
            self._one(part)
        if self.draft is not None and self.draft is not before and part.across:
            self.draft.notes.tell("office-steps-across", line=self.draft.line, where=grid.part)
        if grid.revised:
            notes = self.found.notes if self.draft is None else self.draft.notes
            notes.warn("office-revised", where=grid.part)

    def _one(self, grid: Grid) -> None:
        """Read the rows of *grid*, under its own header or, where it has none, the last one."""
        kept, self.header = self.header, None
        at, seen, titled = 0, False, []
        if kept is not None and self._goes_on(grid, kept):
            self.header, seen = kept, True
            if not self._continues(grid.rows, 0):
                self._begin(grid.part, grid.rows[0].line)
        while at < len(grid.rows):
            header = header_at(grid.rows, at)
            self._tell_struck(grid, at)
            if header is not None and lists_steps(header, grid.rows, at):
                self._open(header, grid, at)
                seen = True
                at += header.height
            elif header is not None and len(header.columns) > 2:  # noqa: PLR2004
                titled.append(", ".join(each.title for each in header.columns if each.title))
                self.header = None
                at += header.height
            elif self.header is None:
                self._outside(grid.rows[at])
                at += 1
            else:
                self._row(grid, at, self.header)
                at += 1
        if not seen and grid.rows:
            title = titled[0] if titled else flat(" ".join(own_texts(grid.rows[0])))
            self.found.skipped.append((grid.part, title[:120], is_table(grid)))
            self.header = kept if len(grid.rows) == 1 else None

    def _goes_on(self, grid: Grid, header: Header) -> bool:
        """Return whether *grid* has no header and lies under the columns of the last one."""
        rows = grid.rows
        if not rows or any(is_header(rows, at) for at in range(min(len(rows), 3))):
            return False
        widest = max(len(row.cells) for row in rows)
        return widest == len(header.columns)

    def _continues(self, rows: Sequence[Row], at: int) -> bool:
        """Return whether the steps from row *at* on belong to the procedure read last."""
        draft, header = self.draft, self.header
        if draft is None or header is None or not draft.steps or self.titles.names_one:
            return False
        if self.titles.stage is not None:
            return True
        if self.titles.pending and not self.titles.only_remarks:
            return False
        return not restarts(rows, at, header)

    def _open(self, header: Header, grid: Grid, at: int) -> None:
        """Take *header*: one that is printed again on a new page changes nothing."""
        self.header = header
        self.rows.reopened = True
        after = at + header.height
        if "procedure" in header.roles:
            self.titles.keep()
            return
        if self._continues(grid.rows, after):
            if self.titles.stage is not None:
                self.rows.begin_stage(self.titles.stage)
            self.titles.clear()
            return
        self._begin(grid.part, grid.rows[at].line)

    def _begin(self, part: str, line: int) -> None:
        """Start a procedure that is called what the captions since the last one say."""
        self.draft = self.titles.draft(part, line)
        self.rows.begin(self.draft, self.titles.stage)
        self.titles.clear()
        self.found.drafts.append(self.draft)

    def _outside(self, row: Row) -> None:
        """Read a row that stands above every header: as lines, or as a label and its value."""
        for line in lines_of(row):
            self.passage(Passage(text=line))

    def _row(self, grid: Grid, at: int, header: Header) -> None:
        row = grid.rows[at]
        if not any(each.text for each in row.cells) or is_numbering(row):
            return
        fields = fields_of(row, header)
        caption = section(fields)
        if caption is not None:
            if caption.says in {Says.TOTAL, Says.SUBTOTAL}:
                self._sum(caption, fields, header)
            else:
                self._section(caption, grid, at, header)
            self._tell_unread(fields)
            return
        if "procedure" in header.roles:
            self._by_column(fields, grid)
            if not fields.get("content") and not fields.get("performer"):
                return
        self._step(fields, grid, at, header)

    def _step(self, fields: Fields, grid: Grid, at: int, header: Header) -> None:
        draft, titles = self.draft, self.titles
        if draft is None or titles.names_one or (titles.group and draft.steps):
            self._begin(grid.part, fields.line)
        self.rows.read(fields, grid.part, next_number(grid.rows, at + 1, header))
        self._tell_unread(fields)

    def _tell_unread(self, fields: Fields) -> None:
        if fields.unread and self.draft is not None:
            where, text = self.draft.where(fields.line), "; ".join(fields.unread)
            self.draft.notes.tell(
                "office-cells-unread", line=fields.line, where=where, text=text[:300]
            )

    def _tell_struck(self, grid: Grid, at: int) -> None:
        row = grid.rows[at]
        if row.struck:
            notes = self.found.notes if self.draft is None else self.draft.notes
            where = f"{grid.part}, dòng {row.line}"
            notes.warn("office-text-struck", line=row.line, where=where, text=row.struck[:200])

    def _by_column(self, fields: Fields, grid: Grid) -> None:
        """Begin a procedure where the column that names it says another one."""
        named = fields.get("procedure")
        if not named or (key(named) == self.procedure and fields.merged("procedure")):
            return
        if key(named) == self.procedure and goes_up(fields, self.draft):
            return
        self.procedure = key(named)
        caption = read_caption(f"Tên thủ tục: {flat(named)}")
        self.titles.add_column(caption, fields)
        self._begin(grid.part, fields.line)

    def _section(self, caption: Caption, grid: Grid, at: int, header: Header) -> None:
        """Read a row that spans the table: a procedure, a stage, a remark."""
        line = grid.rows[at].line
        performs = caption.says is Says.NOTHING and not WHO & set(header.roles)
        if caption.says is Says.NOTHING:
            caption = self._guessed(caption, grid.rows, at, header)
        elif caption.says in _LIKE_A_STAGE and self._steps_go_on(caption, grid.rows, at, header):
            caption = evolve(caption, says=Says.STAGE, value="")
        if caption.says is Says.STAGE or (
            caption.says is Says.CASE and not restarts(grid.rows, at + 1, header)
        ):
            self.rows.begin_stage(caption, performs=performs)
        elif caption.says is Says.NOTE:
            if self.draft is not None:
                self.draft.notes.tell("office-remark", line=line, text=caption.text[:200])
        elif caption.says in _CLOSES:
            self.header = None
        elif caption.says is not Says.HEADING:
            self.titles.add(caption)

    def _steps_go_on(self, caption: Caption, rows: Sequence[Row], at: int, header: Header) -> bool:
        """Return whether a row that begins like a remark ("Nơi tiếp nhận …") only parts steps.

        The next step then has the number after the last one, and no colon makes it a label.
        """
        if ":" in caption.text and caption.says is Says.AGENCY:
            return False
        last = None if self.draft is None else self.draft.last
        before = "0" if last is None else last.number or ""
        return before.isdecimal() and next_number(rows, at + 1, header) == str(int(before) + 1)

    def _guessed(self, caption: Caption, rows: Sequence[Row], at: int, header: Header) -> Caption:
        """Return what a spanning row of no known beginning is, by what stands below it."""
        draft = self.draft
        fresh = draft is None or not draft.steps
        named = draft is not None and (draft.name or draft.code) and not self.titles.pending
        lettered = caption.mark.isalpha()
        if restarts(rows, at + 1, header) and not lettered and not (fresh and named):
            return evolve(caption, says=Says.TITLE)
        return evolve(caption, says=Says.STAGE)

    def _sum(self, caption: Caption, fields: Fields, header: Header) -> None:
        """Read a row that adds up: the total of the procedure, or that of a part."""
        draft, line = self.draft, fields.line
        if draft is None or self.titles.names_one:
            self.titles.add(caption)
        elif caption.says is Says.SUBTOTAL:
            where, text = draft.where(line), caption.text[:200]
            draft.notes.tell("office-subtotal", line=line, where=where, text=text)
        else:
            draft.take_total(caption.total, header.unit, line)
            if fields.other_time:
                told = {"taken": fields.get("time"), "other": fields.other_time}
                draft.notes.warn("office-two-times", line=line, where=draft.where(line), **told)


def gathered(blocks: Sequence[Block]) -> Gathered:
    """Return the procedures that *blocks* describe, in their order; linear in the rows.

    Source: annexes of decisions that publish quy trình nội bộ.
    """
    gathering = _Gathering()
    for block in blocks:
        if isinstance(block, Passage):
            gathering.passage(block)
        else:
            gathering.grid(block)
    gathering.found.drafts = [each for each in gathering.found.drafts if each.steps]
    return gathering.found
