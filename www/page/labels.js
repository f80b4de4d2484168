//! The label set: edited in a dialog, kept in the settings, imported and exported as JSON.

import { attributeDrafts, attributeFields, attributesOf } from "./attributes.js";
import { build, cancelButton, dialog, okButton, select } from "./build.js";
import { documents, store } from "./corpus.js";
import { article, asked, byId, counted, make, sentence, tell } from "./dom.js";
import { PALETTE } from "./palette.js";
import { onApply, remember, settings } from "./settings.js";
import { save } from "./taking.js";

/** @typedef {import("../rubricate.js").Label} Label */
/** @typedef {{id: string, name: string, shortcut: string, color: string, line: string, description: string, attributes: import("./attributes.js").AttributeDraft[], isNew: boolean}} Draft */

/** @typedef {import("../rubricate.js").Edit} Edit */
/** What was done to annotations of labels that were removed. @typedef {{annotations: number, edits: Edit[], from: Set<string>}} Relabelled */

/** The letters that no command has. */
const LETTERS = [..."BCDFLPQTVXY"];
/** @type {[string, string][]} */
const LINES = [["solid", "Solid"], ["double", "Double"], ["dashed", "Dashed"], ["dotted", "Dotted"]];

/** @type {Draft[]} */
let drafts = [];
/** What becomes of the annotations of labels that are removed: another label's id, or `""` to keep them. @type {Map<string, string>} */
const moved = new Map();

/** The set that was applied last, as JSON. @type {string | undefined} */
let applied;

onApply(() => {
  const labels = JSON.stringify(settings.labels);
  if (labels !== applied) article.labelSet = settings.labels ?? null;
  applied = labels;
});

/** @param {readonly Label[]} labels @returns {Draft[]} */
const draftsOf = (labels) =>
  labels.map(({ id, name, shortcut, color, line, description, attributes }, at) => ({
    id,
    name: name ?? id,
    shortcut: shortcut ?? "",
    color: color ?? PALETTE[at % PALETTE.length][1],
    line: line ?? LINES[at % 4][0],
    description: description ?? "",
    attributes: attributeDrafts(attributes),
    isNew: false,
  }));

/** @param {Draft[]} all @returns {Label[]} */
const labelsOf = (all) =>
  all.map(({ id, name, shortcut, color, line, description, attributes }) => ({
    id,
    name,
    ...(shortcut && { shortcut }),
    color,
    line: /** @type {Label["line"]} */ (line),
    ...(description && { description }),
    ...(attributes.length > 0 && { attributes: attributesOf(attributes) }),
  }));

/** How many annotations of a label there are, in all documents. @param {string} id */
const used = (id) => documents().reduce((sum, { counts }) => sum + (counts[id] ?? 0), 0);

const defaults = () => document.createElement("rubricate-article").labelSet;

/** An id made of a name, which no other label has. @param {string} name */
function idOf(name) {
  const plain = name.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase().replace(/[^a-z0-9]+/g, "_").replace(/^[_0-9]+|_+$/g, "") || "label";
  let id = plain;
  for (let count = 2; drafts.some((one) => one.id === id); count += 1) id = `${plain}_${count}`;
  return id;
}

