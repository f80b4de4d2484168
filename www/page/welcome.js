//! The empty page: two sentences to try on, or the articles that are kept here already.

import { documents } from "./corpus.js";
import { home } from "./documents.js";
import { byId, demo, make } from "./dom.js";

const SENTENCES = "This page labels articles. “Nothing leaves your computer,” it says.";

/** Each hint stands until its label has been used. */
const HINTS = [
  { until: "claim", words: ["Press ", "[C]", ", or tap Claim."] },
  { until: "quote", words: ["Now press ", "[S]", " for the next quotation, then ", "[Q]", ", or tap the quotation, then Quote."] },
  { until: null, words: ["That’s all. Bring your own:"] },
];

function showHint() {
  const used = new Set(demo.annotations.map(({ label }) => label));
  const hint = HINTS.find(({ until }) => until === null || !used.has(until));
  if (!hint) return;
  const nodes = hint.words.map((word) =>
    word.startsWith("[") ? make("kbd", "", word.slice(1, -1)) : word,
  );
  byId("hint").replaceChildren(...nodes);
}

let demoLoaded = false;

/** Loads the two sentences, once, and puts the cursor on the first. */
async function startTutorial() {
  if (!demoLoaded) {
    demoLoaded = true;
    demo.addEventListener("rubricate-change", showHint);
    await demo.load({ text: SENTENCES, id: "welcome", lang: "en" });
    showHint();
  }
  if (document.activeElement === document.body) demo.focus({ preventScroll: true });
}

/** Newcomers get the tutorial; who has articles here sees them instead. */
export async function showWelcome() {
  const some = documents().length > 0;
  byId("tutorial").hidden = some;
  byId("kept").hidden = !some;
  if (some) home.show();
  else await startTutorial();
}
