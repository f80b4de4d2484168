//! Handing documents out: a file for each annotator, in one archive.

import { build, cancelButton, dialog, okButton } from "./build.js";
import { documents } from "./corpus.js";
import { article, asked, byId, counted, sentence, tell } from "./dom.js";
import { save } from "./taking.js";

/** @typedef {{which: HTMLSelectElement, names: HTMLTextAreaElement, shared: HTMLInputElement, guidelines: HTMLTextAreaElement, version: HTMLInputElement, seed: HTMLInputElement, problem: HTMLElement}} Fields */
/** @type {Fields | undefined} */
let fields;

/** Which documents go out. @type {[string, string][]} */
const WHICH = [["all", "All"], ["open", "Those neither done nor skipped"]];

const chosen = () =>
  documents().filter(({ state }) => fields?.which.value !== "open" || (state !== "done" && state !== "skipped"));

function describe() {
  byId("hand-out-words").textContent = `${counted(chosen().length, "document")} and the labels, in a file for each annotator to send. They go out without annotations.`;
}

/** @returns {Fields} */
function makeDialog() {
  const which = /** @type {HTMLSelectElement} */ (build("select", { id: "hand-out-which", onchange: describe }, ...WHICH.map(([value, name]) => build("option", { value }, name))));
  const names = /** @type {HTMLTextAreaElement} */ (build("textarea", { id: "hand-out-names", rows: 4, autocomplete: "off", spellcheck: "false" }));
  const shared = /** @type {HTMLInputElement} */ (build("input", { id: "hand-out-shared", type: "number", min: 0, max: 100, step: 1, value: 20, "aria-describedby": "hand-out-hint" }));
  const guidelines = /** @type {HTMLTextAreaElement} */ (build("textarea", { id: "hand-out-guidelines", rows: 5 }));
  const version = /** @type {HTMLInputElement} */ (build("input", { id: "hand-out-version", autocomplete: "off", maxlength: 100 }));
  const seed = /** @type {HTMLInputElement} */ (build("input", { id: "hand-out-seed", value: "1", autocomplete: "off", maxlength: 100 }));
  const problem = build("p", { id: "hand-out-problem", class: "problem", role: "alert", hidden: true });
  dialog("hand-out-dialog", "Hand out documents", [
    build("p", { id: "hand-out-words" }),
    build("label", { for: "hand-out-names" }, "Annotators, one per line"), names,
    build("div", { class: "fields" },
      build("label", { for: "hand-out-which" }, "Documents"), which,
      build("label", { for: "hand-out-shared" }, "Shared, of a hundred"), shared,
      build("label", { for: "hand-out-seed" }, "Seed of the lots"), seed,
      build("label", { for: "hand-out-version" }, "Version of the guidelines"), version),
    build("p", { id: "hand-out-hint" }, "Shared documents go to two annotators, and no file tells which they are. 15 to 20 of a hundred are enough to measure agreement. The same seed hands out the same."),
    build("label", { for: "hand-out-guidelines" }, "Guidelines"), guidelines,
    problem,
  ], [cancelButton(), okButton("Make the files")]);
  fields = { which, names, shared, guidelines, version, seed, problem };
  return fields;
}

/** @param {Fields} of what was asked for in the dialog */
function wishesOf({ names, shared, guidelines, version, seed }) {
  const annotators = names.value.split("\n").map((name) => name.trim()).filter(Boolean);
  if (annotators.length === 0) throw new Error("Who gets the documents? Write a name on each line.");
  const share = shared.valueAsNumber;
  if (!Number.isInteger(share) || share < 0 || share > 100) throw new Error("The share is a whole number from 0 to 100.");
  const text = guidelines.value.trim();
  return { annotators, shared: share, seed: seed.value, guidelines: { version: version.value.trim(), text } };
}

/** What was typed is still there after a problem, and the next time. */
export async function handOutDocuments() {
  if (documents().length === 0) {
    tell("info", "There is no document here yet.");
    return;
  }
  const all = fields ?? makeDialog();
  describe();
  all.problem.hidden = true;
  while (await asked("hand-out-dialog")) {
    try {
      const wishes = wishesOf(all);
      if (chosen().length === 0) throw new Error("There is no such document: all are done or skipped.");
      const { handOut } = await import("../annotators.js");
      const dataset = await article.exportDocuments(chosen().map(({ id }) => id));
      const { file, hands } = await handOut(await dataset.text(), wishes);
      save(file);
      tell("info", `${file.name} is in your downloads. ${hands.map((/** @type {{name: string, documents: number}} */ hand) => `${hand.name}: ${counted(hand.documents, "document")}`).join(", ")}.`);
      return;
    } catch (error) {
      all.problem.textContent = sentence(error);
      all.problem.hidden = false;
    }
  }
}
