// What the page has to say: one message at a time, read aloud, gone with Esc.

import { button, el, swap } from "./dom.js";
import { placeWords } from "./names.js";
import { t } from "./words.js";

const root = () => document.getElementById("notices");

/** Show a message; *act* is what can be done about it: a label and what to run. */
export function say(text, { kind = "info", hint = "", code = "", act = null } = {}) {
  const role = kind === "error" ? "alert" : "status";
  swap(root(), el("div", { class: `notice ${kind}`, role },
    el("p", {}, el("strong", {}, text), hint && el("span", {}, ` ${hint}`),
      code && el("span", { class: "code" }, ` (${code})`)),
    act && button(act.label, () => { hush(); act.run(); }, { class: "primary" }),
    button("×", hush, { "aria-label": t("close"), class: "close" })));
}

export const hush = () => root().replaceChildren();

export const speaking = () => root().childElementCount > 0;

/** Show what the server refused, or that it does not answer. */
export function sayError(error, again = null) {
  const act = again && { label: t("try-again"), run: again };
  if (error.status === 0) {
    say(t("server-gone"), { kind: "error", hint: t("server-gone-hint"), act });
  } else if (error.status === 403 || error.status === 401) {
    say(error.message || t("not-let-in"), { kind: "error", hint: t("not-let-in-hint") });
  } else if (error.status) {
    const place = error.place ? placeWords(error.place) : "";
    say(`${error.message || t("went-wrong")}${place && ` (${place})`}`,
      { kind: "error", hint: error.hint, code: error.code, act: error.status >= 500 ? act : null });
  } else {
    say(t("went-wrong"), { kind: "error", hint: error.message });
  }
}
