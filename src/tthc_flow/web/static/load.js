// The first step: drop or choose a file, choose one of its procedures, go on with an open one.

import { bring, close, open, pick } from "./actions.js";
import { button, el, roving, swap } from "./dom.js";
import { now, on, set } from "./state.js";
import { t } from "./words.js";

const KINDS = ".bpmn,.xml,.docx,.xlsx,.yaml,.yml,.csv,.tthc";
const root = () => document.getElementById("load");

export function mountLoad() {
  on(["view", "choices", "others", "projects", "lang", "tab"], render);
  roving(root(), ".choices button");
  catchDrops();
  render();
}

function render() {
  const { tab, view, choices } = now();
  root().hidden = tab !== "load";
  if (root().hidden) return;
  swap(root(),
    el("h1", {}, view ? t("load-title-again") : t("load-title")),
    !view && el("p", { class: "lead" }, t("load-lead")),
    zone(),
    choices && picking(choices),
    !choices && now().others && again(now().others),
    !choices && others());
}

function zone() {
  const input = el("input", { type: "file", id: "file", key: "file", accept: KINDS,
    class: "unseen", onchange: () => input.files[0] && bring(input.files[0]),
    "aria-describedby": "kinds" });
  return el("div", { class: "drop", id: "drop" },
    input,
    el("p", { class: "drop-text" }, t("load-drop")),
    el("label", { for: "file", class: "as-button primary" }, t("load-pick")),
    el("p", { class: "soft", id: "kinds" }, t("load-kinds")),
    el("p", { class: "soft" }, t("load-stays")));
}

function picking({ choices, file }) {
  return el("div", { class: "choices" },
    el("h2", {}, t("choices-title", { count: choices.length, file })),
    el("p", { class: "soft" }, t("choices-lead")),
    el("ul", { class: "plain" }, choices.map((each) => el("li", {}, el("button", {
      type: "button", key: `choice-${each.number}`, onclick: () => pick(each.number),
    },
    el("strong", {}, each.name || t("choice-nameless", { number: each.number })),
    el("span", { class: "soft" }, [each.code && t("code-of", { code: each.code }),
      t("choice-steps", { count: each.steps }),
      each.findings ? t("choice-findings", { count: each.findings }) : null,
    ].filter(Boolean).join(" · ")))))),
    button(t("cancel"), () => set({ choices: null }), { key: "choices-leave" }));
}

/** The other procedures of the file that one was chosen from. */
function again(others) {
  const { file, choices } = others;
  return el("p", {}, button(t("choices-again", { file, count: choices.length }),
    () => set({ choices: others }), { key: "choices-again" }));
}

function others() {
  const rest = now().projects.filter((each) => each.id !== now().project);
  return rest.length > 0 && el("div", { class: "others" },
    el("h2", {}, t("projects-title")),
    el("ul", { class: "plain" }, rest.map((each) => el("li", {},
      el("button", { type: "button", key: `project-${each.id}`,
        onclick: () => open(each.id, { tab: "review" }) },
      el("span", {}, each.title || each.name),
      each.title && el("span", { class: "soft" }, each.name)),
      button("×", () => close(each.id), { key: `close-${each.id}`, class: "close",
        title: t("project-close"),
        "aria-label": `${t("project-close")}: ${each.title || each.name}` })))));
}

/** A file may be let go anywhere on the page. */
function catchDrops() {
  let inside = 0;
  const files = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");
  const mark = (by) => (event) => {
    if (!files(event)) return;
    event.preventDefault();
    inside = Math.max(0, inside + by);
    document.body.classList.toggle("dropping", inside > 0);
  };
  document.addEventListener("dragenter", mark(1));
  document.addEventListener("dragleave", mark(-1));
  document.addEventListener("dragover", (event) => files(event) && event.preventDefault());
  document.addEventListener("drop", (event) => {
    if (!files(event)) return;
    event.preventDefault();
    inside = 0;
    document.body.classList.remove("dropping");
    const [file] = event.dataTransfer.files;
    if (file) {
      set({ tab: "load" });
      bring(file);
    }
  });
}
