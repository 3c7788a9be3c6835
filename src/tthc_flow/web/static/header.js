// The head of the page: the three steps, what undoes and saves, the language.

import { act } from "./actions.js";
import { button, el, roving, swap } from "./dom.js";
import { now, on, set } from "./state.js";
import { language, t } from "./words.js";

const TABS = ["load", "review", "export"];
const root = () => document.getElementById("top");

export function mountHeader(changeLanguage) {
  const draw = () => render(changeLanguage);
  on(["view", "tab", "lang", "saved", "project"], draw);
  on(["busy"], () => root().classList.toggle("busy", now().busy > 0));
  roving(root(), ".steps button:not(:disabled)");
  draw();
}

function render(changeLanguage) {
  const { view, tab } = now();
  document.getElementById("skip").textContent = t("skip");
  document.title = view ? `${view.name || view.file} – ${t("product")}` : t("product");
  swap(root(),
    el("div", { class: "brand" },
      el("strong", {}, t("product")),
      view && el("span", { class: "file", title: view.file }, view.file)),
    el("nav", { class: "steps", "aria-label": t("steps") },
      el("ol", {}, TABS.map((name, at) => el("li", {}, button(
        `${at + 1}. ${t(`tab-${name}`)}`, () => set({ tab: name }),
        { key: `tab-${name}`, "aria-current": tab === name ? "step" : null,
          disabled: name !== "load" && !view },
      ))))),
    el("div", { class: "tools" },
      view && tools(view)),
    el("div", { class: "lang", role: "group", "aria-label": t("language") },
      ["vi", "en"].map((lang) => button(lang.toUpperCase(), () => changeLanguage(lang), {
        key: `lang-${lang}`, lang, "aria-pressed": String(language() === lang),
        "aria-label": { vi: "VI – Tiếng Việt", en: "EN – English" }[lang],
      }))),
    el("p", { class: "working", role: "status" }, el("span", {}, t("working"))));
}

function tools(view) {
  const differs = now().saved !== view.version;
  return [
    button(`↶ ${t("undo")}`, () => act({ kind: "undo" }),
      { key: "undo", disabled: !view.can_undo, title: t("undo-key") }),
    button(`↷ ${t("redo")}`, () => act({ kind: "redo" }),
      { key: "redo", disabled: !view.can_redo, title: t("redo-key") }),
    el("a", { key: "save", id: "save", class: "as-button", href: saveAddress(), download: true,
      title: t("save-key"), onclick: () => set({ saved: now().view.version }) },
    t("save"), differs && el("span", { class: "differs", title: t("save-differs") },
      el("span", { "aria-hidden": "true" }, " ●"),
      el("span", { class: "unseen" }, ` (${t("save-differs")})`))),
  ];
}

export const saveAddress = () => `/api/projects/${encodeURIComponent(now().project)}/save`
  + `?lang=${language()}`;
