"""What other tools write their own way, and what is read of it: one row a quirk."""

from __future__ import annotations

import unicodedata

import pytest

from bpmn.test_read import BPMN, only, text
from tthc_flow.bpmn.read import Reading, read
from tthc_flow.bpmn.write import write
from tthc_flow.errors import UnreadableInput
from tthc_flow.model.flow import Event
from tthc_flow.model.step import Step
from tthc_flow.verbs.annotate import annotate

ZEEBE = 'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"'
OLD = 'xmlns:camunda="http://activiti.org/bpmn"'
DECLARED = '<?xml version="1.0" encoding="{}"?>'
OWNER = (
    "<{0}><resourceAssignmentExpression><formalExpression>{1}</formalExpression>"
    "</resourceAssignmentExpression></{0}>"
)


def step(inside: str, around: str = "") -> Step:
    return only(inside, around).flow.steps[0]


def performer(inside: str, around: str = "") -> str | None:
    found = step(inside, around).performer
    return None if found is None else found.name


def extended(inside: str, tag: str = "userTask") -> str:
    return f'<{tag} id="A" {ZEEBE}><extensionElements>{inside}</extensionElements></{tag}>'


def codes(reading: Reading) -> set[str]:
    return {finding.code for finding in reading.findings}


@pytest.mark.parametrize("tag", ["assignmentDefinition", "AssignmentDefinition"])
def test_zeebe_is_read_by_the_name_of_the_element_or_of_its_type(tag):
    assert performer(extended(f'<zeebe:{tag} assignee="Văn thư"/>')) == "Văn thư"


@pytest.mark.parametrize("tag", ["property", "Property"])
def test_a_property_is_read_by_the_name_of_the_element_or_of_its_type(tag):
    stated = f'<zeebe:{tag} name="Người thực hiện" value="Kế toán"/>'
    assert performer(extended(f"<zeebe:properties>{stated}</zeebe:properties>")) == "Kế toán"


@pytest.mark.parametrize("tag", ["calledElement", "CalledElement"])
def test_a_zeebe_call_is_read_by_the_name_of_the_element_or_of_its_type(tag):
    data = text(extended(f'<zeebe:{tag} processId="Q"/>', "callActivity"))
    assert "read-call-outside" in codes(read(data))
    assert "read-call-unnamed" not in codes(read(data))


@pytest.mark.parametrize(
    ("roles", "named", "code"),
    [
        (OWNER.format("potentialOwner", "Chuyên viên"), "Chuyên viên", "dialect-read"),
        (OWNER.format("humanPerformer", "\n  Văn thư\n "), "Văn thư", "dialect-read"),
        (OWNER.format("performer", "user(Lan)"), "Lan", "dialect-read"),
        ("<performer><resourceRef>R</resourceRef></performer>", "Kế toán", "dialect-read"),
        (OWNER.format("potentialOwner", "${officer}"), None, "dialect-expression"),
        (OWNER.format("potentialOwner", "user(Lan), group(Sở)"), None, "dialect-performers"),
        (2 * OWNER.format("performer", "Lan"), None, "dialect-performers"),
        ('<potentialOwner name="Duyệt"/>', None, "dialect-kept"),
        ("<performer><resourceRef>Z</resourceRef></performer>", None, "dialect-kept"),
    ],
)  # fmt: skip
def test_the_roles_of_bpmn_itself_name_the_performer(roles, named, code):
    data = text(f'<userTask id="A">{roles}</userTask>', '<resource id="R" name="Kế toán"/>')
    reading = read(data)
    found = reading.procedures[0].flow.steps[0].performer
    assert (None if found is None else found.name) == named
    assert code in codes(reading)
    assert "read-kept-only" not in codes(reading)


def test_the_camunda_prefix_on_the_namespace_of_its_ancestor_is_read():
    assert performer(f'<userTask id="A" {OLD} camunda:assignee="Văn thư"/>') == "Văn thư"


@pytest.mark.parametrize("false", ["false", "0", "False", "FALSE", " false "])
def test_false_is_false_however_it_is_printed(false):
    host = '<task id="A"/>'
    event = f'<boundaryEvent id="B" attachedToRef="A" cancelActivity="{false}"/>'
    found = only(host + event).flow.by_id["B"]
    assert isinstance(found, Event)
    assert not found.interrupting


@pytest.mark.parametrize("true", ["true", "1", "True", " true "])
def test_true_is_true_however_it_is_printed(true):
    data = text('<task id="A"/>').replace(b"<process ", f'<process isExecutable="{true}" '.encode())
    assert read(data).procedures[0].flow.executable


