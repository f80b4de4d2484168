//! The dataset as a file: which format, which documents, and what the format can't hold.

import { build, cancelButton, dialog, okButton, select } from "./build.js";
import { documents, found } from "./corpus.js";
import { article, asked, byId, counted, sentence, tell } from "./dom.js";
import { askName, save, takeAway } from "./taking.js";
import { downloaded } from "./safety.js";
import { settings } from "./settings.js";

/** @type {Record<string, () => readonly {id: string, annotations: number}[]>} */
const SCOPES = {
  // Also where nothing can be kept.
  this: () => (isOpen() ? [{ id: article.document?.id ?? "", annotations: article.annotations.length }] : []),
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

/** Formats of one label a token, which have to choose where annotations overlap. */
const FLAT = ["conll2003", "bio", "bilou"];
/** @type {[string, string][]} */
const OVERLAPS = [["longest", "The longest is written"], ["file-per-label", "A file for each label"]];

/** @type {{format: HTMLSelectElement, scopes: HTMLElement, overlaps: HTMLSelectElement} | undefined} */
let parts;

function makeDialog() {
  const format = select("format", "Format", article.formats.map(({ id, name }) => /** @type {[string, string]} */ ([id, name])));
  const scopes = build("fieldset", { class: "scopes" }, build("legend", {}, "Which documents"));
  for (const [scope, name] of Object.entries(NAMES)) {
    scopes.append(build("label", {}, build("input", { type: "radio", name: "scope", value: scope }), build("span", {}, name), build("span", { class: "count" })));
  }
  const words = build("p", { id: "download-words" });
  const overlaps = select("overlaps", "Where annotations overlap", OVERLAPS);
  const fields = build("div", { class: "fields" }, build("label", { for: "download-format" }, "Format"), format, build("label", { for: "download-overlaps" }, "Overlaps"), overlaps);
  dialog("download-dialog", "Download", [fields, scopes, words], [cancelButton(), okButton("Download")]);
  format.id = "download-format";
  overlaps.id = "download-overlaps";
  format.addEventListener("change", describe);
  scopes.addEventListener("change", describe);
  parts = { format, scopes, overlaps };
  return parts;
}

/** @returns {string} */
const scope = () => /** @type {HTMLInputElement} */ (byId("download-dialog").querySelector("[name=scope]:checked")).value;

function describe() {
  const chosen = SCOPES[scope()]();
  const annotations = chosen.reduce((sum, one) => sum + one.annotations, 0);
  byId("download-words").textContent = `${counted(chosen.length, "document")} with ${counted(annotations, "annotation")}. A document’s state goes with it, so that one without anything to tag can be told from one that nobody has looked at.`;
  /** @type {HTMLButtonElement} */ (byId("download-dialog").querySelector(".primary")).disabled = chosen.length === 0;
  const flat = FLAT.includes(parts?.format.value ?? "");
  for (const element of byId("download-dialog").querySelectorAll("[for=download-overlaps], #download-overlaps")) {
    /** @type {HTMLElement} */ (element).hidden = !flat;
  }
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
  scopes.hidden = documents().length < 2 && isOpen();
  describe();
  if (!(await asked("download-dialog"))) return;
  const ids = SCOPES[scope()]().map(({ id }) => id);
  const own = scope() === "this";
  if (format.value === "json") await takeAway(() => (own ? article.export() : article.exportDocuments(ids)));
  else await takeOther(format, own, ids);
}

/**
 * A file of another format, after saying what it can't hold.
 * @param {HTMLSelectElement} format
 * @param {boolean} own of the open document alone
 * @param {string[]} ids
 */
async function takeOther(format, own, ids) {
  if (settings.creator === undefined) await askName();
  const name = format.selectedOptions[0].textContent ?? format.value;
  const overlaps = /** @type {"longest" | "file-per-label"} */ (parts?.overlaps.value);
  try {
    const { file, report } = own
      ? await article.exportWithReport(format.value, { overlaps })
      : await article.exportDocumentsWithReport(ids, format.value, { overlaps });
    if (report.losses.length && !(await agreed(name, report))) return;
    save(file);
    downloaded(ids);
    tell("info", `${file.name} is in your downloads: ${counted(report.annotations, "annotation")} in ${counted(report.documents, "document")}, read back and compared.`);
  } catch (error) {
    tell("error", `Nothing was downloaded: ${sentence(error)}`);
  }
}

/** @param {string} name @param {import("../rubricate.js").ExportReport} report */
async function agreed(name, { losses }) {
  if (!document.getElementById("losses-dialog")) {
    dialog("losses-dialog", "What this format can’t hold", [build("p", { id: "losses-words" }), build("ul", { id: "losses-list", class: "lines" })], [cancelButton(), okButton("Save it all the same")]);
  }
  byId("losses-words").textContent = losses.some(({ ofContent }) => ofContent)
    ? `${name}: some of the annotations are not in the file, or not as they are.`
    : `${name}: all annotations are in the file, but not all that is said of them.`;
  byId("losses-list").replaceChildren(...losses.map((loss) => build("li", { class: loss.ofContent ? "of-content" : "" }, loss.sentence)));
  return asked("losses-dialog");
}

/** Which format, and of several documents, which. */
export const askDownload = () => ask(isOpen() ? "this" : "all");

export async function downloadCorpus() {
  if (documents().length === 0) tell("info", "There is no document here yet.");
  else await ask(SCOPES.done().length ? "done" : "all");
}
