"""A dossier from receipt to result, told as an officer would read it; `make demo` runs it.

The procedure is made up. Two weeks pass in a second, because the clock is the story's own.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
from attrs import define, field

import tthc_flow
from tthc_flow.calendars.calendar import Calendar
from tthc_flow.dossiers.worker import Worker
from tthc_flow.report.control_slip import SlipHead, control_slip
from tthc_flow.report.dossier_words import dossier_lines, history_lines, moment_words, say
from tthc_flow.report.slip_page import slip_page
from tthc_flow.units import Duration
from tthc_flow.verbs.files import place

if TYPE_CHECKING:
    from collections.abc import Callable

    from tthc_flow.dossiers.engine import Engine
    from tthc_flow.dossiers.kept import Dossier, UserTask
    from tthc_flow.dossiers.outbox import Letter

FLOW: Final = Path(__file__).parent / "cap-giay-phep.bpmn"
CODE: Final = "H99-260302-0001"
APPLICANT: Final = "Công ty A"


@define
class Story:
    """One dossier, its clock, and what was told of it so far."""

    at: datetime = datetime(2026, 3, 2, 8, 15)  # noqa: DTZ001 - Vietnamese time
    letters: list[Letter] = field(factory=list)
    told: int = 0

    def engine(self) -> Engine:
        """Return an engine in memory, on the story's clock."""
        return tthc_flow.Engine(
            "sqlite://",
            now=lambda: self.at,
            deadlines=tthc_flow.Deadlines(calendar=Calendar.load(2026)),
            functions={"cap_so": lambda _data: {"số": "15/GP"}},
        )

    def tell(self, engine: Engine, dossier: Dossier, *, whole: bool = False) -> None:
        """Print what has happened since it was last told, and how the dossier stands."""
        flow = engine.procedure(dossier.definition).flow
        events = engine.audit.history(dossier.id)
        for line in history_lines(events[self.told :], flow, "vi"):
            click.echo(line)
        self.told = len(events)
        if whole:
            found = engine.dossier(dossier.id)
            for line in dossier_lines(found, engine.procedure(found.definition), self.at, "vi"):
                click.echo(f"    {line}")


def main() -> None:
    """Tell the story, and save the control slip."""
    story = Story()
    with story.engine() as engine:
        engine.deploy(FLOW.read_bytes())
        dossier = engine.start("cap_giay_phep", CODE, by=APPLICANT)
        worker = Worker(engine, deliver=story.letters.append)
        for day, hour, minute, words, act in CHAPTERS:
            story.at = datetime(2026, 3, day, hour, minute)  # noqa: DTZ001 - Vietnamese time
            worker.run(until_idle=True)
            click.secho(f"\n{moment_words(story.at, 'vi')}: {words}", bold=True)
            if act is not None:
                act(engine, dossier)
            worker.run(until_idle=True)
            story.tell(engine, dossier, whole=act is not None)
        _ending(story, engine, dossier)


def _ending(story: Story, engine: Engine, dossier: Dossier) -> None:
    click.secho("\nThư đã gửi ra ngoài", bold=True)
    for letter in story.letters:
        about = letter.payload.get("name", letter.payload["business_key"])
        topic = say(f"letter-{letter.topic}", "vi")
        click.echo(f"  {moment_words(letter.at, 'vi'):<24}  {topic}: {about}")
    broken = engine.audit.breaks()
    click.echo(f"\nNhật ký {len(engine.audit.history(dossier.id))} sự kiện, ", nl=False)
    click.echo("bị sửa" if broken else "chuỗi băm còn nguyên vẹn")
    rows, events = engine.audit.log(dossier.id), engine.audit.history(dossier.id)
    head = SlipHead(agency="SỞ X (minh họa)", place="X", date=story.at.date())
    page = slip_page(control_slip(rows, events, head=head))
    (path,) = place("out", {"phieu-kiem-soat.html": page.encode()})
    click.echo(f"Phiếu kiểm soát quá trình giải quyết hồ sơ: {path}")


def _open(engine: Engine, dossier: Dossier) -> UserTask:
    (task,) = engine.tasks(dossier=dossier.id)
    return task


def _receive(engine: Engine, dossier: Dossier) -> None:
    engine.work.complete(_open(engine, dossier).id, {"số trang": 24}, by="Lê Thị Hoa")


def _claim(engine: Engine, dossier: Dossier) -> None:
    engine.work.claim(_open(engine, dossier).id, by="Trần Văn Nam")


def _incomplete(engine: Engine, dossier: Dossier) -> None:
    engine.work.complete(_open(engine, dossier).id, by="Trần Văn Nam")
    engine.work.choose(_open(engine, dossier).id, "thieu", by="Trần Văn Nam")


def _supplement(engine: Engine, dossier: Dossier) -> None:
    engine.work.complete(_open(engine, dossier).id, {"bản vẽ": True}, by=APPLICANT)


def _complete(engine: Engine, dossier: Dossier) -> None:
    engine.work.complete(_open(engine, dossier).id, by="Trần Văn Nam")
    engine.work.choose(_open(engine, dossier).id, "du", by="Trần Văn Nam")


def _stop(engine: Engine, dossier: Dossier) -> None:
    engine.life.stop_clock(dossier.id, by="Lê Thị Hoa", reason="Chờ nộp lệ phí")


def _go_on(engine: Engine, dossier: Dossier) -> None:
    engine.life.restart_clock(dossier.id, by="Lê Thị Hoa")
    day = Duration(amount=1, unit="working_day")
    reason = "Bước thẩm định quá hạn"
    engine.life.extend(dossier.id, day, by="Phạm Minh", reason=reason, apology="12/TB-SX")


def _sign(engine: Engine, dossier: Dossier) -> None:
    engine.work.delegate(_open(engine, dossier).id, "Vũ Thị Lan", by="Phạm Minh")
    engine.work.complete(_open(engine, dossier).id, by="Vũ Thị Lan")


def _give(engine: Engine, dossier: Dossier) -> None:
    engine.work.complete(_open(engine, dossier).id, by="Lê Thị Hoa")


CHAPTERS: Final[tuple[tuple[int, int, int, str, Callable[[Engine, Dossier], None] | None], ...]] = (
    (2, 9, 0, "Bộ phận Một cửa nhận đủ giấy tờ", _receive),
    (2, 14, 0, "Chuyên viên nhận việc", _claim),
    (3, 14, 30, "Thẩm định thấy thiếu bản vẽ; thời hạn dừng khi chờ bổ sung", _incomplete),
    (6, 10, 0, "Người nộp bổ sung; thời hạn tính tiếp", _supplement),
    (9, 17, 0, "Còn một ngày làm việc, hệ thống nhắc", None),
    (10, 17, 5, "Hết giờ mà bước thẩm định chưa xong, hệ thống báo quá hạn", None),
    (11, 9, 30, "Thẩm định xong, hồ sơ đã đủ", _complete),
    (11, 10, 0, "Chờ nộp lệ phí: dừng tính thời hạn", _stop),
    (12, 9, 0, "Đã nộp lệ phí; xin lỗi và gia hạn vì bước trước quá hạn", _go_on),
    (12, 15, 0, "Lãnh đạo giao người ký thay; hệ thống tự cấp số", _sign),
    (13, 8, 30, "Trả kết quả", _give),
)


if __name__ == "__main__":
    main()
