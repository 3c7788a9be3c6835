"""What `tthc-flow propose` is asked for besides the cuts: options, read into targets and wishes."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import click

from tthc_flow.cli.click_words import fact_of, said
from tthc_flow.errors import BadQuantity
from tthc_flow.model.law import Authority
from tthc_flow.model.plan import ANY_AUTHORITY, Objective, Targets, Wishes
from tthc_flow.model.procedure import CostMethod
from tthc_flow.units import exact

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Reasoned: TypeAlias = tuple[str, str]
"""A candidate id, and why."""

_KEPT: Final = "tthc_flow.wishes"
_WHOSE: Final = {"all": ANY_AUTHORITY, "province": frozenset({Authority.WITHIN})}


def _dashed(value: str) -> str:
    return value.replace("_", "-")


_OBJECTIVES: Final = {_dashed(each.value): each for each in Objective}
_METHODS: Final = {_dashed(each.value): each for each in CostMethod}


def _points(text: str | None) -> Fraction | None:
    if text is None:
        return None
    try:
        points = exact(text.strip().replace(",", "."))
    except BadQuantity as error:
        raise click.BadParameter(fact_of(error)) from error
    if points < 0:
        raise click.BadParameter(said("give points from 0 up"))
    return points


def _reasoned(texts: tuple[str, ...]) -> tuple[Reasoned, ...]:
    """Read ``ID=REASON``, or an id alone."""
    parts = [each.partition("=") for each in texts]
    if any(not candidate.strip() for candidate, _, _ in parts):
        raise click.BadParameter(said("write ID or ID=REASON"))
    return tuple((candidate.strip(), " ".join(why.split())) for candidate, _, why in parts)


def _kept(read: Callable[[Any], object]) -> Callable[[click.Context, click.Parameter, Any], None]:
    """Return a callback that keeps what *read* makes of an option, for :func:`asked`."""

    def keep(ctx: click.Context, param: click.Parameter, value: Any) -> None:  # noqa: ANN401 - click's
        ctx.meta.setdefault(_KEPT, {})[param.name] = read(value)

    return keep


def _option(name: str, read: Callable[[Any], object], **settings: Any) -> Callable[..., Any]:  # noqa: ANN401 - click's
    return click.option(name, expose_value=False, callback=_kept(read), **settings)


_OPTIONS: Final = (
    _option(
        "--objective",
        _OBJECTIVES.get,
        type=click.Choice(tuple(_OBJECTIVES)),
        help="Ưu tiên giảm trước hết; bỏ trống: thời gian (time), hoặc structure nếu có bước "
        "chưa ghi thời gian.",
    ),
    _option(
        "--cost-method",
        _METHODS.get,
        type=click.Choice(tuple(_METHODS)),
        default=_dashed(CostMethod.TT02_2017.value),
        help="Cách tính chi phí của mục tiêu và yêu cầu (mặc định: theo Thông tư 02/2017).",
    ),
    _option(
        "--require-hand-offs",
        lambda number: number,
        type=click.IntRange(min=0),
        metavar="N",
        help="Mã thoát 1 nếu còn hơn N lần chuyển giao, hoặc chưa rõ còn bao nhiêu.",
    ),
    _option(
        "--risk-budget",
        _points,
        metavar="ĐIỂM",
        help="Tổng điểm rủi ro không được vượt; rủi ro chưa rõ coi là vượt.",
    ),
    _option(
        "--authority",
        _WHOSE.__getitem__,
        type=click.Choice(tuple(_WHOSE)),
        default="all",
        help="Chọn mọi phương án (all) hay chỉ việc tỉnh tự quyết định (province).",
    ),
    _option(
        "--pin",
        _reasoned,
        metavar="MÃ[=LÝ_DO]",
        multiple=True,
        help="Phải áp dụng phương án này nếu được phép; ghi nhiều lần được.",
    ),
    _option(
        "--forbid",
        _reasoned,
        metavar="MÃ[=LÝ_DO]",
        multiple=True,
        help="Không áp dụng phương án này; ghi nhiều lần được.",
    ),
)


def wishes(command: Callable[..., None]) -> Callable[..., None]:
    """Give *command* the options; what was given is read by :func:`asked`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def asked(
    ctx: click.Context, *, time: Fraction | None, cost: Fraction | None
) -> tuple[Targets, Wishes]:
    """Return what the call asks for.

    Args:
        ctx: The call.
        time: The cut in time that is required.
        cost: The cut in cost that is required.
    """
    given: Mapping[str, Any] = ctx.meta[_KEPT]
    targets = Targets(
        time=time,
        cost=cost,
        cost_method=given["cost_method"],
        hand_offs=given["require_hand_offs"],
        risk=given["risk_budget"],
    )
    wanted = Wishes(
        objective=given["objective"],
        pinned=tuple(_ids(given["pin"])),
        forbidden=tuple(_ids(given["forbid"])),
        reasons=tuple(each for each in (*given["pin"], *given["forbid"]) if each[1]),
        authority=given["authority"],
    )
    return targets, wanted


def _ids(some: tuple[Reasoned, ...]) -> Iterator[str]:
    return (candidate for candidate, _ in some)
