// What was not understood in the file and what was guessed, by how much it matters.

import { button, el } from "./dom.js";
import { point, title } from "./names.js";
import { now } from "./state.js";
import { t, upper } from "./words.js";

const SEVERITIES = ["error", "warning", "info"];
const SHOWN = 3; // more of a kind than this are folded
const unfolded = new Set();

/** Return the notes as parts of a panel. */
export function notes() {
  const { notes: all, record, after_xml: after } = now().view;
  const counts = SEVERITIES.map((kind) => [kind, all.filter((each) => each.severity === kind)])
    .filter(([, some]) => some.length);
  const head = counts.map(([kind, some]) => t(`count-${kind}`, { count: some.length })).join(", ");
  return [
    el("p", { class: "lead" }, head ? `${upper(head)}.` : t("notes-none")),
    after === null && !record?.plan && el("p", { class: "soft" }, t("notes-no-proposal")),
    ...counts.map(([kind, some]) => el("section", {},
      el("h3", { class: kind }, t(`severity-${kind}`)),
      el("ul", { class: "plain notes" }, byCode(some).map((same) => folded(same, kind))))),
  ];
}

function byCode(some) {
  const groups = new Map();
  for (const each of some) groups.set(each.code, [...(groups.get(each.code) || []), each]);
  return [...groups.values()];
}

/** Notes of one kind; many of them are folded behind the first. */
function folded(same, kind) {
  const lines = same.map((each, at) => note(each, `${kind}-${each.code}-${at}`));
  if (same.length <= SHOWN) return lines;
  const { code } = same[0];
  return [lines[0], el("li", {}, el("details", { open: unfolded.has(code),
    ontoggle: (event) => unfolded[event.target.open ? "add" : "delete"](code) },
  el("summary", { key: `notes-${code}` }, t("notes-more", { count: same.length - 1 })),
  el("ul", { class: "plain" }, lines.slice(1))))];
}

function note(each, key) {
  const called = each.element && title(each.element, each.name);
  const where = [called === upper(each.element || "") ? t("show-on-diagram") : called,
    each.line && t("at-line", { line: each.line })].filter(Boolean).join(" · ");
  return el("li", { class: `note ${each.severity}` },
    el("p", {}, el("strong", {}, each.message)),
    each.assumed && el("p", {}, t("assumed", { what: each.assumed })),
    each.hint && el("p", { class: "soft" }, each.hint),
    where && (each.element
      ? button(where, () => point(each.element), { key: `note-${key}`, class: "link where",
        title: t("show-on-diagram") })
      : el("p", { class: "soft" }, where)));
}