def test_blanks_around_an_id_are_no_part_of_it():
    data = text(
        '<task id="A "/><task id=" B"/><sequenceFlow id=" F " sourceRef="A" targetRef="B"/>'
    )
    reading = read(data)
    flow = reading.procedures[0].flow
    assert [(each.id, each.source, each.target) for each in flow.edges] == [("F", "A", "B")]
    assert write(reading.document, reading.procedures) == data


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("<documentation><![CDATA[<p>Nộp & nhận</p>]]></documentation>", "<p>Nộp & nhận</p>"),
        ('<documentation><p xmlns="urn:h">Nộp <b>đơn</b></p></documentation>', "Nộp đơn"),
        (
            "<documentation>một</documentation><documentation/><documentation>hai</documentation>",
            "một\n\nhai",
        ),
        ("<documentation/>", ""),
        ("", None),
    ],
)  # fmt: skip
def test_documentation_is_read_whole(inside, said):
    assert step(f'<task id="A">{inside}</task>').documentation == said
    assert "read-kept-only" not in codes(read(text(f'<task id="A">{inside}</task>')))


@pytest.mark.parametrize("condition", ["=x &gt; 1", "<![CDATA[=x > 1]]>"])
def test_a_condition_in_another_language_is_kept_as_printed(condition):
    stated = f"<conditionExpression>{condition}</conditionExpression>"
    arrow = f'<sequenceFlow id="F" sourceRef="A" targetRef="A">{stated}</sequenceFlow>'
    [edge] = only('<task id="A"/>' + arrow).flow.edges
    assert (edge.condition, edge.printed) == (None, "=x > 1")


def test_a_lane_may_list_data_but_not_what_the_file_does_not_have():
    lane = '<laneSet><lane id="L"><flowNodeRef>{}</flowNodeRef></lane></laneSet>'
    data = '<dataObject id="o"/><dataObjectReference id="d" dataObjectRef="o"/><task id="A"/>'
    assert "read-lane-ref-unknown" not in codes(read(text(lane.format("d") + data)))
    assert "read-lane-ref-unknown" in codes(read(text(lane.format("none") + data)))


TASK = '<task id="A" name="Tiếp nhận hồ sơ"/>'
FILE = text(TASK).decode()


def marked(words: str) -> str:
    """Return *words* as windows-1258 holds them: a letter with its shape, then its tone."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    parts = []
    for letter in words:
        apart = unicodedata.normalize("NFD", letter)
        tone = "".join(each for each in apart if each in tones)
        shape = unicodedata.normalize("NFC", "".join(each for each in apart if each not in tones))
        parts.append(shape + tone)
    return "".join(parts)


SAYS_1258 = DECLARED.format("windows-1258")
ENCODED = {
    "UTF-16 that says UTF-8": b"\xff\xfe" + (DECLARED.format("UTF-8") + FILE).encode("utf-16-le"),
    "UTF-16, big end first": b"\xfe\xff" + (DECLARED.format("UTF-16") + FILE).encode("utf-16-be"),
    "windows-1258": (SAYS_1258 + FILE).encode("cp1258", "xmlcharrefreplace"),
    "windows-1258, its own way": (SAYS_1258 + marked(FILE)).encode("cp1258"),
    "letters and marks apart": unicodedata.normalize("NFD", FILE).encode(),
    "a mark twice": b"\xef\xbb\xbf\xef\xbb\xbf" + FILE.encode(),
    "blanks before the declaration": ("\n  \n" + DECLARED.format("UTF-8") + FILE).encode(),
    "XML 1.1": ('<?xml version="1.1"?>' + FILE).encode(),
    "several prefixes": (
        f'<a:definitions xmlns:a="{BPMN}" xmlns:b="{BPMN}"><b:process id="P">'
        '<a:task id="A" name="Tiếp nhận hồ sơ"/></b:process></a:definitions>'
    ).encode(),
}


@pytest.mark.parametrize("data", ENCODED.values(), ids=ENCODED)
def test_vietnamese_is_read_in_every_encoding_and_given_back_as_it_was(data):
    reading = read(data)
    name = reading.procedures[0].flow.steps[0].name
    assert unicodedata.normalize("NFC", name) == "Tiếp nhận hồ sơ"
    assert write(reading.document, reading.procedures) == data
    changed = annotate(reading, "id,time\nA,2 giờ làm việc\n".encode())
    again = read(changed.document.data).procedures[0].flow.steps[0]
    assert again.name == name
    assert again.time.printed == "2 giờ làm việc"


def test_a_late_declaration_keeps_the_lines_of_the_file():
    late = read(("\n\n" + DECLARED.format("UTF-8") + "\n" + FILE).encode())
    assert "read-declaration-late" in codes(late)
    assert late.document.line("A") == 5


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"/>', "TF211"),
        (b'<c:definitions xmlns:c="http://www.omg.org/spec/CMMN/20151109/MODEL"/>', "TF211"),
        (b'<Package xmlns="http://www.wfmc.org/2009/XPDL2.2"/>', "TF211"),
        (FILE.encode() + b"\0\0", "TF208"),
        (FILE.encode()[:-9], "TF209"),
        (FILE.replace("hồ sơ", "h&nbsp;s").encode(), "TF208"),
    ],
)
def test_what_is_no_bpmn_is_refused_by_its_own_reason(data, code):
    with pytest.raises(UnreadableInput) as refused:
        read(data)
    assert refused.value.code == code
    assert refused.value.hint
