"""Every error that tthc_flow raises.

::

    TthcFlowError            one base; carries code, place and hint, and pickles
    ├── BadQuantity          TF1xx  a number, unit, share or convention that cannot be
    ├── UnreadableInput      TF2xx  a file that cannot be read at all (exit code 3)
    ├── UnsoundFlow          TF3xx  a flow on which the asked figure has no meaning
    ├── NotRunnable          TF4xx  a flow the engine cannot execute faithfully
    ├── BadExpression        TF5xx  a condition or decision table outside the expression language
    ├── CannotWrite          TF6xx  a result that cannot be written where it was asked
    └── StoreFault           TF7xx  dossiers that cannot be kept or found
        └── StoreConflict    TF703  a step that somebody else has made meanwhile

What is wrong or doubtful in a readable file is no exception but a
:class:`~tthc_flow.model.finding.Finding` that comes back with the result.
"""

from __future__ import annotations

from typing import Self


class TthcFlowError(Exception):
    """Base of every error: a code, what is wrong with its value, where, and what to do.

    Example:
        >>> print(UnreadableInput("TF201", "file is empty", place="a.bpmn", hint="save it again"))
        TF201 a.bpmn: file is empty
          → save it again
    """

    def __init__(
        self,
        code: str,
        fact: str,
        *,
        place: str = "",
        hint: str = "",
        choices: tuple[str, ...] = (),
        fact_vi: str | None = None,
    ) -> None:
        """Keep the parts; ``str()`` puts them together, in English.

        *choices* are what can be given instead, for those who say the hint in another language;
        *fact_vi* is the fact in Vietnamese: ``None`` where it is a value that reads the same, empty
        where the text of the code says it already.
        """
        super().__init__(code, fact, place, hint)
        self.code = code
        self.fact = fact
        self.fact_vi = fact_vi
        self.place = place
        self.hint = hint
        self.choices = choices

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle by parts (keyword arguments would be lost by the default)."""
        parts = (self.code, self.fact, self.place, self.hint, self.choices, self.fact_vi)
        return _rebuild, (type(self), *parts)

    def __str__(self) -> str:
        """Return code, place, fact, then the hint on a line of its own."""
        where = f" {self.place}:" if self.place else ""
        hint = f"\n  → {self.hint}" if self.hint else ""
        return f"{self.code}{where} {self.fact}{hint}"


def _rebuild(  # noqa: PLR0913, PLR0917 - the parts of an error
    kind: type[TthcFlowError],
    code: str,
    fact: str,
    place: str,
    hint: str,
    choices: tuple[str, ...],
    fact_vi: str | None,
) -> TthcFlowError:
    return kind(code, fact, place=place, hint=hint, choices=choices, fact_vi=fact_vi)


class BadQuantity(TthcFlowError):
    """A number, unit or convention that cannot be (TF1xx)."""

    @classmethod
    def not_a_number(cls, value: object) -> Self:
        """TF101: *value* is no finite number."""
        return cls(
            "TF101",
            f"{value!r} is not a finite number",
            hint="write digits, e.g. 0.5 or 1/2",
            fact_vi=repr(value),
        )

    @classmethod
    def negative(cls, name: str, value: object) -> Self:
        """TF102: *value* is below zero."""
        return cls(
            "TF102",
            f"{name} is negative ({value})",
            hint="give zero or more, or leave it unknown",
            fact_vi=f"{name} = {value}",
        )

    @classmethod
    def unknown_convention(cls, name: str, known: tuple[str, ...]) -> Self:
        """TF103: no convention of that name."""
        return cls(
            "TF103",
            f"no time convention {name!r}",
            hint=f"choose one of {', '.join(known)}",
            choices=known,
            fact_vi=repr(name),
        )

    @classmethod
    def methods_mixed(cls, one: str, other: str) -> Self:
        """TF104: two costs by different methods."""
        return cls(
            "TF104",
            f"costs by {one} and by {other} are not comparable",
            hint="compute before and after by one method",
        )

    @classmethod
    def weights_missing(cls, pairs: int, weights: int) -> Self:
        """TF105: a weighted mean needs one weight a pair."""
        return cls("TF105", f"{weights} weights for {pairs} pairs", hint="give one weight a pair")

    @classmethod
    def year_not_covered(cls, year: int, covered: tuple[int, ...]) -> Self:
        """TF106: a date in a year for which there is no working calendar."""
        return cls(
            "TF106",
            f"no working calendar for {year} (covered: {', '.join(map(str, covered)) or 'none'})",
            hint=f"give a calendar file for {year}, or use dates of a covered year",
            fact_vi=str(year),
        )

    @classmethod
    def bare_day(cls) -> Self:
        """TF107: a bare "ngày" where the end of a period is asked."""
        return cls(
            "TF107",
            'a bare "ngày" has no end date: the source does not say which days count',
            hint="say whether it means working days or calendar days",
            fact_vi="",
        )

    @classmethod
    def unknown_language(cls, name: object, known: tuple[str, ...]) -> Self:
        """TF108: no words in that language."""
        return cls(
            "TF108",
            f"no words in language {name!r}",
            hint=f"choose {' or '.join(known)}",
            choices=known,
            fact_vi=repr(name),
        )

    @classmethod
    def no_share(cls, name: str, value: object) -> Self:
        """TF109: a share below zero or above the whole."""
        hint = "give 0 to 1, e.g. 0.3 for 30 %"
        fact = f"{name} is no share ({value})"
        return cls("TF109", fact, hint=hint, fact_vi=f"{name} = {value}")

    @classmethod
    def unknown_heat(cls, name: object, known: tuple[str, ...]) -> Self:
        """TF110: nothing of that name that a picture could be coloured by."""
        return cls(
            "TF110",
            f"no heat {name!r}",
            hint=f"choose one of {', '.join(known)}",
            choices=known,
        )

    @classmethod
    def too_few_years(cls, years: int, fewest: int) -> Self:
        """TF114: too few years without a dossier to call a procedure unused."""
        return cls(
            "TF114",
            f"{years} years without a dossier are too few (at least {fewest})",
            hint=f"ask for {fewest} years or more",
            choices=(str(fewest),),
        )

    @classmethod
    def no_distribution(cls, spread: str, needed: tuple[str, ...]) -> Self:
        """TF116: numbers that no distribution of that family has."""
        return cls(
            "TF116",
            f"these numbers make no {spread} distribution",
            hint=f"give {', '.join(needed)} and nothing else, in ascending order",
            choices=needed,
            fact_vi=spread,
        )


class UnreadableInput(TthcFlowError):
    """A file that cannot be read at all (TF2xx)."""


class UnsoundFlow(TthcFlowError):
    """A flow on which the asked figure has no meaning (TF3xx)."""


class NotRunnable(TthcFlowError):
    """A flow that the engine cannot execute faithfully (TF4xx)."""


class BadExpression(TthcFlowError):
    """A condition or decision table outside the small expression language (TF5xx)."""


class CannotWrite(TthcFlowError):
    """A result that cannot be written where it was asked (TF6xx)."""


class StoreFault(TthcFlowError):
    """Dossiers that cannot be kept or found (TF7xx)."""


class StoreConflict(StoreFault):
    """A step that somebody else has made meanwhile (TF703); the engine tries again by itself."""
