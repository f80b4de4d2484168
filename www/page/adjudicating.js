//! Adjudication: one case after the other, what each annotator says side by side, and a key for each
//! decision. Decisions are kept in this browser until the same work is compared again.

import { addFiles } from "./adding.js";
import { build, dialog, okButton } from "./build.js";
import { placeOf, readDecisions, writeDecisions } from "./decisions.js";
import { asked, byId, counted, sentence } from "./dom.js";
import { goTo } from "./opening.js";
import { settings } from "./settings.js";
import { labelNames, labelOf, sign } from "./signs.js";
import { askName, takeAway } from "./taking.js";

/** @typedef {import("./comparing.js").Comparison} Comparison */
/** @typedef {import("./comparing.js").Compared} Compared */
/** @typedef {import("./decisions.js").Kept} Kept */
/** @typedef {import("./decisions.js").Decision} Decision */

let keptFor = "";
/** @type {Kept} */
let state = { decisions: {}, undo: [] };

/** Takes up the decisions of a comparison where they were left. @param {string} key */
function keepDecisions(key) {
  if (keptFor === key) return;
  keptFor = key;
  state = readDecisions(key);
}

/** How many cases of a comparison are decided. @param {string} key */
export function kept(key) {
  keepDecisions(key);
  return Object.values(state.decisions).reduce((sum, cases) => sum + Object.keys(cases).length, 0);
}

function store() {
  try {
    writeDecisions(keptFor, state);
  } catch {
    complain("This browser doesn’t keep the decisions. Save the outcome before you close the page.");
  }
}

// Another tab may decide on the same work.
addEventListener("storage", ({ key }) => {
  if (keptFor === "" || key !== placeOf(keptFor)) return;
  state = readDecisions(keptFor);
  if (open) void show();
});

/** @type {{of: Comparison, at: number, which: number, document: Compared} | undefined} */
let open;

/** @param {string} words none: nothing is wrong */
function complain(words) {
  byId("adjudication-problem").textContent = words;
  byId("adjudication-problem").hidden = words === "";
}

/** @param {string} words */
const say = (words) => void (byId("adjudication-status").textContent = words);

/** @param {Compared} document @param {number} which */
const decisionOf = (document, which) => state.decisions[document.key]?.[which];

/** The numbers of cases in dispute before each document. @param {Comparison} of @param {number} at */
const before = ({ summary }, at) => summary.documents.slice(0, at).reduce((sum, { disputed }) => sum + disputed, 0);

/**
 * The next case in dispute that will do, going round.
 * @param {1 | -1} step
 * @param {(document: Compared, which: number) => boolean} will
 */
async function seek(step, will) {
  if (!open) return false;
  const { of } = open;
  let { at, which, document } = open;
  const total = of.summary.documents.length;
  // Once round, and the first document's other cases again.
  for (let left = total + 1; left > 0; ) {
    which += step;
    if (which < 0 || which >= document.cases.length) {
      left -= 1;
      do at = (at + step + total) % total;
      while (of.summary.documents[at].disputed === 0);
      document = await of.document(at);
      which = step === 1 ? -1 : document.cases.length;
      continue;
    }
    if (document.cases[which].agreed || !will(document, which)) continue;
    open = { of, at, which, document };
    return true;
  }
  return false;
}

/** @param {import("./comparing.js").Summary} summary @param {[string, string[]][]} pieces */
function piecesOf(summary, pieces) {
  return pieces.map(([text, labels]) => {
    if (labels.length === 0) return build("span", { class: "unsaid" }, text);
    const piece = build("span", { class: "said" }, text);
    const label = labelOf(summary, labels[0]);
    piece.style.setProperty("--line", label?.color ?? "var(--ink)");
    piece.style.setProperty("text-decoration-style", label?.line ?? "solid");
    return piece;
  });
}

/** @param {readonly number[]} a @param {readonly number[]} b */
const alike = (a, b) => a.length === b.length && a.every((one, at) => one === b[at]);

