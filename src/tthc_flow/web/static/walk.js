// A dossier gone through by hand: where it stands, what may be chosen there, one step back.

import { post } from "./api.js";
import { diagram, fit, mark, seek } from "./diagram.js";
import { button, el, swap } from "./dom.js";
import { label as nameOf } from "./names.js";
import { sayError } from "./notice.js";
import { now, set } from "./state.js";
import { language, t, upper } from "./words.js";

export async function walk(parts, wanted) {
  const sideNow = () => (now().view.after_xml ? now().side : "before");
  const xmlOf = (side) => (side === "after" ? now().view.after_xml : now().view.xml);
  let side = sideNow();
  let version = now().view.version;
  let viewer = await diagram(parts.room, xmlOf(side), { name: t(`side-${side}`) });
  if (!wanted()) return { leave: () => viewer.destroy() };
  let taken = [];
  let state = null;

  async function go(next) {
    const path = `/api/projects/${encodeURIComponent(now().project)}/walk`;
    try {
      state = await post(path, language(), { side, taken: next
        .map(({ element, choice, token }) => ({ element, choice, token })) });
      taken = next;
    } catch (error) {
      sayError(error, () => go(next));
    }
    tell();
  }

  const step = ({ element, token }, choice, said) => go([...taken,
    { element, choice, token, said }]);

  const tell = () => {
    if (!state) return;
    mark(viewer, "done", [...state.done, ...(state.flows || [])]);
    mark(viewer, "token", state.tokens);
    tokens(viewer, state.tokens);
    seek(viewer, state.tokens[0] || state.done.at(-1));
    swap(parts.below, controls({ state, taken, step, back: () => go(taken.slice(0, -1)),
      again: () => go([]) }));
  };

  async function change() {
    side = sideNow();
    version = now().view.version;
    viewer.destroy();
    viewer = await diagram(parts.room, xmlOf(side), { name: t(`side-${side}`) });
    await go([]);
  }

  await go([]);
  fit(viewer);
  seek(viewer, state?.tokens[0]);
  return {
    viewers: () => [viewer],
    leave: () => viewer.destroy(),
    tools: () => now().view.after_xml && sides(),
    update: () => {
      if (now().view && (sideNow() !== side || now().view.version !== version)) change();
    },
  };
}

function sides() {
  return el("label", { class: "heats" }, t("walk-side"), " ",
    el("select", { key: "walk-side", onchange: (event) => set({ side: event.target.value }) },
      ["before", "after"].map((side) => el("option",
        { value: side, selected: side === now().side }, t(`side-${side}`)))));
}

function tokens(viewer, ids) {
  const overlays = viewer.get("overlays");
  overlays.remove({ type: "token" });
  const counted = new Map();
  for (const id of ids) counted.set(id, (counted.get(id) || 0) + 1);
  for (const [id, count] of counted) {
    if (!viewer.get("elementRegistry").get(id)) continue;
    overlays.add(id, "token", { position: { bottom: 14, left: -10 },
      html: el("span", { class: "token-dot", title: t("token") }, count > 1 && String(count)) });
  }
}

function controls({ state, taken, step, back, again }) {
  return el("div", { class: "walk" },
    el("div", { class: "row" },
      button(`‹ ${t("walk-back")}`, back, { key: "walk-back", disabled: !taken.length }),
      button(t("walk-again"), again, { key: "walk-again", disabled: !taken.length }),
      el("span", { class: "place" }, t("walk-count", { count: taken.length }))),
    el("div", { role: "status" }, state.ended
      ? el("p", { class: "good" }, t("walk-ended"))
      : !state.waiting.length && el("p", { class: "ask" }, t("walk-stuck"))),
    el("ul", { class: "plain waiting" }, state.waiting.map((each) => waiting(each, step))),
    taken.length > 0 && el("details", {},
      el("summary", { key: "walk-taken" }, t("walk-taken")),
      el("ol", {}, taken.map((each) => el("li", {}, upper(nameOf(each.element)),
        each.said && ` – ${each.said}`)))));
}

/** Return what may be done at one place; where *several* ways may be taken, they are ticked. */
function waiting(each, step) {
  const key = `${each.element}-${each.token ?? ""}`;
  const head = el("p", {}, el("strong", {}, upper(each.label)),
    each.performer && ` – ${each.performer}`);
  if (each.several) return el("li", {}, head, ticks(each, step, key));
  const words = (one) => (one.id === "done" ? t("walk-done") : one.text);
  return el("li", {}, head, el("p", { class: "row" }, each.choices.map((one) => button(words(one),
    () => step(each, one.id, one.id === "done" ? "" : one.text),
    { class: "primary", key: `walk-${key}-${one.id}` }))));
}

function ticks(each, step, key) {
  const send = (event) => {
    event.preventDefault();
    const ticked = each.choices.filter((one) => event.target.elements[one.id].checked);
    if (!ticked.length) return;
    step(each, ticked.map((one) => one.id), ticked.map((one) => one.text).join(", "));
  };
  return el("form", { onsubmit: send },
    el("fieldset", {}, el("legend", {}, t("walk-several")),
      each.choices.map((one) => el("label", {},
        el("input", { type: "checkbox", name: one.id, key: `walk-${key}-${one.id}` }),
        ` ${one.text}`))),
    el("button", { class: "primary", key: `walk-${key}-go` }, t("walk-go")));
}
