"""A province's own Word template, filled in from records; nothing in it is ever executed."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any, Final

from tthc_flow.errors import CannotWrite, TthcFlowError, UnreadableInput
from tthc_flow.picture.png import png
from tthc_flow.report.template.context import context
from tthc_flow.tables.parcel import OfficeKind, broken, office_kind
from tthc_flow.tables.timeless import timeless

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docxtpl import DocxTemplate

    from tthc_flow.report.word.reviewed import Reviewed

_EXTERNAL: Final = re.compile(rb"<Relationship\b[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>")
_HARMLESS: Final = b'/hyperlink"'
_LIVE: Final = ("word/embeddings/", "word/activex/", "word/controls/")
_WIDTH: Final = 165  # mm between the margins of an upright A4 page


def filled(
    template: bytes, reviewed: Sequence[Reviewed], *, place: str = "", lang: str = "vi"
) -> bytes:
    """Return *template*, a .docx with names in double braces, filled in from records.

    Text is escaped: what a name holds is never mark-up. The names are those of
    :func:`.context.context`; loops and questions are Jinja's. The same input is the same file.

    Args:
        template: The .docx.
        reviewed: Records and their diagrams, at least one.
        place: What the template is called, for messages.
        lang: The language of the records.

    Raises:
        UnreadableInput: TF227, TF240-TF247 for what is no safe .docx; TF286 for a name that
            the record does not have, TF287 for what a template may not say, TF288 for one that
            makes too much.
        CannotWrite: TF618 where the extra ``template`` is not installed.

    Source: docxtpl 0.20; Jinja 3.1, its sandbox.
    """
    if office_kind(template, place) is not OfficeKind.WORD:
        raise _other(place)
    _refuse_live(template, place)
    try:
        from docxtpl import DocxTemplate
    except ImportError as error:
        raise CannotWrite(
            "TF618",
            "the extra package for Word templates is not installed",
            place=place,
            hint="install tthc-flow[template]",
        ) from error
    document = DocxTemplate(io.BytesIO(template))
    names = context(reviewed, lambda svg: _Diagram(document, png(svg)), lang)
    _render(document, names, place, lang)
    return timeless(document.docx)


def _other(place: str) -> UnreadableInput:
    """Return the refusal (TF227) of what is no Word file."""
    return UnreadableInput(
        "TF227", "this is no Word template", place=place, hint="give a .docx made in Word"
    )


class _Diagram:
    """A picture that is put into the document where it is named; a template sees nothing of it."""

    __slots__ = ("_document", "_png")

    def __init__(self, document: DocxTemplate, data: bytes) -> None:
        self._document, self._png = document, data

    def __html__(self) -> str:
        from docx.shared import Mm
        from docxtpl import InlineImage

        made = InlineImage(self._document, io.BytesIO(self._png), width=Mm(_WIDTH))
        return str(made)


def _render(document: DocxTemplate, names: dict[str, Any], place: str, lang: str) -> None:
    from jinja2.exceptions import SecurityError, TemplateError, UndefinedError

    from tthc_flow.report.template.language import TemplateLanguage, refused

    try:
        document.render(names, TemplateLanguage(lang), autoescape=True)
    except TthcFlowError as error:
        error.place = place
        raise
    except UndefinedError as error:
        raise UnreadableInput(
            "TF286",
            f"the template names what the record does not have: {error.message}",
            place=place,
            hint="see the names in the documentation of templates",
        ) from error
    except (TemplateError, SecurityError) as error:
        told = refused(str(error.message))
        told.place = place
        raise told from error
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        told = refused(f"a name is used for what it is not ({error})")
        told.place = place
        raise told from error


def _refuse_live(template: bytes, place: str) -> None:
    """Refuse what a document could start or fetch when it is opened."""
    with zipfile.ZipFile(io.BytesIO(template)) as parcel:
        for name in parcel.namelist():
            lowered = name.lower()
            if lowered.startswith(_LIVE):
                raise broken(place, f"it holds an embedded object: {name[:60]}")
            if lowered.endswith(".rels"):
                for found in _EXTERNAL.findall(parcel.read(name)):
                    if _HARMLESS not in found:
                        raise broken(place, "it refers to a file outside")
