"""Whatever is changed in a procedure: a dossier that is moved can be brought to its end."""

from __future__ import annotations

import re
from itertools import count, pairwise
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from .small import bpmn, engine_with

LEAF = "task"


def tree(chance: Random, names: Any, deep: int = 3) -> list[Any]:
    """Return a procedure as [kind, id, parts]: a step, parts in a row, all of them, one of them."""
    kind = chance.choice([LEAF, "row", "all", "one"]) if deep else LEAF
    parts = [] if kind == LEAF else [tree(chance, names, deep - 1) for _ in range(2)]
    return [kind, f"n{next(names)}", parts]


def drawn(tree: list[Any]) -> bytes:
    nodes, ways = ['<startEvent id="s"/><endEvent id="e"/>'], list[tuple[str, str]]()

    def draw(tree: list[Any]) -> tuple[str, str]:
        kind, name, parts = tree
        ends = [draw(each) for each in parts]
        if kind == LEAF:
            nodes.append(f'<userTask id="{name}" name="{name}"/>')
            return name, name
        if kind == "row":
            ways.extend((one[1], other[0]) for one, other in pairwise(ends))
            return ends[0][0], ends[-1][1]
        gateway = "parallelGateway" if kind == "all" else "exclusiveGateway"
        nodes.extend(f'<{gateway} id="{name}{end}"/>' for end in ("i", "o"))
        for first, last in ends:
            ways.extend([(f"{name}i", first), (last, f"{name}o")])
        return f"{name}i", f"{name}o"

    first, last = draw(tree)
    ways += [("s", first), (last, "e")]
    return bpmn("".join(nodes), "; ".join(f"{one} > {other}" for one, other in ways))


def changed(tree: list[Any], chance: Random, names: Any, mapping: dict[str, str]) -> list[Any]:
    """Return *tree* with one small change somewhere; a new name is noted in *mapping*."""
    kind, name, parts = tree
    if kind != LEAF and chance.random() < 0.7:
        where = chance.randrange(len(parts))
        changed_part = changed(parts[where], chance, names, mapping)
        return [kind, name, [*parts[:where], changed_part, *parts[where + 1 :]]]
    fresh = [LEAF, f"n{next(names)}", []]
    match chance.choice(["rename", "remove", "before", "after", "beside"]):
        case "rename" if kind == LEAF:
            if chance.random() < 0.8:
                mapping[name] = fresh[1]
            return fresh
        case "remove" if kind != LEAF:
            return parts[chance.randrange(len(parts))]
        case "before":
            return ["row", f"n{next(names)}", [fresh, tree]]
        case "after":
            return ["row", f"n{next(names)}", [tree, fresh]]
        case _ if kind == "all":
            return [kind, name, [*parts, fresh]]
        case _:
            return ["all", f"n{next(names)}", [tree, fresh]]


def at_last(mapping: dict[str, str], before: bytes, after: bytes) -> dict[str, str]:
    """Return what became at last of each id that both files know, however often it was renamed."""
    old, new = (set(re.findall(r' id="(\w+)"', file.decode())) for file in (before, after))
    found = {}
    for name in old & mapping.keys():
        became = name
        while became in mapping:
            became = mapping[became]
        if became in new:
            found[name] = became
    return found


def played(
    engine: Any, dossier: str, chance: Random, files: dict[str, bytes], most: int = 200
) -> None:
    """Do up to *most* of what is open, in any order and any way."""
    for _ in range(most):
        tasks = engine.tasks(dossier=dossier)
        if not tasks:
            return
        task = chance.choice(tasks)
        if task.what == "work":
            engine.work.complete(task.id, by="an")
        else:
            file = files[engine.dossier(dossier).definition].decode()
            ways = re.findall(rf'id="(f\d+)" sourceRef="{task.node}"', file)
            engine.work.choose(task.id, chance.choice(ways), by="an")


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_what_moves_reaches_its_end_whatever_was_changed_and_what_stays_does_on_its_own(
    seed, tmp_path_factory
):
    chance, names, mapping = Random(seed), count(), dict[str, str]()
    before = after = tree(chance, names)
    for _ in range(chance.randint(1, 3)):
        after = changed(after, chance, names, mapping)
    engine, _ = engine_with(f"sqlite:///{tmp_path_factory.mktemp('any')}/a.db", drawn(before))
    with engine:
        source = engine.definitions("P")[0].hash
        ours = [engine.start("P", f"H{number}", by="dân").id for number in range(6)]
        target = engine.deploy(drawn(after)).hash
        files = {source: drawn(before), target: drawn(after)}
        mapping = at_last(mapping, *files.values())
        for number, each in enumerate(ours):
            played(engine, each, chance, files, number)
        report = engine.migrations.run(source, target, mapping, by="quản trị")
        assert all(each.why for each in report.stays)
        open_before = {each: engine.dossier(each).tasks for each in report.moves}
        if chance.random() < 0.5:
            back = engine.migrations.revert(str(report.id), by="quản trị")
            assert back.stays == ()
            for each, tasks in open_before.items():
                wanted = sorted(mapping.get(task.node, task.node) for task in tasks)
                stood = engine.dossier(each).tasks
                assert sorted(mapping.get(task.node, task.node) for task in stood) == wanted
        for each in ours:
            played(engine, each, chance, files)
        assert {engine.dossier(each).status for each in ours} == {"completed"}
        assert engine.audit.breaks() == ()
