// What a candidate changes, in words; what is unknown stays unknown.

import { days, dong, t } from "./words.js";

const COUNTED = ["steps", "hand_offs", "performers", "levels", "documents", "visits"];

/** Return the effect of a candidate as a sentence. */
export function effect(told) {
  if (!told) return t("effect-together");
  const less = parts(told, 1);
  const more = parts(told, -1);
  const said = [];
  if (less.length) said.push(t("effect-less", { what: less.join("; ") }));
  if (more.length) said.push(t("effect-more", { what: more.join("; ") }));
  if (told.minutes === null) said.push(t("effect-time-unknown"));
  return said.length ? said.join(" ") : t("effect-none");
}

function parts(told, sign) {
  const found = [];
  if (told.minutes !== null && told.minutes * sign > 0) found.push(days(Math.abs(told.minutes)));
  if (told.cost !== null && told.cost * sign > 0) {
    found.push(t("effect-cost", { value: dong(Math.abs(told.cost)) }));
  }
  for (const name of COUNTED) {
    if (told[name] * sign > 0) found.push(t(`effect-${name}`, { count: Math.abs(told[name]) }));
  }
  return found;
}

/** Return where something is written: document, place, date. */
export function sourceText(source) {
  if (!source) return "";
  if (typeof source === "string") return source;
  const day = source.date
    && t("dated", { date: source.date.split("-").reverse().map(Number).join("/") });
  return [[source.document, day].filter(Boolean).join(" "), source.place || source.clause]
    .filter(Boolean).join(", ");
}
