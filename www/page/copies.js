//! A backup of everything as one file, and back.

import { withMore } from "./assignment.js";
import { build, cancelButton, dialog, okButton } from "./build.js";
import { refresh, store } from "./corpus.js";
import { allDecisions, uniteDecisions } from "./decisions.js";
import { article, asked, byId, counted, sentence, tell } from "./dom.js";
import { applySettings, remember, settings } from "./settings.js";
import { downloaded } from "./safety.js";
import { save } from "./taking.js";

export async function backUp() {
  try {
    if (article.document) await article.saved();
    const at = Date.now();
    const file = await store().backup({ settings, adjudication: allDecisions() });
    save(file);
    downloaded(Object.keys(settings.edited ?? {}), at);
    tell("info", `${file.name} is in your downloads. It holds all documents with what was tagged, their states and order, the trash, the labels and what was decided.`);
  } catch (error) {
    tell("error", `Nothing was backed up: ${sentence(error)}`);
  }
}

/** @param {File} file */
export async function isBackup(file) {
  if (!/\.jsonl$/i.test(file.name)) return false;
  const head = await file.slice(0, 80).text().catch(() => "");
  return /^\uFEFF?\{"format":"rubricate-backup"/.test(head);
}

const when = new Intl.DateTimeFormat("en", { dateStyle: "long", timeStyle: "short" });

/** Unites a backup with what is here, after saying what that means. @param {File} file */
export async function restoreBackup(file) {
  try {
    const { documents, added, united, differing, created } = await store().restoreBackup(file, { dry: true });
    if (!document.getElementById("restore-dialog")) {
      dialog("restore-dialog", "Restore this backup?", [build("p", { id: "restore-words" })], [cancelButton(), okButton("Restore")]);
    }
    const parts = [`Made on ${when.format(new Date(created))}, with ${counted(documents, "document")}: ${added} new here`];
    if (united) parts.push(`${united} here already, whose annotations are united with it`);
    if (differing) parts.push(`${differing} left out, since another text is here under the same name`);
    byId("restore-words").textContent = `${parts.join(", ")}. Nothing that is here is taken away.`;
    if (!(await asked("restore-dialog"))) return;
    const { beside } = await store().restoreBackup(file);
    takeSettings(beside);
    takeDecisions(beside);
    await refresh();
    tell("info", `${counted(documents - differing, "document")} restored.`);
  } catch (error) {
    tell("error", sentence(error));
  }
}

/** @param {unknown} beside */
function takeDecisions(beside) {
  try {
    uniteDecisions(/** @type {{adjudication?: unknown} | null} */ (beside)?.adjudication);
  } catch {
    tell("error", "The decisions of the adjudication could not be restored: this browser keeps nothing more.");
  }
}

/** The backup's labels and name come where there are none of one's own. @param {unknown} beside */
function takeSettings(beside) {
  const kept = /** @type {{settings?: unknown} | null} */ (beside)?.settings;
  if (kept === null || typeof kept !== "object") return;
  const { labels, creator, theme, panel, assignments } = /** @type {import("./settings.js").Settings} */ (kept);
  const changes = { labels, creator, theme, panel };
  for (const name of /** @type {(keyof typeof changes)[]} */ (Object.keys(changes))) {
    if (changes[name] === undefined || settings[name] !== undefined) delete changes[name];
  }
  remember(changes);
  if (assignments) remember({ assignments: withMore(assignments) });
  applySettings();
}
