//! Decisions on the work of several annotators, in local storage: by a hash of the work that was compared.

/** @typedef {{take: number[], by: string, at: string}} Decision `at`: RFC 3339 in UTC */
/** By document's key and case's place. @typedef {Record<string, Record<string, Decision>>} Decisions */
/** @typedef {{decisions: Decisions, undo: [string, number, Decision | null][]}} Kept */

const PREFIX = "rubricate:adjudication:";

/** Where the decisions on some work are kept. @param {string} key */
export const placeOf = (key) => PREFIX + key;

/** @param {unknown} value @returns {value is Record<string, unknown>} */
const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

/** @param {unknown} value @returns {value is Decision} */
const isDecision = (value) =>
  isObject(value) && Array.isArray(value.take) && value.take.every(Number.isInteger) && typeof value.by === "string" && typeof value.at === "string";

/** What of a stored or restored value are decisions. @param {unknown} value @returns {Decisions} */
function decisionsOf(value) {
  /** @type {Decisions} */
  const all = {};
  for (const [document, cases] of Object.entries(isObject(value) ? value : {})) {
    const good = Object.entries(isObject(cases) ? cases : {}).filter(([, decision]) => isDecision(decision));
    if (good.length) all[document] = /** @type {Record<string, Decision>} */ (Object.fromEntries(good));
  }
  return all;
}

/** @param {string} key the comparison's @returns {Kept} */
export function readDecisions(key) {
  try {
    const { decisions, undo } = JSON.parse(localStorage.getItem(placeOf(key)) ?? "{}");
    return { decisions: decisionsOf(decisions), undo: Array.isArray(undo) ? undo : [] };
  } catch {
    return { decisions: {}, undo: [] };
  }
}

/** Throws where nothing can be kept. @param {string} key @param {Kept} kept */
export const writeDecisions = (key, kept) => localStorage.setItem(placeOf(key), JSON.stringify(kept));

/** All decisions that are kept here, by the work's key. @returns {Record<string, Decisions>} */
export function allDecisions() {
  try {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)).map((key) => key.slice(PREFIX.length));
    return Object.fromEntries(keys.map((key) => [key, readDecisions(key).decisions]));
  } catch {
    return {};
  }
}

/**
 * Takes in decisions of a backup: of two on one case, the later one stays. What can be undone here stays so.
 * @param {unknown} restored as `allDecisions` gave them
 */
export function uniteDecisions(restored) {
  for (const [key, value] of Object.entries(isObject(restored) ? restored : {})) {
    const { decisions, undo } = readDecisions(key);
    for (const [document, cases] of Object.entries(decisionsOf(value))) {
      const here = (decisions[document] ??= {});
      for (const [place, decision] of Object.entries(cases)) {
        if (!here[place] || here[place].at < decision.at) here[place] = decision;
      }
    }
    writeDecisions(key, { decisions, undo });
  }
}
