// The form that answers a question at one step, and at others where the same holds.

import { act } from "./actions.js";
import { el } from "./dom.js";
import { draft, drop, field, keep } from "./drafts.js";
import { questionKey, shutQuestion } from "./question_places.js";
import { t, upper } from "./words.js";

const REPLIES = ["yes", "no", "unknown"];
const PARTS = ["reply", "source", "place", "by", "also"];
const PARTED = "\n";

/** Return the form of *question*; *others* are the same question at other steps, still open. */
export function answerForm(question, key, others) {
  const names = Object.fromEntries(PARTS.map((part) => [part, `answer-${part}-${key}`]));
  const { reply, source, by } = question.answer || {};
  const known = { source: source?.document || "", place: source?.place || "", by: by || "" };
  const send = async (event) => {
    event.preventDefault();
    const told = { kind: "answer", question: question.id,
      reply: event.target.elements[names.reply].value,
      source: draft(names.source, known.source).trim() };
    for (const part of ["place", "by"]) {
      const text = draft(names[part], known[part]).trim();
      if (text) told[part] = text;
    }
    const ticked = draft(names.also).split(PARTED);
    for (const each of [question, ...others.filter((one) => ticked.includes(questionKey(one)))]) {
      if (!await act({ ...told, step: each.about[0]?.element ?? null })) return;
    }
    drop(...Object.values(names));
    shutQuestion(question);
  };
  return el("form", { class: "answer", onsubmit: send },
    replies(names.reply, reply),
    field(names.source, t("answer-source-label"),
      { usual: known.source, hint: t("answer-source-hint") }),
    field(names.place, t("answer-place"), { usual: known.place }),
    field(names.by, t("answer-by"), { usual: known.by }),
    others.length > 0 && also(names.also, others),
    el("button", { class: "primary", key: `send-${key}` }, t("answer-send")));
}

function replies(name, usual) {
  const chosen = draft(name, usual || "");
  return el("fieldset", {}, el("legend", {}, t("answer-reply")),
    el("div", { class: "row" }, REPLIES.map((reply) => el("label", {},
      el("input", { type: "radio", name, value: reply, checked: reply === chosen, required: true,
        key: `${name}-${reply}`, onchange: () => keep(name, reply) }),
      ` ${t(`choice-${reply}`)}`))));
}

/** The other steps for which the same answer holds; none is ticked beforehand. */
function also(name, others) {
  const tick = (key, on) => {
    const rest = draft(name).split(PARTED).filter((each) => each && each !== key);
    keep(name, (on ? [...rest, key] : rest).join(PARTED));
  };
  return el("details", { class: "ticks" },
    el("summary", { key: `${name}-more` }, t("answer-also")),
    el("fieldset", {}, el("legend", { class: "unseen" }, t("answer-also")),
      others.map((each) => {
        const key = questionKey(each);
        return el("label", {}, el("input", { type: "checkbox", key: `${name}-${key}`,
          checked: draft(name).split(PARTED).includes(key),
          onchange: (event) => tick(key, event.target.checked) }),
        ` ${upper(each.about.map(({ label }) => label).join(", ")) || t("answer-whole")}`);
      })));
}
