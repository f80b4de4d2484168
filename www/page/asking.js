//! The ways an article comes in by a question: an address, a text field, an address in the page's own.

import { asked, byId, tell } from "./dom.js";
import { article as articleIn, plain } from "./intake.js";
import { load } from "./opening.js";

const urlField = /** @type {HTMLInputElement} */ (byId("url-field"));
const pasteField = /** @type {HTMLTextAreaElement} */ (byId("paste-field"));
const src = new URLSearchParams(location.search).get("src");

/**
 * @param {string} address
 * @returns {URL | string} the address, or what is wrong with it
 */
function webAddress(address) {
  const url = URL.parse(address.trim());
  if (url === null) return "That isn’t a complete address. It should begin with https://.";
  if (!/^https?:$/.test(url.protocol)) return "Only http and https addresses can be fetched.";
  return url;
}

/**
 * Says under a dialog's field what is wrong with its answer.
 * @param {string} id the problem's
 * @param {string} words none: nothing is wrong
 */
function complain(id, words) {
  byId(id).textContent = words;
  byId(id).hidden = words === "";
}

export async function askForUrl() {
  complain("url-problem", "");
  while (await asked("url-dialog")) {
    const url = webAddress(urlField.value);
    if (url instanceof URL) {
      await load({ url: url.href });
      return;
    }
    complain("url-problem", url);
  }
}

/** What was typed and not opened is still there the next time. */
export async function askForPaste() {
  complain("paste-problem", "");
  while (await asked("paste-dialog")) {
    if (pasteField.value.trim()) {
      if (await load(plain(pasteField.value))) pasteField.value = "";
      return;
    }
    complain("paste-problem", "There is no text here to open yet.");
  }
}

/** An address in the page's own is a stranger's wish: nothing is sent until the user agrees. */
export function askForSource() {
  if (src === null) return;
  const url = webAddress(src);
  if (!(url instanceof URL)) {
    tell("error", url);
    return;
  }
  byId("ask").hidden = false;
  byId("ask-host").textContent = url.host;
  byId("ask-address").textContent = url.href;
}

/** @param {boolean} agreed */
export async function answerSource(agreed) {
  byId("ask").hidden = true;
  const url = webAddress(src ?? "");
  if (agreed && url instanceof URL) await load({ url: url.href });
}

/** What was copied from a web page keeps its structure, so it doesn't wait as text in the field. */
pasteField.addEventListener("paste", (event) => {
  const input = articleIn(event.clipboardData);
  if (input?.html === undefined) return;
  event.preventDefault();
  /** @type {HTMLDialogElement} */ (byId("paste-dialog")).close();
  void load(input);
});

pasteField.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  /** @type {HTMLButtonElement} */ (byId("paste-dialog").querySelector(".primary")).click();
});
