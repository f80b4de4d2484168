//! A backup file of the open article, chosen by its user and kept up to date, where the browser can
//! write into files (File System Access).

import { article, byId, sentence, tell } from "./dom.js";

/** The chosen files are remembered for the next visit, apart from the element's own stores. */
const DATABASE = "rubricate-page";
const FILES = "files";

/** A pause in which further edits join the same writing, in milliseconds. */
const PAUSE = 1000;

/** @typedef {FileSystemFileHandle & {
 *   queryPermission?: (how: {mode: "readwrite"}) => Promise<PermissionState>,
 *   requestPermission?: (how: {mode: "readwrite"}) => Promise<PermissionState>}} Handle */

/**
 * A file, and whether the browser lets us write into it without asking.
 * @typedef {{id: string, file: Handle, mayWrite: boolean}} Target `id`: of the document that belongs into it
 */
/** @type {Target | undefined} */
let target;

/** That of the open document. */
const current = () => (target?.id === article.document?.id ? target : undefined);

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
const answer = (request) =>
  new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });

/**
 * @template T
 * @param {IDBTransactionMode} mode
 * @param {(files: IDBObjectStore) => IDBRequest<T>} ask
 */
async function remembered(mode, ask) {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(FILES);
  const database = await answer(opening);
  try {
    return await answer(ask(database.transaction(FILES, mode).objectStore(FILES)));
  } finally {
    database.close();
  }
}

const button = () => byId("mirror");

function show() {
  const now = current();
  const words = now && (now.mayWrite ? `Stop writing to ${now.file.name}` : `Go on writing to ${now.file.name}`);
  button().textContent = words ?? "Keep a backup file…";
}

/** Sets what is kept of the document that was opened. */
async function recall() {
  const id = article.document?.id;
  target = undefined;
  try {
    /** @type {Handle | undefined} */
    const file = id === undefined ? undefined : await remembered("readonly", (files) => files.get(id));
    const mayWrite = (await file?.queryPermission?.({ mode: "readwrite" })) === "granted";
    if (article.document?.id !== id) return;
    if (file && id !== undefined) target = { id, file, mayWrite };
  } catch {
    // Without IndexedDB nothing is remembered.
  }
  show();
  // Another tab, or a visit that ended too soon, may have made more than the file has.
  await write();
}

/** Chooses a file, goes on with the one of an earlier visit, or stops. */
export async function mirror() {
  const id = article.document?.id;
  if (id === undefined) return;
  const now = current();
  try {
    if (now?.mayWrite) {
      target = undefined;
      await remembered("readwrite", (files) => files.delete(id));
    } else if (now) {
      now.mayWrite = (await now.file.requestPermission?.({ mode: "readwrite" })) !== "denied";
    } else {
      const suggestedName = (await article.export()).name;
      /** @type {Handle} */
      const file = await /** @type {any} */ (window).showSaveFilePicker({ suggestedName });
      // Another document may have been opened while the file was chosen; this one has it when it is opened again.
      if (article.document?.id === id) target = { id, file, mayWrite: true };
      await remembered("readwrite", (files) => files.put(file, id)).catch(() => {});
    }
  } catch (error) {
    // To close the picker is an answer.
    if (!(error instanceof DOMException && error.name === "AbortError")) tell("error", sentence(error));
  }
  show();
  await write();
}

let writing = Promise.resolve();

/** The file is replaced as a whole when all of it is written, so it is never half a file. */
function write() {
  writing = writing.then(async () => {
    const now = current();
    if (!now?.mayWrite) return;
    const { id, file } = now;
    const at = Date.now();
    try {
      const content = await article.export();
      const stream = await file.createWritable();
      await stream.write(content);
      await stream.close();
      onWritten([id], at);
    } catch (error) {
      now.mayWrite = false;
      show();
      tell("error", `${file.name} could not be written: ${sentence(error)} Go on from the menu, or download.`);
    }
  });
  return writing;
}

/** Until more edits join those that wait to be written. @type {ReturnType<typeof setTimeout> | undefined} */
let waiting;

/** Writes what waits to be written: before another document is opened, not in a while. */
export async function finishWriting() {
  if (waiting === undefined) return;
  clearTimeout(waiting);
  waiting = undefined;
  await write();
}

/** @type {(ids: readonly string[], at: number) => void} */
let onWritten = () => {};

/** @param {(ids: readonly string[], at: number) => void} written is told of documents whose file has all edits up to a time in milliseconds */
export function listenToMirror(written) {
  onWritten = written;
  button().hidden = !("showSaveFilePicker" in window);
  article.addEventListener("rubricate-load", () => void recall());
  article.addEventListener("rubricate-change", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => void finishWriting(), PAUSE);
  });
  show();
}
