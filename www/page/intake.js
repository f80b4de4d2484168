//! The ways an article comes in by itself: dropped on the window, pasted outside of a field, picked.

import { droppedFiles, pickedFolder } from "./adding.js";
import { byId, tell } from "./dom.js";

/** @typedef {import("../rubricate.js").LoadInput} LoadInput */

/** @param {Event} event */
const inField = (event) => {
  const [target] = event.composedPath();
  return target instanceof Element && target.closest("input, textarea, [contenteditable]") !== null;
};

/** The longest title that a first line gives, in code points. */
const TITLE = 80;

/**
 * Text that came without a name is titled by its first line.
 * @param {string} text
 * @returns {LoadInput}
 */
export function plain(text) {
  const [line = ""] = /\S.*/u.exec(text) ?? [];
  const start = Array.from(line.slice(0, 3 * TITLE).trim());
  const cut = start.length > TITLE;
  return { text, title: cut ? `${start.slice(0, TITLE - 1).join("").trim()}…` : start.join("") };
}

/**
 * HTML before plain text: most news sites forbid a fetch, and a paste keeps their structure.
 * @param {DataTransfer | null} data
 * @returns {LoadInput | null}
 */
export function article(data) {
  const html = data?.getData("text/html");
  if (html?.trim()) return { html };
  const text = data?.getData("text/plain");
  return text?.trim() ? plain(text) : null;
}

/**
 * @param {{files: (files: File[]) => void, article: (input: LoadInput) => void}} open
 */
export function listen(open) {
  /** @param {File[]} files */
  const takeFiles = (files) => {
    if (files.length) open.files(files);
    else tell("error", "There are no files in that folder, or hidden ones alone.");
  };
  /** @param {DataTransfer | null} data */
  const take = (data) => {
    const files = [...(data?.files ?? [])];
    const pasted = article(data);
    // A browser may put a picture of the selection beside its HTML.
    if (pasted) open.article(pasted);
    else if (files.length) open.files(files);
    return pasted !== null || files.length > 0;
  };

  document.addEventListener("paste", (event) => {
    if (!inField(event) && !event.defaultPrevented && take(event.clipboardData)) event.preventDefault();
  });

  const zone = byId("drop");
  // A piece of this very page, dragged by its selection, is not an article to open.
  let ownDrag = false;
  document.addEventListener("dragstart", () => (ownDrag = true));
  document.addEventListener("dragend", () => (ownDrag = false));
  /** @param {DragEvent} event */
  const wanted = (event) => !ownDrag && !inField(event);

  document.addEventListener("dragover", (event) => {
    if (!wanted(event)) return;
    event.preventDefault();
    zone.hidden = false;
  });
  document.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) zone.hidden = true;
  });
  document.addEventListener("drop", (event) => {
    zone.hidden = true;
    if (!wanted(event)) return;
    event.preventDefault();
    const data = event.dataTransfer;
    if (data?.files.length) void droppedFiles(data).then(takeFiles);
    else take(data);
  });

  for (const [id, taken] of /** @type {const} */ ([["file-input", (files) => [...(files ?? [])]], ["folder-input", pickedFolder]])) {
    const picker = /** @type {HTMLInputElement} */ (byId(id));
    picker.addEventListener("change", () => {
      const files = taken(picker.files);
      // The same file picked again must fire again.
      picker.value = "";
      takeFiles(files);
    });
  }
}
