// Before and after: two diagrams that move together, and the way through what changed.

import { boxOf, diagram, fit, mark, onClick } from "./diagram.js";
import { button, el, swap } from "./dom.js";
import { markOf, marksLegend, marksOn, showMarks, sign } from "./marks.js";
import { now, set } from "./state.js";
import { t } from "./words.js";

const SIDES = ["before", "after"];
const KEPT = 0.25; // share of a pane that a change may take
const NEAREST = 0.9;
const LONG = 2.4; // times as wide as high: legible one above the other only

export async function compare(parts, wanted) {
  const panes = Object.fromEntries(SIDES.map((side) => [side,
    el("div", { class: "pane", "data-side": side })]));
  swap(parts.room, SIDES.map((side) => el("figure", {}, el("figcaption", {}, t(`side-${side}`)),
    panes[side])));
  const { view } = now();
  let drawn = [view.xml, view.after_xml];
  const opened = {};
  const load = async () => {
    for (const [at, side] of SIDES.entries()) {
      opened[side]?.destroy();
      opened[side] = await diagram(panes[side], drawn[at], { name: t(`side-${side}`) });
    }
  };
  await load();
  const leave = () => SIDES.forEach((side) => opened[side].destroy());
  if (!wanted()) return { leave };

  const pair = together(opened);
  let at = -1;
  const show = (index) => {
    const all = now().view.changes;
    if (!all.length) return;
    at = (index + all.length) % all.length;
    tell();
    pair.show(all[at]);
  };
  const whole = () => { at = -1; tell(); pair.whole(); };
  const tell = () => swap(parts.below, marksLegend(), steps(at, show, whole));

  const start = () => {
    for (const side of SIDES) showMarks(opened[side], marksOn(side, now().view.changes));
    pair.listen((id, side) => {
      const found = now().view.changes.findIndex((each) => each[side].includes(id));
      if (found >= 0) show(found);
      if (side === "before") set({ selected: id });
    });
    whole();
  };

  const { inner } = opened.before.get("canvas").viewbox();
  parts.room.classList.toggle("stacked", inner.width > LONG * inner.height);
  start();
  const again = () => (at < 0 ? pair.whole() : pair.show(now().view.changes[at]));
  const turn = () => { parts.room.classList.toggle("stacked"); again(); };
  const keys = (event) => keyed(event, { n: () => show(at + 1), p: () => show(at < 0 ? -1 : at - 1),
    Escape: whole });
  parts.room.parentElement.addEventListener("keydown", keys);
  return {
    viewers: () => SIDES.map((side) => opened[side]),
    leave: () => { parts.room.parentElement.removeEventListener("keydown", keys); leave(); },
    resized: again,
    tools: () => button(t("arrange"), turn, { key: "arrange" }),
    update: async (changed) => {
      const { view: next } = now();
      if (!changed.includes("view") || !next?.after_xml) return;
      const fresh = [next.xml, next.after_xml];
      if (fresh.join() !== drawn.join()) {
        drawn = fresh;
        await load();
      }
      start();
    },
  };
}

function keyed(event, acts) {
  const act = acts[event.key];
  if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, select, textarea")) return;
  event.preventDefault();
  event.stopPropagation();
  act();
}

/** Keep both panes at the same place and scale; what moved in the drawing shifts one of them. */
function together(opened) {
  const shift = { x: 0, y: 0 };
  let busy = false;
  const canvas = (side) => opened[side].get("canvas");
  const follow = (side) => {
    if (busy) return;
    busy = true;
    const other = side === "before" ? "after" : "before";
    const sign_ = side === "before" ? 1 : -1;
    const { x, y, scale } = canvas(side).viewbox();
    const { outer } = canvas(other).viewbox();
    canvas(other).viewbox({ x: x + sign_ * shift.x, y: y + sign_ * shift.y,
      width: outer.width / scale, height: outer.height / scale });
    busy = false;
  };
  return {
    listen: (clicked) => SIDES.forEach((side) => {
      opened[side].on("canvas.viewbox.changed", () => follow(side));
      onClick(opened[side], (id) => id && clicked(id, side));
    }),
    whole: () => {
      Object.assign(shift, { x: 0, y: 0 });
      canvas("after").resized();
      SIDES.forEach((side) => mark(opened[side], "current", []));
      fit(opened.before, true);
    },
    show: (change) => {
      SIDES.forEach((side) => {
        canvas(side).resized();
        mark(opened[side], "current", change[side]);
      });
      const boxes = SIDES.map((side) => boxOf(opened[side], change[side]));
      if (!boxes[0] && !boxes[1]) { fit(opened.before, true); return; }
      const [before, after] = [boxes[0] || boxes[1], boxes[1] || boxes[0]];
      const middle = (box) => [box.x + box.width / 2, box.y + box.height / 2];
      const [one, two] = [middle(before), middle(after)];
      Object.assign(shift, { x: two[0] - one[0], y: two[1] - one[1] });
      const { outer } = canvas("before").viewbox();
      const scale = Math.min(NEAREST, KEPT * outer.width / Math.max(before.width, after.width, 1),
        KEPT * outer.height / Math.max(before.height, after.height, 1));
      const [width, height] = [outer.width / scale, outer.height / scale];
      canvas("before").viewbox({ x: one[0] - width / 2, y: one[1] - height / 2, width, height });
      follow("before");
    },
  };
}

function steps(at, show, whole) {
  const { changes } = now().view;
  if (!changes.length) return el("p", {}, t("changes-none"));
  return el("div", { class: "changes" },
    el("div", { class: "row" },
      button(`‹ ${t("change-previous")}`, () => show(at < 0 ? -1 : at - 1),
        { key: "change-previous", title: "P" }),
      button(`${t("change-next")} ›`, () => show(at + 1), { key: "change-next", title: "N" }),
      el("span", { class: "place" }, at < 0 ? t("changes-count", { count: changes.length })
        : `${at + 1} / ${changes.length}`),
      at >= 0 && button(t("change-whole"), whole, { key: "change-whole", title: "Esc" })),
    el("p", { class: "said", role: "status" }, at < 0 ? t("changes-hint") : changes[at].sentence),
    el("ol", { class: "plain" }, changes.map((each, index) => el("li", {}, el("button", {
      type: "button", key: `change-${index}`, onclick: () => show(index),
      "aria-current": index === at ? "step" : null,
    }, sign(markOf(each)), ` ${index + 1}. ${each.sentence}`)))));
}
