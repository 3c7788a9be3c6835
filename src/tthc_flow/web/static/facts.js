// The chosen step: what is known of it, to be corrected as staff write it.

import { act } from "./actions.js";
import { button, el } from "./dom.js";
import { draft, drop } from "./drafts.js";
import { factField } from "./fact_field.js";
import { candidateTitle, point, title } from "./names.js";
import { showCandidate } from "./question_places.js";
import { now, set } from "./state.js";
import { t, upper } from "./words.js";

const USUAL = ["name", "performer", "time", "source", "source.place", "work", "kinds"];
const FIGURES = ["dossiers", "subjects", "times", "hourly_income"];
const more = new Set();

/** Return the chosen step as parts of a panel. */
export function facts() {
  const { view, selected } = now();
  const all = Object.keys(view.facts || {});
  const at = all.indexOf(selected);
  return [
    picker(all, at),
    !selected && procedureForm(),
    selected && at < 0 && [el("h3", {}, title(selected)), el("p", {}, t("step-no-facts"))],
    at >= 0 && form(selected, view.facts[selected]),
    selected && about(selected),
  ];
}

function picker(all, at) {
  if (!all.length) return null;
  const go = (next) => point(all[(next + all.length) % all.length]);
  const chosen = (event) => (event.target.value ? point(event.target.value)
    : set({ selected: null }));
  return el("div", { class: "picker" },
    el("label", { for: "step-picked" }, t("step-pick")),
    el("select", { id: "step-picked", key: "step-picked", onchange: chosen },
      el("option", { value: "", selected: at < 0 }, t("step-pick-none")),
      all.map((each, place) => el("option", { value: each, selected: place === at },
        title(each)))),
    el("p", { class: "row" },
      button(`‹ ${t("step-previous")}`, () => go(at < 0 ? all.length - 1 : at - 1),
        { key: "step-previous" }),
      button(`${t("step-next")} ›`, () => go(at + 1), { key: "step-next" })));
}

function form(element, known) {
  const { step: fields } = now().fields;
  const usual = USUAL.map((name) => fields.find((each) => each.name === name)).filter(Boolean);
  const rest = fields.filter((each) => !USUAL.includes(each.name));
  return typed({ title: title(element), usual, rest, known, prefix: `fact-${element}`,
    more: "facts-more", action: { kind: "facts", element } });
}

/** What holds for the whole procedure: it stands on every paper. */
function procedureForm() {
  const { view, fields } = now();
  const part = (inside) => fields.procedure.filter(({ name }) =>
    FIGURES.includes(name.split(".")[0]) === inside);
  return [
    el("p", { class: "soft" }, t("step-none")),
    typed({ title: t("procedure-facts"), usual: part(false), rest: part(true),
      known: view.procedure, prefix: "whole", more: "procedure-figures",
      action: { kind: "procedure" } }),
  ];
}

/** A form of facts: those *usual* in sight, the *rest* folded; only what changed is sent. */
function typed({ title: head, usual, rest, known, prefix, more: words, action }) {
  const key = (name) => `${prefix}-${name}`;
  const all = [...usual, ...rest];
  const send = async (event) => {
    event.preventDefault();
    const changed = Object.fromEntries(all.map(({ name }) => name)
      .filter((name) => draft(key(name), known[name] ?? "") !== (known[name] ?? ""))
      .map((name) => [name, draft(key(name)).trim()]));
    if (!Object.keys(changed).length) return;
    if (await act({ ...action, fields: changed })) drop(...all.map(({ name }) => key(name)));
  };
  const shown = (each) => factField(each, key(each.name), known[each.name] ?? "",
    action.kind === "procedure" ? "whole" : "fact");
  const count = rest.filter((each) => known[each.name]).length;
  return el("form", { class: "facts", onsubmit: send },
    el("h3", {}, head),
    usual.map(shown),
    rest.length > 0 && el("details", { open: more.has(words),
      ontoggle: (event) => more[event.target.open ? "add" : "delete"](words) },
    el("summary", { key: words }, t(words, { count })), rest.map(shown)),
    el("p", { class: "row sticky" },
      el("button", { class: "primary", key: "facts-send" }, t("facts-send"))));
}

/** Open the figures of the whole procedure, which the cost is worked out of. */
export function showFigures() {
  more.add("procedure-figures");
  set({ tab: "review", panel: "step", selected: null });
  document.querySelector('#panel [data-key="procedure-figures"]')
    ?.scrollIntoView({ block: "start" });
}

/** What else is known of the element: its figure on the heat map, notes, candidates. */
function about(element) {
  const { view, heat } = now();
  const figure = view.heat?.[heat]?.elements?.[element];
  const notes = view.notes.filter((each) => each.element === element);
  const moves = (view.record?.candidates || []).filter((each) => each.targets.includes(element));
  const kept = view.record?.plan?.untouched?.find((each) => each.step === element);
  return [
    figure?.text && el("p", { class: "soft" }, figure.text),
    notes.length > 0 && [el("h4", {}, t("step-notes")),
      el("ul", {}, notes.map((each) => el("li", { class: each.severity }, each.message,
        each.hint && el("span", { class: "soft" }, ` ${each.hint}`))))],
    moves.length > 0 && [el("h4", {}, t("step-candidates")),
      el("ul", {}, moves.map((each) => el("li", {}, button(upper(candidateTitle(each)),
        () => showCandidate(each.id), { key: `about-${each.id}`, class: "link" }))))],
    kept && [el("h4", {}, t("step-kept")),
      el("ul", {}, kept.reasons.map((each) => el("li", {}, each.text)))],
  ];
}
