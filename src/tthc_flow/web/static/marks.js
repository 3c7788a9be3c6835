// How a difference is shown: a colour, a sign, and which elements of either side bear it.

import { el } from "./dom.js";
import { mark } from "./diagram.js";
import { t } from "./words.js";

const SIGNS = { added: "+", removed: "−", changed: "≠", moved: "→" };

export const markOf = (change) => (SIGNS[change.kind] ? change.kind : "changed");

/** Return the mark of each element on *side*; the first change that names it decides. */
export function marksOn(side, changes) {
  const found = {};
  for (const change of changes) {
    if (change.element === null) continue;
    for (const id of change[side]) found[id] ??= markOf(change);
  }
  return found;
}

export function showMarks(viewer, marks) {
  const overlays = viewer.get("overlays");
  overlays.remove({ type: "sign" });
  for (const kind of Object.keys(SIGNS)) {
    mark(viewer, `mark-${kind}`, Object.keys(marks).filter((id) => marks[id] === kind));
  }
  for (const [id, kind] of Object.entries(marks)) {
    const shape = viewer.get("elementRegistry").get(id);
    if (!shape || shape.waypoints) continue;
    overlays.add(id, "sign", { position: { top: -12, right: 12 }, html: sign(kind) });
  }
}

export const sign = (kind) => el("i", { class: `sign ${kind}`, title: t(`mark-${kind}`) },
  SIGNS[kind]);

export const marksLegend = () => el("ul", { class: "legend", "aria-label": t("legend") },
  Object.keys(SIGNS).map((kind) => el("li", {}, sign(kind), t(`mark-${kind}`))));
