// What is printed: the result, the changes, the rulings and the open questions, on plain paper.

import { el, swap } from "./dom.js";
import { effect } from "./effects.js";
import { candidateTitle } from "./names.js";
import { isOpen } from "./questions.js";
import { now } from "./state.js";
import { days, language, percent, t, upper } from "./words.js";

const root = () => document.getElementById("sheet");

/** Print what stands on the sheet, once its picture is there. */
export async function printSheet() {
  fill();
  const pictures = [...root().querySelectorAll("img")];
  await Promise.all(pictures.map((each) => each.decode().catch(() => each.remove())));
  window.print();
}

export function mountSheet() {
  window.addEventListener("beforeprint", () => now().view && fill());
}

function fill() {
  const { view } = now();
  if (root().dataset.shows === `${view.id}/${view.version}/${language()}`) return;
  root().dataset.shows = `${view.id}/${view.version}/${language()}`;
  swap(root(),
    el("p", { class: "draft" }, t("draft")),
    el("h1", {}, t("sheet-title", { name: view.name || view.file })),
    view.unsound && el("p", {}, view.unsound.message),
    ...(view.record?.plan ? told(view) : []),
    open(view));
}

function told(view) {
  const { plan, candidates } = view.record;
  const applied = candidates.filter((each) => each.applied);
  const picture = `/api/projects/${encodeURIComponent(view.id)}/files/before-after.svg`;
  return [
    el("p", {}, t("sheet-time", { before: days(plan.before.norm_time.minutes),
      after: days(plan.after.norm_time.minutes),
      cut: plan.cut.time === null ? t("cut-unknown") : percent(plan.cut.time) })),
    el("h2", {}, t("sheet-changes")),
    view.changes.length ? el("ol", {}, view.changes.map((each) => el("li", {}, each.sentence)))
      : el("p", {}, t("changes-none")),
    el("img", { src: `${picture}?lang=${language()}`, alt: t("sheet-picture") }),
    el("h2", {}, t("group-applied")),
    el("ul", {}, applied.map((each) => el("li", {}, upper(candidateTitle(each)), ". ",
      effect(each.effect)))),
    ...rulings(view),
  ];
}

function rulings(view) {
  const all = Object.entries(view.rulings || {});
  if (!all.length) return [];
  const name = (id) => {
    const found = view.record.candidates.find((each) => each.id === id);
    return found ? upper(candidateTitle(found)) : id;
  };
  return [el("h2", {}, t("sheet-rulings")), el("ul", {}, all.map(([id, each]) => el("li", {},
    `${name(id)}. ${t(`ruled-${each.ruling}`)}`, each.reason && `: ${each.reason}`,
    each.by && ` (${each.by})`)))];
}

/** The open questions, each once with the steps it is about. */
function open(view) {
  const asked = new Map();
  for (const each of view.questions.filter(isOpen)) {
    const said = [each.whom, each.text].filter(Boolean).join(": ");
    asked.set(said, [...(asked.get(said) || []), ...each.about.map((one) => one.label)]);
  }
  return asked.size > 0 && [el("h2", {}, t("sheet-questions")),
    el("ul", {}, [...asked].map(([said, about]) => el("li", {}, said,
      about.length > 0 && ` (${about.join(", ")})`)))];
}
