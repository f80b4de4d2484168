//! Done and skipped: what is asked, what comes next, and what is said when all is done.

import { downloadWork, workOf } from "./assignment.js";
import { build, cancelButton, dialog, okButton } from "./build.js";
import { documents, follow, nextOpen, refresh, store } from "./corpus.js";
import { article, asked, byId, counted, tell } from "./dom.js";
import { downloadCorpus } from "./downloading.js";
import { goTo, namedDocument } from "./opening.js";

const REASONS = ["No article in it", "Behind a paywall", "Wrong language", "Duplicate", "Too long"];

/** @type {HTMLDialogElement | undefined} */
let skipping;

function skipDialog() {
  if (skipping) return skipping;
  const field = build("input", { id: "skip-field", type: "text", maxlength: "200", "aria-label": "The reason", list: "skip-reasons", autocomplete: "off", placeholder: "In your own words" });
  const quick = REASONS.map((reason) =>
    build("button", { type: "button", class: "choice", onclick: () => {
      /** @type {HTMLInputElement} */ (field).value = reason;
      /** @type {HTMLButtonElement} */ (byId("skip-dialog").querySelector(".primary")).click();
    } }, reason),
  );
  skipping = dialog("skip-dialog", "Why skip it?", [
    build("p", {}, "The reason goes into the data, so that skipped articles can be told from those without anything to tag."),
    build("div", { class: "choices" }, ...quick),
    field,
  ], [cancelButton(), okButton("Skip")]);
  return skipping;
}

/** @returns {Promise<string | null>} the reason, which may be empty; `null`: not skipped */
export async function askSkip() {
  const field = /** @type {HTMLInputElement} */ (skipDialog().querySelector("input"));
  field.value = "";
  return (await asked("skip-dialog")) ? field.value.trim() : null;
}

/** What the open document was like before the change that is told of. @type {Pick<import("../rubricate.js").DocumentInfo, "id" | "state" | "reason"> | undefined} */
let former;

export const remember = () => void (former = article.document ? { id: article.document.id, state: article.document.state, reason: article.document.reason } : undefined);

/** @param {CustomEvent<import("../rubricate.js").Change>} event */
export async function marked(event) {
  follow(event);
  const open = article.document;
  const before = former;
  remember();
  if (!open || before?.id !== open.id || before.state === open.state || event.detail.by !== "user") return;
  if (namedDocument() !== open.id) {
    // Who has gone on already meant the next document.
    article.mark(before.state, { reason: before.reason ?? undefined });
    return;
  }
  if (open.state === "skipped") {
    const reason = await askSkip();
    if (article.document?.id !== open.id) {
      await store().changeDocuments([open.id], reason === null ? { state: "open" } : { state: "skipped", reason });
      await refresh();
      return;
    }
    if (reason === null) {
      article.undo();
      article.focus();
      return;
    }
    if (reason) article.mark("skipped", { reason });
    goOn(open.id);
  } else if (open.state === "done") goOn(open.id);
}

/** @param {string} id of the document that is finished */
function goOn(id) {
  const work = workOf(id);
  if (work?.isDone) {
    tell("info", work.words, { name: "Download my work", run: () => void downloadWork() });
    return;
  }
  if (documents().length < 2) return;
  const next = nextOpen(id, work?.ids);
  if (next) goTo(next.id);
  else {
    const done = documents().filter(({ state }) => state === "done").length;
    tell("info", `${done.toLocaleString("en")} of ${counted(documents().length, "document")} done.`, { name: "Download the dataset", run: () => void downloadCorpus() });
  }
}