async function show() {
  if (!open) return;
  const { of, at, which, document } = open;
  const { summary } = of;
  const one = document.cases[which];
  const number = before(of, at) + document.cases.slice(0, which + 1).filter(({ agreed }) => !agreed).length;
  const total = before(of, summary.documents.length);
  byId("adjudication-dialog-heading").textContent = `Case ${number.toLocaleString("en")} of ${total.toLocaleString("en")}`;
  byId("adjudication-title").textContent = document.title;
  const whole = one.sides.flatMap(({ pieces }) => pieces.map(([text]) => text).join("")).reduce((a, b) => (b.length > a.length ? b : a), "");
  byId("adjudication-context").replaceChildren(one.before, build("mark", {}, whole), one.after);
  const decision = decisionOf(document, which);
  const cards = document.codings.map(({ annotator }, who) => {
    const { pieces, take } = one.sides[who];
    const said = [...new Set(pieces.flatMap(([, labels]) => labels))];
    return build("button", { type: "button", class: "side", "data-choice": who + 1, "aria-pressed": String(decision !== undefined && alike(decision.take, take)), onclick: () => inTurn(() => choose(take, annotator)) },
      build("span", { class: "side-head" }, build("kbd", {}, String(who + 1)), build("b", { dir: "auto" }, annotator),
        ...said.map((id) => sign(labelOf(summary, id), id)), build("span", { class: "side-labels" }, said.length ? labelNames(summary, said) : "nothing here")),
      build("span", { class: "side-text", dir: "auto" }, ...piecesOf(summary, pieces)));
  });
  byId("adjudication-sides").replaceChildren(...cards);
  const two = document.codings.length === 2;
  byId("adjudication-all").textContent = two ? "Both" : "All";
  byId("adjudication-none").textContent = two ? "Neither" : "None";
  const press = (/** @type {string} */ choice, /** @type {number[]} */ take) =>
    byId("adjudication-dialog").querySelector(`[data-choice=${choice}]`)?.setAttribute("aria-pressed", String(decision !== undefined && alike(decision.take, take)));
  press("b", one.all);
  press("n", []);
  const decided = kept(summary.key);
  const bar = byId("adjudication-bar");
  bar.setAttribute("value", String(decided));
  bar.setAttribute("max", String(Math.max(1, total)));
  byId("adjudication-count").textContent = `${decided.toLocaleString("en")} of ${total.toLocaleString("en")} decided`;
  byId("adjudication-when").textContent = decision ? `Decided by ${decision.by}.` : "Not decided yet.";
  /** @type {HTMLButtonElement} */ (byId("adjudication-undo")).disabled = state.undo.length === 0;
}

/** @param {number[]} take @param {string} words what that is */
async function choose(take, words) {
  if (!open) return;
  if (settings.creator === undefined) await askName();
  const { document, which } = open;
  const before = decisionOf(document, which) ?? null;
  (state.decisions[document.key] ??= {})[which] = { take, by: settings.creator || "adjudicator", at: new Date().toISOString() };
  state.undo.push([document.key, which, before]);
  complain("");
  store();
  const more = await seek(1, (other, at) => decisionOf(other, at) === undefined);
  say(more ? `Decided: ${words}.` : `Decided: ${words}. All cases are decided.`);
  await show();
}

/** Takes back the last decision and goes there. */
async function undo() {
  const last = state.undo.pop();
  if (!last || !open) {
    say("There is nothing to undo.");
    return;
  }
  const [key, which, before] = last;
  const cases = (state.decisions[key] ??= {});
  if (before) cases[which] = before;
  else delete cases[which];
  store();
  const at = open.of.summary.documents.findIndex((document) => document.key === key);
  if (at >= 0) open = { ...open, at, which, document: await open.of.document(at) };
  say("Undone.");
  await show();
}

/** @param {1 | -1} step */
async function go(step) {
  await seek(step, () => true);
  say("");
  await show();
}

/** @type {Record<string, () => unknown>} */
const KEYS = {
  ArrowLeft: () => go(-1),
  ArrowRight: () => go(1),
  b: () => open && choose(open.document.cases[open.which].all, open.document.codings.length === 2 ? "both" : "all"),
  n: () => choose([], "neither"),
  z: undo,
};

/** Keys work one after the other, however fast they come. */
let turn = Promise.resolve();

/** @param {() => unknown} run */
function inTurn(run) {
  turn = turn.then(run).then(() => {}, (error) => complain(sentence(error)));
}

