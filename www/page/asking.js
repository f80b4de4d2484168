//! The ways an article comes in by a question: an address, a text field, an address in the page's own.

import { asked, byId, tell } from "./dom.js";
import { article as articleIn } from "./intake.js";
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

export async function askForUrl() {
  const problem = /** @type {HTMLElement} */ (byId("url-dialog").querySelector(".problem"));
  problem.hidden = true;
  while (await asked("url-dialog")) {
    const url = webAddress(urlField.value);
    if (url instanceof URL) {
      await load({ url: url.href });
      return;
    }
    problem.textContent = url;
    problem.hidden = false;
  }
}

export async function askForPaste() {
  pasteField.value = "";
  if ((await asked("paste-dialog")) && pasteField.value.trim()) await load({ text: pasteField.value });
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
