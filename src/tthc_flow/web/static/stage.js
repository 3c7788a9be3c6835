// The stage: one diagram in one of four ways, with its tools above and its words below.

import { compare } from "./compare.js";
import { fit, refit, zoom } from "./diagram.js";
import { button, el, roving, swap } from "./dom.js";
import { draw } from "./draw.js";
import { leaveDrawing } from "./leave.js";
import { look } from "./look.js";
import { say } from "./notice.js";
import { now, on, set } from "./state.js";
import { t } from "./words.js";
import { walk } from "./walk.js";

const MODES = { look, draw, compare, walk };
const root = () => document.getElementById("stage");

const parts = { bar: el("div", { class: "stage-bar" }), room: el("div", { class: "room" }),
  below: el("div", { class: "below" }) };
let current = null;
let entered = "";
let turn = 0;

export function mountStage() {
  root().append(parts.bar, parts.room, parts.below);
  on(["view", "tab", "mode", "project"], change);
  on(["lang"], () => { if (!now().unsaved) entered = ""; change(); });
  on(["view", "tab", "heat", "selected", "shown", "unsaved", "side"], (changed) => {
    current?.update?.(changed);
    bar();
  });
  new ResizeObserver(fitAgain).observe(parts.room);
  change();
}

/** What changes the room changes what is seen of the diagram. */
function fitAgain() {
  if (current?.resized) current.resized();
  else (current?.viewers?.() || []).forEach(refit);
}

const modeNow = () => {
  const { mode, tab, view } = now();
  if (tab === "load") return "look";
  return mode === "compare" && !view.after_xml ? "look" : mode;
};

async function change() {
  const { view, tab } = now();
  root().hidden = !view || tab === "export";
  if (root().hidden) return;
  const mode = modeNow();
  document.body.dataset.mode = mode;
  bar();
  const wanted = `${view.id}/${mode}`;
  if (wanted === entered) return;
  entered = wanted;
  turn += 1;
  const mine = turn;
  current?.leave();
  current = null;
  parts.room.className = `room ${mode}`;
  swap(parts.room);
  swap(parts.below);
  try {
    const made = await MODES[mode](parts, () => mine === turn);
    if (mine === turn) current = made; else made?.leave();
  } catch (error) {
    say(t("diagram-failed"), { kind: "error", hint: error.message });
  }
  bar();
}

/** Go to *mode*; what was drawn and not saved is asked about first. */
async function go(mode) {
  if (mode !== now().mode && await leaveDrawing()) set({ mode });
}

function bar() {
  const { view, tab } = now();
  if (!view) return;
  const mode = modeNow();
  const modes = el("div", { class: "modes", role: "group", "aria-label": t("modes") },
    Object.keys(MODES).map((name) => button(t(`mode-${name}`), () => go(name), {
      key: `mode-${name}`, "aria-pressed": String(name === mode),
      disabled: name === "compare" && !view.after_xml })));
  roving(modes, "button:not(:disabled)");
  swap(parts.bar, tab === "review" && modes, current?.tools?.(),
    el("div", { class: "zooms", role: "group", "aria-label": t("zoom") },
      button("+", () => each((viewer) => zoom(viewer, 1.25)), { "aria-label": t("zoom-in"),
        key: "zoom-in" }),
      button("−", () => each((viewer) => zoom(viewer, 0.8)), { "aria-label": t("zoom-out"),
        key: "zoom-out" }),
      button(t("zoom-fit"), () => each((viewer) => fit(viewer, true)), { key: "zoom-fit" })));
}

const each = (act) => (current?.viewers?.() || []).slice(0, 1).forEach(act);
