// The colours and badges of one figure on the diagram, and their legend.

import { el } from "./dom.js";
import { t } from "./words.js";

/** Return the figures that the server knows, and none. */
export const heatsOf = (view) => [...Object.keys(view.heat || {}), "none"];

const painted = new WeakMap();

/** Colour the elements of *viewer* by *heat*; what was coloured before is as it was. */
export function paint(viewer, heat) {
  for (const [part, fill] of painted.get(viewer) || []) part.style.fill = fill;
  const overlays = viewer.get("overlays");
  overlays.remove({ type: "heat" });
  const parts = [];
  painted.set(viewer, parts);
  const registry = viewer.get("elementRegistry");
  for (const [id, told] of Object.entries(heat?.elements || {})) {
    const shape = registry.get(id);
    const part = shape && registry.getGraphics(id).querySelector(".djs-visual > *");
    if (!part) continue;
    if (told.colour && !shape.waypoints) {
      parts.push([part, part.style.fill]);
      part.style.fill = told.colour;
    }
    if (told.badge) {
      overlays.add(id, "heat", { position: { top: -12, left: 8 },
        html: el("span", { class: "badge", title: told.text || told.badge }, told.badge) });
    }
  }
}

/** Return the legend of *heat*; in words where there is nothing to colour. */
export function legend(heat, name) {
  if (name === "none") return el("p", { class: "legend soft" }, t("heat-off"));
  if (!Object.keys(heat?.elements || {}).length) {
    return el("p", { class: "legend soft" }, t("heat-empty", { name: t(`heat-${name}`) }));
  }
  return el("ul", { class: "legend", "aria-label": t("legend") },
    (heat.legend || []).map(({ text, colour }) => {
      if (!colour) return el("li", { class: "soft" }, `${text}:`);
      const patch = el("i", { "aria-hidden": "true" });
      patch.style.background = colour;
      return el("li", {}, patch, text);
    }));
}
