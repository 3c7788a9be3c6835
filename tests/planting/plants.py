"""Every plant there is: for each lever, the known waste that it must find, in several shapes."""

from __future__ import annotations

from planting.consulting import CONSULTING
from planting.counter import COUNTER
from planting.examining import EXAMINING
from planting.handling import HANDLING
from planting.signing import SIGNING
from planting.sorting import SORTING

PLANTS = (*EXAMINING, *CONSULTING, *SIGNING, *HANDLING, *COUNTER, *SORTING)
LEVERS = tuple(dict.fromkeys(plant.lever for plant in PLANTS))
