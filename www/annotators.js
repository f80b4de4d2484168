// Several annotators: documents handed out, and what comes back compared and decided on, by the module
// that has the formats.

import { archived, hold, running } from "./formats.js";

const bytesOf = (files) =>
  Promise.all(files.map(async (file) => [file.name, new Uint8Array(await file.arrayBuffer())]));

/**
 * Documents of our JSON as a zip archive with a file for each annotator: `{file, hands: [{name, documents,
 * shared}]}`. `wishes`: `{annotators, shared, seed, guidelines}`.
 */
export async function handOut(json, wishes) {
  const out = await running(({ handOut }) => handOut(json, JSON.stringify(wishes)));
  const files = out.map(({ name, bytes }) => [name, new Blob([bytes])]);
  return { file: await archived(files, "assignments.zip"), hands: out.map(({ bytes, ...rest }) => rest) };
}

/**
 * Files of several annotators, compared. What is compared stays in the program until `free` is called; if
 * that ends by a fault of its own, the files have to be given again.
 */
export async function compare(files) {
  const named = await bytesOf(files);
  const { ask, free } = await hold(({ Comparison }) => new Comparison(named));
  return {
    summary: JSON.parse(await ask((it) => it.summary())),
    document: async (at) => JSON.parse(await ask((it) => it.document(at))),
    csv: () => ask((it) => it.figuresAsCsv()),
    json: () => ask((it) => it.figuresAsJson()),
    outcome: async (decisions, by, at) =>
      new File([await ask((it) => it.outcome(JSON.stringify(decisions), by, at))], "adjudicated.annotations.json", {
        type: "application/json",
      }),
    free,
  };
}
