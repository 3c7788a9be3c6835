"""From one version of a procedure to another in mid-flight: looked at first, and back again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from attrs import define, frozen

from tthc_flow.dossiers.arguments import may_be, must_be, must_be_by_names
from tthc_flow.dossiers.held import Held, picked_up
from tthc_flow.dossiers.keeping import OPEN
from tthc_flow.dossiers.moving import Ways
from tthc_flow.dossiers.renaming import names_back, names_there
from tthc_flow.dossiers.steps import in_transaction
from tthc_flow.dossiers.texts import move_must_be_kept
from tthc_flow.dossiers.turn import Move, Turn
from tthc_flow.errors import StoreFault
from tthc_flow.moments import text_of
from tthc_flow.store import instances
from tthc_flow.store import migrations as store
from tthc_flow.store.database import reading
from tthc_flow.store.definitions import definition_of

if TYPE_CHECKING:
    from tthc_flow.dossiers.deployed import Deployed
    from tthc_flow.dossiers.steps import Steps
    from tthc_flow.store.database import Connection

NO_MAPPING: Final[Mapping[str, str]] = MappingProxyType({})
AT_ONCE: Final = 100
"""So many dossiers are moved in one transaction."""


@frozen(kw_only=True)
class Stays:
    """A dossier that cannot be moved, and everything that bars it, as (code, node)."""

    dossier: str
    business_key: str
    why: tuple[tuple[str, str], ...]


@frozen(kw_only=True)
class MigrationReport:
    """Which dossiers move (or have moved) and which stay; *id* names a migration that was made."""

    source: str
    target: str
    moves: tuple[str, ...]
    stays: tuple[Stays, ...]
    id: str | None = None


@define
class Migrations:
    """Moving dossiers that are under way to another version of their procedure."""

    _steps: Steps

    def plan(
        self,
        source: str,
        target: str,
        mapping: Mapping[str, str] = NO_MAPPING,
        *,
        dossiers: tuple[str, ...] | None = None,
    ) -> MigrationReport:
        """Return which dossiers of the definition *source* would move to *target*, and which not.

        Nothing is changed. *mapping* says what became of a node: by default it has the same id.
        *dossiers* are those asked for; by default all that are at work or suspended.

        Raises:
            StoreFault: TF705 where a definition is not deployed, TF728 where *mapping* names what
                they do not have.
        """
        must_be(str, source=source, target=target)
        must_be_by_names(mapping=mapping)
        may_be(tuple, dossiers=dossiers)
        moves, stays = [], []
        with reading(self._steps.office.database) as here:
            ways = self._ways(here, source, target, mapping)
            for each in self._chosen(here, source, dossiers):
                row = instances.instance_of(here, each)
                if row is None or row.status not in OPEN or row.definition != source:
                    continue
                held = picked_up(here, row, ways.ours, self._steps.office.codec)
                why = ways.bars(held)
                if why:
                    stays.append(Stays(dossier=each, business_key=row.business_key, why=why))
                else:
                    moves.append(each)
        return MigrationReport(source=source, target=target, moves=tuple(moves), stays=tuple(stays))

    def run(
        self,
        source: str,
        target: str,
        mapping: Mapping[str, str] = NO_MAPPING,
        *,
        by: str,
        dossiers: tuple[str, ...] | None = None,
    ) -> MigrationReport:
        """Move the dossiers that can be moved, each as one step of its chain; the others stay.

        A dossier that is worked on meanwhile is looked at again when it is moved. Killed half-way,
        what was moved is moved; run it again for the rest.

        Raises:
            StoreFault: TF705 and TF728 as :meth:`plan`, TF724 where it is not said who does it.
        """
        office, migration = self._steps.office, uuid4().hex
        move = Move(kind="migrate", by=by, reason=migration)
        move_must_be_kept(move)
        planned = self.plan(source, target, mapping, dossiers=dossiers)
        with reading(office.database) as here:
            ways = self._ways(here, source, target, mapping)
        made = {
            "id": migration,
            "source": source,
            "target": target,
            "mapping": instances.as_text(dict(mapping)),
            "at": text_of(office.now()),
            "actor": by,
        }
        in_transaction(office.database, lambda here: store.add_migration(here, **made))
        moves, stays = self._all_moved(planned.moves, move, ways)
        return MigrationReport(
            id=migration, source=source, target=target, moves=moves, stays=(*planned.stays, *stays)
        )

    def revert(self, migration: str, *, by: str) -> MigrationReport:
        """Move back what *migration* has moved, where it now stands allowing; nothing is undone.

        What still waits where the migration put it comes back to where it stood. What has gone on
        since is mapped back by name; where several nodes became one, it stays.

        Raises:
            StoreFault: TF718 where there is no such migration, TF724 where it is not said who does
                it.
        """
        must_be(str, migration=migration)
        move = Move(kind="migrate_back", by=by, reason=migration)
        move_must_be_kept(move)
        office = self._steps.office
        with reading(office.database) as here:
            row = store.migration_of(here, migration)
            if row is None:
                hint = "look at what `migrate` printed"
                raise StoreFault("TF718", "no such migration", place=migration, hint=hint)
            ours, theirs = self._definition(here, row.target), self._definition(here, row.source)
            ways = Ways(ours, theirs, names_back(_mapping(row.mapping), theirs.flow))
            there = tuple(each.instance for each in store.moved_by(here, migration))
        moves, stays = self._all_moved(there, move, ways)
        if not stays:
            at = text_of(office.now())
            in_transaction(office.database, lambda here: store.reverted(here, migration, at))
        return MigrationReport(
            id=migration,
            source=row.target,
            target=row.source,
            moves=moves,
            stays=stays,
        )

    def _all_moved(
        self, dossiers: tuple[str, ...], move: Move, ways: Ways
    ) -> tuple[tuple[str, ...], tuple[Stays, ...]]:
        """Move *dossiers*, so many a transaction; return which moved, and why others stay."""
        found: list[Stays] = []
        for first in range(0, len(dossiers), AT_ONCE):
            some = dossiers[first : first + AT_ONCE]

            def move_them(here: Connection, some: tuple[str, ...] = some) -> list[Stays | None]:
                return [self._moved(each, move, ways, here) for each in some]

            together = in_transaction(self._steps.office.database, move_them)
            found += [each for each in together if each is not None]
        stays = {each.dossier for each in found}
        return tuple(each for each in dossiers if each not in stays), tuple(found)

    def _moved(self, instance: str, move: Move, ways: Ways, here: Connection) -> Stays | None:
        """Move a dossier, or return why it stays."""

        def act(turn: Turn) -> None:
            held = turn.held
            if held.row.definition != ways.ours.hash:
                raise _Barred(held, (("migrate-elsewhere", held.row.definition),))
            back = move.kind == "migrate_back"
            note = store.note_of(turn.here, str(move.reason), instance) if back else None
            why = ways.bars(held, note)
            if why:
                raise _Barred(held, why)
            held.jobs = store.locked_jobs(turn.here, held.jobs, instance)
            before = ways.moved(turn, note)
            turn.said |= {
                "dossier": {
                    "key": held.row.key,
                    "business_key": held.row.business_key,
                    "definition": ways.theirs.hash,
                },
                "migrated_from": ways.ours.hash,
            }
            number = held.row.step_no + 1
            if back:
                store.was_moved_back(turn.here, str(move.reason), instance)
            else:
                store.was_moved(turn.here, str(move.reason), instance, number, before)

        try:
            self._steps.made(instance, move, act, here, among=OPEN)
        except _Barred as barred:
            return barred.stays
        except StoreFault as error:
            if error.code not in {"TF706", "TF709"}:
                raise
            return Stays(dossier=instance, business_key="", why=(("migrate-ended", ""),))
        return None

    def _ways(self, here: Connection, source: str, target: str, mapping: Mapping[str, str]) -> Ways:
        ours, theirs = self._definition(here, source), self._definition(here, target)
        for deployed, names in ((ours, mapping), (theirs, mapping.values())):
            known = {each.id for each in (*deployed.flow.nodes, *deployed.flow.edges)}
            unknown = [name for name in names if name not in known]
            if unknown:
                fact = f"version {deployed.hash[:12]} has no {', '.join(map(repr, unknown))}"
                hint = "map ids of the old version to ids of the new one"
                raise StoreFault("TF728", fact, place="mapping", hint=hint)
        back = names_back(mapping, ours.flow) if mapping else None
        return Ways(ours, theirs, names_there(mapping), back)

    def _definition(self, here: Connection, hash_: str) -> Deployed:
        if definition_of(here, hash_) is None:
            hint = "deploy both versions first, and give their hashes"
            raise StoreFault("TF705", "no such definition", place=hash_, hint=hint)
        return self._steps.program(here, hash_)

    def _chosen(
        self, here: Connection, source: str, dossiers: tuple[str, ...] | None
    ) -> tuple[str, ...]:
        return tuple(store.on_definition(here, source)) if dossiers is None else dossiers


class _Barred(Exception):
    def __init__(self, held: Held, why: tuple[tuple[str, str], ...]) -> None:
        super().__init__(held.row.id)
        self.stays = Stays(dossier=held.row.id, business_key=held.row.business_key, why=why)


def _mapping(text: str) -> dict[str, str]:
    found: dict[str, str] = json.loads(text)
    return found
