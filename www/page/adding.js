//! Many files at once: progress, a way to stop, and a report of what was refused and why.

import { named, takeOn } from "./assignment.js";
import { filesOf, holdsJson, isArchive } from "./archive.js";
import { build, cancelButton, dialog, figures, lines, okButton } from "./build.js";
import { articlesOf, askColumns } from "./columns.js";
import { isBackup, restoreBackup } from "./copies.js";
import { refresh, store } from "./corpus.js";
import { asked, byId, counted, sentence, tell } from "./dom.js";
import { offerOf } from "./labels.js";
import { startProgress } from "./progress.js";
import { settings } from "./settings.js";
import { isTable } from "./tables.js";
import { isForeign, translated } from "./translating.js";
import { discard } from "./trash.js";

/** @typedef {import("../rubricate.js").Added} Added */
/** @typedef {File | import("./columns.js").Named | {name: string, why: string}} Incoming */

/** A group of what comes in is stored in one transaction, and can't be stopped in between. */
const GROUP = { items: 100, size: 4_000_000 };

/** @returns {{-readonly [K in keyof Added]: Added[K] extends readonly (infer T)[] ? T[] : Record<string, number>}} */
const nothing = () => ({ added: [], same: [], copies: [], returned: [], renamed: [], refused: [], remarks: [], labels: [], assignments: [], edits: [], annotations: { added: 0, unchanged: 0, conflicting: 0, rejected: 0 } });

/** @param {File} file */
const isJson = (file) => /\.json$/i.test(file.name);

/** The files themselves, and those of archives among them. @param {File[]} files @returns {AsyncGenerator<File | {name: string, why: string}>} */
async function* unpacked(files) {
  for (const file of files) {
    if (await isArchive(file)) yield* filesOf(file);
    else yield file;
  }
}

/**
 * All that is in the files, table by table.
 * @param {File[]} files
 * @returns {AsyncGenerator<Incoming>}
 */
async function* contents(files) {
  for await (const file of unpacked(files)) {
    if ("why" in file) {
      yield file;
      continue;
    }
    if (!isTable(file.name)) {
      yield file;
      continue;
    }
    const chosen = await askColumns(file).catch((error) => sentence(error));
    if (typeof chosen === "string") yield { name: file.name, why: chosen };
    else if (chosen) yield* articlesOf(file, chosen);
  }
}

/** @param {Incoming} item */
const sizeOf = (item) => (item instanceof File ? item.size : "text" in item ? item.text?.length ?? 0 : 0);

/**
 * Takes in everything of `files`; tells the progress, and stops when asked to.
 * @param {File[]} files
 * @param {boolean} dry only says what would be
 */
async function takeIn(files, dry) {
  const report = nothing();
  const total = files.length;
  const progress = startProgress("adding-dialog", dry ? "Reading the files" : "Adding documents", dry ? "Reading…" : "Adding…", total);
  /** @type {Incoming[]} */
  let group = [];
  let size = 0;
  let taken = 0;
  const flush = async () => {
    /** @type {any[]} */
    const inputs = group.filter((item) => !("why" in item));
    for (const item of group) if ("why" in item) report.refused.push(item);
    taken += group.length;
    group = [];
    size = 0;
    if (inputs.length) join(report, await store().addDocuments(inputs, { dry }));
    progress.tell(taken);
  };
  try {
    for await (const item of contents(files)) {
      if (progress.stopped()) break;
      group.push(item);
      size += sizeOf(item);
      if (group.length >= GROUP.items || size >= GROUP.size) await flush();
    }
    if (!progress.stopped()) await flush();
    return { report, stopped: progress.stopped() };
  } finally {
    progress.end();
  }
}

/** @param {ReturnType<typeof nothing>} report @param {Added} more */
function join(report, more) {
  for (const key of /** @type {const} */ (["added", "same", "copies", "returned", "renamed", "refused", "remarks"])) {
    // Not by spreading, which has its limits.
    for (const one of more[key]) /** @type {any[]} */ (report[key]).push(one);
  }
  report.assignments.push(...more.assignments);
  report.edits.push(...more.edits);
  for (const label of more.labels) if (!report.labels.some(({ id }) => id === label.id)) report.labels.push(label);
  for (const [name, count] of Object.entries(more.annotations)) report.annotations[name] += count;
}

/** One group of files after another: each may ask something. @type {Promise<unknown>} */
let adding = Promise.resolve();

/**
 * Adds what is in files without opening it: all but a single article comes this way.
 * @param {File[]} files
 * @returns {Promise<string[]>} the ids of the documents that came
 */
export function addFiles(files) {
  const added = adding.then(() => add(files));
  adding = added.catch(() => {});
  return added;
}

