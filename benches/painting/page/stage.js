// Where things are put up, and how long it takes until they are painted.

const pause = () => new Promise((resolve) => setTimeout(resolve));
const frame = () => new Promise(requestAnimationFrame);

async function frames(count) {
  while (count-- > 0) await frame();
}

const sum = (list) => list.reduce((a, b) => a + b, 0);

/** The least number that so large a part of the list doesn't exceed. */
function quantile(list, part) {
  const sorted = list.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)];
}
const median = (list) => quantile(list, 0.5);

/**
 * Milliseconds from calling `act`, right behind a frame, to two animation frames and a forced layout
 * later; nothing at all takes 33. `at` is the element that is scrolled.
 */
async function painted(act, at) {
  await frame();
  await pause();
  const start = performance.now();
  await act();
  await frames(2);
  void at()?.scrollHeight;
  return performance.now() - start;
}

const stage = document.createElement("div");

/** Empties the page, and sets plain paragraphs as the element sets its text. */
function clearPage() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    body { margin: 0; background: #fcfaf5; color: #1d1a16; }
    .stage, .plain { height: 100vh; }
    .plain { overflow: auto; }
    .column { max-width: calc(66ch + 88px); margin: auto; padding: 28px 44px 72px; box-sizing: border-box;
      font: 19px/1.9 "Iowan Old Style", Charter, "Source Serif 4", "Noto Serif", Georgia, serif; }
    .column p { margin: 0.55em 0 0; }`);
  document.adoptedStyleSheets = [sheet];
  stage.className = "stage";
  document.body.replaceChildren(stage);
}

/** The floor: one `<p>` for each paragraph and nothing else. Gives what scrolls. */
function putPlain({ paragraphs }) {
  const scroller = document.createElement("div");
  scroller.className = "plain";
  const column = document.createElement("div");
  column.className = "column";
  for (const text of paragraphs) {
    const p = document.createElement("p");
    p.textContent = text;
    column.append(p);
  }
  scroller.append(column);
  stage.replaceChildren(scroller);
  return scroller;
}

/** A column of plain paragraphs in an element that annotates it in place; the page scrolls. */
function makeHost({ paragraphs }) {
  const element = document.createElement("rubricate-article");
  element.storage = "none";
  const scroller = putPlain({ paragraphs });
  element.append(...scroller.childNodes);
  scroller.append(element);
  return { scroller, element };
}

/** An element as the standalone page has it, but for the storage. */
function makeElement() {
  const element = document.createElement("rubricate-article");
  element.storage = "none";
  element.controls = "labels status panel overview";
  element.toggleAttribute("fill", true);
  return element;
}

const scrollerOf = (element) => element.shadowRoot.querySelector(".scroller");

/** The element with all annotations in it. */
async function openArticle(article) {
  const element = makeElement();
  stage.replaceChildren(element);
  await element.load({ file: new File([article.dataset], "bench.json", { type: "application/json" }) });
  if (element.annotations.length !== article.count) {
    throw new Error(`${element.annotations.length} of ${article.count} annotations came in`);
  }
  return element;
}

/** Resolves when the whole text is in the DOM; a large one follows the first screen bit by bit. */
async function wholeText(element, { paragraphs }) {
  const text = element.shadowRoot.querySelector(".text");
  const last = paragraphs.at(-1);
  while (text.lastElementChild?.lastElementChild?.lastChild?.data !== last) await pause();
}

/** Scrolls to the middle; gives a block that is seen there, with its place in the article. */
async function goToMiddle(element) {
  const scroller = scrollerOf(element);
  scroller.scrollTop = scroller.scrollHeight / 2;
  await frames(10);
  const { left, width, top, height } = scroller.getBoundingClientRect();
  for (let y = top + height / 2; y < top + height; y += 10) {
    const block = element.shadowRoot.elementFromPoint(left + width / 2, y)?.closest(".block");
    if (block) return { block, index: [...element.shadowRoot.querySelectorAll(".block")].indexOf(block) };
  }
  throw new Error("there is no text in the middle of the screen");
}
