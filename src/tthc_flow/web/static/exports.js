// The last step: every file of the proposal, the project itself, and the printed sheet.

import { get } from "./api.js";
import { button, el, swap } from "./dom.js";
import { saveAddress } from "./header.js";
import { sayError } from "./notice.js";
import { isOpen } from "./questions.js";
import { printSheet } from "./sheet.js";
import { now, on, set } from "./state.js";
import { language, number, t } from "./words.js";

const root = () => document.getElementById("exports");
let listed = [];
let asked = "";

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
    listed.length ? el("ul", { class: "plain files" }, listed.map((each) => file(view, each)))
      : el("p", { role: "status" }, t("export-making")),
    el("div", { class: "row" },
      el("a", { class: "as-button primary", href: saveAddress(), download: true, key: "export-save",
        onclick: () => set({ saved: view.version }) }, t("save-project")),
      button(t("print"), printSheet, { key: "print" })),
    el("p", { class: "soft" }, t("save-note")));
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
  render();
}

function open(view) {
  const left = view.questions.filter(isOpen).length;
  return left > 0 && el("p", { class: "ask" }, t("export-open", { count: left }), " ",
    button(t("export-open-go"), () => set({ tab: "review", panel: "questions" }),
      { class: "link", key: "export-open" }));
}

const size = (bytes) => (bytes < 1000 ? t("size-bytes", { value: number(bytes) })
  : bytes < 1e6 ? t("size-kb", { value: number(Math.round(bytes / 100) / 10) })
    : t("size-mb", { value: number(Math.round(bytes / 1e5) / 10) }));

function file(view, each) {
  const [id, name] = [view.id, each.name].map(encodeURIComponent);
  const path = `/api/projects/${id}/files/${name}`;
  return el("li", {},
    el("a", { href: `${path}?lang=${language()}`, download: each.name, key: `file-${each.name}` },
      each.name),
    el("span", {}, each.title),
    el("span", { class: "soft" }, each.size ? size(each.size) : ""));
}
