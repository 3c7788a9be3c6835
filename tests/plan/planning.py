"""Tell what is planned for a few procedures: run by a test in processes of other hash seeds."""

from __future__ import annotations

import random
import sys

from growing import grow_procedure
from plan.every_set import willing
from tthc_flow.levers import ALL
from tthc_flow.plan.make import plan

if __name__ == "__main__":
    for seed in range(12):
        made = plan(willing(grow_procedure(random.Random(seed), 10)), ALL)
        sys.stdout.write(f"{[each.id for each in made.applied]} {made.explanation}\n")
