//! How far long work has come, and a way to stop it.

import { build, dialog } from "./build.js";
import { counted } from "./dom.js";

/**
 * A dialog with a bar, unless there is little to do.
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
  const shown = total > 20
    ? dialog(id, heading, [bar, words], [build("button", { type: "button", onclick: stop }, "Stop")])
    : undefined;
  shown?.addEventListener("cancel", (event) => {
    event.preventDefault();
    stop();
  });
  shown?.showModal();
  return {
    /** @param {number} done */
    tell(done) {
      if (stopping.signal.aborted) return;
      bar.setAttribute("value", String(Math.min(done, total)));
      words.textContent = `${done.toLocaleString("en")} of ${counted(Math.max(total, done), "document")}`;
    },
    signal: stopping.signal,
    stopped: () => stopping.signal.aborted,
    end: () => shown?.remove(),
  };
}
