// Where a question stands in its panel, and how one gets there.

import { now, set } from "./state.js";

export const questionKey = ({ id, about }) => [id, ...about.map((each) => each.element)].join("|");

/** The same question to the same body, whatever the steps it is about. */
export const groupKey = ({ id, whom }) => `${whom}|${id}`;

const boxOf = (key) => [...document.querySelectorAll("#panel [data-question]")]
  .find((each) => each.dataset.question === key);

/** Go to *question*: its panel, with its form opened. */
export function showQuestion(question) {
  set({ panel: "questions", tab: "review" });
  const box = boxOf(questionKey(question));
  if (!box) return;
  for (let each = box; each; each = each.parentElement.closest("details")) each.open = true;
  box.scrollIntoView({ block: "start" });
  box.querySelector("summary").focus();
}

/** Shut the question *key* once it is answered; one goes on from there, or from its *group*. */
export function shutQuestion(key, group) {
  const box = boxOf(key);
  if (box) box.open = false;
  const next = (box || document.querySelector(`#panel [data-group="${CSS.escape(group)}"]`))
    ?.querySelector("summary");
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

/** Go to the candidate *id* in its panel. */
export function showCandidate(id) {
  set({ panel: "candidates", shown: id });
  const box = document.querySelector(`#panel [data-candidate="${CSS.escape(id)}"]`);
  if (!box) return;
  box.scrollIntoView({ block: "start" });
  box.querySelector("button").focus();
}

export const candidateOf = (id) => now().view.record?.candidates
  ?.find((each) => each.id === id);
