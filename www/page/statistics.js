//! What the documents come to, as pictures, as tables, and as CSV. What the list knows is shown at once; the rest
//! when it has been counted.

import { build, dialog, okButton, select } from "./build.js";
import { documents, store } from "./corpus.js";
import { STATE_NAMES } from "./documents.js";
import { article, asked, byId, counted, sentence } from "./dom.js";
import { save } from "./taking.js";

/** @typedef {import("../rubricate.js").KeptDocument} KeptDocument */

/** Labels in the order of the set, then those that are in use without being in it. @param {readonly KeptDocument[]} all */
function labelsOf(all) {
  const names = new Map(article.labelSet.map(({ id, name }) => [id, name ?? id]));
  for (const { counts } of all) for (const id of Object.keys(counts)) if (!names.has(id)) names.set(id, id);
  return names;
}

/**
 * Bars beside their names; the same figures can be read by everybody.
 * @param {string} heading
 * @param {[name: string, figure: number, words?: string][]} rows
 */
function bars(heading, rows) {
  const most = Math.max(1, ...rows.map(([, count]) => count));
  const list = build("dl", { class: "bars" });
  for (const [name, count, words = count.toLocaleString("en")] of rows) {
    const bar = build("span", { class: "bar-mark", "aria-hidden": "true" });
    bar.style.setProperty("inline-size", `${(100 * count) / most}%`);
    list.append(build("div", {}, build("dt", { dir: "auto" }, name), build("dd", {}, bar, build("span", {}, words))));
  }
  return build("section", {}, build("h3", {}, heading), list);
}

/** How many values fall into each of a few ranges. @param {number[]} values @param {number[]} limits */
function ranges(values, limits) {
  return limits.map((from, at) => {
    const to = limits[at + 1] ?? Infinity;
    const name = to === Infinity ? `${from.toLocaleString("en")} or more` : to === from + 1 ? String(from) : `${from.toLocaleString("en")}–${(to - 1).toLocaleString("en")}`;
    return /** @type {[string, number]} */ ([name, values.filter((value) => value >= from && value < to).length]);
  });
}

/** @typedef {import("../rubricate.js").Statistics} Statistics */
/** @typedef {import("../rubricate.js").StatisticsRow} Row */
/** @typedef {import("../rubricate.js").StatisticsSheet} Sheet */

/** @type {[string, string][]} */
const TABLES = [["documents", "By document"], ["labels", "By label"], ["lengths", "Lengths"], ["overlaps", "Overlaps"], ["days", "By day"], ["creators", "By annotator"]];

/** @type {Statistics | undefined} */
let figures;
/** @type {HTMLSelectElement | undefined} */
let choice;

/** @returns {Sheet | undefined} */
const chosenSheet = () => figures?.sheets[choice?.value ?? ""];

function saveTable() {
  const sheet = chosenSheet();
  // The mark has spreadsheets read it as UTF-8.
  if (sheet) save(new File([`\uFEFF${sheet.csv}`], `rubricate-statistics-${choice?.value}.csv`, { type: "text/csv" }));
}

/** How many rows the table on the screen has at most; the file has all. */
const ROWS = 500;

const figure = new Intl.NumberFormat("en", { maximumFractionDigits: 3 });

function showTable() {
  const { columns, rows } = chosenSheet() ?? { columns: [], rows: [] };
  const cellOf = (/** @type {string | number | null} */ value, /** @type {number} */ at) =>
    build(at ? "td" : "th", at ? {} : { scope: "row" }, typeof value === "number" ? figure.format(value) : (value ?? ""));
  const body = rows.slice(0, ROWS).map((row) => build("tr", {}, ...row.map(cellOf)));
  byId("statistics-table").replaceChildren(
    build("div", { class: "table-scroll", tabindex: "0", role: "region", "aria-label": choice?.selectedOptions[0].textContent },
      build("table", {}, build("thead", {}, build("tr", {}, ...columns.map((name) => build("th", { scope: "col" }, name)))), build("tbody", {}, ...body))),
    ...(rows.length > ROWS ? [build("p", {}, `The first ${ROWS} of ${rows.length.toLocaleString("en")}; the file has all.`)] : []),
  );
}

/** What the list knows, as pictures. @param {readonly KeptDocument[]} all */
function pictures(all) {
  const sum = (/** @type {string} */ id) => all.reduce((total, { counts }) => total + (counts[id] ?? 0), 0);
  const states = Object.entries(STATE_NAMES).map(([state, name]) => /** @type {[string, number]} */ ([name, all.filter((one) => one.state === state).length]));
  /** @type {Map<string, number>} */
  const sites = new Map();
  for (const { site } of all) sites.set(site ?? "unknown", (sites.get(site ?? "unknown") ?? 0) + 1);
  const frequent = [...sites].sort(([, a], [, b]) => b - a).slice(0, 12);
  return [
    bars("Annotations by label", [...labelsOf(all)].map(([id, name]) => [name, sum(id)])),
    bars("Documents by state", states),
    bars("Documents by number of annotations", ranges(all.map((one) => one.annotations), [0, 1, 5, 10, 20, 50, 100])),
    bars("Documents by length in code points", ranges(all.map(({ length }) => length), [0, 1000, 2000, 5000, 10000, 50000])),
    bars("Documents by site", frequent),
  ];
}

/** @param {string | number | null | undefined} value */
const number = (value) => Number(value ?? 0);
const percent = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 1 });

/** How many days are shown, the last ones. */
const DAYS = 30;

