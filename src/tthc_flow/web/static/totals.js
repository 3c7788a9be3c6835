// What the review comes to: time and cost against the targets, and the counts before and after.

import { act } from "./actions.js";
import { button, el, swap } from "./dom.js";
import { draft, drop, field } from "./drafts.js";
import { showFigures } from "./facts.js";
import { label, point } from "./names.js";
import { now, on } from "./state.js";
import { days, dong, number, percent, t } from "./words.js";

const PUBLIC = [[0.3, "2025"], [0.5, "2026"]];
const DAY = 480;
const COUNTS = ["steps", "hand_offs", "performers", "levels_crossed"];
const root = () => document.getElementById("totals");
let open = false;

export function mountTotals() {
  on(["view", "tab", "lang"], render);
  on(["view"], tell);
  render();
}

/** Tell those who do not see the gauges what the figures became. */
function tell() {
  const { view } = now();
  const cut = view?.record?.plan?.cut;
  document.getElementById("told").textContent = cut
    ? `${t("gauge-time")} ${verdict(cut.time)}. ${t("gauge-cost")} ${verdict(cut.cost)}.` : "";
}

function verdict(cut) {
  if (!cut) return t(cut === null ? "cut-unknown" : "cut-none");
  return cut < 0 ? t("cut-grew", { share: percent(-cut) }) : t("cut", { share: percent(cut) });
}

function render() {
  const { view, tab } = now();
  root().hidden = !view || tab === "load";
  if (root().hidden) return;
  swap(root(), el("h1", { class: "unseen" }, t("totals-title", { name: view.name })),
    el("h2", { class: "unseen" }, t("totals")),
    view.unsound && unsound(view.unsound),
    view.record?.plan ? known(view)
      : [el("p", { class: "lead" }, t("totals-none")), measured(view.record)]);
}

function unsound(told) {
  return el("div", { class: "unsound", role: "status" },
    el("p", {}, el("strong", {}, told.message)),
    el("p", {}, t("unsound-hint")),
    told.trace?.length > 0 && el("p", { class: "row" }, t("unsound-trace"),
      told.trace.map((each) => button(label(each), () => point(each),
        { class: "link", key: `trace-${each}` }))));
}

function known(view) {
  const { plan } = view.record;
  return el("div", { class: "totals" },
    gauge("time", plan.cut.time, view.targets.time, timeWords(plan)),
    gauge("cost", plan.cut.cost, view.targets.cost, costWords(plan)),
    el("div", {},
      el("dl", { class: "counts" }, COUNTS.map((name) => el("div", {},
        el("dt", {}, t(`count-of-${name}`)),
        el("dd", {}, plain(plan.before[name]), " → ", el("b", {}, plain(plan.after[name])))))),
      asking(view.targets)));
}

/** The figures of a procedure for which nothing can be proposed. */
function measured(record) {
  if (!record?.norm_time) return null;
  return el("dl", { class: "counts measured" },
    el("div", {}, el("dt", {}, t("gauge-time")), el("dd", {}, whole(record.norm_time))),
    COUNTS.map((name) => el("div", {}, el("dt", {}, t(`count-of-${name}`)),
      el("dd", {}, plain(record[name])))));
}

const plain = (value) => (value === null || value === undefined ? t("unknown") : number(value));

function whole({ complete, minutes }) {
  if (complete || !minutes) return complete ? days(minutes) : t("unknown");
  return t("at-least", { value: days(minutes) });
}

/** Say the time before and after; the unit once, where both are known. */
function daysChange(before, after) {
  const known = [before, after].every((each) => each.complete && each.minutes !== null);
  return known
    ? t("working-days", { value: [before, after].map((each) => number(each.minutes / DAY))
      .join(" → ") })
    : `${whole(before)} → ${whole(after)}`;
}

function timeWords({ before, after, cut }) {
  const change = daysChange(before.norm_time, after.norm_time);
  if (cut.time !== null) return [change];
  const open_steps = [...new Set([...before.unknown_times, ...after.unknown_times])];
  const [first, ...rest] = open_steps;
  return [t("time-unknown", { count: open_steps.length }),
    first && button(label(first) + (rest.length ? ` +${rest.length}` : ""), () => point(first),
      { class: "link", key: "time-open" })];
}

