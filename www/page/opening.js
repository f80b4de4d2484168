//! What is on the screen and in the address: an open article, or the page to open one from.

import { article, asked, byId, dismiss, sentence, tell } from "./dom.js";
import { documentButton, showWelcome } from "./welcome.js";

/** @typedef {typeof import("../rubricate.js").RubricateArticleElement} RubricateArticleClass */
/** @typedef {import("../rubricate.js").LoadInput} LoadInput */

/** @param {"welcome" | "document"} view */
function show(view) {
  document.body.dataset.view = view;
  article.hidden = view === "welcome";
  byId("heading").textContent = (view === "document" && article.document?.title) || "Rubricate";
}

async function kept() {
  try {
    return await /** @type {RubricateArticleClass} */ (customElements.get("rubricate-article")).documents();
  } catch (error) {
    tell("error", sentence(error));
    return [];
  }
}

async function goHome() {
  show("welcome");
  if (location.hash) history.replaceState(null, "", location.pathname + location.search);
  document.title = "Rubricate";
  await showWelcome(await kept(), goTo);
}

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
const goTo = (id) => void (location.hash = addressOf(id));

export async function followAddress() {
  const id = namedDocument();
  if (id === "") await goHome();
  else if (article.document?.id === id) await showOpened();
  else if ((await open(() => article.open(id))) !== OPENED && article.document) {
    history.replaceState(null, "", addressOf(article.document.id));
  }
}

export async function showOpened() {
  const { id, title } = article.document ?? {};
  if (id === undefined) return;
  if (namedDocument() !== id) history.pushState(null, "", addressOf(id));
  show("document");
  byId("title").textContent = title || "Untitled";
  document.title = `${title || "Untitled"} – Rubricate`;
  // The keys are at hand at once, unless somebody is in a dialog or a menu by now.
  if (!document.querySelector("dialog[open], :popover-open")) article.focus();
  const all = await kept();
  byId("documents").replaceChildren(...all.map((one) => documentButton(one, id, goTo)));
  /** @type {HTMLButtonElement} */ (byId("documents-toggle")).disabled = all.length < 2;
}

/** @param {"next" | "previous"} to goes on in the list of what is kept here, and round */
export async function turn(to) {
  const ids = (await kept()).map((one) => one.id).sort();
  const at = ids.indexOf(namedDocument());
  const id = ids.at((at + (to === "next" ? 1 : -1)) % ids.length);
  if (id !== undefined && id !== namedDocument()) goTo(id);
}

/** Whether the open article may be replaced: it is stored, or the user lets it go. */
async function mayLeave() {
  if (!article.dirty) return true;
  await Promise.race([article.saved().catch(() => {}), new Promise((done) => setTimeout(done, 2000))]);
  if (!article.dirty) return true;
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
 * @returns {Promise<typeof OPENED | typeof STAYED | string>} a sentence if it failed
 */
async function open(load) {
  if (!(await mayLeave())) return STAYED;
  dismiss();
  show("document");
  try {
    await load();
    return OPENED;
  } catch (error) {
    if (article.document === null) {
      await goHome();
      tell("error", sentence(error));
    }
    return sentence(error);
  }
}

/**
 * @param {LoadInput} input
 * @returns {Promise<boolean>} whether it was opened
 */
export const load = async (input) => (await open(() => article.load(input))) === OPENED;

/**
 * Of several files each is kept, the first stays open, and those that can't be read are told together.
 * @param {File[]} files
 */
export async function openFiles(files) {
  /** @type {string | undefined} */
  let first;
  /** @type {string[]} */
  const failures = [];
  for (const file of files) {
    const outcome = await open(() => article.load({ file }));
    if (outcome === STAYED) break;
    if (outcome === OPENED) first ??= article.document?.id;
    else failures.push(`${file.name}: ${outcome}`);
  }
  const id = first;
  // Opened anew also after a failure, whose own message in the element goes with that.
  if (id !== undefined && (failures.length > 0 || id !== article.document?.id)) await open(() => article.open(id));
  if (files.length === 1 || failures.length === 0) return;
  tell("error", [`${failures.length} of ${files.length} files could not be opened.`, ...failures].join("\n"));
}
