// The last step: every file of the proposal, the project itself, and the printed sheet.

import { get } from "./api.js";
import { button, el, swap } from "./dom.js";
import { saveAddress } from "./header.js";
import { sayError } from "./notice.js";
import { openQuestions } from "./questions.js";
import { printSheet } from "./sheet.js";
import { now, on, set } from "./state.js";
import { language, t } from "./words.js";

const GROUPS = ["papers", "reading", "programs"];
const WHOLE = "everything";
const root = () => document.getElementById("exports");
let listed = [];
let asked = "";
let making = false;

export function mountExports() {
  on(["view", "tab", "lang"], render);
  render();
}

function render() {
  const { view, tab } = now();
  root().hidden = !view || tab !== "export";
  if (root().hidden) return;
  const wanted = `${view.id}/${view.version}/${language()}`;
  if (asked !== wanted) fetchList(wanted);
  swap(root(),
    el("h1", {}, t("export-title", { name: view.name || view.file })),
    el("p", { class: "draft" }, t("draft")),
    open(view),
    el("div", { class: "row" },
      el("a", { class: "as-button primary", href: saveAddress(), download: true, key: "export-save",
        onclick: () => set({ saved: view.version }) }, t("save-project")),
      listed.filter((each) => each.kind === WHOLE).map((each) => el("a", { class: "as-button",
        href: addressOf(view, each), download: each.name, key: `file-${each.name}` },
      each.title)),
      button(t("print"), printSheet, { key: "print" })),
    el("p", { class: "soft" }, t("save-note")),
    GROUPS.map((name) => group(view, name)),
    el("p", { class: "soft", role: "status" }, making ? t("export-making") : ""));
}

async function fetchList(wanted) {
  asked = wanted;
  listed = [];
  try {
    const found = await get(`/api/projects/${encodeURIComponent(now().project)}/files`,
      language());
    if (asked !== wanted) return;
    listed = found;
  } catch (error) {
    asked = "";
    listed = [];
    sayError(error, render);
    return;
  }
  await prepare(wanted);
}

/** Have the papers made while the list is read; a file that is clicked meanwhile waits for them. */
async function prepare(wanted) {
  const small = listed.find((each) => each.kind === "markdown");
  making = Boolean(small);
  render();
  if (!small) return;
  try { await (await fetch(addressOf(now().view, small))).blob(); } catch { /* told on a click */ }
  if (asked !== wanted) return;
  making = false;
  render();
}

function open(view) {
  const left = openQuestions(view.questions);
  return left > 0 && el("p", { class: "ask" }, t("export-open", { count: left }), " ",
    button(t("export-open-go"), () => set({ tab: "review", panel: "questions" }),
      { class: "link", key: "export-open" }));
}

function group(view, name) {
  const some = listed.filter((each) => each.group === name && each.kind !== WHOLE);
  return some.length > 0 && [el("h2", {}, t(`group-of-${name}`)),
    el("ul", { class: "plain files" }, some.map((each) => file(view, each)))];
}

function addressOf(view, each) {
  const [id, name] = [view.id, each.name].map(encodeURIComponent);
  return `/api/projects/${id}/files/${name}?lang=${language()}`;
}

const file = (view, each) => el("li", {},
  el("a", { href: addressOf(view, each), download: each.name, key: `file-${each.name}` },
    each.title),
  el("span", { class: "soft" }, each.name));
