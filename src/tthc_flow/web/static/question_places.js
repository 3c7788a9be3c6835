// Where a question stands in its panel, and how one gets there.

import { now, set } from "./state.js";

export const questionKey = ({ id, about }) => [id, ...about.map((each) => each.element)].join("|");

const boxOf = (question) => [...document.querySelectorAll("#panel [data-question]")]
  .find((each) => each.dataset.question === questionKey(question));

/** Go to *question*: its panel, with its form opened. */
export function showQuestion(question) {
  set({ panel: "questions", tab: "review" });
  const box = boxOf(question);
  if (!box) return;
  for (let each = box; each; each = each.parentElement.closest("details")) each.open = true;
  box.scrollIntoView({ block: "start" });
  box.querySelector("summary").focus();
}

/** Shut *question* once it is answered; one goes on from there. */
export function shutQuestion(question) {
  const box = boxOf(question);
  if (!box) return;
  box.open = false;
  box.querySelector("summary").focus();
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
