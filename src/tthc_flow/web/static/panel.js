// The panel beside the diagram: what was read after loading, what is decided under review.

import { candidates } from "./candidates.js";
import { button, el, roving, swap } from "./dom.js";
import { facts } from "./facts.js";
import { notes } from "./notes.js";
import { openQuestions, questions } from "./questions.js";
import { now, on, set } from "./state.js";
import { t } from "./words.js";

const PANELS = { candidates, questions, step: facts, notes };
const root = () => document.getElementById("panel");
let drawn = "";

export function mountPanel() {
  on(["view", "tab", "panel", "lang", "selected", "shown", "begun", "heat"], render);
  on(["selected"], () => {
    const { tab, selected, mode } = now();
    if (tab === "review" && selected && mode === "look") set({ panel: stays() || "step" });
  });
  render();
}

/** Where somebody reads notes or questions, pointing at a step does not take them away. */
function stays() {
  const inside = root().contains(document.activeElement) && document.activeElement !== root();
  return inside ? now().panel : null;
}

function render() {
  const { view, tab, panel } = now();
  root().hidden = !view || tab === "export";
  if (root().hidden) return;
  const place = `${tab}/${panel}`;
  if (place !== drawn) root().scrollTop = 0;
  drawn = place;
  swap(root(), tab === "load" ? read(view) : [tabs(panel), reviewing(panel)]);
}

function read(view) {
  const { record } = view;
  const { code, locality, agency } = record?.procedure || {};
  return [
    el("h2", {}, view.name || view.file),
    el("p", { class: "soft" }, [view.name !== view.file && view.name && view.file,
      code && t("code-of", { code }), locality, agency].filter(Boolean).join(" · ")),
    el("p", {}, button(`${t("go-review")} →`, () => set({ tab: "review" }),
      { class: "primary", key: "go-review" })),
    el("h2", {}, t("notes-title")),
    notes(),
  ];
}

function counts(view) {
  return {
    candidates: view.record?.candidates?.length || 0,
    questions: openQuestions(view.questions),
    notes: view.notes.filter((each) => each.severity !== "info").length,
  };
}

function tabs(panel) {
  const count = counts(now().view);
  const list = el("div", { class: "tabs", role: "tablist", "aria-label": t("panels") },
    Object.keys(PANELS).map((name) => el("button", {
      type: "button", role: "tab", id: `tab-${name}`, key: `panel-${name}`,
      "aria-selected": String(name === panel), tabindex: name === panel ? "0" : "-1",
      "aria-controls": "tabpanel", onclick: () => set({ panel: name }),
    }, t(`panel-${name}`), count[name] > 0 && el("span", { class: "count" }, ` ${count[name]}`))));
  roving(list, "[role=tab]", (next) => next.click());
  return list;
}

const reviewing = (panel) => el("div", { role: "tabpanel", id: "tabpanel",
  "aria-labelledby": `tab-${panel}`, tabindex: "0", key: "tabpanel" }, PANELS[panel]());
