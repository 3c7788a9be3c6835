"""Stock SpiffWorkflow kept in SQLite as its users do: the whole instance written at each step."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from lxml import etree
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.util.task import TaskState


class StockEngine:
    """Loads an instance, completes a task, writes the instance back: one transaction a step.

    The same settings of SQLite as ours: WAL, ``synchronous=FULL``, the write lock at the start, and
    as long to wait for it as it takes. One for each caller; they share the file.
    """

    def __init__(self, path: Path, content: bytes, process: str) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None, timeout=600)
        self.connection.execute("PRAGMA journal_mode=WAL")
        self.connection.execute("PRAGMA synchronous=FULL")
        self.connection.execute("CREATE TABLE IF NOT EXISTS stock (id INTEGER PRIMARY KEY, state)")
        parser = BpmnParser()
        parser.add_bpmn_xml(etree.fromstring(content))
        self.spec = parser.get_spec(process)
        self.serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure())

    def start(self) -> int:
        """Begin an instance; return its number."""
        workflow = BpmnWorkflow(self.spec)
        workflow.do_engine_steps()
        row = self.connection.execute(
            "INSERT INTO stock (state) VALUES (?)", (self._text(workflow),)
        )
        assert row.lastrowid is not None
        return row.lastrowid

    def complete(self, number: int) -> bool:
        """Complete the first task of an instance; return whether the instance has ended."""
        self.connection.execute("BEGIN IMMEDIATE")
        found = self.connection.execute("SELECT state FROM stock WHERE id = ?", (number,))
        workflow = self.serializer.deserialize_json(found.fetchone()[0])
        task = workflow.get_tasks(state=TaskState.READY, manual=True)[0]
        task.run()
        workflow.do_engine_steps()
        changed = (self._text(workflow), number)
        self.connection.execute("UPDATE stock SET state = ? WHERE id = ?", changed)
        self.connection.execute("COMMIT")
        return bool(workflow.completed)

    def _text(self, workflow: BpmnWorkflow) -> str:
        return str(self.serializer.serialize_json(workflow))
