// A BPMN diagram on the page: imported, fitted, named, moved by keys.

import { language, maybe, t } from "./words.js";

const LEAST = 0.45; // smaller than this, names cannot be read
const MOST = 1.25;
const EDGE = 24;
const NEXT = 60;
const TOOLS = 110; // pixels that the palette takes

let described = null;

/** Our own facts are known to the modeler by this description: a change of type keeps them. */
function descriptor() {
  described ??= fetch("/static/tthc-flow.moddle.json").then((answer) => answer.json());
  return described;
}

const translation = { translate: ["value", (template, values = {}) => maybe(`bpmn:${template}`,
  template).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole)] };

/** Return the diagram of *xml* in *container*; *editable* with tools to change it. */
export async function diagram(container, xml, { name, editable = false }) {
  const tthc = await descriptor();
  const { BpmnJS } = window;
  const Kind = editable ? BpmnJS : BpmnJS.NavigatedViewer;
  const made = new Kind({ container, moddleExtensions: { tthc },
    additionalModules: language() === "vi" ? [translation] : [] });
  try {
    await made.importXML(xml);
  } catch (error) {
    made.destroy();
    throw error;
  }
  const svg = made.get("canvas").getContainer().querySelector("svg");
  svg.setAttribute("role", "application");
  svg.setAttribute("aria-label", `${name}. ${t("canvas-keys")}`);
  svg.setAttribute("data-key", `canvas-${name}`);
  if (!editable) steer(made, svg);
  fit(made);
  return made;
}

/** Show all of it, or, where names would be too small to be read, its beginning. */
export function fit(viewer, whole = false) {
  const canvas = viewer.get("canvas");
  canvas.resized();
  const { inner, outer } = canvas.viewbox();
  if (!inner.width || !outer.width) return;
  const tools = viewer.get("palette", false) && outer.width > 4 * TOOLS ? TOOLS : 0;
  const all = Math.min((outer.width - tools - 2 * EDGE) / inner.width,
    (outer.height - 2 * EDGE) / inner.height);
  const scale = Math.min(whole ? all : Math.max(all, LEAST), MOST);
  const [width, height] = [(outer.width - tools) / scale, outer.height / scale];
  const middle = (start, size, room) => (size <= room ? start + (size - room) / 2
    : start - EDGE / scale);
  canvas.viewbox({ x: middle(inner.x, inner.width, width) - tools / scale,
    y: middle(inner.y, inner.height, height), width: outer.width / scale, height });
  fitted.set(viewer, { whole, seen: seen(canvas) });
}

const fitted = new WeakMap();
const seen = (canvas) => ["x", "y", "scale"].map((part) => canvas.viewbox()[part]).join();

/** The room is of another size: what nobody has moved since it was fitted is fitted again. */
export function refit(viewer) {
  const canvas = viewer.get("canvas");
  const told = fitted.get(viewer);
  if (told && told.seen === seen(canvas)) fit(viewer, told.whole);
  else canvas.resized();
}

export function zoom(viewer, factor) {
  const canvas = viewer.get("canvas");
  canvas.zoom(Math.min(4, Math.max(0.1, canvas.zoom() * factor)));
}

function steer(viewer, svg) {
  const go = (dx, dy) => viewer.get("canvas").scroll({ dx, dy });
  const keys = { ArrowLeft: () => go(NEXT, 0), ArrowRight: () => go(-NEXT, 0),
    ArrowUp: () => go(0, NEXT), ArrowDown: () => go(0, -NEXT), "+": () => zoom(viewer, 1.25),
    "=": () => zoom(viewer, 1.25), "-": () => zoom(viewer, 0.8), 0: () => fit(viewer, true) };
  svg.addEventListener("keydown", (event) => {
    const move = keys[event.key];
    if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    move();
  });
}

/** Tell *chosen* which element is clicked; a label stands for its element. */
export function onClick(viewer, chosen) {
  viewer.get("eventBus").on("element.click", ({ element }) => {
    const real = element.labelTarget || element;
    chosen(real === viewer.get("canvas").getRootElement() ? null : real.id);
  });
}

/** Give the class *name* to exactly the elements *ids*. */
export function mark(viewer, name, ids) {
  const canvas = viewer.get("canvas");
  viewer.get("elementRegistry").forEach((element) => {
    if (canvas.hasMarker(element, name)) canvas.removeMarker(element, name);
  });
  for (const id of ids) if (viewer.get("elementRegistry").get(id)) canvas.addMarker(id, name);
}

/** Bring *id* into sight, without a jump where it is in sight already. */
export function seek(viewer, id) {
  const element = id && viewer.get("elementRegistry").get(id);
  if (element) viewer.get("canvas").scrollToElement(element, 60);
}

/** Return the box around *ids* in the units of the diagram; none where nothing is drawn. */
export function boxOf(viewer, ids) {
  const found = ids.map((id) => viewer.get("elementRegistry").get(id)).filter(Boolean);
  if (!found.length) return null;
  const points = found.flatMap((each) => each.waypoints
    || [{ x: each.x, y: each.y }, { x: each.x + each.width, y: each.y + each.height }]);
  const [xs, ys] = [points.map((each) => each.x), points.map((each) => each.y)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}
