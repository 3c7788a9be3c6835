// The procedure being drawn: moved, renamed, added to; saved as one action.

import { act } from "./actions.js";
import { diagram, fit, onClick } from "./diagram.js";
import { button, el, swap } from "./dom.js";
import { drawingSavedBy } from "./leave.js";
import { say } from "./notice.js";
import { now, set } from "./state.js";
import { t } from "./words.js";

export async function draw(parts, wanted) {
  const open = () => diagram(parts.room, now().view.xml, { name: t("mode-draw"), editable: true });
  let base = now().view.version;
  let modeler = await open();
  if (!wanted()) return { leave: () => modeler.destroy() };

  const listen = () => {
    modeler.on("commandStack.changed", () => {
      set({ unsaved: modeler.get("commandStack").canUndo() });
      tell();
    });
    onClick(modeler, (selected) => set({ selected }));
  };

  async function restart() {
    base = now().view.version;
    modeler.destroy();
    set({ unsaved: false });
    modeler = await open();
    listen();
    tell();
  }

  async function save() {
    if (base !== now().view.version) {
      say(t("draw-stale"), { kind: "warn", hint: t("draw-stale-hint") });
      return false;
    }
    const { xml } = await modeler.saveXML({ format: true });
    const done = await act({ kind: "drawing", xml });
    if (done) await restart();
    return done;
  }

  const step = (name) => () => modeler.get("commandStack")[name]();

  const tell = () => {
    const stack = modeler.get("commandStack");
    const { unsaved } = now();
    swap(parts.below, el("div", { class: "row drawing" },
      button(t("draw-save"), save, { class: "primary", key: "draw-save", disabled: !unsaved }),
      button(t("draw-drop"), restart, { key: "draw-drop", disabled: !unsaved }),
      button(t("draw-undo"), step("undo"), { key: "draw-undo", disabled: !stack.canUndo() }),
      button(t("draw-redo"), step("redo"), { key: "draw-redo", disabled: !stack.canRedo() }),
      el("span", { class: "soft" }, unsaved ? t("draw-unsaved") : t("draw-hint"))));
  };

  listen();
  tell();
  fit(modeler);
  drawingSavedBy(save);
  return {
    viewers: () => [modeler],
    leave: () => { modeler.destroy(); set({ unsaved: false }); },
    update: (changed) => {
      const { view, unsaved } = now();
      if (view && changed.includes("view") && !unsaved && view.version !== base) restart();
    },
  };
}
