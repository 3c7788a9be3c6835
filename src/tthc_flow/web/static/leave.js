// What was drawn and not saved is not lost by a click: people are asked.

import { button, el } from "./dom.js";
import { now, set } from "./state.js";
import { t } from "./words.js";

let saving = null;

/** Say how the drawing is saved while it is being changed. */
export function drawingSavedBy(save) {
  saving = save;
}

/** Return whether the drawing may be left: there is nothing unsaved, or people decided. */
export function leaveDrawing() {
  if (!now().unsaved) return Promise.resolve(true);
  return new Promise((done) => {
    const close = (answer) => { box.close(); box.remove(); done(answer); };
    const box = el("dialog", { "aria-labelledby": "leave-title" },
      el("h2", { id: "leave-title" }, t("leave-title")),
      el("p", {}, t("leave-text")),
      el("p", { class: "row" },
        button(t("draw-save"), async () => close(await saving()), { class: "primary" }),
        button(t("draw-drop"), () => { set({ unsaved: false }); close(true); }),
        button(t("cancel"), () => close(false))));
    box.addEventListener("cancel", (event) => { event.preventDefault(); close(false); });
    document.body.append(box);
    box.showModal();
  });
}

window.addEventListener("beforeunload", (event) => {
  if (now().unsaved) event.preventDefault();
});
