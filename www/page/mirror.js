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

/** Of the open document. @type {Handle | undefined} */
let file;
/** Whether the browser lets us write into it without asking. */
let mayWrite = false;

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
  const words = file && (mayWrite ? `Stop writing to ${file.name}` : `Go on writing to ${file.name}`);
  button().textContent = words ?? "Keep a backup file…";
}

/** Sets what is kept of the document that was opened. */
async function recall() {
  const id = article.document?.id;
  file = undefined;
  mayWrite = false;
  try {
    const found = id === undefined ? undefined : await remembered("readonly", (files) => files.get(id));
    if (article.document?.id !== id) return;
    file = found;
    mayWrite = (await file?.queryPermission?.({ mode: "readwrite" })) === "granted";
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
  try {
    if (file && mayWrite) {
      file = undefined;
      await remembered("readwrite", (files) => files.delete(id));
    } else if (file) {
      mayWrite = (await file.requestPermission?.({ mode: "readwrite" })) !== "denied";
    } else {
      const suggestedName = (await article.export()).name;
      file = await /** @type {any} */ (window).showSaveFilePicker({ suggestedName });
      mayWrite = true;
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
    const id = article.document?.id;
    const into = file;
    if (!into || !mayWrite || id === undefined) return;
    try {
      const content = await article.export();
      const stream = await into.createWritable();
      await stream.write(content);
      await stream.close();
      onWritten([id]);
    } catch (error) {
      mayWrite = false;
      show();
      tell("error", `${into.name} could not be written: ${sentence(error)} Go on from the menu, or download.`);
    }
  });
  return writing;
}

/** @type {(ids: readonly string[]) => void} */
let onWritten = () => {};

/** @param {(ids: readonly string[]) => void} written is told of documents whose file has all edits */
export function listenToMirror(written) {
  onWritten = written;
  button().hidden = !("showSaveFilePicker" in window);
  article.addEventListener("rubricate-load", () => void recall());
  /** @type {ReturnType<typeof setTimeout>} */
  let timer;
  article.addEventListener("rubricate-change", () => {
    clearTimeout(timer);
    timer = setTimeout(() => void write(), PAUSE);
  });
  show();
}
