// Files of many documents: a piece is read from the stores and written before the next one, so that no
// more of a corpus is in memory than that, and what is written already, which the browser may put aside.

import { countAll, writeAll } from "./formats.js";

/** Code points of text that go through at once. */
const PIECE = 500_000;

/** Groups of ids, each of few documents or of one large one. */
function* groups(documents) {
  let group = [];
  let length = 0;
  for (const one of documents) {
    if (group.length && length + one.length > PIECE) {
      yield group;
      [group, length] = [[], 0];
    }
    group.push(one.id);
    length += one.length;
  }
  yield group;
}

/** Our JSON of those documents, in pieces. */
async function* pieces(ask, chosen, { labels, creator, assignment, signal, progress }) {
  let written = 0;
  for (const group of groups(chosen)) {
    signal?.throwIfAborted();
    progress?.(written, chosen.length);
    yield (await ask("exportDocuments", group, labels, creator, assignment && JSON.stringify(assignment))).json;
    written += group.length;
  }
}

/**
 * The documents of those ids as files of that format: `{file, report}`. `ask` is what the module of many
 * documents is asked with. `progress` is called with how many are written, of how many; `signal` ends it.
 */
export async function exportDocuments(ask, ids, format, { labels, creator, assignment, signal, progress, ...options }) {
  const all = new Map((await ask("documents")).map((one) => [one.id, one]));
  const chosen = ids.filter((id) => all.has(id)).map((id) => all.get(id));
  return writeAll(pieces(ask, chosen, { labels, creator, assignment, signal, progress }), format, { stem: `${chosen.length}-documents`, ...options });
}

/** The figures of the documents of those ids, or of all: tables by their names. */
export async function countDocuments(ask, ids, { labels, signal, progress }) {
  const all = await ask("documents");
  const wanted = ids && new Set(ids);
  const chosen = all.filter(({ id }) => !wanted || wanted.has(id)).toSorted((a, b) => a.place - b.place);
  const set = { labels: labels && JSON.stringify(labels), signal, progress };
  return countAll(chosen.length ? pieces(ask, chosen, set) : []);
}
