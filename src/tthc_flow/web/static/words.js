// The words of the page in the language that is shown, and numbers as people write them.

import { get } from "./api.js";

let table = {};
let shown = "vi";

export async function loadWords(lang) {
  table = await get("/api/words", lang);
  shown = lang;
  document.documentElement.lang = lang;
}

export const language = () => shown;

/** Return the words of *key*, with *values* in their places; one of a kind may have its own. */
export function t(key, values = {}) {
  const found = (values.count === 1 && table[`${key}:one`]) || table[key];
  if (found === undefined) return key;
  return found.replace(/\{(\w+)\}/g,
    (whole, name) => (name in values ? String(values[name]) : whole));
}

/** Return the words of *key*, or *other* where there are none. */
export const maybe = (key, other) => table[key] ?? other;

const digits = (value, most) => new Intl.NumberFormat(
  shown === "vi" ? "vi-VN" : "en-GB", { maximumFractionDigits: most },
).format(value);

export const number = (value) => digits(value, 2);

/** Return a share as a whole percentage; what is not nought never reads as 0 %. */
export function percent(share) {
  const near = Math.abs(share * 100);
  return `${digits(share * 100, near > 0 && near < 10 ? 1 : 0)}\u00a0%`;
}

const DAY = 480;
const HOUR = 60;

/** Return working minutes in days, or in hours below half a day. */
export function days(minutes) {
  if (minutes === null || minutes === undefined) return t("unknown");
  const short = Math.abs(minutes) < DAY / 2 && minutes % (DAY / 4) !== 0;
  return short
    ? t("working-hours", { value: number(minutes / HOUR) })
    : t("working-days", { value: number(minutes / DAY) });
}

export const dong = (value) => t("dong", { value: digits(value, 0) });

export const upper = (text) => text.charAt(0).toUpperCase() + text.slice(1);
