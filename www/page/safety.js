//! What keeps work safe beyond the browser's stores: that they are made lasting, that somebody is
//! reminded to download, and a backup file that follows every edit.

import { article, tell } from "./dom.js";
import { askDownload } from "./downloading.js";
import { listenToMirror } from "./mirror.js";
import { remember, settings } from "./settings.js";

const DAY = 24 * 60 * 60 * 1000;
const HOUR = DAY / 24;

/** How many documents with edits that no download has are remembered; the oldest count most. */
const REMEMBERED = 200;

/**
 * Asks the browser not to clear what is kept here. Firefox asks its user, so it is done once, and when
 * there is something to keep: the first edit of a hand is saved.
 */
async function askToPersist() {
  if (settings.askedToPersist || !navigator.storage?.persist) return;
  remember({ askedToPersist: true });
  try {
    if (!(await navigator.storage.persisted())) await navigator.storage.persist();
  } catch {
    // A browser that keeps nothing has said so where that counts.
  }
}

/** When each document got its first edit that no download has, by its id. */
const edited = () => settings.edited ?? {};

/** @param {Record<string, number>} all */
const rememberEdited = (all) =>
  remember({ edited: Object.fromEntries(Object.entries(all).sort((a, b) => a[1] - b[1]).slice(0, REMEMBERED)) });

/** When each document was edited last on this page, by its id. @type {Map<string, number>} */
const last = new Map();

function noteEdit() {
  const id = article.document?.id;
  if (id !== undefined) last.set(id, Date.now());
  if (id !== undefined && !Object.hasOwn(edited(), id)) rememberEdited({ ...edited(), [id]: Date.now() });
}

/**
 * Documents that have been downloaded with all their edits up to a time.
 * @param {readonly string[]} ids
 * @param {number} at in milliseconds, before the file was made
 */
export function downloaded(ids, at) {
  const all = { ...edited() };
  for (const id of ids) {
    const since = last.get(id) ?? 0;
    if (since > at) all[id] = since;
    else delete all[id];
  }
  rememberEdited(all);
}

/** One reminder a visit, for the open document. */
let hasReminded = false;

function remind() {
  const id = article.document?.id;
  const since = id === undefined || !Object.hasOwn(edited(), id) ? undefined : edited()[id];
  if (hasReminded || since === undefined || Date.now() - since < DAY) return;
  hasReminded = true;
  tell("info", "Some edits of this article are more than a day old, and no download has them yet.", {
    name: "Download",
    run: () => void askDownload(),
  });
}

export function keepSafe() {
  let byHand = false;
  article.addEventListener("rubricate-change", ({ detail }) => {
    if (detail.by === "other-tab") return;
    byHand ||= detail.by === "user" && navigator.userActivation?.hasBeenActive !== false;
    noteEdit();
  });
  article.addEventListener("rubricate-saved", () => {
    if (byHand) void askToPersist();
  });
  article.addEventListener("rubricate-load", () => setTimeout(remind));
  setInterval(remind, HOUR);
  listenToMirror(downloaded);
}
