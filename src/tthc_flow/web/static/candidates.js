// The list of candidates in the order that an officer decides: in, ready, open, barred, ruled out.

import { card } from "./candidate_card.js";
import { el } from "./dom.js";
import { now } from "./state.js";
import { t } from "./words.js";

const GROUPS = ["applied", "pass", "unknown", "fail", "rejected"];

/** Return the candidates as parts of a panel. */
export function candidates() {
  const { view } = now();
  const all = toldApart(view.record?.candidates || []);
  if (!view.record?.plan) return [el("p", { class: "lead" }, t("candidates-no-plan"))];
  if (!all.length) return [el("p", { class: "lead" }, t("candidates-none"))];
  const groups = Object.fromEntries(GROUPS.map((kind) => [kind, []]));
  for (const each of all) groups[kindOf(each, view)].push(each);
  return GROUPS.filter((kind) => groups[kind].length).map((kind) => el("section", {},
    el("h3", { class: kind }, t(`group-${kind}`), el("span", { class: "count" },
      ` ${groups[kind].length}`)),
    el("p", { class: "soft" }, t(`group-${kind}-note`)),
    el("ul", { class: "plain cards" }, groups[kind].map((each) => card(each, kind)))));
}

function kindOf(candidate, view) {
  if (view.rulings?.[candidate.id]?.ruling === "rejected") return "rejected";
  return candidate.applied ? "applied" : candidate.verdict;
}

/** Leave out what is only the rest of another: the same move with fewer of the same steps. */
function toldApart(all) {
  const isRest = (one, of) => one !== of && of.effect && !one.effect && !one.applied
    && one.lever === of.lever && one.verdict === of.verdict
    && one.anchors.join() === of.anchors.join()
    && one.targets.length < of.targets.length
    && one.targets.every((each) => of.targets.includes(each));
  const ruled = now().view.rulings || {};
  return all.filter((one) => ruled[one.id] || !all.some((of) => isRest(one, of)));
}
