//! The empty page: two sentences to try on, or the articles that are kept here already.

import { byId, counted, demo, make } from "./dom.js";

/** @typedef {import("../rubricate.js").KeptDocument} KeptDocument */

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

/**
 * @param {KeptDocument} kept
 * @param {string | undefined} current the id of the one that is open
 * @param {(id: string) => void} open
 */
export function documentButton(kept, current, open) {
  const button = make(
    "button",
    "document",
    make("span", "name", kept.title || "Untitled"),
    make("span", "count", counted(kept.annotations, "annotation")),
  );
  if (kept.id === current) button.setAttribute("aria-current", "true");
  button.addEventListener("click", () => open(kept.id));
  return button;
}

/**
 * Newcomers get the tutorial; who has articles here sees them instead.
 * @param {readonly KeptDocument[]} kept
 * @param {(id: string) => void} open
 */
export async function showWelcome(kept, open) {
  byId("tutorial").hidden = kept.length > 0;
  byId("kept").hidden = kept.length === 0;
  const items = kept.map((one) => make("li", "", documentButton(one, undefined, open)));
  byId("kept").querySelector("ul")?.replaceChildren(...items);
  if (kept.length === 0) await startTutorial();
}
