"""The kinds of steps, one by one."""

from __future__ import annotations

from typing import Any, Final

from .every_kind import CALLED, LIMIT, NEW, OLD, Kind, Scene, no_answer, not_there


def start(scene: Scene) -> object:
    return scene.engine.start("P", "H", by="dân", limit=LIMIT)


def begun(process: str, *nodes: str, **more: Any) -> Any:
    return lambda scene: scene.begin(process, *nodes, **more)


def work(name: str, *given: Any, **by: Any) -> Any:
    return lambda scene: getattr(scene.engine.work, name)(scene.task, *given, **{"by": "an", **by})


def life(name: str, *given: Any) -> Any:
    return lambda scene: getattr(scene.engine.life, name)(
        scene.dossier, *given, by="an", reason="thử"
    )


def claimed(scene: Scene) -> None:
    scene.begin("P")
    work("claim")(scene)


def lived(name: str) -> Any:
    def before(scene: Scene) -> None:
        scene.begin("F", limit=LIMIT)
        life(name)(scene)

    return before


def failing(scene: Scene) -> None:
    scene.begin("F")
    scene.answer = no_answer


def failed_once(scene: Scene) -> None:
    failing(scene)
    scene.due()
    scene.wall.forward(minutes=2)


def incident(scene: Scene) -> None:
    failed_once(scene)
    scene.due()
    (found,) = scene.engine.jobs.incidents()
    scene.other = found.id


def of_incident(name: str) -> Any:
    return lambda scene: getattr(scene.engine.jobs, name)(scene.other, by="an")


def erring(scene: Scene) -> None:
    scene.begin("F")
    scene.answer = not_there


def waited(process: str) -> Any:
    def before(scene: Scene) -> None:
        scene.begin(process)
        scene.wall.forward(hours=1)

    return before


def run_due(scene: Scene) -> object:
    return scene.engine.jobs.run_due()


def listening(scene: Scene) -> None:
    scene.other = scene.engine.start("L", "H2", by="dân").id


def thrown(scene: Scene) -> None:
    listening(scene)
    scene.begin("S", "a")


def heard(scene: Scene) -> None:
    thrown(scene)
    scene.due()


def called(scene: Scene) -> None:
    scene.begin("C")
    scene.due()
    (child,) = scene.engine.dossiers(parent=scene.dossier)
    scene.task = scene.engine.dossier(child.id).tasks[0].id


def answered(scene: Scene) -> None:
    called(scene)
    work("complete")(scene)


def called_off(scene: Scene) -> None:
    called(scene)
    stop(scene)


def stop(scene: Scene) -> object:
    return scene.engine.happening.deliver(scene.dossier, "stop", by="an")


def ended(scene: Scene) -> None:
    scene.begin("P")
    life("withdraw")(scene)


def deliver(scene: Scene) -> object:
    return scene.engine.outbox.deliver(lambda _letter: None)


def refuse(scene: Scene) -> object:
    return scene.engine.outbox.deliver(lambda _letter: no_answer() and None)


def nearly_due(scene: Scene) -> None:
    scene.begin("P", limit=LIMIT)
    scene.wall.forward(days=5)


def over(scene: Scene) -> None:
    scene.engine.deploy(CALLED.replace(b'id="Q"', b'id="K"'), keep_days=1)
    scene.begin("K", "a")
    deliver(scene)
    scene.wall.forward(days=2)


def outdated(scene: Scene) -> None:
    scene.engine.deploy(OLD)
    scene.begin("V")
    scene.engine.deploy(NEW)


def migrate(scene: Scene) -> object:
    source, target = (each.hash for each in scene.engine.definitions("V"))
    return scene.engine.migrations.run(source, target, by="an")


def migrated(scene: Scene) -> None:
    outdated(scene)
    scene.other = migrate(scene).id  # type: ignore[attr-defined]


ALL: Final = (
    Kind("deploy", lambda _: None, lambda s: s.engine.deploy(OLD.replace(b'"V"', b'"N"'))),
    Kind("start", lambda _: None, start),
    Kind("complete", begun("P"), work("complete")),
    Kind("complete to the end", begun("Q"), work("complete")),
    Kind("choose", begun("P", "receive", "check"), work("choose", "no")),
    Kind("repeat", begun("R"), work("repeat", 2)),
    Kind("claim", begun("P"), work("claim")),
    Kind("unclaim", claimed, work("unclaim")),
    Kind("delegate", claimed, work("delegate", "bình")),
    Kind("suspend", begun("F"), life("suspend")),
    Kind("resume", lived("suspend"), life("resume")),
    Kind("cancel", begun("F"), life("cancel")),
    Kind("withdraw", begun("P"), life("withdraw")),
    Kind("stop the clock", begun("P", limit=LIMIT), life("stop_clock")),
    Kind("restart the clock", lived("stop_clock"), life("restart_clock")),
    Kind("extend", begun("P", limit=LIMIT), life("extend", LIMIT)),
    Kind("warn", nearly_due, lambda s: s.engine.warn()),
    Kind("deliver an event", called, stop),
    Kind("message", begun("M"), lambda s: s.engine.happening.message("Nhận công văn", by="an")),
    Kind("signal from outside", listening, lambda s: s.engine.happening.signal("Chuông")),
    Kind("throw a signal", lambda s: (listening(s), s.begin("S")), work("complete")),
    Kind("signal to all", thrown, run_due),
    Kind("signal heard", heard, run_due),
    Kind("timer", waited("T"), run_due),
    Kind("timer that comes again", waited("Y"), run_due),
    Kind("function", begun("F"), run_due),
    Kind("function that fails", failing, run_due),
    Kind("function that fails for good", failed_once, run_due),
    Kind("function that says an error", erring, run_due),
    Kind("retry", incident, of_incident("retry")),
    Kind("resolve", incident, of_incident("resolve")),
    Kind("call", begun("C"), run_due),
    Kind("end of the called", called, work("complete")),
    Kind("go on after the called", answered, run_due),
    Kind("cancel the called", called_off, run_due),
    Kind("letter", ended, deliver),
    Kind("letter that is refused", ended, refuse),
    Kind("forget", over, lambda s: s.engine.forget_ended()),
    Kind("migrate", outdated, migrate),
    Kind("migrate back", migrated, lambda s: s.engine.migrations.revert(s.other, by="an")),
)
