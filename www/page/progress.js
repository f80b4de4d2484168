//! How far long work has come, and a way to stop it.

import { build, dialog } from "./build.js";
import { counted } from "./dom.js";

/** Of so many documents nobody needs to be told how far they are. */
const LITTLE = 20;

/**
 * A dialog with a bar, unless there is little to do: where more comes than was known, from then on.
 * @param {string} id
 * @param {string} heading
 * @param {string} first what it says before the first figure
 * @param {number} total of documents
 */
export function startProgress(id, heading, first, total) {
  const bar = build("progress", { max: total, "aria-label": "Progress" });
  const words = build("p", { role: "status" }, first);
  const stopping = new AbortController();
  const stop = () => {
    stopping.abort(new Error("it was stopped."));
    words.textContent = "Stopping…";
  };
  /** @type {HTMLDialogElement | undefined} */
  let shown;
  const show = () => {
    if (shown) return;
    shown = dialog(id, heading, [bar, words], [build("button", { type: "button", onclick: stop }, "Stop")]);
    shown.addEventListener("cancel", (event) => {
      event.preventDefault();
      stop();
    });
    shown.showModal();
  };
  if (total > LITTLE) show();
  return {
    /** @param {number} done */
    tell(done) {
      if (stopping.signal.aborted) return;
      if (done > total) {
        if (done > LITTLE) show();
        // A file may hold any number of documents.
        bar.removeAttribute("value");
        words.textContent = counted(done, "document");
        return;
      }
      bar.setAttribute("value", String(done));
      words.textContent = `${done.toLocaleString("en")} of ${counted(total, "document")}`;
    },
    signal: stopping.signal,
    stopped: () => stopping.signal.aborted,
    end: () => {
      // The focus goes back to where it was.
      shown?.close();
      shown?.remove();
    },
  };
}
