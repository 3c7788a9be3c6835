// The beginning: words, parts, and the project that the address names.

import { follow, listProjects, open, refresh } from "./actions.js";
import { get } from "./api.js";
import { mountExports } from "./exports.js";
import { mountHeader } from "./header.js";
import { listenToKeys } from "./keys.js";
import { leaveDrawing } from "./leave.js";
import { mountLoad } from "./load.js";
import { sayError } from "./notice.js";
import { mountPanel } from "./panel.js";
import { mountSheet } from "./sheet.js";
import { mountStage } from "./stage.js";
import { fromAddress, now, on, set } from "./state.js";
import { mountTotals } from "./totals.js";
import { loadWords } from "./words.js";

/** Load the words of *lang*; return the facts that a step may have, in its words. */
async function speak(lang) {
  const [fields] = await Promise.all([get("/api/fields", lang), loadWords(lang)]);
  return fields;
}

async function changeLanguage(lang) {
  if (lang === now().lang || !await leaveDrawing()) return;
  set({ busy: now().busy + 1 });
  try {
    set({ fields: await speak(lang) });
    set({ lang });
    if (now().project) await refresh();
  } catch (error) {
    sayError(error, () => changeLanguage(lang));
  } finally {
    set({ busy: now().busy - 1 });
  }
  listProjects();
}

/** Go where the address says: at the start, and by the browser's back and forward. */
async function go() {
  const told = fromAddress();
  const { project, lang } = now();
  if (told.lang !== lang) await changeLanguage(told.lang);
  if (told.project && told.project !== project) await open(told.project, told);
  else set(told.project ? told : { ...told, view: null, tab: "load" });
}

async function start() {
  const told = fromAddress();
  try {
    set({ fields: await speak(told.lang) });
  } catch (error) {
    sayError(error, () => location.reload());
    return;
  }
  set({ lang: told.lang });
  mountHeader(changeLanguage);
  mountLoad();
  mountTotals();
  mountStage();
  mountPanel();
  mountExports();
  mountSheet();
  listenToKeys();
  on(["tab"], () => { document.body.dataset.tab = now().tab; });
  await listProjects();
  const [only] = now().projects;
  if (told.project) await open(told.project, told);
  else if (only && now().projects.length === 1) await open(only.id);
  window.addEventListener("popstate", go);
  document.addEventListener("visibilitychange", () => !document.hidden && follow());
  window.addEventListener("focus", follow);
  document.body.dataset.ready = "true";
}

start();