function costWords({ cut, costs, benefits, targets }) {
  const method = targets?.cost_method || "tt02_2017";
  const before = costs.before.find((each) => each.method === method);
  const after = costs.after.find((each) => each.method === method);
  const by = t(`method-${method}`);
  if (cut.cost !== null && before && after && before.yearly !== null && after.yearly !== null) {
    return [`${dong(before.yearly)} → ${dong(after.yearly)}`, el("span", { class: "soft" }, by)];
  }
  const other = otherCost(costs, method);
  const told = benefits.find((each) => each.method === method);
  const missing = [...new Set([...(told?.missing || []), ...(before?.missing || [])])];
  const names = missing.map((each) => t(`input-${each}`)).join(", ");
  return [other, missing.length
    ? el("details", {}, el("summary", { key: "cost-missing" },
      t("cost-missing-count", { count: missing.length })), t("cost-missing", { names }), " ", by,
    " ", button(t("cost-missing-go"), showFigures, { class: "link", key: "cost-missing-go" }))
    : `${t("cost-unknown")} ${by}`];
}

/** What the cost comes to by the other method, where only that one can be worked out. */
function otherCost(costs, method) {
  const known = ({ yearly }) => yearly !== null;
  const before = costs.before.find((each) => each.method !== method && known(each));
  const after = before && costs.after.find((each) => each.method === before.method);
  return after && known(after) && el("p", {},
    `${t(`method-${before.method}`)}: ${dong(before.yearly)} → ${dong(after.yearly)}`);
}

function gauge(name, cut, asked, words) {
  const marks = [...PUBLIC.map(([share, year]) => [share, t(`target-${year}`)]),
    ...(asked !== null && asked !== undefined && !PUBLIC.some(([share]) => share === asked)
      ? [[asked, t("target-asked")]] : [])];
  const met = marks.filter(([share]) => cut !== null && cut >= share);
  const reached = cut === null ? ""
    : met.length ? t("target-met", { names: met.map(([share]) => percent(share)).join(", ") })
      : t("target-missed", { share: percent(Math.min(...marks.map(([share]) => share))) });
  const bar = el("div", { class: "bar", "aria-hidden": "true" },
    place(el("i", {}), "width", cut),
    marks.map(([share, text]) => place(el("u", { title: text }, el("span", {}, percent(share))),
      "left", share)));
  return el("div", { class: `gauge ${cut === null ? "unknown" : ""}`, "data-gauge": name },
    el("p", { class: "said" }, el("span", {}, t(`gauge-${name}`)), " ",
      el("b", { class: cut === null ? "ask" : met.length ? "good" : "" }, verdict(cut))),
    bar,
    el("div", { class: "soft words" }, words.map((each) => [each, " "]),
      reached && el("span", { class: met.length ? "good" : "" }, reached)));
}

function place(node, side, share) {
  node.style[side] = `${Math.min(Math.max(share || 0, 0), 1) * 100}%`;
  return node;
}

const typed = (share) => (share === null || share === undefined ? "" : number(share * 100));

function share(text) {
  const clean = text.replace("%", "").replace(",", ".").trim();
  return clean === "" ? null : Number(clean) / 100;
}

function asking(targets) {
  const send = async (event) => {
    event.preventDefault();
    const told = { kind: "targets", time: share(draft("target-time", typed(targets.time))),
      cost: share(draft("target-cost", typed(targets.cost))) };
    if (await act(told)) {
      drop("target-time", "target-cost");
      open = false;
      render();
    }
  };
  const ask = (name) => field(`target-${name}`, t(`target-${name}`), {
    usual: typed(targets[name]), inputmode: "decimal", pattern: "\\s*\\d{0,3}([.,]\\d+)?\\s*%?\\s*",
    placeholder: "30" });
  return el("details", { class: "asking", open,
    ontoggle: (event) => { open = event.target.open; } },
  el("summary", { key: "targets" }, t("targets-set")),
  el("form", { onsubmit: send }, ask("time"), ask("cost"),
    el("p", { class: "row" }, el("button", { class: "primary", key: "targets-send" },
      t("targets-send"))),
    el("p", { class: "soft" }, t("targets-note"))));
}
