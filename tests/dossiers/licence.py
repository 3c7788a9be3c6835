"""A licence with a supplement on the way, in three lanes, and one dossier of it told day by day."""

from __future__ import annotations

from datetime import datetime

from tthc_flow.dossiers.engine import Engine
from tthc_flow.units import Duration, TimeUnit

from .loop import HERE
from .small import Wall, at, bpmn, engine_with

FIVE = Duration(amount=5, unit=TimeUnit.WORKING_DAY)


def _lane(name: str, role: str, office: str, *nodes: str) -> str:
    given = f' office="{office}"' if office else ""
    performer = f'<tthc:performer name="{name}" role="{role}"{given}/>'
    inside = "".join(f"<flowNodeRef>{node}</flowNodeRef>" for node in nodes)
    return (
        f'<lane id="lane_{nodes[0]}" name="{name}"><extensionElements><tthc:lane>{performer}'
        f"</tthc:lane></extensionElements>{inside}</lane>"
    )


LICENCE = bpmn(
    "<laneSet>"
    + _lane("Một cửa", "one_stop_shop", "Bộ phận Một cửa", "receive", "give")
    + _lane("Chuyên viên", "officer", "Sở Tư pháp", "check")
    + _lane("Giám đốc", "agency_head", "Sở Tư pháp", "sign")
    + _lane("Người nộp", "applicant", "", "more")
    + "</laneSet>"
    '<startEvent id="s"/><userTask id="receive" name="Tiếp nhận" tthc:time="4 giờ làm việc"/>'
    '<userTask id="check" name="Thẩm định" tthc:time="2 ngày làm việc"/>'
    '<exclusiveGateway id="full" name="Đủ?"/>'
    '<userTask id="more" name="Bổ sung hồ sơ"><extensionElements>'
    '<tthc:step pausesClock="true"/></extensionElements></userTask>'
    '<userTask id="sign" name="Ký" tthc:time="4 giờ làm việc"/>'
    '<userTask id="give" name="Trả kết quả"/><endEvent id="e"/>',
    "s > receive > check > full > sign > give > e; full > more > check",
)
COMPLETE, LACKING = "f4", "f7"


def moment(day: int, hour: int = 8, minute: int = 0) -> datetime:
    """Return a moment of March 2026; the 2nd is a Monday."""
    return datetime(2026, 3, day, hour, minute, tzinfo=HERE)


def told(url: str = "sqlite://") -> tuple[Engine, Wall, str]:
    """Return an engine with the dossier H01-7, which waits to be handed out; its clock; its id."""
    engine, wall = engine_with(url, LICENCE)
    dossier = engine.start("P", "H01-7", by="dân", limit=FIVE).id
    work = engine.work

    def done(when: datetime, node: str, by: str) -> None:
        wall.at = when
        work.complete(at(engine, dossier, node), by=by)

    def chosen(when: datetime, flow: str, by: str) -> None:
        wall.at = when
        work.choose(at(engine, dossier, "full"), flow, by=by)

    wall.at = moment(2, 9)
    work.claim(at(engine, dossier, "receive"), by="hoa")
    done(moment(2, 10), "receive", "hoa")
    wall.at = moment(3, 9)
    work.delegate(at(engine, dossier, "check"), "nam", by="bình")
    done(moment(4, 9), "check", "nam")
    chosen(moment(4, 9, 30), LACKING, "nam")
    done(moment(9, 9, 30), "more", "dân")
    wall.at = moment(10)
    engine.life.suspend(dossier, by="bình", reason="mất điện")
    wall.at = moment(10, 14)
    engine.life.resume(dossier, by="bình")
    wall.at = moment(11, 9)
    apology = "01/XL-STP"
    engine.life.extend(dossier, FIVE, by="bình", reason="phải xác minh", apology=apology)
    done(moment(12, 10), "check", "nam")
    chosen(moment(12, 10), COMPLETE, "nam")
    done(moment(12, 15), "sign", "giám đốc")
    return engine, wall, dossier
