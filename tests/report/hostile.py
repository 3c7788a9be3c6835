"""A dossier whose every name tries to break out of the file that it is written into."""

from __future__ import annotations

from dossiers.small import Wall, at, bpmn, engine_with
from tthc_flow.dossiers.engine import Engine

STEP = 'Ký <duyệt> & "trình"'
OFFICE = "=HYPERLINK(1)"
OTHER = "<i>&'Sở"
CODE = "-2+3'&<H>\n01"
WHO = "@Ti\u00ea\u0301n <img> \U0001f600\x07"  # combining tones, beyond the first plane, a control
OWNER = "+Lan\r\n<script>alert(1)</script>"
REASON = "=1+1]]>\n&amp;<td>"

ODD = bpmn(
    '<laneSet><lane id="l" name="x"><extensionElements><tthc:lane>'
    f'<tthc:performer name="x" role="officer" office="{OFFICE}"/></tthc:lane>'
    "</extensionElements><flowNodeRef>a</flowNodeRef></lane>"
    '<lane id="m" name="y"><extensionElements><tthc:lane>'
    '<tthc:performer name="y" role="one_stop_shop" office="&lt;i&gt;&amp;\'Sở"/></tthc:lane>'
    "</extensionElements><flowNodeRef>b</flowNodeRef></lane></laneSet>"
    '<startEvent id="s"/><userTask id="a" '
    'name="Ký &lt;duyệt&gt; &amp; &quot;trình&quot;"/><userTask id="b" name=""/><endEvent id="e"/>',
    "s > a > b > e",
)


def hostile() -> tuple[Engine, Wall, str]:
    """Return an engine with the dossier, its clock, its id."""
    engine, wall = engine_with("sqlite://", ODD)
    dossier = engine.start("P", CODE, by=WHO).id
    engine.work.delegate(at(engine, dossier, "a"), WHO, by=OWNER)
    wall.forward(hours=1)
    engine.life.stop_clock(dossier, by=WHO, reason=REASON)
    wall.forward(hours=1)
    engine.life.restart_clock(dossier, by=WHO)
    engine.work.complete(at(engine, dossier, "a"), by=WHO)
    return engine, wall, dossier
