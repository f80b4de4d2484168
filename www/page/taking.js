//! Annotations out and in: the download with the proof that it reads back, the import, the clearing.

import { build, cancelButton, dialog, figures, lines, okButton } from "./build.js";
import { article, asked, byId, counted, dismiss, sentence, tell } from "./dom.js";
import { downloaded } from "./safety.js";
import { remember, settings } from "./settings.js";

const nameField = /** @type {HTMLInputElement} */ (byId("name-field"));
const importPicker = /** @type {HTMLInputElement} */ (byId("import-input"));

/**
 * Reads a downloaded dataset as a Python script would: every offset counts code points.
 * @param {{documents: {id: string, text: string}[], annotations: {document: string, position: {start: number, end: number}, quote: {exact: string}}[]}} data
 * @returns {{exact: number, all: number}} how many annotations cover the text they quote, of how many
 */
function readBack(data) {
  const slicers = new Map(data.documents.map(({ id, text }) => [id, slicer(text)]));
  const exact = data.annotations.filter(
    ({ document, position, quote }) =>
      slicers.get(document)?.(position.start, position.end) === quote.exact,
  );
  return { exact: exact.length, all: data.annotations.length };
}

/**
 * @param {string} text
 * @returns {(start: number, end: number) => string} what lies between two offsets in code points
 */
function slicer(text) {
  if (!/[\ud800-\udfff]/.test(text)) return (start, end) => text.slice(start, end);
  const offsets = new Uint32Array(text.length + 1);
  let points = 0;
  let unit = 0;
  for (const character of text) {
    offsets[points++] = unit;
    unit += character.length;
  }
  offsets.fill(unit, points);
  return (start, end) => text.slice(offsets[start], offsets[end]);
}

/** A few lines that print every span. @param {string} fileName */
const python = (fileName) => `import json
data = json.load(open(${JSON.stringify(fileName)}, encoding="utf-8"))
text = {d["id"]: d["text"] for d in data["documents"]}
for a in data["annotations"]:
    at = a["position"]
    print(a["label"], text[a["document"]][at["start"]:at["end"]])`;

/** Hands a file to the browser's downloads. @param {File} file */
export function save(file) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  // Safari reads the blob some time after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

export async function askName() {
  nameField.value = settings.creator ?? "";
  if (!(await asked("name-dialog"))) return;
  remember({ creator: nameField.value.trim() || null });
  article.creator = settings.creator ?? null;
}

/**
 * Makes a file of our own, saves it, and shows that every span in it reads back.
 * @param {() => Promise<File>} make
 * @param {{ofOthers?: boolean}} [options] `ofOthers`: it has not what is kept here, so that is as unsafe as before
 */
export async function takeAway(make, { ofOthers = false } = {}) {
  if (settings.creator === undefined) await askName();
  try {
    const at = Date.now();
    const file = await make();
    const data = JSON.parse(await file.text());
    const { exact, all } = readBack(data);
    save(file);
    if (!ofOthers) downloaded(data.documents.map((/** @type {{id: string}} */ { id }) => id), at);
    byId("done-heading").textContent = `${exact} of ${counted(all, "span reads", "spans read")} back exactly`;
    byId("done-file").textContent = `${file.name} is in your downloads. In Python:`;
    byId("python").textContent = python(file.name);
    await asked("done-dialog");
  } catch (error) {
    tell("error", `Nothing was downloaded: ${sentence(error)}`);
  }
}

export async function copyPython() {
  const button = /** @type {HTMLElement} */ (document.querySelector("[data-act='copy']"));
  try {
    await navigator.clipboard.writeText(byId("python").textContent ?? "");
    button.textContent = "Copied";
  } catch {
    getSelection()?.selectAllChildren(byId("python"));
    button.textContent = "Selected: copy it with Ctrl+C";
  }
  setTimeout(() => (button.textContent = "Copy the lines"), 3000);
}

const undo = { name: "Undo", run: () => void article.undo() };

export async function importPicked() {
  const [file] = importPicker.files ?? [];
  importPicker.value = "";
  if (file) await importFile(file);
}

/** Takes annotations in on what is open, once the user has seen what that comes to. @param {File} file */
export async function importFile(file) {
  dismiss();
  try {
    const preview = await article.import(file, undefined, { dry: true });
    if (!(await agreed(file.name, preview))) return;
    const { added, unchanged, conflicting, rejected } = await article.import(file);
    const parts = [`${counted(added, "annotation")} added`];
    if (unchanged) parts.push(`${unchanged} here already`);
    if (conflicting) parts.push(`${conflicting} in conflict`);
    if (rejected) parts.push(`${rejected} rejected`);
    tell("info", `${parts.join(", ")}.`, ...(added + conflicting ? [undo] : []));
  } catch (error) {
    // What is wrong with the content, the element has said itself.
    if (error instanceof DOMException && error.name === "NotReadableError") tell("error", "Nothing was imported: the file could not be read.");
  }
}

/**
 * Whether an import is to be, of which the user sees first what it comes to.
 * @param {string} name
 * @param {import("../rubricate.js").Imported} preview
 */
async function agreed(name, { added, unchanged, conflicting, rejected, notes = [], reasons = [] }) {
  if (!document.getElementById("import-dialog")) {
    dialog("import-dialog", "Import these annotations?", [build("div", { id: "import-lines" })], [cancelButton(), okButton("Import")]);
  }
  byId("import-lines").replaceChildren(
    build("p", {}, name),
    figures([["New", added], ["Here already", unchanged], ["In conflict: what is here stays as well", conflicting], ["Rejected", rejected]]),
    ...lines("Rejected and noted", [...notes, ...reasons]),
  );
  /** @type {HTMLButtonElement} */ (byId("import-dialog").querySelector(".primary")).disabled = added + conflicting === 0;
  return asked("import-dialog");
}

export function clear() {
  const count = article.clear() ?? 0;
  tell("info", `${counted(count, "annotation")} deleted.`, ...(count ? [undo] : []));
}
