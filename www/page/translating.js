//! Files of other programs' formats, made our JSON before they are taken in.

import { store } from "./corpus.js";
import { sentence } from "./dom.js";
import { isTable } from "./tables.js";

/** A file of this size would be in the memory several times over. */
const LARGEST = 100_000_000;

/** Whether only another program writes such files. @param {string} name */
export const isForeign = (name) => /\.(jsonld|conll|conllu|bio|iob|iob2|bilou|ann|xmi|bdoc|bdocjs|spacy)$/i.test(name);

/** @param {string} name */
const mayBeForeign = (name) => isForeign(name) || /\.(json|jsonl|ndjson|xml|csv|tsv|zip)$/i.test(name);

/** @param {File} file */
const isOurs = async (file) => /^\uFEFF?\s*\{\s*"format"\s*:\s*"(span-annotations|rubricate-backup)"/.test(await file.slice(0, 1000).text());

/** @param {string} name */
const stem = (name) => name.replace(/\.[^.]*$/, "");

/**
 * The formats of several files: how their annotations are called, what configures them, and whether the texts lie
 * beside, under the same name.
 * @type {[main: RegExp, beside: RegExp | null, hasTexts: boolean][]}
 */
const SETS = [
  [/\.ann$/i, /^(annotation|visual)\.conf$/i, true],
  [/\.jsonld$/i, null, true],
  [/\.xmi$/i, /^TypeSystem\.xml$/i, false],
  [/\.json$/i, /^label_config\.xml$/i, true],
  [/\.jsonl$/i, /^README\.md$/i, false],
];

/** The files in groups of those that belong together. @param {File[]} files */
function grouped(files) {
  const groups = [];
  const rest = new Set(files);
  for (const [main, beside, hasTexts] of SETS) {
    const mains = [...rest].filter(({ name }) => main.test(name));
    const stems = new Set(mains.map(({ name }) => stem(name)));
    const isText = (/** @type {string} */ name) => hasTexts && /\.txt$/i.test(name) && stems.has(stem(name));
    const others = mains.length ? [...rest].filter(({ name }) => beside?.test(name) || isText(name)) : [];
    if (others.length === 0) continue;
    groups.push([...mains, ...others]);
    for (const file of [...mains, ...others]) rest.delete(file);
  }
  return [...groups, ...[...rest].map((file) => [file])];
}

/** @typedef {{name: string, why: string}} Refused */

/**
 * The files with those of other formats as our JSON, as what they were read, what else there is to say of them, and
 * those that can't be used.
 * @param {File[]} files
 * @returns {Promise<{files: File[], formats: string[], remarks: string[], refused: Refused[]}>}
 */
export async function translated(files) {
  /** @type {File[]} */
  const taken = [];
  /** @type {string[]} */
  const formats = [];
  /** @type {string[]} */
  const remarks = [];
  /** @type {Refused[]} */
  const refused = [];
  for (const group of grouped(files)) {
    const [first] = group;
    const may = mayBeForeign(first.name) && !(await isOurs(first));
    const made = may ? await convert(group) : {};
    if (made.refused) refused.push(made.refused);
    else taken.push(...(made.file ? [made.file, ...unread(group, made.format)] : group));
    if (made.format) formats.push(`${first.name}: read as ${made.format}.`);
    remarks.push(...(made.remarks ?? []));
  }
  return { files: taken, formats, remarks, refused };
}

/** The texts of a group that its format has no use for: articles of their own. @param {File[]} group @param {string} [format] */
const unread = (group, format) => (format === "w3c" || format === "brat" ? [] : group.filter(({ name }) => /\.txt$/i.test(name)));

/**
 * What becomes of files that may be another program's; without `file` and `refused` they are read as what they
 * are: a table by its columns, an archive by its files, and anything else says itself what is wrong with it.
 * @param {File[]} group
 * @returns {Promise<{file?: File, format?: string, remarks?: string[], refused?: Refused}>}
 */
async function convert(group) {
  const [{ name }] = group;
  const size = group.reduce((sum, file) => sum + file.size, 0);
  const mustBe = isForeign(name);
  if (size > LARGEST) {
    const why = `It is larger than ${LARGEST / 1e6} MB, so annotations in it can’t be read here. The command “rubricate convert” reads them.`;
    return mustBe ? { refused: { name, why } } : { remarks: [`${name}: ${why}`] };
  }
  try {
    const { file, format, report } = await store().convert(group);
    const notes = report.findings.map(({ sentence: words }) => named(name, words));
    // A table of texts alone is asked for its columns.
    if (isTable(name) && report.annotations === 0) return { remarks: notes };
    return { file: new File([file], `${stem(name)}.json`), format, remarks: notes };
  } catch (error) {
    const isCertain = mustBe || (error instanceof Error && "format" in error);
    return isCertain ? { refused: { name, why: withoutName(name, sentence(error)) } } : {};
  }
}

/** What is said of a file, with its name once. @param {string} name @param {string} words */
const named = (name, words) => (words.startsWith(name) ? words : `${name}: ${words}`);

/** @param {string} name @param {string} words that may begin with it */
const withoutName = (name, words) => (words.startsWith(name) ? words.slice(name.length).replace(/^[,:]\s*/, "") : words);
