// The open questions, by whom to ask; each is answered with its source.

import { answerForm, answerTogether } from "./answer_form.js";
import { button, el } from "./dom.js";
import { sourceText } from "./effects.js";
import { candidateTitle, point } from "./names.js";
import { candidateOf, groupKey, questionKey, showCandidate } from "./question_places.js";
import { now } from "./state.js";
import { t, upper } from "./words.js";

/** An answer that no longer counts leaves its question open. */
export const isOpen = (each) => !each.answer || each.answer.counts === false;

/** Return the questions as parts of a panel. */
export function questions() {
  const all = now().view.questions;
  if (!all.length) return [el("p", { class: "lead" }, t("questions-none"))];
  return [
    el("p", { class: "lead" }, lead(all)),
    ...grouped(all, (each) => each.whom || t("whom-unknown")).map(asked),
  ];
}

/** Say how many questions are open; the same one at many steps is one question. */
function lead(all) {
  const open = openQuestions(all);
  if (!open) return t("questions-done", { count: countOf(all) });
  const places = all.filter(isOpen).length;
  return t(places > open ? "questions-lead-places" : "questions-lead",
    { open, count: countOf(all), places });
}

const countOf = (all) => new Set(all.map(groupKey)).size;

/** Return how many questions are open, each counted once whatever the steps it is about. */
export const openQuestions = (all) => countOf(all.filter(isOpen));

const asked = ([whom, some]) => el("section", {},
  el("h3", {}, t("ask-whom", { whom }), tally(some)),
  grouped(some, (each) => each.text).map(([, same]) => (same.length === 1
    ? question(same[0], [same[0].text, same[0].about.length > 0
      && el("span", { class: "soft" }, ` – ${stepsOf(same[0])}`)], same) : several(same))));

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
const here = (key) => `${now().project}/${key}`; // what is open belongs to its project
const remember = (set, key, inside) => set[inside ? "add" : "delete"](here(key));

const MANY = 2; // more open steps than this are folded behind the form that answers them all

/** The same question about several steps: answered for all of them, or step by step. */
function several(same) {
  const key = groupKey(same[0]);
  const open = same.filter(isOpen);
  const rows = same.map((each) => question(each, [stepsOf(each) || t("answer-whole")], same));
  const steps = open.filter((each) => each.about.length === 1);
  return el("details", { class: "same", "data-group": key, open: !shut.has(here(key)),
    ontoggle: (event) => remember(shut, key, !event.target.open) },
  el("summary", { key: `same-${key}` }, same[0].text, tally(same)),
  steps.length > 1 && together(steps, `all-${key}`),
  open.length > MANY ? el("details", { class: "each", open: opened.has(here(`each-${key}`)),
    ontoggle: (event) => remember(opened, `each-${key}`, event.target.open) },
  el("summary", { key: `each-${key}` }, t("questions-each", { count: same.length })), rows) : rows);
}

const stepsOf = (each) => upper(each.about.map(({ label }) => label).join(", "));

/** One answer for several steps; the form is made when it is opened. */
function together(steps, key) {
  return folded(key, { class: "question open all" },
    [t("questions-together", { count: steps.length })], () => [
      hintOf(steps[0]) && el("p", { class: "soft" }, hintOf(steps[0])),
      steps[0].passes_on && el("p", { class: "soft" },
        t("passes-on-all", { reply: t(`reply-${steps[0].passes_on}`) })),
      answerTogether(steps, key)]);
}

/** One question; its form is made when it is opened. */
function question(each, text, same) {
  const key = questionKey(each);
  return folded(key, { class: `question ${isOpen(each) ? "open" : "answered"}` },
    [el("span", {}, text),
      each.answer && el("em", {}, ` ${t("answered", { reply: t(`reply-${each.answer.reply}`) })}`)],
    () => body(each, key, same));
}

function folded(key, props, head, fill) {
  const box = el("details", { "data-question": key, open: opened.has(here(key)), ...props },
    el("summary", { key: `question-${key}` }, head));
  const show = () => box.childElementCount === 1
    && box.append(...fill().filter(Boolean));
  box.addEventListener("toggle", () => {
    remember(opened, key, box.open);
    if (box.open) show();
  });
  if (box.open) show();
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
    answerForm(each, key),
  ];
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
