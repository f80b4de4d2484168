//! What several annotators made of the same documents: figures, and a picture of where they differ.

import { addOutcome, adjudicate, kept, saveOutcome } from "./adjudicating.js";
import { build, dialog } from "./build.js";
import { asked, byId, counted, dismiss, sentence, tell } from "./dom.js";
import { labelNames, labelOf, sign } from "./signs.js";
import { save } from "./taking.js";

/**
 * @typedef {{id: string, name: string, color: string | null, line: string, letter: string}} Label
 * @typedef {Record<string, string | number | null>} Figures a row, by the names of its columns
 * @typedef {{key: string, annotators: string[], others: number, labels: Label[], notes: string[], figures: Figures[],
 *   documents: {key: string, id: string, title: string, cases: number, disputed: number}[],
 *   definitions: {name: string, definition: string, source: string}[]}} Summary
 * @typedef {{pieces: [string, string[]][], take: number[]}} Side
 * @typedef {{start: number, end: number, agreed: boolean, before: string, after: string, sides: Side[], all: number[]}} Case
 * @typedef {{key: string, id: string, title: string, length: number, differences: [number, number][], cases: Case[],
 *   codings: {annotator: string, marks: [number, number, string][]}[]}} Compared
 * @typedef {{summary: Summary, document: (at: number) => Promise<Compared>, csv: () => Promise<string>, json: () => Promise<string>,
 *   outcome: (decisions: object, by: string, at: string) => Promise<File>, free: () => void}} Comparison
 */

/** How many rows and cases the screen has at most; the files have all. */
const ROWS = 500;
const CASES = 200;

/** @type {Comparison | undefined} */
let comparison;

/** Compares the files that were picked. */
export async function compareFiles() {
  const picker = /** @type {HTMLInputElement} */ (byId("compare-input"));
  const files = [...(picker.files ?? [])];
  picker.value = "";
  if (files.length === 0) return;
  tell("info", `Reading ${counted(files.length, "file")}…`);
  try {
    const { compare } = await import("../annotators.js");
    const made = /** @type {Comparison} */ (await compare(files));
    comparison?.free();
    comparison = made;
  } catch (error) {
    tell("error", `Nothing was compared: ${sentence(error)}`);
    return;
  }
  dismiss();
  await show(comparison);
}

/** @param {string | number | null} value */
const figure = (value) => (typeof value === "number" ? value.toLocaleString("en", { minimumFractionDigits: 3, maximumFractionDigits: 3 }) : "–");

/** Columns after the first two: name, and field of a row. @type {[string, string][]} */
const COLUMNS = [
  ["Exact P", "exact_precision"], ["R", "exact_recall"], ["F1", "exact_f1"],
  ["Overlap P", "overlap_precision"], ["R", "overlap_recall"], ["F1", "overlap_f1"],
  ["κ", "kappa"], ["ᵤα", "alpha"], ["α 1995", "alpha_1995"],
];

/** @param {string} heading @param {string} first @param {[string | Node, Figures][]} rows */
function table(heading, first, rows) {
  const head = [first, "Annotators", "Spans", ...COLUMNS.map(([name]) => name)];
  const body = rows.slice(0, ROWS).map(([name, row]) => {
    const all = row.first === "*";
    return build("tr", {},
      build("th", { scope: "row" }, name),
      build("td", { dir: "auto" }, all ? "All" : `${row.first} – ${row.second}`),
      build("td", { class: "figure" }, `${row.spans_first} – ${row.spans_second}`),
      ...COLUMNS.map(([, field]) => build("td", { class: "figure" }, figure(row[field]))));
  });
  return build("section", {},
    build("h3", {}, heading),
    build("div", { class: "table-scroll", tabindex: "0", role: "region", "aria-label": heading },
      build("table", {}, build("thead", {}, build("tr", {}, ...head.map((name) => build("th", { scope: "col" }, name)))), build("tbody", {}, ...body))),
    ...(rows.length > ROWS ? [build("p", {}, `The first ${ROWS} of ${rows.length.toLocaleString("en")}; the file has all.`)] : []));
}

