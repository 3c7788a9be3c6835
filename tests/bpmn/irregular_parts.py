"""Irregular pools, events, activities and names: one small file each."""

from __future__ import annotations

from bpmn.irregular import GATE, POOLS, TWO, WARNING, Case

CASES = (
    Case(code="read-empty-process", element="P", inside="", severity=WARNING),
    Case(
        code="read-pool-several",
        element="X",
        inside=TWO,
        around=POOLS.format(
            '<participant id="X" processRef="P"><participantMultiplicity minimum="2" maximum="7"/>'
            "</participant>"
        ),
        says="2–7",
    ),
    Case(
        code="read-message-dangling",
        element="M",
        name="Kết quả",
        inside=TWO,
        around=POOLS.format('<messageFlow id="M" name="Kết quả" sourceRef="A" targetRef="Z"/>'),
        severity=WARNING,
        says="Z",
    ),
    Case(
        code="read-sub-process-empty",
        element="S",
        name="Thẩm định",
        inside='<subProcess id="S" name="Thẩm định"/>',
    ),
    Case(
        code="read-call-outside",
        element="A",
        inside='<callActivity id="A" calledElement="Q9"/>',
        says="Q9",
    ),
    Case(code="read-call-unnamed", element="A", inside='<callActivity id="A"/>'),
    Case(
        code="read-timer-without-time",
        element="T",
        name="Chờ",
        inside='<intermediateCatchEvent id="T" name="Chờ"><timerEventDefinition/>'
        "</intermediateCatchEvent>",
    ),
    Case(
        code="read-timer-printed",
        element="T",
        inside='<startEvent id="T"><timerEventDefinition><timeCycle>R/P1D</timeCycle>'
        "</timerEventDefinition></startEvent>",
        says="timeCycle “R/P1D”",
    ),
    Case(
        code="read-data-undefined",
        element="D1",
        name="CSDL dân cư",
        inside='<dataStoreReference id="D1" name="CSDL dân cư" dataStoreRef="Z"/>' + TWO,
        says="Z",
    ),
    Case(
        code="read-association-dangling",
        element="T",
        inside=TWO + '<association id="T" sourceRef="A" targetRef="Z"/>',
        says="Z",
    ),
    Case(
        code="read-link-unpaired",
        element="T",
        inside='<intermediateThrowEvent id="T"><linkEventDefinition name="về đâu"/>'
        "</intermediateThrowEvent>",
        severity=WARNING,
        says="về đâu",
    ),
    Case(
        code="read-compensation",
        element="T",
        inside='<task id="A"/><boundaryEvent id="T" attachedToRef="A"><compensateEventDefinition/>'
        "</boundaryEvent>",
    ),
    Case(
        code="read-boundary-unattached",
        element="T",
        inside='<boundaryEvent id="T" attachedToRef="Z"><timerEventDefinition/></boundaryEvent>',
        severity=WARNING,
    ),
    Case(
        code="read-boundary-host",
        element="T",
        inside='<boundaryEvent id="T" attachedToRef="T"><timerEventDefinition/></boundaryEvent>',
        severity=WARNING,
    ),
    Case(
        code="read-event-undefined",
        element="T",
        inside='<startEvent id="T"><messageEventDefinition messageRef="Z"/></startEvent>',
        severity=WARNING,
        says="Z",
    ),
    Case(
        code="read-triggers-any",
        element="T",
        inside='<startEvent id="T"><timerEventDefinition/><signalEventDefinition/></startEvent>',
        says="timer, signal",
    ),
    Case(
        code="read-triggers-all",
        element="T",
        inside='<startEvent id="T" parallelMultiple="true"><timerEventDefinition/>'
        "<signalEventDefinition/></startEvent>",
        says="timer, signal",
    ),
    Case(
        code="read-event-condition",
        element="T",
        inside='<startEvent id="T"><conditionalEventDefinition><condition>a.b &gt; 1</condition>'
        "</conditionalEventDefinition></startEvent>",
        says="a.b > 1",
    ),
    Case(
        code="read-default-elsewhere",
        element="X",
        name="Đủ?",
        inside=GATE.format("", "").replace('id="X"', 'id="X" default="Z"'),
        severity=WARNING,
        says="Z",
    ),
    Case(
        code="read-loop-printed",
        element="A",
        inside='<task id="A"><multiInstanceLoopCharacteristics><loopCardinality>a.size()'
        "</loopCardinality></multiInstanceLoopCharacteristics></task>",
        says="loopCardinality",
    ),
    Case(
        code="read-ad-hoc",
        element="S",
        inside='<adHocSubProcess id="S" ordering="Sequential"><task id="A"/></adHocSubProcess>',
        says="Sequential",
    ),
    Case(
        code="read-gateway-activation",
        element="X",
        inside='<complexGateway id="X"><activationCondition>hai trong ba</activationCondition>'
        "</complexGateway>",
        says="hai trong ba",
    ),
    Case(
        code="read-names-untidy",
        element="P",
        inside='<task id="A" name="Nhận&#10;hồ  sơ"/>',
        says="Nhận hồ sơ",
    ),
    Case(
        code="read-node-misplaced",
        element="B",
        name="Trong bước",
        inside='<task id="A"><task id="B" name="Trong bước"/></task>',
        severity=WARNING,
        says="task",
    ),
    Case(
        code="read-kept-only",
        element="P",
        inside='<task id="A"><property id="R"/><property id="T"/></task>',
        says="2",
    ),
    Case(
        code="read-choreography",
        element="K",
        inside=TWO,
        around='<choreography id="H"><choreographyTask id="K"/></choreography>',
        severity=WARNING,
    ),
)
