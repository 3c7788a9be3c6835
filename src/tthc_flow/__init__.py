"""tthc_flow: administrative procedures as BPMN, read, measured, made lighter and proven.

    >>> import tthc_flow
    >>> reading = tthc_flow.read(b'''<definitions
    ... xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="P">
    ... <task id="A" name="Ky duyet"/></process></definitions>''')
    >>> tthc_flow.measure(reading).unknown_times
    ('A',)

Every name below is imported when it is first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from tthc_flow.front import front_door, show_in_notebooks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tthc_flow.bpmn.read import Reading, read
    from tthc_flow.dossiers.deadlines import Deadlines
    from tthc_flow.dossiers.engine import Engine
    from tthc_flow.errors import TthcFlowError
    from tthc_flow.measures.comparison import Comparison
    from tthc_flow.measures.measure import Measures
    from tthc_flow.model.finding import Finding
    from tthc_flow.model.law import Authority
    from tthc_flow.model.plan import Objective, Plan, Targets, Wishes
    from tthc_flow.model.procedure import CostMethod, Procedure
    from tthc_flow.picture.png import png
    from tthc_flow.simulation.trial import Trial
    from tthc_flow.units import Convention
    from tthc_flow.verbs.annotate import annotate
    from tthc_flow.verbs.answering import answered
    from tthc_flow.verbs.ask import ask
    from tthc_flow.verbs.calibrate import calibrate, compare_periods
    from tthc_flow.verbs.check import check
    from tthc_flow.verbs.compare import compare
    from tthc_flow.verbs.compare_many import compare_many
    from tthc_flow.verbs.compare_papers import compare_papers, save_comparison
    from tthc_flow.verbs.convert import convert, convert_all
    from tthc_flow.verbs.decide import decide, rulings_of
    from tthc_flow.verbs.expect import expect
    from tthc_flow.verbs.folder import gathered
    from tthc_flow.verbs.measure import measure
    from tthc_flow.verbs.papers import papers, save
    from tthc_flow.verbs.portfolio import portfolio_progress, portfolio_twins, run_portfolio
    from tthc_flow.verbs.prepare import Preparation, prepare
    from tthc_flow.verbs.propose import Proposal, propose
    from tthc_flow.verbs.propose_folder import propose_folder
    from tthc_flow.verbs.resolve import resolve
    from tthc_flow.verbs.run import run
    from tthc_flow.verbs.show import show, show_all
    from tthc_flow.verbs.simulate import simulate
    from tthc_flow.verbs.within_capacity import trial_of, within_capacity
    from tthc_flow.verbs.write import write

_PLACES = {
    "Authority": "model.law",
    "Comparison": "measures.comparison",
    "Convention": "units",
    "CostMethod": "model.procedure",
    "Deadlines": "dossiers.deadlines",
    "Engine": "dossiers.engine",
    "Finding": "model.finding",
    "Measures": "measures.measure",
    "Objective": "model.plan",
    "Plan": "model.plan",
    "Preparation": "verbs.prepare",
    "Procedure": "model.procedure",
    "Proposal": "verbs.propose",
    "Reading": "bpmn.read",
    "Targets": "model.plan",
    "Trial": "simulation.trial",
    "TthcFlowError": "errors",
    "Wishes": "model.plan",
    "annotate": "verbs.annotate",
    "answered": "verbs.answering",
    "ask": "verbs.ask",
    "calibrate": "verbs.calibrate",
    "check": "verbs.check",
    "compare": "verbs.compare",
    "compare_many": "verbs.compare_many",
    "compare_papers": "verbs.compare_papers",
    "compare_periods": "verbs.calibrate",
    "convert": "verbs.convert",
    "convert_all": "verbs.convert",
    "decide": "verbs.decide",
    "expect": "verbs.expect",
    "gathered": "verbs.folder",
    "measure": "verbs.measure",
    "papers": "verbs.papers",
    "png": "picture.png",
    "portfolio_progress": "verbs.portfolio",
    "portfolio_twins": "verbs.portfolio",
    "prepare": "verbs.prepare",
    "propose": "verbs.propose",
    "propose_folder": "verbs.propose_folder",
    "read": "bpmn.read",
    "resolve": "verbs.resolve",
    "rulings_of": "verbs.decide",
    "run": "verbs.run",
    "run_portfolio": "verbs.portfolio",
    "save": "verbs.papers",
    "save_comparison": "verbs.compare_papers",
    "show": "verbs.show",
    "show_all": "verbs.show",
    "simulate": "verbs.simulate",
    "trial_of": "verbs.within_capacity",
    "within_capacity": "verbs.within_capacity",
    "write": "verbs.write",
}

__all__ = [
    "Authority",
    "Comparison",
    "Convention",
    "CostMethod",
    "Deadlines",
    "Engine",
    "Finding",
    "Measures",
    "Objective",
    "Plan",
    "Preparation",
    "Procedure",
    "Proposal",
    "Reading",
    "Targets",
    "Trial",
    "TthcFlowError",
    "Wishes",
    "annotate",
    "answered",
    "ask",
    "calibrate",
    "check",
    "compare",
    "compare_many",
    "compare_papers",
    "compare_periods",
    "convert",
    "convert_all",
    "decide",
    "expect",
    "gathered",
    "measure",
    "papers",
    "png",
    "portfolio_progress",
    "portfolio_twins",
    "prepare",
    "propose",
    "propose_folder",
    "read",
    "resolve",
    "rulings_of",
    "run",
    "run_portfolio",
    "save",
    "save_comparison",
    "show",
    "show_all",
    "simulate",
    "trial_of",
    "within_capacity",
    "write",
]

__getattr__, __dir__ = front_door(__name__, _PLACES)
show_in_notebooks()
