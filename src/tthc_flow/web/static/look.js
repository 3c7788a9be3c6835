// The procedure as it stands, coloured by one figure; a click chooses a step.

import { diagram, fit, mark, onClick, seek } from "./diagram.js";
import { el, swap } from "./dom.js";
import { heatsOf, legend, paint } from "./heat.js";
import { now, set } from "./state.js";
import { t } from "./words.js";

export async function look(parts, wanted) {
  const name = () => t("mode-look");
  let xml = now().view.xml;
  let viewer = await diagram(parts.room, xml, { name: name() });
  if (!wanted()) return { leave: () => viewer.destroy() };

  const heatNow = () => {
    const { view, heat, tab } = now();
    return view.heat?.[tab === "load" ? "findings" : heat];
  };

  const colour = () => {
    paint(viewer, heatNow());
    const { tab, heat } = now();
    const bare = tab === "load" && !Object.keys(heatNow()?.elements || {}).length;
    swap(parts.below, !bare && legend(heatNow(), tab === "load" ? "findings" : heat));
  };

  const point = () => {
    const { selected, shown, view } = now();
    const moved = view.record?.candidates?.find((each) => each.id === shown);
    mark(viewer, "chosen", selected ? [selected] : []);
    mark(viewer, "target", moved ? moved.targets : []);
    seek(viewer, selected || moved?.targets[0]);
  };

  const click = () => onClick(viewer, (selected) => set({ selected }));

  async function again() {
    const box = viewer.get("canvas").viewbox();
    xml = now().view.xml;
    viewer.destroy();
    viewer = await diagram(parts.room, xml, { name: name() });
    viewer.get("canvas").viewbox({ x: box.x, y: box.y, width: box.width, height: box.height });
    click();
  }

  click();
  colour();
  fit(viewer);
  point();
  return {
    viewers: () => [viewer],
    leave: () => viewer.destroy(),
    tools: () => now().tab !== "load" && heats(),
    update: async (changed) => {
      if (!now().view) return;
      if (changed.includes("view") && now().view.xml !== xml) await again();
      colour();
      if (!changed.includes("heat")) point();
    },
  };
}

function heats() {
  const { heat, view } = now();
  return el("label", { class: "heats" }, t("heat"), " ",
    el("select", { key: "heat", onchange: (event) => set({ heat: event.target.value }) },
      heatsOf(view).map((name) => el("option", { value: name, selected: name === heat },
        t(`heat-${name}`)))));
}
