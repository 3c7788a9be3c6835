// One candidate: what it changes, on what grounds, under which conditions, and the ruling on it.

import { button, el } from "./dom.js";
import { effect, sourceText } from "./effects.js";
import { candidateTitle, label, point } from "./names.js";
import { questionKey, showQuestion } from "./question_places.js";
import { ruling } from "./ruling.js";
import { now, set } from "./state.js";
import { days, t, upper } from "./words.js";

export function card(candidate, kind) {
  const opened = now().shown === candidate.id;
  const body = `body-${candidate.id}`.replace(/[^\w-]/g, "_");
  return el("li", { class: `card ${kind}`, "data-candidate": candidate.id },
    el("h4", {}, button(upper(candidateTitle(candidate)), () => toggle(candidate), {
      key: `card-${candidate.id}`, "aria-expanded": String(opened), "aria-controls": body,
      class: "link title" })),
    el("p", { class: "effect" }, effect(candidate.effect)),
    ruled(candidate),
    kind === "unknown" && !opened && asking(candidate),
    el("div", { id: body, hidden: !opened }, opened && details(candidate, kind)),
    ruling(candidate, kind));
}

function toggle(candidate) {
  const { shown } = now();
  const next = shown === candidate.id ? null : candidate.id;
  set({ shown: next });
  if (next && candidate.targets.length && now().mode !== "draw") {
    set({ selected: candidate.targets[0] });
  }
}

function ruled(candidate) {
  const told = now().view.rulings?.[candidate.id];
  if (!told) return null;
  const by = told.by ? ` – ${told.by}` : "";
  const why = told.reason ? `: ${told.reason}` : "";
  return el("p", { class: `ruled ${told.ruling}` }, t(`ruled-${told.ruling}`), why, by);
}

function details(candidate, kind) {
  const { evidence, preconditions } = candidate;
  return [
    el("p", {}, [upper(t(`authority-${candidate.authority}`)),
      candidate.instrument && t("instrument", { text: candidate.instrument }),
      candidate.expected?.text].filter(Boolean).join(" · ")),
    ...handing(candidate.handing),
    steps(candidate),
    evidence.length > 0 && [el("h5", {}, t("evidence")),
      el("ul", {}, evidence.map((each) => el("li", {}, each.text,
        each.source && el("span", { class: "soft" },
          ` (${t("source-of", { source: sourceText(each.source) })})`))))],
    preconditions.length > 0 && [el("h5", {}, t("conditions")),
      el("ul", { class: "plain checks" },
        sorted(preconditions).map((each) => condition(each, candidate.id)))],
    opens(candidate, kind),
    candidate.confidence_text && el("p", { class: "soft" },
      t("confidence", { text: candidate.confidence_text })),
  ];
}

function handing(told) {
  if (!told) return [];
  return [
    el("p", {}, t("handing", { giver: told.giver, receiver: told.receiver,
      form: told.form_text || told.form })),
    el("ul", {}, [...told.conditions, ...told.republish].map((each) => el("li", {}, each))),
  ];
}

const steps = (candidate) => candidate.targets.length > 0 && el("p", { class: "row" },
  candidate.targets.map((each) => button(t("see", { label: label(each) }), () => point(each),
    { key: `see-${candidate.id}-${each}`, class: "link" })));

const ORDER = { fail: 0, unknown: 1, pass: 2 };
const sorted = (all) => [...all].sort((a, b) => ORDER[a.verdict] - ORDER[b.verdict]);

/** The question that decides a condition which is not met, where it can be answered. */
const questionOf = (each) => (each.verdict === "pass" || !each.question_id ? null
  : now().view.questions.find((one) => one.id === each.question_id
    && (!each.about.length || !one.about.length
      || one.about.some(({ element }) => each.about.includes(element)))));

/** The way from a candidate to the first of its open questions. */
function asking(candidate) {
  const open = candidate.preconditions.filter((each) => each.verdict === "unknown")
    .map(questionOf).filter(Boolean);
  return open.length > 0 && el("p", { class: "effect" },
    button(t("answer-its", { count: open.length }), () => showQuestion(open[0]),
      { class: "link", key: `answer-${candidate.id}` }));
}

function condition(each, candidate) {
  const known = questionOf(each);
  return el("li", { class: `check ${each.verdict}` },
    el("em", {}, t(`verdict-${each.verdict}`)),
    el("div", {},
      el("span", {}, each.text),
      each.because.length > 0 && el("span", { class: "soft" }, ` (${each.because.join("; ")})`),
      rule(each),
      each.verdict !== "pass" && !known && each.hint
        && el("p", { class: "soft" }, t("needed", { hint: each.hint })),
      known && el("p", {}, button(t("answer-this"), () => showQuestion(known), {
        key: `ask-${candidate}-${questionKey(known)}`, class: "link" }))));
}

/** The rule that a condition comes from, and the source of what is known about it. */
function rule(each) {
  const rank = each.rule?.rank ? ` (${t(`rank-${each.rule.rank}`)})` : "";
  const told = each.rule ? t("rule-of", { rule: sourceText(each.rule) }) + rank : "";
  const source = sourceText(each.source);
  const same = each.rule && each.source && each.rule.document === each.source.document;
  return [
    told && el("p", { class: "soft" }, told),
    source && !same && el("p", { class: "soft" }, t("source-of", { source })),
  ];
}

/** What would open a candidate that is not in: the open conditions, and what it saves then. */
function opens(candidate, kind) {
  const found = now().view.record.plan.binding
    ?.find((each) => each.candidate === candidate.id);
  if (!found || !["unknown", "fail"].includes(kind)) return null;
  const saves = found.minutes > 0 ? t("opens-saves", { value: days(found.minutes) }) : "";
  const key = kind === "fail" ? "opens-barred" : "opens-open";
  const count = found.conditions.filter((each) => each.verdict !== "pass").length;
  return el("p", { class: "ask" }, t(key, { count }), saves && ` ${saves}`);
}
