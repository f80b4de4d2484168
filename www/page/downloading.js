//! The dataset as a file: which format, which documents, and what the format can't hold.

import { build, cancelButton, dialog, okButton, select } from "./build.js";
import { documents, found } from "./corpus.js";
import { article, asked, byId, counted, sentence, tell } from "./dom.js";
import { startProgress } from "./progress.js";
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
/** @type {[string, string][]} */
const SPLITS = [["", "One dataset"], ["document", "Train, dev and test, by document"], ["site", "Train, dev and test, by site"]];

/** @type {{format: HTMLSelectElement, scopes: HTMLElement, overlaps: HTMLSelectElement, split: HTMLSelectElement, shares: HTMLInputElement} | undefined} */
let parts;

function makeDialog() {
  const format = select("format", "Format", article.formats.map(({ id, name }) => /** @type {[string, string]} */ ([id, name])));
  const scopes = build("fieldset", { class: "scopes" }, build("legend", {}, "Which documents"));
  for (const [scope, name] of Object.entries(NAMES)) {
    scopes.append(build("label", {}, build("input", { type: "radio", name: "scope", value: scope }), build("span", {}, name), build("span", { class: "count" })));
  }
  const words = build("p", { id: "download-words" });
  const overlaps = select("overlaps", "Where annotations overlap", OVERLAPS);
  const split = select("split", "In parts", SPLITS);
  const shares = /** @type {HTMLInputElement} */ (build("input", { id: "download-shares", name: "shares", value: "80/10/10", pattern: "\\d+/\\d+(/\\d+)?", autocomplete: "off", "aria-describedby": "download-split-words" }));
  const splitWords = build("p", { id: "download-split-words" }, "A document’s part follows from its text, or its site, alone: it stays in it when others come. The same text is never in two parts.");
  const fields = build("div", { class: "fields" },
    build("label", { for: "download-format" }, "Format"), format,
    build("label", { for: "download-overlaps" }, "Overlaps"), overlaps,
    build("label", { for: "download-split" }, "In parts"), split,
    build("label", { for: "download-shares" }, "Shares"), shares,
    splitWords);
  dialog("download-dialog", "Download", [fields, scopes, words], [cancelButton(), okButton("Download")]);
  format.id = "download-format";
  overlaps.id = "download-overlaps";
  split.id = "download-split";
  split.addEventListener("change", describe);
  format.addEventListener("change", describe);
  scopes.addEventListener("change", describe);
  parts = { format, scopes, overlaps, split, shares };
  return parts;
}

/** @returns {string} */
const scope = () => /** @type {HTMLInputElement} */ (byId("download-dialog").querySelector("[name=scope]:checked")).value;

function describe() {
  const chosen = SCOPES[scope()]();
  const annotations = chosen.reduce((sum, one) => sum + one.annotations, 0);
  byId("download-words").textContent = `${counted(chosen.length, "document")} with ${counted(annotations, "annotation")}. A document’s state goes with it, so that one without anything to tag can be told from one that nobody has looked at.`;
  /** @type {HTMLButtonElement} */ (byId("download-dialog").querySelector(".primary")).disabled = chosen.length === 0;
  const several = scope() !== "this";
  show(FLAT.includes(parts?.format.value ?? ""), "[for=download-overlaps], #download-overlaps");
  show(several, "[for=download-split], #download-split");
  show(several && parts?.split.value !== "", "[for=download-shares], #download-shares, #download-split-words");
}

/** @param {boolean} shown @param {string} which a selector */
function show(shown, which) {
  for (const element of byId("download-dialog").querySelectorAll(which)) /** @type {HTMLElement} */ (element).hidden = !shown;
}

/** How the documents are parted, if they are. @param {boolean} own @returns {{split?: {shares: string, by: "document" | "site"}}} */
function split(own) {
  const by = /** @type {"" | "document" | "site"} */ (parts?.split.value ?? "");
  return own || !by ? {} : { split: { by, shares: parts?.shares.value.trim() ?? "" } };
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
  const parted = split(own);
  if (format.value === "json" && !parted.split) await takeAway(() => (own ? article.export() : ofMany(ids, "json").then(({ file }) => file)));
  else await takeOther(format, own, ids, parted);
}

/**
 * A file of another format, after saying what it can't hold.
 * @param {HTMLSelectElement} format
 * @param {boolean} own of the open document alone
 * @param {string[]} ids
 * @param {ReturnType<typeof split>} parted
 */
async function takeOther(format, own, ids, parted) {
  if (settings.creator === undefined) await askName();
  const name = format.selectedOptions[0].textContent ?? format.value;
  const overlaps = /** @type {"longest" | "file-per-label"} */ (parts?.overlaps.value);
  try {
    const at = Date.now();
    const { file, report } = own
      ? await article.exportWithReport(format.value, { overlaps })
      : await ofMany(ids, format.value, { overlaps, ...parted });
    if (report.losses.length && !(await agreed(name, report))) return;
    save(file);
    downloaded(ids, at);
    const inParts = Object.entries(report.parts ?? {}).map(([part, { documents }]) => `${part} ${documents.toLocaleString("en")}`);
    tell("info", `${file.name} is in your downloads: ${counted(report.annotations, "annotation")} in ${counted(report.documents, "document")}${inParts.length ? ` (${inParts.join(", ")})` : ""}, read back and compared.`);
  } catch (error) {
    tell("error", `Nothing was downloaded: ${sentence(error)}`);
  }
}

/**
 * A file of many documents, with the progress and a way to stop.
 * @param {string[]} ids @param {string} format @param {import("../rubricate.js").ExportDocumentsOptions} [options]
 */
export async function ofMany(ids, format, options) {
  const progress = startProgress("writing-dialog", "Writing the dataset", "Writing…", ids.length);
  try {
    return await article.exportDocumentsWithReport(ids, format, { ...options, signal: progress.signal, progress: progress.tell });
  } finally {
    progress.end();
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
