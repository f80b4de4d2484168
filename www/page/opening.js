//! What is on the screen and in the address: an open article, or the page to open one from.

import { article, asked, byId, dismiss, sentence, tell } from "./dom.js";
import { documentButton, showWelcome } from "./welcome.js";

/** @typedef {typeof import("../rubricate.js").RubricateArticleElement} RubricateArticleClass */
/** @typedef {import("../rubricate.js").LoadInput} LoadInput */

/** @param {"welcome" | "document"} view */
function show(view) {
  document.body.dataset.view = view;
  article.hidden = view === "welcome";
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
  else if (!(await open(() => article.open(id))) && article.document) {
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
  const all = await kept();
  byId("documents").replaceChildren(...all.map((one) => documentButton(one, id, goTo)));
  /** @type {HTMLButtonElement} */ (byId("documents-toggle")).disabled = all.length < 2;
  // The keys are at hand at once, unless somebody is in a dialog or a menu by now.
  if (document.activeElement === document.body || document.activeElement === null) article.focus();
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

/**
 * Runs a load. The element is on the screen meanwhile, since it shows its own progress and, once
 * something is open in it, its own errors.
 * @param {() => Promise<unknown>} load
 * @returns {Promise<boolean>} whether it was opened
 */
async function open(load) {
  if (!(await mayLeave())) return false;
  dismiss();
  show("document");
  try {
    await load();
    return true;
  } catch (error) {
    if (article.document === null) {
      await goHome();
      tell("error", sentence(error));
    }
    return false;
  }
}

/** @param {LoadInput} input */
export const load = (input) => open(() => article.load(input));

/** @param {File[]} files */
export async function openFiles(files) {
  /** @type {string | undefined} */
  let first;
  for (const file of files) {
    if ((await load({ file })) && first === undefined) first = article.document?.id;
  }
  const id = first;
  if (id !== undefined && id !== article.document?.id) await open(() => article.open(id));
}
