//! The documents that are kept here, as the page knows them: what is shown of them, in which order,
//! and which comes next.

import { article, sentence, tell } from "./dom.js";
import { remember, settings } from "./settings.js";

/** @typedef {import("../rubricate.js").KeptDocument} KeptDocument */
/** @typedef {typeof import("../rubricate.js").RubricateArticleElement} RubricateArticleClass */

/** The element's class, which has what concerns all documents. */
export const store = () => /** @type {RubricateArticleClass} */ (customElements.get("rubricate-article"));

/** @type {readonly KeptDocument[]} in the order in which they came */
let all = [];
/** @type {readonly KeptDocument[] | undefined} */
let shown;
/** @type {Set<() => void>} */
const listeners = new Set();

/** What to show. The search is forgotten with the page. */
const choice = { search: "", filter: settings.filter ?? "all", sort: settings.sort ?? "order" };
export const chosen = () => ({ ...choice });

/** @type {Record<string, (one: KeptDocument) => boolean>} */
const FILTERS = {
  all: () => true,
  untouched: ({ state }) => state === "untouched",
  "in-progress": ({ state }) => state === "in-progress",
  done: ({ state }) => state === "done",
  skipped: ({ state }) => state === "skipped",
  flagged: ({ flags }) => flags.length > 0,
  same: ({ id, sameAs }) => sameAs !== null || all.some((other) => other.sameAs === id),
};

const STATES = ["untouched", "in-progress", "done", "skipped"];
const words = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** @type {Record<string, (a: KeptDocument, b: KeptDocument) => number>} */
const SORTS = {
  order: (a, b) => a.place - b.place,
  title: (a, b) => words.compare(a.title, b.title),
  site: (a, b) => Number(a.site === null) - Number(b.site === null) || words.compare(a.site ?? "", b.site ?? ""),
  state: (a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state),
  annotations: (a, b) => b.annotations - a.annotations,
  opened: (a, b) => (a.opened < b.opened ? 1 : a.opened > b.opened ? -1 : 0),
};

/** @param {string} name @returns {(one: KeptDocument) => boolean} */
function filterOf(name) {
  if (name !== "assigned") return FILTERS[name] ?? FILTERS.all;
  const ids = new Set((settings.assignments ?? []).flatMap((assignment) => assignment.documents));
  return ({ id }) => ids.has(id);
}

/** @param {() => void} listener is called whenever what is here or what is shown has changed */
export const onChange = (listener) => void listeners.add(listener);

function changed() {
  shown = undefined;
  for (const listener of listeners) listener();
}

export const documents = () => all;

/** @param {string | undefined} id */
export const find = (id) => all.find((one) => one.id === id);

/** Counts what was amended of documents that aren't open, which the store may not have said yet. */
let amendments = 0;

/** One after another, so that the last answer is the one that stays. @type {Promise<unknown>} */
let reading = Promise.resolve();

/** Asks the store again. @returns {Promise<readonly KeptDocument[]>} */
export function refresh() {
  const read = reading.then(readAll);
  reading = read;
  return read;
}

async function readAll() {
  try {
    let before;
    let read;
    do {
      before = amendments;
      read = await store().documents();
    } while (before !== amendments);
    all = read.toSorted(SORTS.order);
    all = all.map((one) => (one.id === article.document?.id ? asOpen(one) : one));
  } catch (error) {
    tell("error", sentence(error));
  }
  changed();
  return all;
}

/** A document as it is in the element, which may be ahead of the store. @param {KeptDocument} one @returns {KeptDocument} */
function asOpen(one) {
  const open = article.document;
  if (!open) return one;
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { label } of article.annotations) counts.set(label, (counts.get(label) ?? 0) + 1);
  const annotations = article.annotations.length;
  const state = open.state === "open" ? (annotations ? "in-progress" : "untouched") : open.state;
  return { ...one, counts: Object.fromEntries(counts), annotations, state, reason: open.reason };
}

/** @param {Partial<typeof choice>} changes */
export function choose(changes) {
  Object.assign(choice, changes);
  const { filter, sort } = choice;
  remember({ filter, sort });
  changed();
}

/** What is found, in the order asked for. */
export function found() {
  if (shown) return shown;
  const search = choice.search.trim().toLowerCase();
  const has = (/** @type {string | null} */ text) => text !== null && text.toLowerCase().includes(search);
  const filter = filterOf(choice.filter);
  const sort = SORTS[choice.sort] ?? SORTS.order;
  shown = all
    .filter((one) => filter(one) && (search === "" || has(one.title) || has(one.site)))
    .toSorted((a, b) => sort(a, b) || a.place - b.place);
  return shown;
}

/**
 * The document that stands `steps` from another in what is shown, and round.
 * @param {string} id
 * @param {1 | -1} steps
 */
export function neighbour(id, steps) {
  const list = found().some((one) => one.id === id) ? found() : all;
  const at = list.findIndex((one) => one.id === id);
  return list.at((at + steps) % list.length);
}

/**
 * The next document that nobody has touched; without one, the next that isn't finished.
 * @param {string} id
 * @param {Set<string>} [among] the ids of those that count
 */
export function nextOpen(id, among) {
  const at = all.findIndex((one) => one.id === id);
  const rest = [...all.slice(at + 1), ...all.slice(0, Math.max(at, 0))].filter((one) => !among || among.has(one.id));
  return rest.find(({ state }) => state === "untouched") ?? rest.find(({ state }) => state === "in-progress");
}

/** Changes what is known of one document. @param {string} id @param {Partial<KeptDocument>} changes */
export function amend(id, changes) {
  const known = find(id);
  if (!known) return;
  if (id !== article.document?.id) amendments += 1;
  const next = { ...known, ...changes };
  if (next.state === "untouched" && next.annotations > 0) next.state = "in-progress";
  if (next.state === "in-progress" && next.annotations === 0) next.state = "untouched";
  all = all.map((one) => (one.id === id ? next : one));
  changed();
}

/** The open document has changed: its row follows without asking the store. @param {CustomEvent<import("../rubricate.js").Change>} event */
export function follow({ detail }) {
  const open = article.document;
  const known = open && find(open.id);
  if (!open || !known) return;
  const counts = new Map(Object.entries(known.counts));
  const add = (/** @type {string} */ label, /** @type {number} */ by) => counts.set(label, (counts.get(label) ?? 0) + by);
  for (const { label } of detail.added) add(label, 1);
  for (const { label } of detail.removed) add(label, -1);
  for (const { before, after } of detail.changed) {
    add(before.label, -1);
    add(after.label, 1);
  }
  const used = [...counts].filter(([, count]) => count > 0);
  const annotations = used.reduce((sum, [, count]) => sum + count, 0);
  const state = open.state === "open" ? (annotations ? "in-progress" : "untouched") : open.state;
  amend(open.id, { counts: Object.fromEntries(used), annotations, state, reason: open.reason });
}
