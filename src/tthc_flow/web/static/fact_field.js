// One fact of a step: typed freely, chosen from a list, or several ticked.

import { el } from "./dom.js";
import { choice, draft, field, keep } from "./drafts.js";
import { maybe, t, upper } from "./words.js";

/** Return the field of a fact that has *choices* (none: any text); *usual* is what is known.
 *
 * *about* says whose fact it is: "fact" of a step, "whole" of the procedure.
 */
export function factField({ name, choices, several }, key, usual, about) {
  const word = (part, other) => maybe(about === "whole" ? `whole-${name}${part}`
    : `fact-${name}${part}`, other);
  const label = word("", name);
  if (several) return ticks(key, label, choices, usual);
  if (choices.length) {
    return choice(key, label, [["", t("unknown")],
      ...choices.map(({ value, text }) => [value, text])], usual);
  }
  return field(key, label, { usual, hint: word("-hint", ""),
    placeholder: t("unknown"), ...(name === "name" ? { tag: "textarea" } : {}) });
}

const PARTED = "|";
const split = (text) => text.split(PARTED).map((each) => each.trim()).filter(Boolean);

function ticks(key, label, choices, usual) {
  const chosen = split(draft(key, usual));
  const change = (value, on) => {
    const others = split(draft(key, usual)).filter((each) => each !== value);
    keep(key, (on ? [...others, value] : others).join(PARTED));
  };
  const lines = choices.map(({ value, text }) => el("label", {},
    el("input", { type: "checkbox", key: `${key}-${value}`, checked: chosen.includes(value),
      onchange: (event) => change(value, event.target.checked) }), ` ${upper(text)}`));
  const names = choices.filter(({ value }) => chosen.includes(value)).map(({ text }) => text);
  return el("details", { class: "ticks" },
    el("summary", { key: `${key}-ticks` }, el("b", {}, `${label}:`),
      ` ${names.join(", ") || t("unknown")}`),
    el("fieldset", {}, el("legend", { class: "unseen" }, label), lines));
}
