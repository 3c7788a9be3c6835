// What was typed and not yet sent: it outlives a new drawing of its form.

import { el } from "./dom.js";

const drafts = new Map();

export const draft = (key, usual = "") => drafts.get(key) ?? usual;
export const keep = (key, value) => drafts.set(key, value);
export const drop = (...keys) => keys.forEach((key) => drafts.delete(key));
export const forget = () => drafts.clear();

/** Return a labelled field whose text is kept under *key*. */
export function field(key, label, { tag = "input", usual = "", hint = "", ...props } = {}) {
  const id = `f-${key}`.replace(/[^\w-]/g, "_");
  const keep = (event) => {
    if (event.target.value === usual) drafts.delete(key);
    else drafts.set(key, event.target.value);
  };
  const shape = tag === "textarea" ? { rows: 2 } : { type: "text" };
  return el("div", { class: "field" },
    el("label", { for: id }, label),
    el(tag, { id, key, ...shape, value: draft(key, usual), oninput: keep,
      "aria-describedby": hint ? `${id}-hint` : null, autocomplete: "off", ...props }),
    hint && el("p", { class: "hint", id: `${id}-hint` }, hint));
}

/** Return a list to choose from, whose choice is kept under *key*. */
export function choice(key, label, options, usual = "") {
  const id = `f-${key}`.replace(/[^\w-]/g, "_");
  const keep = (event) => drafts.set(key, event.target.value);
  const chosen = draft(key, usual);
  return el("div", { class: "field" },
    el("label", { for: id }, label),
    el("select", { id, key, onchange: keep }, options.map(([value, text]) => el(
      "option", { value, selected: value === chosen }, text,
    ))));
}
