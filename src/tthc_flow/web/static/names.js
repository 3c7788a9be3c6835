// What elements are called, and where they are looked at.

import { now, set } from "./state.js";
import { maybe, upper } from "./words.js";

export const label = (element) => now().view.record?.labels?.[element]
  ?? now().view.facts?.[element]?.name ?? element;

export const title = (element, name) => upper(now().view.record?.labels?.[element]
  ?? name ?? label(element));

/** Return what a candidate is called: the move and the steps it moves. */
export const candidateTitle = (candidate) => {
  const steps = candidate.targets.map(label);
  return steps.length ? `${candidate.title}: ${steps.join(", ")}` : candidate.title;
};

/** Show *element* on the diagram; on a narrow page the diagram is brought into sight. */
export function point(element) {
  const { mode } = now();
  set({ selected: null });
  set({ selected: element, mode: mode === "draw" ? mode : "look", side: "before" });
  const stage = document.getElementById("stage");
  const { top, bottom } = stage.getBoundingClientRect();
  if (top < 0 || bottom > window.innerHeight) stage.scrollIntoView({ block: "start" });
}

/** Say in words where something went wrong: a question, a step and its facts, or as it is told. */
export function placeWords(place) {
  const { view } = now();
  const asked = view?.questions.find((each) => each.id === place);
  if (asked) return asked.text;
  const [element, ...facts] = place.split(/[ ,]+/);
  if (!view?.facts?.[element]) return maybe(`whole-${place}`, place);
  return [title(element), ...facts.map((each) => maybe(`fact-${each}`, each))].join(", ");
}
