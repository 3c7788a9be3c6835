// Keys for the whole page: undo, redo, save, leave.

import { act } from "./actions.js";
import { hush, speaking } from "./notice.js";
import { now, set } from "./state.js";

const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

export function listenToKeys() {
  document.addEventListener("keydown", (event) => {
    const { view, mode, tab } = now();
    const held = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    if (key === "escape") escape();
    else if (!held || !view) return;
    else if (key === "s") {
      event.preventDefault();
      document.getElementById("save")?.click();
    } else if (typing(event.target) || (mode === "draw" && tab === "review")) return;
    else if (key === "z" && event.shiftKey && view.can_redo) act({ kind: "redo" });
    else if (key === "z" && !event.shiftKey && view.can_undo) act({ kind: "undo" });
    else if (key === "y" && view.can_redo) act({ kind: "redo" });
  });
}

/** The latest thing goes first: a message, then what is chosen. */
function escape() {
  if (speaking()) hush();
  else if (now().begun) set({ begun: null });
  else if (now().selected || now().shown) set({ selected: null, shown: null });
}
