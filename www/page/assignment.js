//! Work that was handed out to somebody: taken on, shown with its guidelines, and sent back.

import { build, dialog, okButton } from "./build.js";
import { choose, documents, onChange } from "./corpus.js";
import { article, asked, byId, counted, tell } from "./dom.js";
import { ofMany } from "./downloading.js";
import { takeLabels } from "./labels.js";
import { remember, settings } from "./settings.js";
import { takeAway } from "./taking.js";

/** @typedef {import("../rubricate.js").Assignment} Assignment */

const all = () => settings.assignments ?? [];

/** @param {string | undefined} id of a document */
const assignmentOf = (id) => all().findLast((one) => id !== undefined && one.documents.includes(id));

/** The work that the open document is of, else what was taken on last. */
const current = () => assignmentOf(article.document?.id) ?? all().at(-1);

/** What is here of some work, and how many of these are done or skipped. @param {Assignment} assignment */
function progress({ documents: ids }) {
  const wanted = new Set(ids);
  const here = documents().filter(({ id }) => wanted.has(id));
  return { here, finished: here.filter(({ state }) => state === "done" || state === "skipped").length };
}

/** How some work is named in sentences. @param {Assignment} assignment */
export function named({ annotator, guidelines: { name, version }, documents: ids }) {
  const rules = [name, version && `version ${version}`].filter(Boolean).join(", ");
  return `${counted(ids.length, "document")} for ${annotator}${rules && `; guidelines ${rules}`}`;
}

/** The same work in a file that was opened again. @param {Assignment} a @param {Assignment} b */
const isSame = (a, b) => a.annotator === b.annotator && a.documents.join("\n") === b.documents.join("\n");

/** Work of before with more of it behind. @param {readonly Assignment[]} more */
export const withMore = (more) => [...all().filter((one) => !more.some((other) => isSame(one, other))), ...more];

/**
 * Works as the one that some documents were handed out to: under that name, with those labels. What to go by is
 * shown first.
 * @param {readonly Assignment[]} assignments of one annotator
 * @param {readonly import("../rubricate.js").Label[]} labels
 */
export async function takeOn(assignments, labels) {
  const [{ annotator }] = assignments;
  takeLabels(labels);
  remember({ assignments: withMore(assignments), creator: annotator });
  choose({ filter: "assigned" });
  article.creator = annotator;
  await show(assignments[0], `You work as ${annotator} now. When all is done, download your work (⋯) and send it back.`);
}

/** The work that a document is of: its documents, whether all are finished, and what to say then. @param {string} id */
export function workOf(id) {
  const assignment = assignmentOf(id);
  if (!assignment) return undefined;
  const { here, finished } = progress(assignment);
  return { ids: new Set(assignment.documents), isDone: finished === here.length, words: `All of ${named(assignment)}: finished.` };
}

export async function showGuidelines() {
  const assignment = current();
  if (!assignment) return;
  const { here, finished } = progress(assignment);
  await show(assignment, `${finished.toLocaleString("en")} of ${here.length.toLocaleString("en")} finished.`);
}

/** @param {Assignment} assignment @param {string} words */
async function show(assignment, words) {
  if (!document.getElementById("guidelines-dialog")) {
    dialog("guidelines-dialog", "Guidelines", [
      build("p", { id: "guidelines-words" }),
      build("div", { id: "guidelines-text", tabindex: "0", role: "region", "aria-label": "The guidelines", dir: "auto" }),
    ], [okButton("Close")]);
  }
  byId("guidelines-words").textContent = `${named(assignment)}. ${words}`;
  byId("guidelines-text").textContent = assignment.guidelines.text || "Their words didn’t come with the documents.";
  await asked("guidelines-dialog");
}

/** The work as a file to send back; it says whose it is. */
export async function downloadWork() {
  const assignment = current();
  if (!assignment) return;
  const { here } = progress(assignment);
  if (here.length === 0) {
    tell("info", `None of ${named(assignment)} is here any more.`);
    return;
  }
  await takeAway(() => ofMany(here.map(({ id }) => id), "json", { stem: assignment.annotator, assignment }).then(({ file }) => file));
}

/** What has to do with work is there when there is some. */
function follow() {
  const assignment = current();
  for (const element of document.querySelectorAll(".for-work")) /** @type {HTMLElement} */ (element).hidden = !assignment;
  if (!assignment) return;
  const { here, finished } = progress(assignment);
  const sentence = `${assignment.annotator}’s work: ${finished.toLocaleString("en")} of ${here.length.toLocaleString("en")} finished`;
  for (const words of document.querySelectorAll(".work-words")) words.textContent = sentence;
}
onChange(follow);