/** @param {Summary} summary */
function tables({ figures, labels, documents }) {
  const titles = new Map(documents.map(({ id, title }) => [id, title]));
  const named = new Map(labels.map((label) => [label.id, label]));
  const labelCell = (/** @type {string} */ id) => {
    const cell = build("span", { class: "labelled" }, sign(named.get(id), id), named.get(id)?.name ?? id);
    return cell;
  };
  /** @param {(row: Figures) => boolean} which @param {(row: Figures) => string | Node} name @returns {[string | Node, Figures][]} */
  const rows = (which, name) => figures.filter(which).map((row) => [name(row), row]);
  return [
    table("Overall", "Labels", rows((row) => row.document === "*" && row.label === "*", () => "All labels")),
    table("By label", "Label", rows((row) => row.document === "*" && row.label !== "*", (row) => labelCell(String(row.label)))),
    table("By document", "Document", rows((row) => row.document !== "*" && row.label === "*", (row) => titles.get(String(row.document)) ?? String(row.document))),
  ];
}

/** @param {Summary} summary */
function definitions({ definitions: all }) {
  const list = build("dl", { class: "definitions" });
  for (const { name, definition, source } of all) {
    list.append(build("dt", {}, name), build("dd", {}, definition, " ", build("cite", {}, source)));
  }
  return build("details", { id: "definitions" }, build("summary", {}, "What the figures mean, and where they come from"), list);
}

/** Marks on as few lines as hold them without covering each other. @param {[number, number, string][]} marks */
function lanes(marks) {
  /** @type {[number, number, string][][]} */
  const made = [];
  for (const mark of marks.toSorted((a, b) => a[0] - b[0] || b[1] - a[1])) {
    const free = made.find((lane) => lane[lane.length - 1][1] <= mark[0]);
    if (free) free.push(mark);
    else made.push([mark]);
  }
  return made;
}

/** @param {HTMLElement} element @param {number} start @param {number} end @param {number} length */
function place(element, start, end, length) {
  element.style.setProperty("inset-inline-start", `${(100 * start) / length}%`);
  element.style.setProperty("inline-size", `${(100 * (end - start)) / length}%`);
  return element;
}

/** The text from its beginning to its end as a strip for each annotator. @param {Summary} summary @param {Compared} document */
function picture(summary, { length, codings, differences }) {
  const strips = codings.map(({ annotator, marks }) => {
    const strip = build("div", { class: "strip", role: "img", "aria-label": `${annotator}: ${counted(marks.length, "annotation")}. The list below says where they differ.` });
    for (const lane of lanes(marks)) {
      const line = build("div", { class: "lane" });
      for (const [start, end, id] of lane) {
        const label = labelOf(summary, id);
        const mark = place(build("span", { title: label?.name ?? id }, label?.letter || id.slice(0, 1).toUpperCase()), start, end, length);
        mark.style.setProperty("--line", label?.color ?? "var(--ink)");
        // A border can't be wavy.
        mark.style.setProperty("border-block-end-style", label?.line === "wavy" ? "ridge" : label?.line ?? "solid");
        line.append(mark);
      }
      strip.append(line);
    }
    return [build("div", { class: "who", dir: "auto", "aria-hidden": "true" }, annotator), strip];
  });
  const differ = build("div", { class: "strip differences", "aria-hidden": "true" });
  for (const [start, end] of differences) differ.append(place(build("span"), start, end, length));
  return build("div", { class: "strips" }, ...strips.flat(), build("div", { class: "who", "aria-hidden": "true" }, "differ"), differ);
}

/** What an annotator says in a case, in words. @param {Summary} summary @param {Side} side */
function inWords(summary, { pieces }) {
  const said = pieces.filter(([, labels]) => labels.length);
  if (said.length === 0) return "nothing";
  return said.map(([text, labels]) => `${labelNames(summary, labels)} “${text.length > 120 ? `${text.slice(0, 60)} … ${text.slice(-50)}` : text}”`).join(", ");
}

/** @param {Comparison} of @param {number} at @param {HTMLElement} into */
async function showDocument(of, at, into) {
  const { summary } = of;
  const shown = await of.document(at);
  const list = build("ol", { class: "cases" });
  const disputed = shown.cases.map((one, which) => ({ one, which })).filter(({ one }) => !one.agreed);
  for (const { one, which } of disputed.slice(0, CASES)) {
    const words = shown.codings.map(({ annotator }, who) => build("li", { dir: "auto" }, build("b", {}, annotator), `: ${inWords(summary, one.sides[who])}`));
    list.append(build("li", {}, build("ul", { class: "plain-list" }, ...words),
      build("button", { type: "button", "aria-label": `Decide case ${list.children.length + 1}`, onclick: () => void decide(at, which) }, "Decide…")));
  }
  into.replaceChildren(picture(summary, shown), disputed.length ? list : build("p", {}, "They agree on everything here."),
    ...(disputed.length > CASES ? [build("p", {}, `The first ${CASES} of ${disputed.length.toLocaleString("en")}.`)] : []));
}

