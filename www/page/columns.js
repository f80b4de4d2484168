//! Which column of a table holds the texts: asked, with what stands in each.

import { build, cancelButton, dialog, okButton } from "./build.js";
import { asked, byId } from "./dom.js";
import { asText, columnsOf, rowsOf } from "./tables.js";

/** @typedef {{text: string, title: string, source: string, id: string}} Columns empty: none */
/** @typedef {import("../rubricate.js").LoadInput & {name: string}} Named */

const TEXT = ["text", "body", "content", "article", "maintext", "fulltext", "full_text"];
const TITLE = ["title", "headline", "name"];
const SOURCE = ["url", "link", "source", "uri", "source_url"];
const ID = ["id", "doc_id", "document_id", "guid"];

/** @param {string[]} wanted @param {string[]} there */
const among = (wanted, there) => there.find((name) => wanted.includes(name.toLowerCase())) ?? "";

const FIELDS = /** @type {const} */ ([["text", "Text"], ["title", "Title"], ["source", "Address"], ["id", "Id"]]);

/** @type {Map<string, HTMLSelectElement>} */
const selects = new Map();

function makeDialog() {
  const rows = FIELDS.map(([field, name]) => {
    const choice = /** @type {HTMLSelectElement} */ (build("select", { id: `column-${field}` }));
    selects.set(field, choice);
    return [build("label", { for: `column-${field}` }, name), choice];
  });
  dialog("columns-dialog", "Which column holds the text?", [
    build("p", { id: "columns-file" }),
    build("div", { class: "fields" }, ...rows.flat()),
    build("p", { id: "columns-sample", class: "sample" }),
  ], [cancelButton("Leave this file"), okButton("Read it")]);
  selects.get("text")?.addEventListener("change", showSample);
}

/** @type {Map<string, string>} */
let columns = new Map();

function showSample() {
  const text = columns.get(selects.get("text")?.value ?? "") ?? "";
  byId("columns-sample").textContent = text.length > 240 ? `${text.slice(0, 240)}…` : text;
}

/**
 * Asks for the columns of a table.
 * @param {File} file
 * @returns {Promise<Columns | string | null>} a sentence if it has none; `null` if the user leaves it
 */
export async function askColumns(file) {
  columns = await columnsOf(file);
  if (columns.size === 0) return "It has no row with a text in it.";
  if (selects.size === 0) makeDialog();
  const names = [...columns.keys()];
  const longest = names.reduce((a, b) => ((columns.get(b) ?? "").length > (columns.get(a) ?? "").length ? b : a));
  const guesses = { text: among(TEXT, names) || longest, title: among(TITLE, names), source: among(SOURCE, names), id: among(ID, names) };
  for (const [field] of FIELDS) {
    const choice = /** @type {HTMLSelectElement} */ (selects.get(field));
    choice.replaceChildren(
      ...(field === "text" ? [] : [build("option", { value: "" }, "–")]),
      ...names.map((name) => build("option", { value: name }, name)),
    );
    choice.value = guesses[field];
  }
  byId("columns-file").textContent = file.name;
  showSample();
  if (!(await asked("columns-dialog"))) return null;
  const of = (/** @type {string} */ field) => selects.get(field)?.value ?? "";
  return { text: of("text"), title: of("title"), source: of("source"), id: of("id") };
}

/**
 * What to load of each row, or what is wrong with it.
 * @param {File} file
 * @param {Columns} chosen
 * @returns {AsyncGenerator<Named | {name: string, why: string}>}
 */
export async function* articlesOf(file, chosen) {
  for await (const read of rowsOf(file)) {
    const name = `${file.name}, line ${read.line}`;
    if (!("row" in read)) {
      yield { name, why: `The line was left out: ${read.why}.` };
      continue;
    }
    const cell = (/** @type {string} */ column) => (column === "" ? undefined : asText(read.row[column])) || undefined;
    const text = cell(chosen.text);
    if (text === undefined) yield { name, why: `The line was left out: there is no text under “${chosen.text}”.` };
    else yield { name, text, title: cell(chosen.title) ?? firstWords(text), source: cell(chosen.source), id: cell(chosen.id) };
  }
}

/** @param {string} text */
function firstWords(text) {
  const line = (/\S.*/u.exec(text.slice(0, 2000)) ?? [""])[0].trim();
  return line.length > 80 ? `${line.slice(0, 79).trim()}…` : line;
}