/** @param {File[]} files @returns {Promise<string[]>} */
async function add(files) {
  const backups = [];
  const others = [];
  for (const file of files) ((await isBackup(file)) ? backups : others).push(file);
  for (const file of backups) await restoreBackup(file);
  if (others.length === 0) return [];
  try {
    const { files: rest, formats, remarks, refused } = await translated(others);
    const datasets = [];
    for (const file of rest) if (isJson(file) || ((await isArchive(file)) && (await holdsJson(file)))) datasets.push(file);
    const agreement = datasets.length ? await agreed(datasets, [...formats, ...remarks], refused) : { takesOn: false, isTold: false };
    if (!agreement) return [];
    const { report, stopped } = await takeIn(rest, false);
    if (!agreement.isTold) {
      // What the columns' reader says of a line need not be said twice.
      const isNews = (/** @type {string} */ remark) => !report.refused.some(({ name }) => remark.startsWith(`${name}:`));
      report.remarks.unshift(...remarks.filter(isNews));
      report.refused.unshift(...refused);
    }
    await refresh();
    const takesOn = agreement.takesOn && !stopped;
    await showReport(report, { files: others.length, stopped, offer: takesOn ? undefined : offerOf(report.labels) });
    if (takesOn) await takeOn(report.assignments, report.labels);
    return [...report.added, ...report.returned, ...report.same].map(({ id }) => id);
  } catch (error) {
    await refresh();
    tell("error", sentence(error));
    return [];
  }
}

/** Takes back what came in: documents go into the trash, and those that were here are as before. @param {ReturnType<typeof nothing>} report */
async function takeBack({ added, returned, edits }) {
  try {
    const came = [...added, ...returned].map(({ id }) => id);
    await discard(came);
    const changed = await store().undoEdits(edits);
    await refresh();
    const parts = [];
    if (came.length) parts.push(`${counted(came.length, "document")} went into the trash`);
    if (changed) parts.push(`${counted(changed, "document is", "documents are")} as before`);
    tell("info", parts.length ? `Undone: ${parts.join(", ")}.` : "There was nothing left to undo.");
  } catch (error) {
    await refresh();
    tell("error", sentence(error));
  }
}

/**
 * Says what datasets would do before anything changes, and asks where somebody's work is there already, or
 * work was handed out in them.
 * @param {File[]} datasets
 * @param {string[]} notes what was said when they were read
 * @param {{name: string, why: string}[]} unread those that couldn't be
 * @returns {Promise<false | {takesOn: boolean, isTold: boolean}>} whether the notes were shown
 */
async function agreed(datasets, notes, unread) {
  const { report, stopped } = await takeIn(datasets, true);
  if (stopped) return false;
  const { added, same, returned, refused, annotations, assignments } = report;
  const { added: news, unchanged, conflicting, rejected } = annotations;
  const isPlain = same.length === 0 && news + unchanged + conflicting + rejected === 0 && assignments.length === 0;
  if (added.length + same.length + returned.length === 0 || isPlain) return { takesOn: false, isTold: false };
  if (!document.getElementById("preview-dialog")) {
    dialog("preview-dialog", "Import this?", [build("div", { id: "preview-lines" })], [cancelButton(), okButton("Import")]);
  }
  const offer = takingOn(assignments, news + unchanged + conflicting > 0);
  byId("preview-lines").replaceChildren(...[
    ...offer.lines,
    figures([
      ["New documents", added.length],
      ["Here already", same.length + returned.length],
      ["Files refused", unread.length + refused.length],
      ["New annotations", annotations.added],
      ["The same as here", annotations.unchanged],
      ["In conflict: both are kept", annotations.conflicting],
      ["Rejected", annotations.rejected],
    ]),
    ...lines("Rejected and noted", [...notes, ...report.remarks]),
    ...lines("Refused", [...unread, ...refused].map(({ name, why }) => `${name}: ${why}`)),
  ]);
  return (await asked("preview-dialog")) && { takesOn: offer.takesOn(), isTold: true };
}

/**
 * What is said of work that was handed out, and the question whether to take it on: of one annotator alone,
 * and not unless asked to where it seems to be work that came back.
 * @param {readonly import("../rubricate.js").Assignment[]} assignments
 * @param {boolean} hasBegun
 */
function takingOn(assignments, hasBegun) {
  const lines = assignments.map((one) => build("p", {}, `Handed out: ${named(one)}.`));
  const [first] = assignments;
  if (!first || assignments.some(({ annotator }) => annotator !== first.annotator)) return { lines, takesOn: () => false };
  const box = /** @type {HTMLInputElement} */ (build("input", { type: "checkbox", id: "take-on" }));
  box.checked = !hasBegun || settings.creator === first.annotator;
  const other = settings.creator && settings.creator !== first.annotator ? ` You are ${settings.creator} now.` : "";
  lines.push(build("label", { class: "take-on" }, box, build("span", {}, `Work as ${first.annotator}, with the labels of the file.${other}`)));
  return { lines, takesOn: () => box.checked };
}

/**
 * @param {ReturnType<typeof nothing>} report
 * @param {{files: number, stopped: boolean, offer: ReturnType<typeof offerOf>}} beside
 */
