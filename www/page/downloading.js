//! The dataset as a file: which format, which documents, and what the format can't hold.

import { build, cancelButton, dialog, okButton, select } from "./build.js";
import { documents, found } from "./corpus.js";
import { article, asked, byId, counted, tell } from "./dom.js";
import { download, takeAway } from "./taking.js";

/** @typedef {import("../rubricate.js").KeptDocument} KeptDocument */

/** @type {Record<string, () => readonly KeptDocument[]>} */
const SCOPES = {
  this: () => documents().filter(({ id }) => id === article.document?.id),
  done: () => documents().filter(({ state }) => state === "done"),
  finished: () => documents().filter(({ state }) => state === "done" || state === "skipped"),
  touched: () => documents().filter(({ state }) => state !== "untouched"),
  shown: () => found(),
  all: () => documents(),
};

const isOpen = () => document.body.dataset.view === "document" && article.document !== null;

/** @type {Record<string, string>} */
const NAMES = {
  this: "This document",
  done: "All that are done",
  finished: "Done and skipped",
  touched: "All but the untouched",
  shown: "What the list shows",
  all: "All documents",
};

/** @type {{format: HTMLSelectElement, scopes: HTMLElement} | undefined} */
let parts;

function makeDialog() {
  const format = select("format", "Format", article.formats.map(({ id, name }) => /** @type {[string, string]} */ ([id, name])));
  const scopes = build("fieldset", { class: "scopes" }, build("legend", {}, "Which documents"));
  for (const [scope, name] of Object.entries(NAMES)) {
    scopes.append(build("label", {}, build("input", { type: "radio", name: "scope", value: scope }), build("span", {}, name), build("span", { class: "count" })));
  }
  const words = build("p", { id: "download-words" });
  dialog("download-dialog", "Download", [build("div", { class: "fields" }, build("label", { for: "download-format" }, "Format"), format), scopes, words], [cancelButton(), okButton("Download")]);
  format.id = "download-format";
  scopes.addEventListener("change", describe);
  parts = { format, scopes };
  return parts;
}

/** @returns {string} */
const scope = () => /** @type {HTMLInputElement} */ (byId("download-dialog").querySelector("[name=scope]:checked")).value;

function describe() {
  const chosen = SCOPES[scope()]();
  const annotations = chosen.reduce((sum, one) => sum + one.annotations, 0);
  byId("download-words").textContent = `${counted(chosen.length, "document")} with ${counted(annotations, "annotation")}. A document’s state goes with it, so that one without anything to tag can be told from one that nobody has looked at.`;
  /** @type {HTMLButtonElement} */ (byId("download-dialog").querySelector(".primary")).disabled = chosen.length === 0;
}

/** @param {string} [first] the choice that stands there */
async function ask(first) {
  const { format, scopes } = parts ?? makeDialog();
  for (const label of scopes.querySelectorAll("label")) {
    const input = /** @type {HTMLInputElement} */ (label.querySelector("input"));
    const count = SCOPES[input.value]().length;
    /** @type {HTMLElement} */ (label.querySelector(".count")).textContent = count.toLocaleString("en");
    label.hidden = (input.value === "this" && !isOpen()) || (input.value === "shown" && found().length === documents().length);
    input.disabled = count === 0;
    input.checked = input.value === first;
  }
  describe();
  if (!(await asked("download-dialog"))) return;
  const chosen = SCOPES[scope()]();
  if (scope() === "this") await takeAway(() => article.export(format.value));
  else await takeAway(() => article.exportDocuments(chosen.map(({ id }) => id), format.value));
}

/** With one document and one format there is nothing to ask. */
export async function askDownload() {
  if (documents().length < 2 && article.formats.length < 2) await download();
  else await ask(isOpen() ? "this" : "all");
}

export async function downloadCorpus() {
  if (documents().length === 0) tell("info", "There is no document here yet.");
  else await ask(SCOPES.done().length ? "done" : "all");
}
