// What changes a project: one call at a time, in order, each against the version it has seen.

import { choose, get, post, upload } from "./api.js";
import { forget } from "./drafts.js";
import { hush, say, sayError } from "./notice.js";
import { now, set } from "./state.js";
import { t } from "./words.js";

let line = Promise.resolve();

function queued(work) {
  const run = line.then(async () => {
    set({ busy: now().busy + 1 });
    try { return await work(); } finally { set({ busy: now().busy - 1 }); }
  });
  line = run.catch(() => {});
  return run;
}

const path = (rest = "") => `/api/projects/${encodeURIComponent(now().project)}${rest}`;

/** Do *action*; return whether it was done. */
export const act = (action) => queued(async () => {
  const { view, lang, unsaved } = now();
  if (unsaved && action.kind !== "drawing") {
    say(t("draw-first"), { kind: "warn", hint: t("draw-first-hint") });
    return false;
  }
  try {
    set({ view: await post(path("/actions"), lang, { version: view.version, action }) });
    hush();
    return true;
  } catch (error) {
    if (error.status === 409) await catchUp();
    else sayError(error, error.status === 0 ? refresh : null);
    return false;
  }
});

async function catchUp() {
  try {
    set({ view: await get(path(), now().lang) });
    say(t("conflict"), { kind: "warn", hint: t("conflict-hint") });
  } catch (error) {
    sayError(error, refresh);
  }
}

/** Ask for the project as it stands; return whether it is there. */
export const refresh = () => queued(async () => {
  if (!now().project) return false;
  try {
    set({ view: await get(path(), now().lang) });
    return true;
  } catch (error) {
    if (error.status === 404) {
      set({ project: null, view: null, tab: "load", selected: null });
    }
    sayError(error, refresh);
    return false;
  }
});

/** Look whether another window went on with the project, and follow it. */
export async function follow() {
  const { project, view, lang, unsaved } = now();
  if (!project || !view || unsaved) return;
  try {
    const here = (await get("/api/projects", lang)).find((each) => each.id === project);
    if (here && here.version !== now().view.version) await refresh();
  } catch { /* the next action says so */ }
}

export async function listProjects() {
  try { set({ projects: await get("/api/projects", now().lang) }); } catch (error) {
    sayError(error, listProjects);
  }
}

const FRESH = 1; // the version of a project that is as its file says

/** Open the project *id* as it stands on the server. */
export async function open(id, patch = {}) {
  forget();
  set({ project: id, view: null, selected: null, choices: null, saved: FRESH, ...patch });
  return refresh();
}

function opened(answer, file) {
  if (answer.choices) {
    set({ choices: { ...answer, file }, others: null });
    return;
  }
  forget();
  hush();
  set({ project: answer.id, view: answer, choices: null, selected: null, saved: answer.version,
    mode: "look", tab: "load" });
  listProjects();
}

/** Close the project *id*: what is not saved in a file is gone. */
export const close = (id) => queued(async () => {
  try {
    await post(`/api/projects/${encodeURIComponent(id)}/close`, now().lang, {});
    await listProjects();
  } catch (error) { sayError(error); }
});

const MOST = 20 * 2 ** 20;

/** Send a file; the view follows, or the list of the procedures in it. */
export const bring = (file) => queued(async () => {
  set({ choices: null, others: null });
  if (file.size > MOST) {
    say(t("too-large", { file: file.name }), { kind: "error", hint: t("too-large-hint") });
    return;
  }
  try { opened(await upload(file, now().lang), file.name); } catch (error) { sayError(error); }
});

export const pick = (number) => queued(async () => {
  const { choices, lang } = now();
  try {
    opened(await choose(choices.upload, number, lang), choices.file);
    set({ others: choices });
  } catch (error) {
    sayError(error);
  }
});