/** @param {KeyboardEvent} event */
function press(event) {
  const { key, code } = event;
  // By what is written on the key, otherwise, in other scripts, by where it is.
  const digit = /^[1-9]$/.test(key) ? key : /^(?:Digit|Numpad)([1-9])$/.exec(code)?.[1];
  const name = /^[a-z]$/i.test(key) || key.length > 1 ? key : /^Key([A-Z])$/.exec(code)?.[1] ?? "";
  const run = KEYS[name.length === 1 ? name.toLowerCase() : name];
  const who = Number(digit) - 1;
  const isSide = digit !== undefined && who < (open?.document.codings.length ?? 0);
  const isUndo = run === undo;
  if (event.altKey || ((event.ctrlKey || event.metaKey) && !isUndo) || (event.shiftKey && !isSide) || !(isSide || run)) return;
  event.preventDefault();
  inTurn(isSide ? () => open && choose(open.document.cases[open.which].sides[who].take, open.document.codings[who].annotator) : run);
}

/** @param {Comparison} of @param {(words: string) => void} fail is told what went wrong @returns {Promise<File | undefined>} */
async function outcome(of, fail) {
  keepDecisions(of.summary.key);
  if (settings.creator === undefined) await askName();
  try {
    return await of.outcome(state.decisions, settings.creator || "adjudicator", new Date().toISOString());
  } catch (error) {
    fail(`Nothing was made of the decisions: ${sentence(error)}`);
    return undefined;
  }
}

/** Downloads what the decisions come to. @param {Comparison} of @param {(words: string) => void} fail */
export async function saveOutcome(of, fail) {
  const file = await outcome(of, fail);
  if (file) await takeAway(async () => file, { ofOthers: true });
}

/** Takes what the decisions come to in among the documents here. @param {Comparison} of @param {(words: string) => void} fail */
export async function addOutcome(of, fail) {
  const file = await outcome(of, fail);
  if (!file) return;
  for (const id of ["adjudication-dialog", "comparison-dialog"]) /** @type {HTMLDialogElement | null} */ (document.getElementById(id))?.close();
  const [first] = await addFiles([file]);
  if (first !== undefined && document.body.dataset.view === "welcome") goTo(first);
}

function makeDialog() {
  const key = (/** @type {string} */ name, /** @type {string} */ shown, /** @type {string} */ words, /** @type {Record<string, unknown>} */ more = {}) =>
    build("button", { type: "button", onclick: () => inTurn(KEYS[name]), ...more }, build("kbd", { "aria-hidden": "true" }, shown), build("span", name === "b" ? { id: "adjudication-all" } : name === "n" ? { id: "adjudication-none" } : {}, words));
  const made = dialog("adjudication-dialog", "Adjudicate", [
    build("div", { class: "adjudication-head" }, build("span", { id: "adjudication-title", dir: "auto" }), build("span", { id: "adjudication-count" })),
    build("progress", { id: "adjudication-bar", "aria-label": "Cases decided" }),
    build("blockquote", { id: "adjudication-context", dir: "auto", tabindex: "0" }),
    build("div", { id: "adjudication-sides", role: "group", "aria-label": "What annotators say" }),
    build("div", { class: "adjudication-keys", role: "group", "aria-label": "Decide" },
      key("b", "B", "Both", { "data-choice": "b" }), key("n", "N", "Neither", { "data-choice": "n" }),
      key("z", "Z", "Undo", { id: "adjudication-undo" }), key("ArrowLeft", "←", "Previous"), key("ArrowRight", "→", "Next")),
    build("p", { id: "adjudication-when" }),
    build("p", { id: "adjudication-status", role: "status" }),
    build("p", { id: "adjudication-problem", class: "problem", role: "alert", hidden: true }),
  ], [
    okButton("Back"),
  ]);
  made.addEventListener("keydown", press);
  const heading = byId("adjudication-dialog-heading");
  heading.tabIndex = -1;
  heading.autofocus = true;
}

/**
 * Goes through the cases in dispute, from the one given or the first that is not decided.
 * @param {Comparison} of
 * @param {number} [at] document
 * @param {number} [which] case
 */
export async function adjudicate(of, at, which) {
  if (!document.getElementById("adjudication-dialog")) makeDialog();
  keepDecisions(of.summary.key);
  complain("");
  say("");
  const first = at ?? of.summary.documents.findIndex(({ disputed }) => disputed > 0);
  if (first < 0) return;
  open = { of, at: first, which: which ?? -1, document: await of.document(first) };
  if (which === undefined && !(await seek(1, (other, place) => decisionOf(other, place) === undefined))) {
    await seek(1, () => true);
    say(`${counted(kept(of.summary.key), "case")} decided: all of them.`);
  }
  await show();
  await asked("adjudication-dialog");
  open = undefined;
}
