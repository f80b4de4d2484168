//! The standalone page: the first user of `<rubricate-article>`, through its public contract alone.

import { downloadWork, showGuidelines } from "./page/assignment.js";
import { backUp, restoreBackup } from "./page/copies.js";
import { compareFiles } from "./page/comparing.js";
import { deleteShown } from "./page/deleting.js";
import { askDownload, downloadCorpus } from "./page/downloading.js";
import { handOutDocuments } from "./page/handing.js";
import { editLabels } from "./page/labels.js";
import { marked } from "./page/marking.js";
import { showStatistics } from "./page/statistics.js";
import { answerSource, askForPaste, askForSource, askForUrl } from "./page/asking.js";
import { article, byId, demo, dismiss, sentence, tell } from "./page/dom.js";
import { listenToFrame, placePanel, setTheme, showSaving } from "./page/frame.js";
import { listen } from "./page/intake.js";
import { mirror } from "./page/mirror.js";
import { followAddress, load, namedDocument, openFiles, showLoaded, turn } from "./page/opening.js";
import { keepSafe } from "./page/safety.js";
import { onApply, settings } from "./page/settings.js";
import { askName, clear, copyPython, importPicked } from "./page/taking.js";
import { showTrash } from "./page/trash.js";

/** What a button with `data-act` does. @type {Record<string, () => unknown>} */
const ACTS = {
  files: () => byId("file-input").click(),
  folder: () => byId("folder-input").click(),
  paste: askForPaste,
  url: askForUrl,
  sample: () => load({ url: new URL("sample/river.html", import.meta.url).href }),
  import: () => byId("import-input").click(),
  clear,
  redo: () => article.redo(),
  name: askName,
  download: askDownload,
  "download-corpus": downloadCorpus,
  statistics: showStatistics,
  labels: editLabels,
  "delete-shown": deleteShown,
  trash: showTrash,
  guidelines: showGuidelines,
  "download-work": downloadWork,
  "hand-out": handOutDocuments,
  compare: () => byId("compare-input").click(),
  backup: backUp,
  restore: () => byId("backup-input").click(),
  copy: copyPython,
  mirror,
  help: () => (article.hidden ? demo : article).showHelp(),
  fetch: () => answerSource(true),
  "do-not-fetch": () => answerSource(false),
  dismiss,
};

function listenToPage() {
  document.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("button") : null;
    /** @type {HTMLElement | null | undefined} */ (button?.closest("[popover]"))?.hidePopover();
    if (button?.dataset.close !== undefined) button.closest("dialog")?.close(button.dataset.close);
    const act = button?.dataset.act;
    if (act) ACTS[act]?.();
  });
  byId("import-input").addEventListener("change", importPicked);
  byId("compare-input").addEventListener("change", compareFiles);
  byId("backup-input").addEventListener("change", async ({ target }) => {
    const picker = /** @type {HTMLInputElement} */ (target);
    const [file] = picker.files ?? [];
    picker.value = "";
    if (file) await restoreBackup(file);
  });
  addEventListener("hashchange", followAddress);
  addEventListener("beforeunload", (event) => {
    if (article.dirty) event.preventDefault();
  });
  listen({ files: openFiles, article: load });
}

function listenToArticle() {
  article.addEventListener("rubricate-load", () => {
    showSaving();
    void showLoaded();
  });
  article.addEventListener("rubricate-change", showSaving);
  article.addEventListener("rubricate-change", marked);
  article.addEventListener("rubricate-saved", showSaving);
  article.addEventListener("rubricate-navigate", (event) => {
    event.preventDefault();
    void turn(event.detail.to);
  });
  article.addEventListener("rubricate-error", ({ detail }) => {
    showSaving();
    // On the screen, the element says it itself.
    if (article.hidden) tell("error", detail.message);
  });
}

onApply(() => setTheme(settings.theme ?? "auto"));
try {
  await import("./rubricate.js");
  await customElements.whenDefined("rubricate-article");
  onApply(() => void (article.creator = settings.creator ?? null));
  listenToFrame();
  listenToPage();
  listenToArticle();
  keepSafe();
  placePanel();
  await followAddress();
  if (namedDocument() === "") askForSource();
} catch (error) {
  tell("error", `Rubricate could not start: ${sentence(error)}`);
}
