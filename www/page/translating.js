//! Files of other programs' formats, made our JSON before they are taken in.

import { store } from "./corpus.js";
import { isTable } from "./tables.js";

/** A file of this size would be in the memory several times over. */
const LARGEST = 100_000_000;

/** What may be another program's. */
const ENDINGS = /\.(json|jsonl|ndjson|jsonld|conll|conllu|bio|iob|iob2|bilou|ann|xmi|xml|bdoc|spacy|csv|tsv|zip)$/i;

/** @param {File} file */
const isOurs = async (file) => /^\uFEFF?\s*\{\s*"format"\s*:\s*"(span-annotations|rubricate-backup)"/.test(await file.slice(0, 1000).text());

/** @param {string} name */
const stem = (name) => name.replace(/\.[^.]*$/, "");

/** Annotations of brat's, which stand in files beside the texts. @param {File[]} files */
function pairsOf(files) {
  const stems = new Set(files.filter(({ name }) => /\.ann$/i.test(name)).map(({ name }) => stem(name)));
  return stems.size === 0 ? [] : files.filter(({ name }) => stems.has(stem(name)) || /^(annotation|visual)\.conf$/.test(name));
}

/**
 * The files with those of other formats as our JSON, and what there is to say of them.
 * @param {File[]} files
 * @returns {Promise<{files: File[], remarks: string[]}>}
 */
export async function translated(files) {
  /** @type {File[]} */
  const taken = [];
  /** @type {string[]} */
  const remarks = [];
  const pairs = pairsOf(files);
  const groups = pairs.length ? [pairs] : [];
  for (const file of files) if (!pairs.includes(file)) groups.push([file]);
  for (const group of groups) {
    const [first] = group;
    const may = group.length > 1 || (ENDINGS.test(first.name) && first.size <= LARGEST && !(await isOurs(first)));
    const made = may ? await convert(group) : null;
    if (made) {
      remarks.push(...made.remarks);
      taken.push(made.file);
    } else taken.push(...group);
  }
  return { files: taken, remarks };
}

/** @param {File[]} group @returns {Promise<{file: File, remarks: string[]} | null>} `null`: it is read as what it is */
async function convert(group) {
  const [first] = group;
  try {
    const { file, format, report } = await store().convert(group);
    // A table of texts alone is asked for its columns.
    if (isTable(first.name) && report.annotations === 0) return null;
    const notes = report.findings.map(({ sentence: words }) => `${first.name}: ${words}`);
    return { file: new File([file], `${stem(first.name)}.json`), remarks: [`${first.name}: read as ${format}.`, ...notes] };
  } catch {
    // A table is read by its columns, an archive by its files, and anything else says itself what is
    // wrong with it when it is opened.
    return null;
  }
}