/** @param {Draft} draft @param {number} at */
function rowOf(draft, at) {
  const letter = make("span", "chip", draft.shortcut || draft.name.slice(0, 1).toUpperCase() || "•");
  letter.style.setProperty("--line", draft.color);
  const name = /** @type {HTMLInputElement} */ (build("input", { type: "text", value: draft.name, "aria-label": "Name", maxlength: "60", class: "label-name" }));
  const taken = new Set(drafts.filter((one) => one !== draft).map(({ shortcut }) => shortcut));
  const shortcut = select("shortcut", "Key", [["", "no letter"], ...LETTERS.filter((key) => !taken.has(key)).map((key) => /** @type {[string, string]} */ ([key, key]))]);
  shortcut.value = draft.shortcut;
  const line = select("line", "Line", LINES);
  line.value = draft.line;
  const description = /** @type {HTMLTextAreaElement} */ (build("textarea", { rows: "5", "aria-label": "Definition, with examples", placeholder: "What it means, what exactly to tag, an example and a counter-example" }));
  description.value = draft.description;
  const colours = build("div", { class: "swatches", role: "radiogroup", "aria-label": "Colour" });
  for (const [title, color] of PALETTE) {
    const input = build("input", { type: "radio", name: `color-${at}`, value: color, "aria-label": title, checked: color.toLowerCase() === draft.color.toLowerCase() });
    const swatch = build("label", { class: "swatch", title }, input);
    swatch.style.setProperty("--line", color);
    input.addEventListener("change", () => {
      draft.color = color;
      letter.style.setProperty("--line", color);
      sample.style.setProperty("--line", color);
    });
    colours.append(swatch);
  }
  const sample = make("span", "line-sample", "as it looks in the text");
  sample.style.setProperty("--line", draft.color);
  sample.style.setProperty("text-decoration-style", draft.line);
  name.addEventListener("input", () => {
    draft.name = name.value;
    if (!draft.shortcut) letter.textContent = name.value.slice(0, 1).toUpperCase() || "•";
  });
  shortcut.addEventListener("change", () => {
    draft.shortcut = shortcut.value;
    draw();
  });
  line.addEventListener("change", () => {
    draft.line = line.value;
    sample.style.setProperty("text-decoration-style", line.value);
  });
  description.addEventListener("input", () => (draft.description = description.value));
  const count = used(draft.id);
  return build("li", { class: "label-row" },
    build("div", { class: "label-head" }, letter, name, shortcut, line,
      build("button", { type: "button", class: "sign-button", "aria-label": `Move ${draft.name} up`, title: "Up", disabled: at === 0, onclick: () => swap(at, at - 1) }, "↑"),
      build("button", { type: "button", class: "sign-button", "aria-label": `Move ${draft.name} down`, title: "Down", disabled: at === drafts.length - 1, onclick: () => swap(at, at + 1) }, "↓"),
      build("button", { type: "button", class: "sign-button", "aria-label": `Remove ${draft.name}`, title: "Remove", disabled: drafts.length === 1, onclick: () => void removeLabel(draft) }, "×")),
    colours,
    description,
    attributeFields(draft),
    build("p", { class: "label-foot" }, sample, build("span", {}, `${draft.id}${count ? `, ${counted(count, "annotation")}` : ""}`)));
}

function draw() {
  byId("labels-list").replaceChildren(...drafts.map(rowOf));
}

/** @param {number} a @param {number} b */
function swap(a, b) {
  [drafts[a], drafts[b]] = [drafts[b], drafts[a]];
  draw();
}

/** @param {Draft} draft */
async function removeLabel(draft) {
  // Those that a label which was removed before has become are to be moved on.
  const become = [...moved].filter(([, to]) => to === draft.id).map(([from]) => from);
  const count = [draft.id, ...become].reduce((sum, id) => sum + used(id), 0);
  if (count > 0) {
    const others = drafts.filter((one) => one !== draft);
    const into = select("into", "What becomes of them", [["", "Leave them, shown as unknown"], ...others.map(({ id, name }) => /** @type {[string, string]} */ ([id, `Make them ${name}`]))]);
    const ask = dialog("remove-label-dialog", `Remove “${draft.name}”?`, [
      build("p", {}, `${counted(count, "annotation")} in ${counted(documents().filter(({ counts }) => [draft.id, ...become].some((id) => counts[id])).length, "document")} ${count === 1 ? "has" : "have"} this label.`),
      into,
    ], [cancelButton(), okButton("Remove")]);
    const agreed = await asked("remove-label-dialog");
    ask.remove();
    if (!agreed) return;
    for (const from of [draft.id, ...become]) moved.set(from, into.value);
  }
  drafts = drafts.filter((one) => one !== draft);
  draw();
}

function addLabel() {
  const color = PALETTE.find(([, one]) => !drafts.some((draft) => draft.color.toLowerCase() === one.toLowerCase())) ?? PALETTE[0];
  drafts.push({ id: idOf(`label ${drafts.length + 1}`), name: "", shortcut: "", color: color[1], line: LINES[drafts.length % 4][0], description: "", attributes: [], isNew: true });
  draw();
  /** @type {HTMLElement} */ (byId("labels-list").lastElementChild?.querySelector(".label-name")).focus();
}

