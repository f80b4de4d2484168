// The formats beside our own JSON: written and read by a module of its own, loaded for the first of
// them. Between the modules goes our JSON.

import { lazily } from "./rubricate_module.js";

const start = lazily(() => import("./rubricate_formats.js"));

/** What `run` makes with the program. */
export async function running(run) {
  const instance = await start();
  return instance.run(run);
}

/** Something of the program's, made by `make`, that stays in it until `free`: `ask` gives what is done with it. */
export async function hold(make) {
  const instance = await start();
  const held = await instance.run(make);
  return {
    ask: (call) => instance.run(() => call(held)),
    // There is nothing to free in an instance that has ended.
    free: () => instance.hasStopped || held.free(),
  };
}

/** Our JSON as a file of that format: `{file, report}`. */
export async function write(json, format, options = {}) {
  const { name, mediaType, bytes, report } = await running(({ writeFormat }) =>
    writeFormat(json, format, JSON.stringify(options)),
  );
  return { file: new File([bytes], name, { type: mediaType }), report: JSON.parse(report) };
}

/**
 * A corpus as a file of that format: `pieces` (an iterable or async iterable) are texts of our JSON, of
 * which no more than one is in memory. `{file, report}`; of several files, the file is a zip archive.
 */
export async function writeAll(pieces, format, options = {}) {
  /** By name. A blob's bytes need not be in memory. */
  const files = new Map();
  const keep = (parts) => {
    for (const [name, bytes] of parts) files.set(name, new Blob([files.get(name) ?? "", bytes]));
  };
  const { ask, free } = await hold(({ Exporter }) => new Exporter(format, JSON.stringify(options)));
  try {
    for await (const json of pieces) keep(await ask((exporter) => exporter.add(json)));
    const { parts, reports } = await ask((exporter) => exporter.end());
    keep(parts);
    const archive = `${options.stem ?? "dataset"}.${format}.zip`;
    return { file: await one(files, archive), report: together(JSON.parse(reports)) };
  } finally {
    free();
  }
}

/** What a corpus comes to, of which `pieces` are texts of our JSON: tables by their names, a list of rows each, and `sheets`. */
export async function countAll(pieces) {
  const { ask, free } = await hold(({ Counting }) => new Counting());
  try {
    for await (const json of pieces) await ask((counting) => counting.add(json));
    const sheets = JSON.parse(await ask((counting) => counting.sheets()));
    return { ...JSON.parse(await ask((counting) => counting.tables())), sheets };
  } finally {
    free();
  }
}

/** One report of those of the parts, each of a name, or of none for a corpus that isn't parted. */
function together(reports) {
  const all = { documents: 0, annotations: 0, leftOut: 0, losses: [], findings: [] };
  for (const [name, report] of reports) {
    for (const count of ["documents", "annotations", "leftOut"]) all[count] += report[count];
    const named = (said) => (name ? { ...said, part: name, sentence: `${name}: ${said.sentence}` } : said);
    for (const list of ["losses", "findings"]) all[list].push(...report[list].map(named));
  }
  if (reports.some(([name]) => name)) {
    all.parts = Object.fromEntries(reports.map(([name, { documents, annotations }]) => [name, { documents, annotations }]));
  }
  return all;
}

async function one(files, archive) {
  const [[name, blob]] = files;
  if (files.size === 1) return new File([blob], name);
  return archived(files, archive);
}

/** Bytes of a file that are read at once. */
const STEP = 1 << 20;

/** A zip archive of that name, of pairs of a name and a blob; no more of them than a step is in memory. */
export async function archived(files, name) {
  const { ask, free } = await hold(({ Archiver }) => new Archiver());
  try {
    const archive = [];
    for (const [name, blob] of files) {
      const packed = [];
      for (let at = 0; at < blob.size; at += STEP) {
        const piece = new Uint8Array(await blob.slice(at, at + STEP).arrayBuffer());
        packed.push(new Blob([await ask((archiver) => archiver.push(piece))]));
      }
      const { before, rest, isSmaller } = await ask((archiver) => archiver.close(name));
      archive.push(before, ...(isSmaller ? [...packed, rest] : [blob]));
    }
    return new File([...archive, await ask((archiver) => archiver.end())], name, { type: "application/zip" });
  } finally {
    free();
  }
}

/** What files of that format hold, or of the one that they tell, as our JSON: `{format, json, report}`. */
export async function read(files, format = "", options = {}) {
  const named = await Promise.all(
    files.map(async (file) => [file.name ?? "", new Uint8Array(await file.arrayBuffer())]),
  );
  const { report, ...rest } = await running(({ readFormat }) =>
    readFormat(named, format, JSON.stringify(options)),
  );
  return { ...rest, report: JSON.parse(report) };
}

/** Imports annotations of what an element has open, from a string, a file or several: what its method promises. */
export async function importFiles(element, handle, input, format, dry, options) {
  const files = typeof input === "string" ? [new File([input], "file")] : [input].flat();
  const [first] = files;
  if (!(first instanceof Blob)) {
    const why = "import needs a File, an array of them, or a string.";
    handle.fail("import", why);
    throw new TypeError(why);
  }
  const ours = format === "json" || (format === undefined && isOurs(await first.slice(0, 1000).text()));
  const known = format === undefined || element.formats.some(({ id }) => id === format);
  // That there is no such format, the program says itself.
  if (ours || !known) {
    return handle.import(await first.text(), ours ? "json" : String(format ?? "json"), dry);
  }
  const about = [element.document.id, element.text];
  const { json, report, ...rest } = await read(files, format, { about, ...options }).catch((error) => {
    handle.fail("import", error.message);
    throw error;
  });
  const imported = handle.import(json, "json", dry);
  const notes = Object.freeze(report.findings.map(({ sentence }) => sentence));
  return Object.freeze({ ...imported, rejected: imported.rejected + report.leftOut, ...rest, notes });
}

/** Whether a text or the beginning of one is our own JSON, as far as it says so itself. */
const isOurs = (text) => /^\uFEFF?\s*\{\s*"format"\s*:\s*"span-annotations"/.test(text);
