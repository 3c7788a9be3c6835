// The open questions, by whom to ask; each is answered with its source.

import { answerForm } from "./answer_form.js";
import { button, el } from "./dom.js";
import { sourceText } from "./effects.js";
import { candidateTitle, point } from "./names.js";
import { candidateOf, questionKey, showCandidate } from "./question_places.js";
import { now } from "./state.js";
import { t, upper } from "./words.js";

/** An answer that no longer counts leaves its question open. */
export const isOpen = (each) => !each.answer || each.answer.counts === false;

/** Return the questions as parts of a panel. */
export function questions() {
  const all = now().view.questions;
  if (!all.length) return [el("p", { class: "lead" }, t("questions-none"))];
  return [
    el("p", { class: "lead" }, t("questions-lead",
      { open: all.filter(isOpen).length, count: all.length })),
    ...grouped(all, (each) => each.whom || t("whom-unknown")).map(asked),
  ];
}

const asked = ([whom, some]) => el("section", {},
  el("h3", {}, t("ask-whom", { whom }), tally(some)),
  grouped(some, (each) => each.text).map(([, same]) => (same.length === 1
    ? question(same[0], same[0].text, same) : several(same))));

/** Return the rows of *all* with the same key together, in the order in which they come. */
function grouped(all, keyOf) {
  const groups = new Map();
  for (const each of all) groups.set(keyOf(each), [...(groups.get(keyOf(each)) || []), each]);
  return [...groups];
}

const tally = (some) => el("span", { class: "count" },
  ` ${some.filter((each) => !isOpen(each)).length}/${some.length}`);

const shut = new Set();
const opened = new Set();
const remember = (set, key, inside) => (inside ? set.add(key) : set.delete(key));

/** The same question about several steps: asked once, answered step by step. */
function several(same) {
  const key = `${same[0].whom}|${same[0].id}`;
  return el("details", { class: "same", open: !shut.has(key),
    ontoggle: (event) => remember(shut, key, !event.target.open) },
  el("summary", { key: `same-${key}` }, same[0].text, tally(same)),
  same.map((each) => question(each, upper(each.about.map(({ label }) => label).join(", "))
    || t("answer-whole"), same)));
}

/** One question; its form is made when it is opened. */
function question(each, text, same) {
  const key = questionKey(each);
  const box = el("details", { class: `question ${isOpen(each) ? "open" : "answered"}`,
    "data-question": key, open: opened.has(key) },
  el("summary", { key: `question-${key}` }, el("span", {}, text),
    each.answer && el("em", {}, ` ${t("answered", { reply: t(`reply-${each.answer.reply}`) })}`)));
  const fill = () => box.childElementCount === 1 && box.append(...body(each, key, same));
  box.addEventListener("toggle", () => {
    remember(opened, key, box.open);
    if (box.open) fill();
  });
  if (box.open) fill();
  return box;
}

function body(each, key, same) {
  const hint = hintOf(each);
  const told = each.answer;
  return [
    each.about.length > 0 && el("p", { class: "row" }, each.about.map(({ element, label }) =>
      button(same.length > 1 ? t("show-on-diagram") : upper(label), () => point(element),
        { key: `about-${key}-${element}`, class: "link", title: t("show-on-diagram") }))),
    told && isOpen(each) && el("p", { class: "ask" }, t("answer-stale")),
    told && el("p", {}, t("answer-source", { source: sourceText(told.source) || t("no-source") }),
      told.by && ` ${t("answer-said-by", { by: told.by })}`),
    hint && el("p", { class: "soft" }, hint),
    opens(each, key),
    answerForm(each, key, same.filter((one) => one !== each && isOpen(one))),
  ].filter(Boolean);
}

/** What helps to answer stands with the conditions that ask. */
function hintOf(each) {
  const asked = each.candidates.map(candidateOf).filter(Boolean)
    .flatMap((one) => one.preconditions);
  return asked.find((one) => one.question_id === each.id)?.hint || "";
}

/** Which candidates go on, and with which answer. */
function opens(each, key) {
  const found = each.candidates.map(candidateOf).filter(Boolean);
  if (!found.length) return null;
  return el("div", { class: "opens" },
    each.passes_on && el("p", {}, t("passes-on", { reply: t(`reply-${each.passes_on}`) })),
    el("ul", {}, found.map((one) => el("li", {}, button(upper(candidateTitle(one)),
      () => showCandidate(one.id), { key: `opens-${key}-${one.id}`, class: "link" })))));
}
