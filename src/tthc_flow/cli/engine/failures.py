"""What a worker could not do: which job or letter, why, and when it is tried again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import Factory, define

from tthc_flow.cli.engine.details import job_words
from tthc_flow.dossiers.outbox import FIRST_WAIT, LONGEST_WAIT
from tthc_flow.report.dossier_words import moment_words, node_name, say
from tthc_flow.store.database import reading
from tthc_flow.store.instances import jobs_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tthc_flow.dossiers.engine import Engine
    from tthc_flow.dossiers.outbox import Letter
    from tthc_flow.dossiers.worked import Worked


@define
class Failures:
    """What was not done while a worker ran, each told once a try."""

    _engine: Engine
    _lang: str
    _incidents: set[str]
    _told: set[tuple[str, int, str, int]] = Factory(set)
    _letters: list[str] = Factory(list)

    @classmethod
    def since_now(cls, engine: Engine, lang: str) -> Failures:
        """Return the failures from now on: none yet."""
        return cls(engine, lang, {each.id for each in engine.jobs.incidents()})

    def noting(self, send: Callable[[Letter], None]) -> Callable[[Letter], None]:
        """Return *send*, which also notes each letter that it raises for."""

        def sent(letter: Letter) -> None:
            try:
                send(letter)
            except Exception as error:
                self._letters.append(self._letter(letter, error))
                raise

        return sent

    def lines(self, done: Worked) -> Iterator[str]:
        """Yield a line for each job and letter that failed in what was *done*."""
        if done.failed:
            yield from self._jobs()
        if done.incidents:
            yield from self._new_incidents()
        yield from self._letters
        self._letters.clear()

    def _letter(self, letter: Letter, error: Exception) -> str:
        wait = min(FIRST_WAIT * 2 ** min(letter.tries, 10), LONGEST_WAIT)
        return say(
            "letter-failed",
            self._lang,
            topic=say(f"letter-{letter.topic}", self._lang),
            code=letter.payload["business_key"],
            error=f"{type(error).__name__}: {error}",
            at=moment_words(self._engine.now() + wait, self._lang),
        )

    def _jobs(self) -> Iterator[str]:
        for dossier in self._engine.dossiers(status="running"):
            with reading(self._engine.database) as here:
                jobs = jobs_at(here, dossier.id).values()
            failed = [each for each in jobs if each.error and each.status == "due"]
            flow = self._engine.procedure(dossier.definition).flow if failed else None
            for each in failed:
                known = (each.instance, each.token, each.node, each.tries)
                if known not in self._told and flow is not None:
                    self._told.add(known)
                    words = job_words(each, flow, self._lang)
                    yield say("job-of", self._lang, code=dossier.business_key, words=words)

    def _new_incidents(self) -> Iterator[str]:
        for each in self._engine.jobs.incidents():
            if each.id not in self._incidents:
                self._incidents.add(each.id)
                dossier = self._engine.dossier(each.dossier)
                node = node_name(self._engine.procedure(dossier.definition).flow, each.node)
                values = {"node": node, "tries": each.tries, "error": each.error}
                words = say("job-incident", self._lang, **values)
                yield say("job-of", self._lang, code=each.business_key, words=words)
