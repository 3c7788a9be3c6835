"""Random times of several families."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from tthc_flow.model.chance import Chance, Spread


def chances(numbers: st.SearchStrategy[Fraction]) -> st.SearchStrategy[Chance]:
    """Return fixed, gamma, empirical and uniform times made of *numbers* of minutes."""
    seen = st.lists(numbers, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Chance.fixed, numbers),
        st.builds(
            Chance, spread=st.just(Spread.GAMMA), mean=numbers.filter(bool), deviation=numbers
        ),
        st.builds(Chance, spread=st.just(Spread.EMPIRICAL), values=seen),
        st.tuples(numbers, numbers).map(
            lambda ends: Chance(spread=Spread.UNIFORM, least=min(ends), most=max(ends))
        ),
    )
