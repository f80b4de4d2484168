//! What the page remembers about its user, in local storage where that is allowed.

const KEY = "rubricate:settings";

/**
 * @typedef {object} Settings
 * @property {"auto" | "light" | "dark"} [theme]
 * @property {string | null} [creator] the annotator's name; `null`: asked and left empty; absent: not asked yet
 * @property {"open" | "closed"} [panel]
 * @property {"open" | "closed"} [documents] whether the list of documents is beside the text
 * @property {string} [filter] which documents are listed
 * @property {string} [sort] in which order
 * @property {readonly import("../rubricate.js").Label[]} [labels] absent: the four that come with the program
 * @property {readonly import("../rubricate.js").Assignment[]} [assignments] the work that was taken on, the last one last
 * @property {boolean} [askedToPersist] whether the browser was asked not to clear what is kept
 * @property {Record<string, number>} [edited] by document: its first edit that no download has, in milliseconds
 */

/** @type {Settings} */
export const settings = read();

function read() {
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return stored !== null && typeof stored === "object" ? stored : {};
  } catch {
    return {};
  }
}

/** @type {(() => void)[]} */
const appliers = [];

/** @param {() => void} apply brings a part of the page in line with the settings */
export function onApply(apply) {
  appliers.push(apply);
  apply();
}

/** Brings the page in line with settings that came from elsewhere. */
export function applySettings() {
  for (const apply of appliers) apply();
}

/**
 * Keeps the changes for this page, and for the next visit if the browser lets us.
 * @param {Settings} changes
 */
export function remember(changes) {
  Object.assign(settings, changes);
  try {
    // With what another tab has set meanwhile.
    localStorage.setItem(KEY, JSON.stringify({ ...read(), ...changes }));
  } catch {
    // A private window or a full quota: the setting holds until the page is closed.
  }
}

addEventListener("storage", ({ key }) => {
  if (key !== KEY) return;
  for (const name of /** @type {(keyof Settings)[]} */ (Object.keys(settings))) delete settings[name];
  Object.assign(settings, read());
  applySettings();
});