async function showReport(report, { files, stopped, offer }) {
  const { added, same, copies, returned, renamed, refused, remarks, annotations, edits } = report;
  const parts = [`${counted(added.length, "document")} added`];
  if (returned.length) parts.push(`${returned.length} taken out of the trash`);
  if (same.length) parts.push(`${same.length} here already`);
  if (annotations.added + annotations.conflicting) parts.push(`${counted(annotations.added + annotations.conflicting, "annotation")} came with them`);
  const summary = `${stopped ? "Stopped. " : ""}${parts.join(", ")}.`;
  const undo = { name: "Undo", run: () => void takeBack(report) };
  const canUndo = added.length + returned.length + edits.length > 0;
  const conclude = () => tell("info", [summary, offer?.words].filter(Boolean).join(" "), ...(offer ? [offer.action] : []), ...(canUndo ? [undo] : []));
  if (refused.length + copies.length + renamed.length + remarks.length === 0 && (same.length === 0 || files === 1)) {
    conclude();
    return;
  }
  if (!document.getElementById("report-dialog")) {
    dialog("report-dialog", "What came in", [build("div", { id: "report-lines" })], [okButton("Close")]);
  }
  byId("report-lines").replaceChildren(
    build("p", {}, summary),
    ...lines("Refused", refused.map(({ name, why }) => `${name}: ${why}`)),
    ...lines("The same text is here already", same.map(({ name, title }) => (name === title ? name : `${name} is “${title}”`))),
    ...lines("The same text under another name, flagged as duplicates", copies.map(({ name, title }) => `${name}: as “${title}”`)),
    ...lines("Given a new id, since theirs stands for another text", renamed.map(({ name, id }) => `${name}: ${id}`)),
    ...lines("Left out or changed", remarks),
  );
  await asked("report-dialog");
  if (canUndo || offer) conclude();
}

/**
 * The files that were dropped, those in folders too.
 * @param {DataTransfer} data
 * @returns {Promise<File[]>}
 */
export async function droppedFiles(data) {
  // All entries have to be asked for before the first wait.
  const entries = [...data.items].map((item) => (item.kind === "file" ? item.webkitGetAsEntry?.() ?? item.getAsFile() : null));
  /** @type {File[]} */
  const files = [];
  for (const entry of entries) {
    if (entry instanceof File) files.push(entry);
    else if (entry) await walk(entry, files);
  }
  return files;
}

/** @param {string} name */
const isHidden = (name) => name.startsWith(".") || name === "__MACOSX" || name === "Thumbs.db" || name === "desktop.ini";

/** @param {FileSystemEntry} entry @param {File[]} files */
async function walk(entry, files) {
  if (entry.isFile) {
    const file = await new Promise((done, failed) => /** @type {FileSystemFileEntry} */ (entry).file(done, failed)).catch(() => null);
    if (file) files.push(file);
    return;
  }
  const reader = /** @type {FileSystemDirectoryEntry} */ (entry).createReader();
  /** @type {FileSystemEntry[]} */
  const all = [];
  for (;;) {
    // A reader gives at most a hundred at once.
    const some = await new Promise((done, failed) => reader.readEntries(done, failed)).catch(() => []);
    if (some.length === 0) break;
    for (const inner of some) if (!isHidden(inner.name)) all.push(inner);
  }
  for (const inner of all.sort((a, b) => byName(a.name, b.name))) await walk(inner, files);
}

/** As people order names with numbers in them; a folder gives its files in any order. */
const byName = new Intl.Collator("en", { numeric: true }).compare;

/** The files of a folder that was picked, which itself may be hidden. @param {FileList | null} files */
export const pickedFolder = (files) =>
  [...(files ?? [])]
    .filter(({ webkitRelativePath }) => !webkitRelativePath.split("/").slice(1).some(isHidden))
    .sort((a, b) => byPath(a.webkitRelativePath.split("/"), b.webkitRelativePath.split("/")));

/** Folder by folder. @param {string[]} a @param {string[]} b */
function byPath(a, b) {
  const at = a.findIndex((name, at) => name !== b[at]);
  return byName(a[at] ?? "", b[at] ?? "");
}

/**
 * What files are: one article to open, annotations for one that is here under that id, or what is taken in with a
 * report.
 * @param {File[]} files
 * @returns {Promise<"article" | "many" | {annotates: string}>}
 */
export async function kindOf(files) {
  if (files.length !== 1) return "many";
  const [file] = files;
  if (isTable(file.name) || isForeign(file.name) || (await isArchive(file))) return "many";
  if (!isJson(file)) return "article";
  try {
    const { added, same, returned, refused, assignments, annotations } = await store().addDocuments([file], { dry: true });
    if (refused.length === 0) {
      if (added.length + same.length + returned.length > 1 || assignments.length > 0) return "many";
      if (annotations.added + annotations.conflicting + annotations.rejected === 0) return "article";
      return same.length ? { annotates: same[0].id } : returned.length ? "many" : "article";
    }
    // No dataset of ours; perhaps another program's.
    await store().convert([file]);
    return "many";
  } catch (error) {
    // What is wrong with it is for the report, if it surely is one; of ours it is told when it is opened.
    return error instanceof Error && "format" in error && error.format !== "json" ? "many" : "article";
  }
}