/** @param {Comparison} of */
function pictures(of) {
  const all = of.summary.documents.map(({ title, disputed, cases }, at) => {
    const inside = build("div", {});
    const details = /** @type {HTMLDetailsElement} */ (build("details", { class: "compared" },
      build("summary", {}, build("span", { class: "name", dir: "auto" }, title), build("span", { class: "count" }, `${disputed.toLocaleString("en")} of ${counted(cases, "case")} in dispute`)), inside));
    details.addEventListener("toggle", () => {
      if (!details.open || inside.hasChildNodes()) return;
      showDocument(of, at, inside).catch((error) => inside.replaceChildren(build("p", { class: "problem", role: "alert" }, sentence(error))));
    });
    return details;
  });
  const first = all.find((_, at) => of.summary.documents[at].disputed > 0) ?? all[0];
  if (first) first.open = true;
  return build("section", {}, build("h3", {}, "Where they differ"), ...all);
}

/** @param {number} [at] @param {number} [which] */
async function decide(at, which) {
  if (!comparison) return;
  await adjudicate(comparison, at, which);
  showProgress(comparison);
}

/** @param {string} words */
const complain = (words) => void (byId("comparison-progress").textContent = words);

/** @param {Comparison} of */
function showProgress({ summary }) {
  const decided = kept(summary.key);
  const disputed = summary.documents.reduce((sum, document) => sum + document.disputed, 0);
  byId("comparison-progress").textContent = disputed === 0
    ? "There is nothing to decide: they agree on everything."
    : `${decided.toLocaleString("en")} of ${counted(disputed, "case")} in dispute decided.`;
  /** @type {HTMLButtonElement} */ (byId("adjudicate")).disabled = disputed === 0;
}

/** @param {"csv" | "json"} kind */
async function saveFigures(kind) {
  if (!comparison) return;
  try {
    const text = await comparison[kind]();
    save(new File([text], `agreement.${kind}`, { type: kind === "csv" ? "text/csv" : "application/json" }));
  } catch (error) {
    complain(sentence(error));
  }
}

/** @param {Comparison} of */
async function show(of) {
  if (!document.getElementById("comparison-dialog")) {
    dialog("comparison-dialog", "Agreement", [build("div", { id: "comparison" }), build("p", { id: "comparison-progress", role: "status" })], [
      build("button", { value: "" }, "Close"),
      build("button", { type: "button", onclick: () => comparison && addOutcome(comparison, complain) }, "Add to my documents"),
      build("button", { type: "button", onclick: () => comparison && saveOutcome(comparison, complain) }, "Save the outcome"),
      build("button", { type: "button", class: "primary", id: "adjudicate", onclick: () => void decide() }, "Adjudicate"),
    ]);
    const heading = byId("comparison-dialog-heading");
    heading.tabIndex = -1;
    heading.autofocus = true;
  }
  const { summary } = of;
  const { documents, annotators, others, notes } = summary;
  const apart = others ? ` ${counted(others, "document")} that one alone worked on ${others === 1 ? "is" : "are"} not compared.` : "";
  byId("comparison").replaceChildren(
    build("p", {}, `${counted(documents.length, "document")} that two or more worked on, by ${annotators.join(", ")}.${apart}`),
    ...tables(summary),
    build("p", { class: "actions start" },
      build("button", { type: "button", onclick: () => saveFigures("csv") }, "Figures as CSV"),
      build("button", { type: "button", id: "figures-json", onclick: () => saveFigures("json") }, "Figures as JSON")),
    definitions(summary),
    pictures(of),
    ...(notes.length ? [build("details", { id: "merge-notes" }, build("summary", {}, `${counted(notes.length, "note")} on the files`), build("ul", { class: "lines" }, ...notes.slice(0, ROWS).map((note) => build("li", {}, note))))] : []),
  );
  showProgress(of);
  await asked("comparison-dialog");
}
