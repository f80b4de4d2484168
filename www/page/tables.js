//! Tables of texts: JSONL and CSV, read in pieces, so that a big one doesn't fill the memory.

/** One row: a value for each column. Without a prototype, since columns are named by strangers. @typedef {Record<string, unknown>} Row */
/** @typedef {{row: Row, line: number} | {line: number, why: string}} Read */

/** The longest line or row that is read, in UTF-16 code units: as long as the longest article. */
const LONGEST = 25_000_000;

/** @param {string} name */
export const isTable = (name) => /\.(jsonl|ndjson|csv|tsv|tab)$/i.test(name);

/** @param {string} name */
const isJsonLines = (name) => /\.(jsonl|ndjson)$/i.test(name);

/**
 * The file's text in pieces. What isn't UTF-8 is read as windows-1252, as programs for spreadsheets
 * write it.
 * @param {File} file
 * @param {(encoding: string) => void} [told]
 */
async function* textOf(file, told) {
  const encoding = await encodingOf(file);
  told?.(encoding);
  const decoder = new TextDecoder(encoding);
  const reader = file.stream().getReader();
  for (;;) {
    const { done, value } = await reader.read();
    const text = done ? decoder.decode() : decoder.decode(value, { stream: true });
    if (text) yield text;
    if (done) return;
  }
}

/** @param {File} file */
async function encodingOf(file) {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const reader = file.stream().getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      decoder.decode(value ?? new Uint8Array(), { stream: !done });
      if (done) return "utf-8";
    }
  } catch {
    await reader.cancel();
    return "windows-1252";
  }
}

/** @param {File} file @returns {AsyncGenerator<Read>} */
async function* jsonLines(file) {
  let rest = "";
  let line = 0;
  let skipping = false;
  /** @param {string} text @returns {Read | undefined} */
  const read = (text) => {
    line += 1;
    if (skipping) {
      skipping = false;
      return { line, why: "the line is longer than 25 MB" };
    }
    if (text.trim() === "") return undefined;
    try {
      const value = JSON.parse(text);
      if (typeof value === "string") return { line, row: row([["text", value]]) };
      if (value === null || typeof value !== "object" || Array.isArray(value)) return { line, why: "it is no JSON object" };
      return { line, row: row(Object.entries(value)) };
    } catch {
      return { line, why: "it is no JSON" };
    }
  };
  for await (const text of textOf(file)) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const one of lines) {
      const made = read(one);
      if (made) yield made;
    }
    if (rest.length > LONGEST) {
      rest = "";
      skipping = true;
    }
  }
  const last = rest || skipping ? read(rest) : undefined;
  if (last) yield last;
}

/** @param {[string, unknown][]} entries */
function row(entries) {
  /** @type {Row} */
  const made = Object.create(null);
  for (const [name, value] of entries) made[name] = value;
  return made;
}

/**
 * Rows of cells, by RFC 4180: cells may be quoted, with doubled quotes and line breaks inside.
 * @param {File} file
 * @param {string} separator
 * @returns {AsyncGenerator<{cells: string[], line: number} | {line: number, why: string}>}
 */
async function* cellsOf(file, separator) {
  /** @type {string[]} */
  let cells = [];
  let cell = "";
  let quoted = false;
  // A quote within quotes ends them, unless another one follows.
  let ending = false;
  let line = 1;
  let start = 1;
  let length = 0;
  let afterReturn = false;
  /** @type {({cells: string[], line: number} | {line: number, why: string})[]} */
  let ready = [];
  const endRow = () => {
    cells.push(cell);
    if (length > LONGEST) ready.push({ line: start, why: "the row is longer than 25 MB" });
    else if (cells.length > 1 || cells[0] !== "") ready.push({ cells, line: start });
    cells = [];
    cell = "";
    length = 0;
    start = line;
  };
  for await (const text of textOf(file)) {
    for (let at = 0; at < text.length; at += 1) {
      const character = text[at];
      if (afterReturn) {
        afterReturn = false;
        if (character === "\n") continue;
      }
      if (quoted && ending) {
        ending = false;
        if (character === '"') {
          cell += '"';
          continue;
        }
        quoted = false;
      }
      if (quoted) {
        if (character === '"') ending = true;
        else {
          if (character === "\n") line += 1;
          if ((length += 1) <= LONGEST) cell += character;
        }
      } else if (character === '"' && cell === "") quoted = true;
      else if (character === separator) {
        cells.push(cell);
        cell = "";
      } else if (character === "\n" || character === "\r") {
        afterReturn = character === "\r";
        line += 1;
        endRow();
      } else if ((length += 1) <= LONGEST) cell += character;
    }
    yield* ready;
    ready = [];
  }
  if (quoted && !ending) {
    yield { line: start, why: "a quotation mark that is opened here is never closed" };
    return;
  }
  if (cell !== "" || cells.length) endRow();
  yield* ready;
}

/** What parts the cells: whichever stands most often in the first line. @param {File} file */
async function separatorOf(file) {
  if (/\.(tsv|tab)$/i.test(file.name)) return "\t";
  const head = (await file.slice(0, 65536).text()).replace(/"[^"]*"/g, "").split(/\r|\n/, 1)[0];
  const count = (/** @type {string} */ mark) => head.split(mark).length;
  return [",", ";", "\t"].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

/** @param {File} file @returns {AsyncGenerator<Read>} */
async function* commaSeparated(file) {
  /** @type {string[] | undefined} */
  let names;
  for await (const read of cellsOf(file, await separatorOf(file))) {
    if ("why" in read) yield read;
    else if (!names) names = read.cells.map((name, at) => name.trim() || `column ${at + 1}`);
    else if (read.cells.length > names.length) {
      yield { line: read.line, why: `it has ${read.cells.length} cells, and there are ${names.length} columns` };
    } else {
      const { cells, line } = read;
      yield { line, row: row(names.map((name, at) => [name, cells[at] ?? ""])) };
    }
  }
}

/** The rows of a table, and what can't be read with its line. @param {File} file */
export const rowsOf = (file) => (isJsonLines(file.name) ? jsonLines(file) : commaSeparated(file));

/** The names of the columns of the first rows, with the first text in each. @param {File} file @returns {Promise<Map<string, string>>} */
export async function columnsOf(file) {
  /** @type {Map<string, string>} */
  const columns = new Map();
  let rows = 0;
  for await (const read of rowsOf(file)) {
    if (!("row" in read)) continue;
    for (const [name, value] of Object.entries(read.row)) {
      const text = asText(value);
      if (text !== undefined && !columns.get(name)) columns.set(name, text);
    }
    if ((rows += 1) === 20) break;
  }
  return columns;
}

/** A cell as text; nothing for lists, objects and what is absent. @param {unknown} value */
export const asText = (value) =>
  typeof value === "string" ? value : typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
