"""The nets that are decided: that of one scope, and that of several processes together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.proof.net import SINK, SOURCE, Kind, Net
from tthc_flow.proof.openings import Openings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tthc_flow.proof.scopes import Scope
    from tthc_flow.proof.setting import Setting
    from tthc_flow.proof.translation import Beginning


def net_of(setting: Setting, scope: Scope, never_left: frozenset[str] = frozenset()) -> Net:
    """Return the net of *scope* by itself; *never_left* are sub-processes without a regular end.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.step import Step
        >>> from tthc_flow.proof.setting import setting_of
        >>> setting = setting_of(Flow(id="p", nodes=(Step(id="a", name="A"),)))
        >>> net_of(setting, setting.scopes[None]).arrows
        [(0, 2), (2, 1)]

    Source: workflow graphs; van der Aalst, Hirnschall, Verbeek, CAiSE 2002.
    """
    net = Net()
    net.arrow(SOURCE, SINK)  # its target is known last
    found = Openings(setting, net, never_left).fill(scope, SINK)
    if scope.nodes:  # else only event sub-processes lie in it
        net.arrows[0] = (SOURCE, _first(net, found))
    return net


def net_together(
    settings: Sequence[Setting], channels: tuple[str, ...], never_left: frozenset[str]
) -> Net:
    """Return the net of several processes that exchange messages on *channels*.

    Example:
        >>> net_together((), (), frozenset()).arrows
        [(0, 2)]

    Source: BPMN 2.0.2, 7.6 and 13.3.3; messages wait unordered, as in Corradini et al. 2018.
    """
    net = Net()
    fork = net.node(Kind.ALL, "")
    net.arrow(SOURCE, fork)
    births: set[int] = set()
    for setting in settings:
        births |= Openings(setting, net, never_left).process(fork)
    net.channels, net.births = channels, frozenset(births)
    return net


def _first(net: Net, found: list[Beginning]) -> int:
    """Return the node the first token goes to."""
    entries = []
    for beginning in found:
        if len(beginning.nodes) == 1:
            entries.append(beginning.nodes[0])
        else:
            entries.append(net.node(Kind.ALL, ""))
            for node in beginning.nodes:
                net.arrow(entries[-1], node)
    if len(entries) == 1:
        return entries[0]
    router = net.node(Kind.EITHER, "")
    for entry in entries:
        net.arrow(router, entry)
    return router
