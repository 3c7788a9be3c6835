// Accept or reject a candidate, with a reason; take a ruling back.

import { act } from "./actions.js";
import { button, el } from "./dom.js";
import { draft, drop, field } from "./drafts.js";
import { now, set } from "./state.js";
import { t } from "./words.js";

let who = "";

/** A candidate goes to another group by its ruling: it stays in sight. */
function show(candidate) {
  const title = document.querySelector(`[data-key="${CSS.escape(`card-${candidate.id}`)}"]`);
  title?.focus();
  title?.closest("li").scrollIntoView({ block: "nearest" });
}

/** Return the buttons under a candidate, or the form of the ruling that was begun. */
export function ruling(candidate, kind) {
  const told = now().view.rulings?.[candidate.id];
  const { begun } = now();
  if (begun && begun.candidate === candidate.id) return form(candidate, begun.ruling);
  const begin = (name) => () => {
    set({ begun: { candidate: candidate.id, ruling: name } });
    document.querySelector("#panel form.ruling textarea")?.focus();
  };
  if (told) {
    const withdraw = async () => {
      if (await act({ kind: "rule", candidate: candidate.id, ruling: "withdraw" })) show(candidate);
    };
    return el("p", { class: "row" },
      button(t("ruling-withdraw"), withdraw, { key: `withdraw-${candidate.id}` }));
  }
  const mayAccept = ["applied", "pass"].includes(kind);
  return el("p", { class: "row" },
    mayAccept && button(t("ruling-accept"), begin("accept"), { key: `accept-${candidate.id}` }),
    kind !== "fail" && button(t("ruling-reject"), begin("reject"),
      { key: `reject-${candidate.id}` }));
}

function form(candidate, name) {
  const reason = `rule-${candidate.id}-${name}`;
  const by = `by-${candidate.id}`;
  const leave = () => set({ begun: null });
  const send = async (event) => {
    event.preventDefault();
    who = draft(by, who).trim();
    const told = { kind: "rule", candidate: candidate.id, ruling: name,
      reason: draft(reason).trim(), by: who };
    set({ shown: null });
    if (await act(told)) {
      drop(reason, by);
      leave();
      show(candidate);
    }
  };
  const escape = (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    leave();
    document.querySelector(`[data-key="${CSS.escape(`${name}-${candidate.id}`)}"]`)?.focus();
  };
  return el("form", { class: "ruling", onsubmit: send, onkeydown: escape,
    "aria-label": t(`ruling-${name}`) },
  field(reason, t(`reason-${name}`), { tag: "textarea", required: name === "reject" }),
  field(by, t("ruled-by"), { usual: who, hint: t("ruled-by-hint") }),
  el("p", { class: "row" },
    el("button", { class: "primary", key: `send-${reason}` }, t(`ruling-${name}`)),
    button(t("cancel"), leave, { key: `leave-${reason}` })));
}
