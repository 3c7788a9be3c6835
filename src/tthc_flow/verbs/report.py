"""The joint papers of several proposals: Word, Excel, one page, and a province's own template."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tthc_flow.errors import UnreadableInput
from tthc_flow.report.excel.workbook import workbook
from tthc_flow.report.joint import joint_story, picture_name
from tthc_flow.report.page import page
from tthc_flow.report.template.fill import filled
from tthc_flow.report.totals import of_totals
from tthc_flow.report.word.catalogue import numbered
from tthc_flow.report.word.words import LANG
from tthc_flow.verbs.files import place
from tthc_flow.verbs.opening import spoken
from tthc_flow.verbs.papers import NAMES, word_papers

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping, Sequence

    from tthc_flow.report.word.reviewed import Reviewed

REPORT_NAMES: Final = {
    **{name: file for name, file in NAMES.items() if name.startswith("word_")},
    "excel": "tong-hop.xlsx",
    "overview": "tong-hop.html",
    "template": "theo-mau.docx",
}


def report(
    reviewed: Sequence[Reviewed],
    *,
    template: str | os.PathLike[str] | bytes | None = None,
    lang: str = "vi",
) -> dict[str, bytes]:
    """Return the joint papers of *reviewed* by their name in ``REPORT_NAMES``.

    The Word papers are Vietnamese; in another language they are left out.

    Args:
        reviewed: What :func:`.report_sources.report_sources` returned, at least one.
        template: A Word template (.docx) of one's own, its path or its bytes.
        lang: The language of the records, ``vi`` or ``en``.

    Raises:
        UnreadableInput: TF201 where the template is not there, TF24x where it is not safe, TF286
            to TF288 for what is wrong in it.
        CannotWrite: TF618 where the extra for templates is not installed.

    Example:
        >>> from tthc_flow.report.word.reviewed import Reviewed
        >>> from tthc_flow.verbs.papers import proposal_record
        >>> from tthc_flow.verbs.propose import propose
        >>> flow = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P" name="Cap phep"><startEvent id="s"/><task id="A" name="Ky"/>
        ... <endEvent id="e"/><sequenceFlow id="f" sourceRef="s" targetRef="A"/>
        ... <sequenceFlow id="g" sourceRef="A" targetRef="e"/></process></definitions>'''
        >>> one = Reviewed(record=proposal_record(propose(flow), "en"))
        >>> sorted(report((one,), lang="en"))
        ['excel', 'overview']

    Source: papers of a group review (Quyết định 2816/QĐ-UBND Đồng Nai).
    """
    lang = spoken(lang)
    reviewed = numbered(reviewed)
    records = [each.record for each in reviewed]
    made = dict(word_papers(reviewed)) if lang == LANG else {}
    made["excel"] = workbook(records, lang)
    made["overview"] = page(joint_story(reviewed, lang), _drawn(reviewed)).encode()
    if template is not None:
        data, where = _template(template)
        made["template"] = filled(data, reviewed, place=where, lang=lang)
    return made


def _drawn(reviewed: Sequence[Reviewed]) -> dict[str, str]:
    return {
        picture_name(number, side): svg
        for number, each in enumerate(reviewed, start=1)
        for side, svg in (("before", each.before), ("after", each.after))
        if svg
    }


def _template(given: str | os.PathLike[str] | bytes) -> tuple[bytes, str]:
    if isinstance(given, bytes):
        return given, ""
    path = Path(given)
    try:
        return path.read_bytes(), str(path)
    except FileNotFoundError as error:
        raise UnreadableInput(
            "TF201", "no such file", place=str(path), hint="check the path", fact_vi=""
        ) from error
    except (OSError, ValueError) as error:
        raise UnreadableInput(
            "TF202",
            f"cannot read: {getattr(error, 'strerror', None) or error}",
            place=str(path),
            hint="check the permissions",
        ) from error


def report_record(reviewed: Sequence[Reviewed]) -> dict[str, Any]:
    """Return what is told of a joint report: each procedure's cut, and the totals."""
    return {
        "procedures": [_member(each.record) for each in reviewed],
        "totals": of_totals([each.record for each in reviewed]),
    }


def _member(record: Mapping[str, Any]) -> dict[str, Any]:
    procedure, plan = record["procedure"], record["plan"]
    return {
        "process": procedure["process"],
        "name": procedure["name"],
        "code": procedure["code"],
        "applied": len(plan["applied"]),
        "cut": plan["cut"],
    }


def save_report(made: Mapping[str, bytes], folder: str | os.PathLike[str]) -> dict[str, str]:
    """Write joint papers into *folder*, whole or not at all; return the path of each.

    Raises:
        CannotWrite: TF601 where the place cannot be written.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as where:
        ...     save_report({"excel": b"x"}, where)["excel"].endswith("tong-hop.xlsx")
        True

    Source: names of the papers of a group review.
    """
    paths = place(folder, {REPORT_NAMES[name]: data for name, data in made.items()})
    return {name: str(path) for name, path in zip(made, paths, strict=True)}
