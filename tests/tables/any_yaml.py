"""Step tables of any content, as the values that YAML holds, for the laws of tests."""

from __future__ import annotations

from hypothesis import strategies as st

from tthc_flow.model.actor import Role
from tthc_flow.model.step import StepKind
from tthc_flow.tables.step_table import BranchKind
from tthc_flow.units import TimeUnit

TEXTS = st.sampled_from(
    ("=1+1", "+84", "-5", "@SUM(A1)", "\tTab", "007", "1/2", "Văn thư Sở", "• a", "a | b", "a\nb",
     "không có", "hồ sơ → bước 9", "bổ sung: thiếu", "trong ngày", "–", "<b>&amp;</b>", "#N/A",
     "TRUE")
)  # fmt: skip
AMOUNTS = st.sampled_from(("0", "0.25", "1/3", "12", "999999999999999999", "0.1"))
MAYBE = st.none() | TEXTS
TRUTHS = st.none() | st.booleans()
LENGTHS = st.fixed_dictionaries(
    {"value": AMOUNTS, "unit": st.sampled_from([each.value for each in TimeUnit])},
    optional={"text": TEXTS, "at_least": AMOUNTS, "counted": st.booleans(), "note": TEXTS},
)
QUANTITIES = st.none() | st.fixed_dictionaries(
    {"value": AMOUNTS},
    optional={
        "evidence": st.just("measured"),
        "source": st.fixed_dictionaries({"document": TEXTS}),
    },
)
BRANCHES = st.fixed_dictionaries(
    {"kind": st.sampled_from([each.value for each in BranchKind])},
    optional={"text": TEXTS, "target": st.sampled_from(("1", "end", "II.3"))},
)
ROW = st.fixed_dictionaries(
    {"content": TEXTS},
    optional={
        "no": st.sampled_from(("1", "2", "2.2", "1")),
        "name": TEXTS,
        "performer": TEXTS,
        "office": TEXTS,
        "role": st.sampled_from([*(each.value for each in Role), "citizen", "nobody"]),
        "level": st.sampled_from(("province", "province_or_commune", "citizen", "moon")),
        "kinds": st.lists(st.sampled_from([each.value for each in StepKind]), max_size=3),
        "time": TEXTS
        | LENGTHS
        | st.just({"value": None, "text": "gộp trong 45 ngày"})
        | st.just({"value": None})
        | st.just({"value": "1", "unit": "day", "evidence": "measured", "source": "QĐ 9"}),
        "result": TEXTS,
        "branches": st.lists(BRANCHES, max_size=3),
        "stage": TEXTS,
        "anchor": TEXTS,
        "in_total": st.booleans(),
        "tasks": st.lists(
            st.fixed_dictionaries(
                {"name": TEXTS}, optional={"kind": st.just("sign"), "time_as_printed": TEXTS}
            ),
            max_size=2,
        ),
        "legal_basis": st.lists(
            st.fixed_dictionaries({"document": TEXTS, "rank": st.just("law")}), max_size=2
        ),
        "databases": st.lists(
            st.fixed_dictionaries({"name": TEXTS}, optional={"connected": TRUTHS}), max_size=2
        ),
        "harm": st.fixed_dictionaries(
            {}, optional={"severity": st.just("high"), "reversible": TRUTHS, "amount": QUANTITIES}
        ),
        "work": LENGTHS,
        **{
            name: st.lists(TEXTS, max_size=2)
            for name in ("reads", "writes", "criteria", "separate_from")
        },
        **dict.fromkeys(("pause", "unpause", "parallel", "decides", "paper"), TRUTHS),
        **{name: st.sampled_from(("0", "17")) for name in ("checked", "amended")},
    },
)
TABLES = st.fixed_dictionaries(
    {"steps": st.lists(ROW, min_size=1, max_size=3)},
    optional={
        "id": TEXTS,
        "name": TEXTS,
        "kind": st.sampled_from(("public", "within_agency", "tthc_noi_bo")),
        "agency": TEXTS,
        "authority_level": st.sampled_from(("province", "commune")),
        "source": st.fixed_dictionaries({"document": TEXTS}, optional={"url": TEXTS}),
        "total_time": TEXTS
        | LENGTHS.map(lambda each: {k: v for k, v in each.items() if k not in {"counted", "note"}})
        | st.just("Không quy định")
        | st.just({"alternatives": [{"when": "khó", "value": "1/3", "unit": "day"}]}),
        "documents": st.lists(
            st.fixed_dictionaries({"name": TEXTS}, optional={"copies": st.just("2")}), max_size=2
        ),
        "fee": st.sampled_from(("50.000 đồng", "Không")),
        "work": st.lists(
            st.fixed_dictionaries({"item": st.just("submit"), "hours": QUANTITIES}), max_size=2
        ),
        "volume": st.fixed_dictionaries(
            {"dossiers": QUANTITIES},
            optional={"by_year": st.just([{"year": "2024", "dossiers": "12"}])},
        ),
        "crews": st.just([{"office": "Sở", "role": "officer", "people": "3", "hours": "1/3"}]),
        "answers": st.lists(
            st.fixed_dictionaries({"question": TEXTS, "reply": st.just("unknown")}), max_size=2
        ),
        "baseline": st.booleans(),
    },
)
