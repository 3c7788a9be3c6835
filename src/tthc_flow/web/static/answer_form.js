// The form that answers a question: at one step, or at several for which the same holds.

import { act } from "./actions.js";
import { button, el } from "./dom.js";
import { draft, drop, field, keep } from "./drafts.js";
import { groupKey, questionKey, shutQuestion } from "./question_places.js";
import { now } from "./state.js";
import { t, upper } from "./words.js";

const REPLIES = ["yes", "no", "unknown"];
const PARTS = ["reply", "source", "place", "by", "not"];
const PARTED = "\n";
let who = "";

/** Return the form of one *question*. */
export function answerForm(question, key) {
  const { reply, source, by } = question.answer || {};
  const known = { reply, source: source?.document || "", place: source?.place || "", by };
  const step = question.about[0]?.element ?? null;
  return form(question, key, known, { told: () => ({ step }),
    done: () => shutQuestion(key, groupKey(question)) });
}

/** Return the form that answers the same question at several steps; *open* are those left. */
export function answerTogether(open, key) {
  const name = `answer-not-${key}`;
  const left = () => draft(name).split(PARTED);
  const ticked = () => open.filter((each) => !left().includes(questionKey(each)));
  return form(open[0], key, {}, { parts: [steps(open, name, left)],
    told: () => (ticked().length
      ? { steps: ticked().map((each) => each.about[0].element) } : null),
    done: () => shutQuestion(key, groupKey(open[0])) });
}

/** *told* says which steps the answer is for, or null where none is ticked. */
function form(question, key, known, { parts = [], told, done }) {
  const names = Object.fromEntries(PARTS.map((part) => [part, `answer-${part}-${key}`]));
  const usual = { source: known.source || "", place: known.place || "", by: known.by || who };
  const send = async (event) => {
    event.preventDefault();
    const about = told();
    if (!about) return;
    const [source, place, by] = ["source", "place", "by"]
      .map((part) => draft(names[part], usual[part]).trim());
    const reply = event.target.elements[names.reply].value;
    if (!await act({ kind: "answer", question: question.id, reply, source, ...about,
      ...(place && { place }), ...(by && { by }) })) return;
    who = by;
    drop(...Object.values(names));
    done();
  };
  return el("form", { class: "answer", onsubmit: send },
    parts,
    replies(names.reply, known.reply),
    field(names.source, t("answer-source-label"),
      { usual: usual.source, hint: t("answer-source-hint"), list: `${names.source}-known` }),
    el("datalist", { id: `${names.source}-known` }, sources().map((value) =>
      el("option", { value }))),
    field(names.place, t("answer-place"), { usual: usual.place }),
    field(names.by, t("answer-by"), { usual: usual.by }),
    el("button", { class: "primary", key: `send-${key}` }, t("answer-send")));
}

/** The documents that answers and times rest on already. */
function sources() {
  const { view } = now();
  const named = [...view.questions.map((each) => each.answer?.source?.document),
    ...Object.values(view.facts || {}).map((each) => each.source)];
  return [...new Set(named.filter(Boolean))];
}

function replies(name, usual) {
  const chosen = draft(name, usual || "");
  return el("fieldset", {}, el("legend", {}, t("answer-reply")),
    el("div", { class: "row" }, REPLIES.map((reply) => el("label", {},
      el("input", { type: "radio", name, value: reply, checked: reply === chosen, required: true,
        key: `${name}-${reply}`, onchange: () => keep(name, reply) }),
      ` ${t(`choice-${reply}`)}`))));
}

/** The steps that the answer holds for; one unticks those that are answered on their own. */
function steps(open, name, left) {
  const mark = (keys) => keep(name, keys.join(PARTED));
  const tick = (key, on) => mark([...left().filter((each) => each && each !== key),
    ...(on ? [] : [key])]);
  const box = el("fieldset", {});
  const all = (on) => () => {
    mark(on ? [] : open.map(questionKey));
    for (const each of box.querySelectorAll("input")) each.checked = on;
  };
  box.append(el("legend", {}, t("answer-steps")), ...open.map((each) => {
    const key = questionKey(each);
    return el("label", {}, el("input", { type: "checkbox", key: `${name}-${key}`,
      checked: !left().includes(key), onchange: (event) => tick(key, event.target.checked) }),
    ` ${upper(each.about.map(({ label }) => label).join(", "))}`);
  }));
  return el("div", { class: "ticks" }, box, el("p", { class: "row" },
    button(t("answer-steps-all"), all(true), { class: "link", key: `${name}-all` }),
    button(t("answer-steps-none"), all(false), { class: "link", key: `${name}-none` })));
}
