"""What staff say about a sample, read: the share by risk class, and when a dossier is due.

The words are those that :class:`~tthc_flow.dossiers.sampling.Sampling` takes: a share for each
class, and a class that is not listed is inspected.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

from tthc_flow.errors import BadQuantity
from tthc_flow.graph.post_inspection import CLASS, DATE, DRAWN, SHARE_OF_CLASS
from tthc_flow.model.flow import Timer, TimerKind
from tthc_flow.model.step import StepTime
from tthc_flow.units import exact
from tthc_flow.words.durations import read_duration

_PLACES: Final = 12
_LONG: Final = re.compile(r"(\d{1,3})\s*(tháng|năm)")
_ISO: Final = {"tháng": "M", "năm": "Y"}


def one_share(printed: str) -> Fraction | None:
    """Return the share that *printed* says for every dossier; ``None`` where none, or by class.

    Raises:
        BadQuantity: TF101 for what is no number, TF109 for what is no share.

    Example:
        >>> one_share("0.2"), one_share("20 %"), one_share("cao=1; thấp=1/10"), one_share("")
        (Fraction(1, 5), Fraction(1, 5), None, None)

    Source: terms of this project.
    """
    shares = set(_shares(printed).values())
    return shares.pop() if len(shares) == 1 else None


def sample_condition(printed: str) -> str:
    """Return the condition, in our own language, by which a dossier is of the sample.

    Args:
        printed: A share ("0.2", "20 %"), a share a risk class ("cao=1; thấp=1/10"), or nothing:
            then the share of its class is asked of the case's data.

    Raises:
        BadQuantity: TF101 for what is no number, TF109 for what is no share.

    Example:
        >>> sample_condition("20 %")
        'số rút thăm < 0.2'
        >>> sample_condition("cao=1; thấp=1/10")[:50]
        'mức rủi ro không thuộc ("cao", "thấp") hoặc (mức r'
        >>> sample_condition("")
        'số rút thăm < tỷ lệ theo mức rủi ro'

    Source: conditions of this project; stratified sampling as in ``dossiers.sampling``.
    """
    shares = _shares(printed)
    if not shares:
        return f"{DRAWN} < {SHARE_OF_CLASS}"
    if None in shares:
        return f"{DRAWN} < {_decimal(shares[None])}"
    listed = ", ".join(_quoted(name) for name in shares)
    parts = [f"{CLASS} không thuộc ({listed})"]
    parts += [
        f"({CLASS} == {_quoted(name)} và {DRAWN} < {_decimal(share)})"
        for name, share in shares.items()
    ]
    return " hoặc ".join(parts)


def due(printed: str) -> tuple[StepTime, Timer | None]:
    """Return when a granted dossier is inspected: our own time, or what a timer says.

    Args:
        printed: A time ("90 ngày"), months or years ("6 tháng"), a period of ISO 8601, the name
            of the data that hold the date, or nothing: the date is then asked of the data.

    Example:
        >>> due("90 ngày")[0].duration.amount, due("6 tháng")[1].text, due("")[1].text
        (Fraction(90, 1), 'P6M', 'ngày hậu kiểm')

    Source: ISO 8601-1:2019; a month is no fixed number of days.
    """
    said = printed.strip()
    if not said:
        return StepTime(printed=DATE), Timer(kind=TimerKind.DATE, text=DATE)
    long = _LONG.fullmatch(said.lower())
    if long is not None:
        said = f"P{long[1]}{_ISO[long[2]]}"
    else:
        length = read_duration(said).duration
        if length is not None:
            return StepTime(duration=length, printed=said), None
    return StepTime(printed=said), Timer(kind=TimerKind.DURATION, text=said)


def _shares(printed: str) -> dict[str | None, Fraction]:
    """Return the share of each class; of ``None`` the one share of all."""
    found: dict[str | None, Fraction] = {}
    for part in filter(None, (each.strip() for each in printed.split(";"))):
        name, equals, said = part.rpartition("=")
        found[name.strip() if equals else None] = _share(said.strip())
    return found


def _share(said: str) -> Fraction:
    number, percent, _ = said.partition("%")
    share = exact(number.strip().replace(",", ".")) / (100 if percent else 1)
    if not 0 <= share <= 1:
        raise BadQuantity.no_share("share", said)
    return share


def _decimal(share: Fraction) -> str:
    """Return *share* in digits, as the conditions write numbers."""
    places = next((n for n in range(_PLACES) if (share * 10**n).denominator == 1), _PLACES)
    whole, rest = divmod(round(share * 10**places), 10**places)
    return f"{whole}.{rest:0{places}d}" if places else str(whole)


def _quoted(name: str | None) -> str:
    mark = "'" if '"' in (name or "") else '"'
    return f"{mark}{name}{mark}"
