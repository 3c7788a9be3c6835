// What the page knows, and who is told when it changes; what outlives a reload is in the address.

const KEPT = { project: null, tab: "load", mode: "look", panel: "candidates", heat: "time",
  lang: "vi", selected: null };
const STEPS = new Set(["project", "tab"]);

const state = { ...KEPT, view: null, projects: [], choices: null, others: null, saved: null,
  busy: 0, unsaved: false, side: "before", shown: null, begun: null,
  fields: { step: [], procedure: [] } };
const listeners = [];

export const now = () => state;

/** Call *listener* once any of *keys* changed. */
export function on(keys, listener) {
  listeners.push([keys, listener]);
}

export function set(patch) {
  const changed = Object.keys(patch).filter((key) => state[key] !== patch[key]);
  if (!changed.length) return;
  Object.assign(state, patch);
  if (changed.some((key) => key in KEPT)) write(changed.some((key) => STEPS.has(key)));
  for (const [keys, listener] of listeners) {
    if (changed.some((key) => keys.includes(key))) listener(changed);
  }
}

function write(step) {
  const told = new URLSearchParams();
  for (const [key, usual] of Object.entries(KEPT)) {
    if (state[key] !== usual && state[key] !== null) told.set(key, state[key]);
  }
  const address = `${location.pathname}#${told}`;
  if (address === location.pathname + (location.hash || "#")) return;
  history[step ? "pushState" : "replaceState"](null, "", address);
}

const ALLOWED = {
  tab: ["load", "review", "export"],
  mode: ["look", "draw", "compare", "walk"],
  panel: ["candidates", "questions", "step", "notes"],
  heat: ["time", "work", "wait", "cost", "hand_offs", "level", "findings", "none"],
  lang: ["vi", "en"],
};

/** Return what the address says; what it does not say is as usual. */
export function fromAddress() {
  const told = new URLSearchParams(location.hash.slice(1));
  const read = {};
  for (const [key, usual] of Object.entries(KEPT)) {
    const value = told.get(key);
    read[key] = value !== null && (ALLOWED[key] || [value]).includes(value) ? value : usual;
  }
  return read;
}
