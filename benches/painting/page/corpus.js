// Synthetic articles, the same on every run: natural words and lengths, some characters outside of
// the Basic Multilingual Plane, and spans of some sixty characters, a few of which overlap.

const WORDS = (
  "the of and to in a is that for it was on are as with his they at be this from have or by one had not but what " +
  "river council library flood wall minister report budget evening street engineer winter school market station " +
  "county figures promised announced opened closed measured repaired delayed published counted described argued " +
  "believes expects remembers twice again without before since between behind regrettable ordinary careful public"
).split(" ");
const ASTRAL = ["🌊", "🏛️", "𝄞", "𠮷", "👩🏽‍🔧"];
const LABELS = ["claim", "quote", "caption", "boilerplate"];

/** Code points of a paragraph, and of a span, at about. */
const PARAGRAPH = 170;
const SPAN = 60;

/** Numbers from 0 to below 1, always the same ones (mulberry32). */
function numbers(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function sentence(next) {
  const pick = (list) => list[Math.floor(next() * list.length)];
  const words = Array.from({ length: 7 + Math.floor(next() * 9) }, () => pick(WORDS));
  if (next() < 0.1) words.push(pick(ASTRAL));
  const line = words.join(" ");
  const capitalised = line[0].toUpperCase() + line.slice(1);
  return next() < 0.2 ? `“${capitalised},” she said.` : `${capitalised}.`;
}

function paragraph(next) {
  let text = sentence(next);
  while (text.length < PARAGRAPH - 40) text += ` ${sentence(next)}`;
  return text;
}

/**
 * An article of `length` characters with `count` annotations: its paragraphs, their starts in UTF-16
 * code units, its text, and a dataset of it as our JSON, whose offsets are code points.
 */
function makeArticle(length, count) {
  const next = numbers(length);
  // A file may have 25 MB, which is less than the largest would come to with longer spans.
  const span = length > 5_000_000 ? SPAN / 4 : SPAN;
  const paragraphs = [];
  const starts = [];
  const annotations = [];
  const id = `b${length}`;
  let [units, points] = [0, 0];
  while (points < length) {
    const text = paragraph(next);
    const characters = Array.from(text);
    // Evenly over the text; those that would leave their paragraph overlap the one before.
    while (annotations.length < count && (annotations.length * length) / count < points + characters.length) {
      const wanted = Math.floor((annotations.length * length) / count) - points;
      const early = annotations.length % 10 === 0 ? 20 : 0;
      const start = Math.max(0, Math.min(wanted - early, characters.length - span));
      const exact = characters.slice(start, start + span).join("");
      const position = { start: points + start, end: points + Math.min(start + span, characters.length) };
      const label = LABELS[annotations.length % LABELS.length];
      annotations.push({ id: `a${annotations.length}`, document: id, label, position, quote: { exact } });
    }
    paragraphs.push(text);
    starts.push(units);
    units += text.length + 2;
    points += characters.length + 2;
  }
  const text = paragraphs.join("\n\n");
  const dataset = JSON.stringify({
    format: "span-annotations",
    version: "1.0.0",
    offset_unit: "unicode_code_point",
    documents: [{ id, text }],
    annotations,
  });
  return { id, paragraphs, starts, text, dataset, count: annotations.length };
}
