//! What the documents come to, as pictures, as a table, and as CSV.

import { build, dialog, okButton } from "./build.js";
import { documents } from "./corpus.js";
import { STATE_NAMES } from "./documents.js";
import { article, asked, byId, counted } from "./dom.js";
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
 * @param {[string, number][]} rows
 */
function bars(heading, rows) {
  const most = Math.max(1, ...rows.map(([, count]) => count));
  const list = build("dl", { class: "bars" });
  for (const [name, count] of rows) {
    const bar = build("span", { class: "bar-mark", "aria-hidden": "true" });
    bar.style.setProperty("inline-size", `${(100 * count) / most}%`);
    list.append(build("div", {}, build("dt", { dir: "auto" }, name), build("dd", {}, bar, build("span", {}, count.toLocaleString("en")))));
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

/** @param {readonly KeptDocument[]} all */
function table(all) {
  const labels = [...labelsOf(all)];
  const head = ["Document", "Site", "State", "Code points", "Annotations", ...labels.map(([, name]) => name)];
  const rows = all.map((one) => [one.title || "Untitled", one.site ?? "", STATE_NAMES[one.state], one.length, one.annotations, ...labels.map(([id]) => one.counts[id] ?? 0)]);
  return { head, rows };
}

/** A cell as RFC 4180 has it; what a spreadsheet would take for a formula is defused. @param {string | number} value */
function cell(value) {
  const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function saveTable() {
  const { head, rows } = table(documents());
  const lines = [head, ...rows].map((row) => row.map(cell).join(","));
  // The mark has spreadsheets read it as UTF-8.
  save(new File([`\uFEFF${lines.join("\r\n")}\r\n`], "rubricate-statistics.csv", { type: "text/csv" }));
}

/** How many rows the table on the screen has at most; the file has all. */
const ROWS = 500;

export async function showStatistics() {
  if (!document.getElementById("statistics-dialog")) {
    dialog("statistics-dialog", "Statistics", [build("div", { id: "statistics" })], [
      build("button", { type: "button", onclick: saveTable }, "Save the table as CSV"),
      okButton("Close"),
    ]);
    // Else the table would have the focus, and the pictures would be scrolled away.
    const heading = byId("statistics-dialog-heading");
    heading.tabIndex = -1;
    heading.autofocus = true;
  }
  const all = documents();
  const labels = labelsOf(all);
  const sum = (/** @type {string} */ id) => all.reduce((total, { counts }) => total + (counts[id] ?? 0), 0);
  const annotations = all.reduce((total, one) => total + one.annotations, 0);
  const states = Object.entries(STATE_NAMES).map(([state, name]) => /** @type {[string, number]} */ ([name, all.filter((one) => one.state === state).length]));
  /** @type {Map<string, number>} */
  const sites = new Map();
  for (const { site } of all) sites.set(site ?? "unknown", (sites.get(site ?? "unknown") ?? 0) + 1);
  const frequent = [...sites].sort(([, a], [, b]) => b - a).slice(0, 12);
  const { head, rows } = table(all);
  const body = rows.slice(0, ROWS).map((row) => build("tr", {}, ...row.map((value, at) => build(at ? "td" : "th", at ? {} : { scope: "row" }, typeof value === "number" ? value.toLocaleString("en") : value))));
  byId("statistics").replaceChildren(
    build("p", {}, `${counted(all.length, "document")}, ${counted(annotations, "annotation")}.`),
    build("div", { class: "pictures" },
      bars("Annotations by label", [...labels].map(([id, name]) => [name, sum(id)])),
      bars("Documents by state", states),
      bars("Documents by number of annotations", ranges(all.map((one) => one.annotations), [0, 1, 5, 10, 20, 50, 100])),
      bars("Documents by length in code points", ranges(all.map(({ length }) => length), [0, 1000, 2000, 5000, 10000, 50000])),
      bars("Documents by site", frequent)),
    build("h3", {}, "By document"),
    build("div", { class: "table-scroll", tabindex: "0", role: "region", "aria-label": "Figures by document" },
      build("table", {}, build("thead", {}, build("tr", {}, ...head.map((name) => build("th", { scope: "col" }, name)))), build("tbody", {}, ...body))),
    ...(rows.length > ROWS ? [build("p", {}, `The first ${ROWS} of ${rows.length.toLocaleString("en")}; the file has all.`)] : []),
  );
  await asked("statistics-dialog");
}
