"""What monitoring sees of a worker: health as JSON, counts for Prometheus and OpenTelemetry."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from attrs import define, field
from sqlalchemy import text

from tthc_flow.dossiers.endpoint import Endpoint
from tthc_flow.dossiers.metrics import BOUNDS, Counters
from tthc_flow.dossiers.otel import MeterMetrics
from tthc_flow.dossiers.worker import Worker
from tthc_flow.errors import StoreFault

from .small import engine_with
from .test_worker import FOUND, ITSELF, at_work

# A line of the text format: a name, perhaps labels, a number (Prometheus, "Exposition formats").
SAMPLE = re.compile(r'([a-z_]+)(?:\{([a-z_]+="[^"\\\n]*")\})? (-?[0-9.e+-]+)')


def asked(endpoint: Endpoint, path: str) -> tuple[int, str]:
    try:
        with urlopen(f"http://127.0.0.1:{endpoint.port}{path}") as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        with error:
            return error.code, error.read().decode()


def samples(printed: str) -> dict[str, float]:
    """Return the samples of a metrics page, which must be what Prometheus can read."""
    found: dict[str, float] = {}
    typed: set[str] = set()
    assert printed.endswith("\n")
    for line in printed.splitlines():
        if line.startswith("#"):
            _, what, name, *_ = line.split(" ", 3)
            assert what in {"HELP", "TYPE"}
            assert (what, name) not in typed
            typed.add((what, name))
            continue
        match = SAMPLE.fullmatch(line)
        assert match, line
        family = re.sub(r"_(bucket|sum|count)$", "", match[1])
        assert ("TYPE", match[1]) in typed or ("TYPE", family) in typed
        found[match[1] + (f"{{{match[2]}}}" if match[2] else "")] = float(match[3])
    return found


def test_health_and_backlog_are_told_as_json_and_as_gauges(url):
    engine, wall = engine_with(url, ITSELF, functions=FOUND)
    with engine:
        for number in range(3):
            engine.start("P", f"H{number}", by="dân")
        worker = Worker(engine, deliver=None, idle=timedelta(minutes=5))
        with Endpoint(worker, 0) as endpoint:
            status, body = asked(endpoint, "/health")
            assert status == 503  # it does not work yet
            health = json.loads(body)
            assert health["backlog"] == {"jobs": 3, "incidents": 0, "letters": 0, "overdue": 0}
            assert health["next_due"] == wall().isoformat()
            worker.run(until_idle=True)
            wall.forward(days=2)
            worker.run(until_idle=True)
            with at_work(worker):
                status, body = asked(endpoint, "/health?now")
                assert (status, json.loads(body)["good"]) == (200, True)
                found = samples(asked(endpoint, "/metrics")[1])
            assert found['tthc_jobs_total{outcome="done"}'] == 3
            assert found["tthc_warnings_total"] == 3
            assert found["tthc_letters_waiting"] == 3
            assert found["tthc_jobs_due"] == found["tthc_dossiers_overdue"] == 0
            assert found["tthc_worker_up"] == found["tthc_database_up"] == 1
            assert found["tthc_job_seconds_count"] == 3
            assert asked(endpoint, "/")[0] == 404


def test_a_database_that_fails_is_seen_from_outside(url):
    engine, _ = engine_with(url, ITSELF)
    with engine, Endpoint(Worker(engine, deliver=None), 0) as endpoint:
        with engine.database.begin() as here:
            here.execute(text("DROP TABLE tthc_jobs"))
        status, body = asked(endpoint, "/health")
        assert status == 503
        assert json.loads(body)["fault"].startswith("TF704")
        found = samples(asked(endpoint, "/metrics")[1])
        assert found["tthc_database_up"] == 0
        assert "tthc_jobs_due" not in found  # what is not known is not 0


def test_a_port_that_is_taken_is_a_coded_error(tmp_path):
    engine, _ = engine_with(f"sqlite:///{tmp_path / 'a.db'}")
    worker = Worker(engine, deliver=None)
    with engine, Endpoint(worker, 0) as endpoint:
        for port in (endpoint.port, 70_000):
            with pytest.raises(StoreFault, match="TF719"):
                Endpoint(worker, port)


def test_the_buckets_of_the_histogram_count_everything_up_to_their_bound():
    counters = Counters()
    for seconds in (0.005, 0.0051, 3, 100):
        counters.took(seconds)
    found = samples(counters.text())
    buckets = [found[f'tthc_job_seconds_bucket{{le="{bound}"}}'] for bound in (*BOUNDS, "+Inf")]
    assert buckets == [1, 2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 4]
    assert found["tthc_job_seconds_sum"] == pytest.approx(103.0101)


@define
class Meter:
    """What of OpenTelemetry's ``Meter`` is used, by its published signatures."""

    made: dict[str, list[object]] = field(factory=dict)

    def create_counter(self, name: str, unit: str = "", description: str = "") -> Meter.Instrument:
        assert (unit, bool(description)) == ("", True)
        return Meter.Instrument(self.made.setdefault(name, []))

    def create_histogram(self, name: str, unit: str = "", description: str = "") -> Instrument:
        assert (unit, bool(description)) == ("s", True)
        return Meter.Instrument(self.made.setdefault(name, []))

    @define
    class Instrument:
        got: list[object]

        def add(self, amount: float, attributes: dict[str, str] | None = None) -> None:
            self.got.append((amount, attributes))

        def record(self, amount: float, attributes: dict[str, str] | None = None) -> None:
            assert attributes is None
            self.got.append(amount)


def test_the_same_counts_reach_a_meter_of_opentelemetry(url):
    meter = Meter()
    engine, wall = engine_with(url, ITSELF, functions=FOUND)
    with engine:
        engine.start("P", "H1", by="dân")
        worker = Worker(engine, deliver=lambda _letter: None, counts=MeterMetrics(meter))
        worker.run(until_idle=True)
        wall.forward(days=2)
        worker.run(until_idle=True)
    assert meter.made["tthc_jobs"] == [(1, {"outcome": "done"})]
    assert meter.made["tthc_warnings"] == [(1, {})]
    assert meter.made["tthc_letters"] == [(1, {"outcome": "delivered"})]
    (seconds,) = meter.made["tthc_job_seconds"]
    assert 0 < seconds < 30
