//! What is on the screen and in the address: an open article, or the page to open one from.

import { article, asked, byId, dismiss, sentence, tell } from "./dom.js";
import { addFiles, kindOf } from "./adding.js";
import { amend, documents, find, neighbour, refresh } from "./corpus.js";
import { showCurrent } from "./documents.js";
import { showSide } from "./frame.js";
import { remember } from "./marking.js";
import { finishWriting } from "./mirror.js";
import { importFile } from "./taking.js";
import { showWelcome } from "./welcome.js";

/** @typedef {import("../rubricate.js").LoadInput} LoadInput */

/** @param {"welcome" | "document"} view */
function show(view) {
  document.body.dataset.view = view;
  article.hidden = view === "welcome";
  byId("heading").textContent = (view === "document" && article.document?.title) || "Rubricate";
}

export async function goHome() {
  asks += 1;
  show("welcome");
  shown = "";
  if (location.hash) history.replaceState(null, "", location.pathname + location.search);
  document.title = "Rubricate";
  await refresh();
  showSide();
  await showWelcome();
}

/** The document on the screen by its id, or `""` for none: an address that names another is yet to be followed. */
let shown = "";

/** The id in an address that is being followed. @type {string | undefined} */
let followed;

/** Counts what was asked to be on the screen: the last one counts. */
let asks = 0;

/** How many loads are under way. */
let loads = 0;

/** The address names the open document, so that a reload and Back do what they say. */
export const namedDocument = () => {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return "";
  }
};

/** @param {string} id */
const addressOf = (id) => `#${encodeURIComponent(id)}`;

/** @param {string} id */
export const goTo = (id) => void (location.hash = addressOf(id));

export async function followAddress() {
  const id = namedDocument();
  if (id === followed) return;
  followed = id;
  try {
    if (id === "") await goHome();
    // One that was deleted meanwhile is opened no more, and says so; while another is on its way, it is opened again.
    else if (loads === 0 && article.document?.id === id && (find(id) || documents().length === 0)) {
      asks += 1;
      await showOpened();
    }
    else if ((await open(() => article.open(id))) !== OPENED && article.document && namedDocument() === id) {
      shown = article.document.id;
      history.replaceState(null, "", addressOf(shown));
    }
  } finally {
    if (followed === id) followed = undefined;
  }
}

/** What a load brought, unless somebody has gone home meanwhile. */
export async function showLoaded() {
  if (loads === 0 || document.body.dataset.view === "document") await showOpened();
}

async function showOpened() {
  const { id } = article.document ?? {};
  if (id === undefined) return;
  const title = article.document?.title || find(id)?.title;
  // Who has gone on meanwhile gets there: an address that is yet to be followed stays.
  if (namedDocument() === shown && shown !== id) history.pushState(null, "", addressOf(id));
  shown = id;
  show("document");
  byId("title").textContent = title || "Untitled";
  document.title = `${title || "Untitled"} – Rubricate`;
  // The keys are at hand at once, unless somebody is in a dialog or a menu by now.
  if (!document.querySelector("dialog[open], :popover-open")) article.focus();
  remember();
  // The text is stored by then, so that it is among the documents.
  if (find(id)) amend(id, { opened: new Date().toISOString(), title: title || "" });
  else {
    await article.saved().catch(() => {});
    await refresh();
  }
  showSide();
  showCurrent();
}

/** @param {"next" | "previous"} to goes on in the list of what is kept here, and round */
export async function turn(to) {
  if (documents().length === 0) await refresh();
  const id = neighbour(namedDocument(), to === "next" ? 1 : -1)?.id;
  if (id !== undefined && id !== namedDocument()) goTo(id);
}

/** How long a slow disk is waited for, in milliseconds. Where something can't be stored, that is known at once. */
const PATIENCE = 10_000;

/** Whether the open article may be replaced: it is stored, or the user lets it go. */
async function mayLeave() {
  if (!article.dirty) return true;
  const saved = article.saved();
  await Promise.race([saved.catch(() => {}), new Promise((done) => setTimeout(done, PATIENCE))]);
  if (!article.dirty) return true;
  // What is stored meanwhile needs no answer.
  const dialog = /** @type {HTMLDialogElement} */ (byId("leave-dialog"));
  saved.then(() => dialog.open && dialog.close("ok"), () => {});
  byId("leave-reason").textContent =
    `${article.storageMessage || "It could not be stored yet."} If you leave it now, unsaved annotations are lost. A download keeps them.`;
  return asked("leave-dialog");
}

const OPENED = Symbol("opened");
const STAYED = Symbol("stayed");

/**
 * Runs a load. The element is on the screen meanwhile, since it shows its own progress and, once
 * something is open in it, its own errors.
 * @param {() => Promise<unknown>} load
 * @param {{keepsNotice?: boolean}} [options] whether what was said just now stays
 * @returns {Promise<typeof OPENED | typeof STAYED | string>} a sentence if it failed
 */
async function open(load, { keepsNotice = false } = {}) {
  const ask = ++asks;
  if (!(await mayLeave())) return STAYED;
  await finishWriting();
  if (ask !== asks) return STAYED;
  if (!keepsNotice) dismiss();
  const wasHome = document.body.dataset.view === "welcome";
  show("document");
  loads += 1;
  try {
    await load();
    return OPENED;
  } catch (error) {
    if (ask !== asks) return STAYED;
    if (wasHome || article.document === null) {
      await goHome();
      tell("error", sentence(error));
    }
    return sentence(error);
  } finally {
    loads -= 1;
  }
}

/**
 * @param {LoadInput} input
 * @returns {Promise<boolean>} whether it was opened
 */
export const load = async (input) => (await open(() => article.load(input))) === OPENED;

/**
 * A single article is opened; of anything more, each is kept, and the first is opened if nothing is.
 * @param {File[]} files
 */
export async function openFiles(files) {
  const kind = await kindOf(files);
  if (kind === "article") await open(() => article.load({ file: files[0] }));
  else if (kind === "many") {
    dismiss();
    const came = await addFiles(files);
    const [first] = came;
    // Who is at work on another one stays there, unless it is clear what to open.
    if (first === undefined || (document.body.dataset.view !== "welcome" && files.length === 1 && came.length > 1)) return;
    await showKept(first);
  } else if (await showKept(kind.annotates)) await importFile(files[0]);
}

/** Has a document on the screen that is here; whether it is. @param {string} id */
async function showKept(id) {
  // What was said of it is still to be read.
  if (article.document?.id !== id) return (await open(() => article.open(id), { keepsNotice: true })) === OPENED;
  await showOpened();
  return true;
}
