"""A procedure with a loop, and an engine in which it is deployed."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from tthc_flow.calendars.calendar import Calendar
from tthc_flow.dossiers.deadlines import Deadlines
from tthc_flow.dossiers.engine import Engine
from tthc_flow.units import TimeUnit

HERE = timezone(timedelta(hours=7))
NOW = datetime(2026, 3, 2, 8, tzinfo=HERE)  # a Monday
HEAD = b"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
 xmlns:tthc="urn:tthc-flow:bpmn:1">"""
LOOP = (
    HEAD
    + """<process id="P" name="Cấp giấy phép">
<startEvent id="s"/>
<exclusiveGateway id="back"/>
<userTask id="receive" name="Tiếp nhận" tthc:time="4 giờ làm việc"/>
<userTask id="check" name="Thẩm định" tthc:time="2 ngày làm việc"/>
<exclusiveGateway id="full" name="Đủ?"/>
<userTask id="more" name="Bổ sung hồ sơ"/>
<endEvent id="e"/>
<sequenceFlow id="f1" sourceRef="s" targetRef="back"/>
<sequenceFlow id="f2" sourceRef="back" targetRef="receive"/>
<sequenceFlow id="f3" sourceRef="receive" targetRef="check"/>
<sequenceFlow id="f4" sourceRef="check" targetRef="full"/>
<sequenceFlow id="no" sourceRef="full" targetRef="more"/>
<sequenceFlow id="f6" sourceRef="more" targetRef="back"/>
<sequenceFlow id="yes" sourceRef="full" targetRef="e"/>
</process></definitions>""".encode()
)


def engine_at(url: str) -> Engine:
    deadlines = Deadlines(calendar=Calendar.load(2026), bare_day=TimeUnit.WORKING_DAY)
    engine = Engine(url, now=lambda: NOW, deadlines=deadlines)
    engine.deploy(LOOP)
    return engine


def only_task(engine: Engine) -> str:
    (task,) = engine.tasks()
    return task.id
