"""Gathering what the tests of a session have taken, from every worker; telling it at the end."""

from __future__ import annotations

from fractions import Fraction
from math import floor
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from tthc_flow.errors import CannotWrite, UnreadableInput
from tthc_flow.testing.coverage import share_of
from tthc_flow.testing.tally import Tally, merged, tallied
from tthc_flow.testing.wanted import missed_words, wanted, write_pages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.dossiers.engine import Engine
    from tthc_flow.testing.coverage import Coverage
    from tthc_flow.testing.wanted import Wanted

KEY: Final = "tthc_flow_tallies"
MOST_MISSED: Final = 10


def gathering(config: pytest.Config) -> Sender | Gathering:
    """Return what counts in this program: a worker of xdist sends it, the others tell it.

    Raises:
        pytest.UsageError: Where a path of ``--bpmn-cover`` cannot be read.
    """
    if hasattr(config, "workeroutput"):
        return Sender()
    here = config.invocation_params.dir
    try:
        asked = wanted(here / path for path in config.getoption("--bpmn-cover"))
    except UnreadableInput as error:
        message = f"--bpmn-cover: {error}"
        raise pytest.UsageError(message) from None
    return Gathering(config, asked)


class _Counting:
    """Counts the dossiers of engines."""

    def __init__(self) -> None:
        self.tallies: tuple[Tally, ...] = ()

    def count(self, engine: Engine) -> None:
        """Count what the dossiers of *engine* have taken."""
        self.tallies = merged((*self.tallies, *tallied(engine)))


class Sender(_Counting):
    """Counts in a worker of xdist, and sends it when the worker ends."""

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Put what was counted where xdist takes it from."""
        output: dict[str, Any] = session.config.workeroutput  # type: ignore[attr-defined]
        output[KEY] = [each.as_plain() for each in self.tallies]


class Gathering(_Counting):
    """Counts in the main program, takes what workers send, tells it and judges it."""

    def __init__(self, config: pytest.Config, asked: tuple[Wanted, ...]) -> None:
        """Count for *asked*, as the options of *config* say."""
        super().__init__()
        self._config = config
        self._asked = asked
        self._silent = 0
        self._pages: tuple[Path, ...] = ()
        self._fault = ""

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:  # noqa: ANN401 - of xdist, if it is there
        """Take what a worker has counted; one that was killed has sent nothing."""
        sent = getattr(node, "workeroutput", {}).get(KEY)
        if sent is None:
            self._silent += 1
            return
        self.tallies = merged((*self.tallies, *map(Tally.of_plain, sent)))

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Write the pages; fail a run that was well but takes too few ways."""
        option = self._config.getoption
        if option("collectonly"):
            return
        if option("--bpmn-cover-html") is not None:
            folder = self._config.invocation_params.dir / option("--bpmn-cover-html")
            try:
                self._pages = write_pages(folder, self._coverages(), option("--bpmn-cover-lang"))
            except CannotWrite as error:
                self._fault = str(error)
        if (self._fault or self._too_few()) and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:  # noqa: ANN401 - pytest's own
        """Tell what was taken and what was not."""
        if self._config.getoption("collectonly"):
            return
        terminalreporter.write_sep("=", "BPMN coverage")
        for line in self._lines():
            terminalreporter.write_line(line)
        bad = self._fault or self._too_few()
        terminalreporter.write_line(self._verdict(), **{"red" if bad else "green": True})

    def _coverages(self) -> list[tuple[Wanted, Coverage]]:
        return [(each, each.coverage(self.tallies)) for each in self._asked]

    def _share(self) -> Fraction:
        """Return the share of all ways; of nothing at all, nothing is missing."""
        found = share_of(coverage for _, coverage in self._coverages())
        return Fraction(1) if found is None else found

    def _limit(self) -> Fraction | None:
        limit = self._config.getoption("--bpmn-cover-fail-under")
        return None if limit is None else Fraction(repr(limit)) / 100

    def _too_few(self) -> bool:
        limit = self._limit()
        return limit is not None and self._share() < limit

    def _lines(self) -> Iterator[str]:
        here = self._config.invocation_params.dir
        for each, coverage in self._coverages():
            place = each.place
            shown = place.relative_to(here) if place.is_relative_to(here) else place
            taken, ways = len(coverage.covered), len(coverage.ways)
            share = percent_words(Fraction(taken, ways))
            count = _counted(coverage.dossiers, "dossier")
            yield f"{shown} {coverage.process}: {taken} of {ways} ways, {share} ({count})"
            missed = missed_words(each.procedure.flow, coverage)
            yield from (f"  never taken: {way}" for way in missed[:MOST_MISSED])
            if len(missed) > MOST_MISSED:
                yield f"  … and {len(missed) - MOST_MISSED} more"
        asked = {each.definition for each in self._asked}
        for tally in self.tallies:
            if tally.definition not in asked and tally.dossiers:
                count = _counted(tally.dossiers, "dossier")
                yield f"not among these files as they are: {tally.process} ({count})"
        if self._silent:
            yield f"{_counted(self._silent, 'worker')} ended early; what it ran is not counted"
        yield from (f"page: {page}" for page in self._pages)

    def _verdict(self) -> str:
        share, limit = percent_words(self._share()), self._limit()
        if self._fault:
            return self._fault
        if limit is None:
            return f"all ways: {share}"
        judged = "fewer than" if self._too_few() else "asked for were"
        return f"all ways: {share}; {judged} {percent_words(limit)}"


def percent_words(share: Fraction) -> str:
    """Return *share* in percent, rounded down: 99.96 % are not 100 %.

    Example:
        >>> percent_words(Fraction(2, 3)), percent_words(Fraction(9_999, 10_000))
        ('66.6 %', '99.9 %')
    """
    tenths = floor(share * 1000)
    whole, rest = divmod(tenths, 10)
    return f"{whole}.{rest} %" if rest else f"{whole} %"


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"