/** @param {string} words none: nothing is wrong */
function complain(words) {
  byId("labels-problem").textContent = words;
  byId("labels-problem").hidden = words === "";
}

function makeDialog() {
  const file = /** @type {HTMLInputElement} */ (build("input", { id: "labels-input", type: "file", hidden: true, accept: ".json,application/json" }));
  file.addEventListener("change", async () => {
    const [chosen] = file.files ?? [];
    file.value = "";
    if (chosen) takeFile(await chosen.text().catch(() => ""));
  });
  dialog("labels-dialog", "Labels", [
    build("p", {}, "A new name keeps the annotations, since they go by the id. All documents share these labels."),
    build("ul", { id: "labels-list", class: "plain-list" }),
    build("p", { class: "actions start" },
      build("button", { type: "button", onclick: addLabel }, "Add a label"),
      build("button", { type: "button", onclick: () => file.click() }, "Import…"),
      build("button", { type: "button", onclick: exportSet }, "Export"),
      build("button", { type: "button", onclick: () => replaceDrafts(draftsOf(defaults())) }, "The four defaults"), file),
    build("p", { id: "labels-problem", class: "problem", role: "alert", hidden: true }),
  ], [cancelButton(), okButton("Keep")]);
}

/** @param {Draft[]} next */
function setDrafts(next) {
  drafts = next;
  complain("");
  draw();
}

/** Another set, with those labels of the former one that annotations have. @param {Draft[]} next */
function replaceDrafts(next) {
  const letters = new Set(next.map(({ shortcut }) => shortcut));
  const left = drafts.filter(({ id }) => used(id) > 0 && !next.some((one) => one.id === id));
  for (const one of left) if (letters.has(one.shortcut)) one.shortcut = "";
  setDrafts([...next, ...left]);
  if (left.length === 0) return;
  const names = left.map(({ id, name }) => `${name} (${counted(used(id), "annotation")})`).join(", ");
  complain(`Kept, since they are in use: ${names}. × removes one and offers another label for its annotations.`);
}

/** @param {string} content */
function takeFile(content) {
  try {
    const read = JSON.parse(content.replace(/^\uFEFF/, ""));
    const labels = Array.isArray(read) ? read : read?.labels;
    if (!Array.isArray(labels)) throw new TypeError("it holds no list of labels");
    replaceDrafts(draftsOf(checked(labels)));
  } catch (error) {
    complain(`The file was not read: ${sentence(error)}`);
  }
}

/** The labels as the element reads them; throws what it says against them. @param {readonly Label[]} labels */
function checked(labels) {
  const element = /** @type {import("./dom.js").RubricateArticle} */ (document.createElement("rubricate-article"));
  /** @type {string | undefined} */
  let problem;
  element.addEventListener("rubricate-error", (event) => {
    event.stopPropagation();
    problem = event.detail.message;
  });
  // Errors are told while the element is on the page.
  element.hidden = true;
  element.storage = "none";
  document.body.append(element);
  element.labelSet = labels;
  const read = element.labelSet;
  element.remove();
  if (problem !== undefined) throw new TypeError(problem);
  return read;
}

/** A new label's id is made of its name, until it is kept. */
function nameDrafts() {
  for (const draft of drafts) {
    draft.name = draft.name.trim();
    if (!draft.isNew || !draft.name) continue;
    draft.id = "";
    draft.id = idOf(draft.name);
  }
}

function exportSet() {
  nameDrafts();
  try {
    save(new File([`${JSON.stringify({ labels: labelsOf(drafts) }, null, 1)}\n`], "labels.json", { type: "application/json" }));
    complain("");
  } catch (error) {
    complain(sentence(error));
  }
}

export async function editLabels() {
  if (!document.getElementById("labels-dialog")) makeDialog();
  moved.clear();
  /** @type {Relabelled} */
  const relabelled = { annotations: 0, edits: [], from: new Set() };
  setDrafts(draftsOf(article.labelSet));
  while (await asked("labels-dialog")) {
    nameDrafts();
    try {
      const nameless = drafts.find(({ name }) => name === "");
      if (nameless) throw new TypeError("A label has no name yet.");
      const labels = checked(labelsOf(drafts));
      await relabel(relabelled);
      const gone = [...article.labelSet.entries()].filter(([, { id }]) => relabelled.from.has(id));
      use(labels);
      offerUndo(relabelled, gone);
      return;
    } catch (error) {
      complain(sentence(error));
    }
  }
  // What failed half way was given up.
  offerUndo(relabelled, []);
}