/** @param {Row} row @returns {[string, number]} */
function rangeOf({ from, to, annotations }) {
  const name = from === to ? figure.format(number(from)) : `${figure.format(number(from))}–${figure.format(number(to))}`;
  return [name, number(annotations)];
}

/** What had to be counted, as pictures. @param {Statistics} counts @param {Map<string, string>} names of labels */
function countedPictures({ labels, lengths, overlaps, days, creators }, names) {
  const nameOf = (/** @type {Row[string]} */ id) => names.get(String(id)) ?? String(id);
  return [
    bars("Part of the text under each label", labels.map(({ label, coverage }) => [nameOf(label), number(coverage), percent.format(number(coverage))])),
    bars("Length of annotations in code points, the middle one", labels.map(({ label, shortest, median, longest }) =>
      [nameOf(label), number(median), median === null ? "none" : `${figure.format(number(median))} (${figure.format(number(shortest))} to ${figure.format(number(longest))})`])),
    ...labels.filter(({ annotations }) => annotations).map(({ label }) => bars(`Length of ${nameOf(label)} in code points`, lengths.filter((row) => row.label === label).map(rangeOf))),
    bars("Annotations by day, and so far", days.slice(-DAYS).map(({ day, annotations, so_far: soFar }) =>
      [String(day ?? "unknown"), number(annotations), `${figure.format(number(annotations))} (${figure.format(number(soFar))})`])),
    bars("Annotations by annotator", creators.map(({ creator, annotations }) => [String(creator ?? "unnamed"), number(annotations)])),
    overlapPicture(labels.map(({ label }) => String(label)), overlaps, nameOf),
  ];
}

/**
 * How many pairs of annotations share a character, for each pair of labels; the more, the darker.
 * @param {string[]} ids
 * @param {readonly Row[]} overlaps
 * @param {(id: string) => string} nameOf
 */
function overlapPicture(ids, overlaps, nameOf) {
  const pairOf = (/** @type {unknown[]} */ ...labels) => JSON.stringify(labels);
  const pairs = new Map(overlaps.flatMap(({ first, second, pairs: count }) => [[pairOf(first, second), number(count)], [pairOf(second, first), number(count)]]));
  const most = Math.max(1, ...pairs.values());
  const square = (/** @type {string} */ row, /** @type {string} */ column) => {
    const count = pairs.get(pairOf(row, column)) ?? 0;
    const made = build("td", {}, count.toLocaleString("en"));
    made.style.setProperty("--share", `${Math.round((25 * count) / most)}%`);
    return made;
  };
  return build("section", { class: "wide" }, build("h3", {}, "Pairs of annotations that overlap"),
    build("div", { class: "table-scroll", tabindex: "0", role: "region", "aria-label": "Pairs of annotations that overlap" },
      build("table", { class: "overlaps" },
        build("thead", {}, build("tr", {}, build("td", {}), ...ids.map((id) => build("th", { scope: "col" }, nameOf(id))))),
        build("tbody", {}, ...ids.map((row) => build("tr", {}, build("th", { scope: "row" }, nameOf(row)), ...ids.map((column) => square(row, column))))))));
}

function makeDialog() {
  choice = select("table", "Table", TABLES);
  choice.addEventListener("change", showTable);
  const made = dialog("statistics-dialog", "Statistics", [
    build("div", { id: "statistics" }),
    build("div", { id: "statistics-tables" },
      build("div", { class: "table-choice" }, choice, build("button", { type: "button", onclick: saveTable }, "Save the table as CSV")),
      build("div", { id: "statistics-table" })),
  ], [okButton("Close")]);
  // Else the table would have the focus, and the pictures would be scrolled away.
  const heading = byId("statistics-dialog-heading");
  heading.tabIndex = -1;
  heading.autofocus = true;
  return made;
}

export async function showStatistics() {
  const made = /** @type {HTMLDialogElement | null} */ (document.getElementById("statistics-dialog")) ?? makeDialog();
  const all = documents();
  const names = labelsOf(all);
  const annotations = all.reduce((total, one) => total + one.annotations, 0);
  const status = build("p", { role: "status" }, "Counting…");
  const more = build("div", { class: "pictures" });
  const closing = new AbortController();
  const stop = build("button", { type: "button", onclick: () => closing.abort(new Error("it was stopped.")) }, "Stop");
  figures = undefined;
  byId("statistics-tables").hidden = true;
  byId("statistics").replaceChildren(
    build("p", {}, `${counted(all.length, "document")}, ${counted(annotations, "annotation")}.`),
    build("div", { class: "pictures" }, ...pictures(all)),
    build("div", { class: "table-choice" }, status, stop),
    more,
  );
  made.addEventListener("close", () => closing.abort(), { once: true });
  const closed = asked("statistics-dialog");
  try {
    if (article.document) await article.saved().catch(() => {});
    const came = await store().statistics(null, {
      labels: article.labelSet,
      signal: closing.signal,
      progress: (done, total) => void (status.textContent = `Counting: ${done.toLocaleString("en")} of ${counted(total, "document")}.`),
    });
    // Of a dialog that was closed, another one may be open by now.
    closing.signal.throwIfAborted();
    figures = came;
    more.replaceChildren(...countedPictures(came, names));
    showTable();
    byId("statistics-tables").hidden = false;
    status.remove();
  } catch (error) {
    status.textContent = `Not everything could be counted: ${sentence(error)}`;
  } finally {
    stop.remove();
  }
  await closed;
}