/** @param {readonly Label[] | undefined} labels none: the four defaults */
function use(labels) {
  remember({ labels });
  article.labelSet = labels ?? null;
}

/** Gives the annotations of removed labels another one, in every document. @param {Relabelled} relabelled */
async function relabel(relabelled) {
  const here = new Set(drafts.map(({ id }) => id));
  for (const [from, to] of moved) {
    if (to !== "" && !here.has(from)) {
      const ids = documents().filter(({ counts }) => counts[from]).map(({ id }) => id);
      const { annotations, edits } = await store().relabelDocuments(ids, from, to);
      relabelled.annotations += annotations;
      relabelled.edits.push(...edits);
      relabelled.from.add(from);
    }
    moved.delete(from);
  }
}

/** @param {Relabelled} relabelled @param {[at: number, label: Label][]} gone the labels that they had, if these were removed */
function offerUndo({ annotations, edits }, gone) {
  if (annotations === 0) return;
  const inDocuments = counted(new Set(edits.map(({ document }) => document)).size, "document");
  tell("info", `${counted(annotations, "annotation")} in ${inDocuments} got another label.`, { name: "Undo", run: () => void takeBack(edits, gone) });
}

/** Gives annotations the labels that they had; what somebody has changed since, stays. @param {Edit[]} edits @param {[at: number, label: Label][]} gone */
async function takeBack(edits, gone) {
  try {
    // Of two edits of one document the later goes first.
    const changed = await store().undoEdits(edits.toReversed());
    putBack(gone);
    const rest = edits.length - changed;
    tell("info", rest === 0 ? "Undone: the annotations have their former labels." : `Undone, but for what ${counted(rest, "edit")} had changed: somebody has changed that since.`);
  } catch (error) {
    tell("error", sentence(error), { name: "Undo", run: () => void takeBack(edits, gone) });
  }
}

/** Labels that are missing, at their former places. @param {[at: number, label: Label][]} gone */
function putBack(gone) {
  const all = [...article.labelSet];
  const missing = new Set(missingOf(gone.map(([, label]) => label)));
  for (const [at, label] of gone) if (missing.has(label)) all.splice(at, 0, ...withFreeLetters([label], all));
  if (missing.size === 0) return;
  const labels = checked(all);
  use(JSON.stringify(labels) === JSON.stringify(defaults()) ? undefined : labels);
}

/** What to say, and to offer, where a dataset has labels that are not in use here. @param {readonly Label[]} labels */
export function offerOf(labels) {
  const missing = missingOf(labels);
  if (missing.length === 0) return undefined;
  const names = missing.map(({ id, name }) => name ?? id).join(", ");
  return { words: `The file has labels that are not in use here: ${names}.`, action: { name: "Use them too", run: () => addLabels(missing) } };
}

/** Labels that somebody else chose for the work: instead of those of the program, beside one's own. @param {readonly Label[]} labels */
export function takeLabels(labels) {
  if (labels.length === 0) return;
  if (settings.labels === undefined) use(labels);
  else addLabels(missingOf(labels));
}

/** @param {readonly Label[]} labels */
function missingOf(labels) {
  const here = new Set(article.labelSet.map(({ id }) => id));
  return labels.filter(({ id }) => !here.has(id));
}

/** The labels without the letters that others have. @param {readonly Label[]} labels @param {readonly Label[]} others */
function withFreeLetters(labels, others) {
  const letters = new Set(others.map(({ shortcut }) => shortcut));
  return labels.map(({ shortcut, ...rest }) => (shortcut && !letters.has(shortcut) ? { shortcut, ...rest } : rest));
}

/** @param {readonly Label[]} missing */
function addLabels(missing) {
  if (missing.length === 0) return;
  try {
    use(checked([...article.labelSet, ...withFreeLetters(missing, article.labelSet)]));
  } catch (error) {
    tell("error", sentence(error));
  }
}
