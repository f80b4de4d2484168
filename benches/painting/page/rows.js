// What is measured. Each function gives what it measured, in milliseconds.

/** Plain paragraphs and the element in turn, from the call to painted: the medians. */
async function measureLoading(article, rounds) {
  const [plain, whole, text, mount, first] = [[], [], [], [], []];
  const leave = async () => {
    stage.replaceChildren();
    await frames(5);
  };
  for (let round = 0; round < rounds; round++) {
    let scroller;
    plain.push(await painted(() => { scroller = putPlain(article); }, () => scroller));
    await leave();

    let element = makeElement();
    stage.append(element);
    text.push(await painted(() => element.load({ text: article.text }), () => scrollerOf(element)));

    const file = new File([article.dataset], "bench.json", { type: "application/json" });
    element = makeElement();
    stage.replaceChildren(element);
    whole.push(await painted(() => element.load({ file }), () => scrollerOf(element)));

    // What is open stays open while the element is off the page.
    await leave();
    first.push(await painted(() => stage.append(element), () => scrollerOf(element)));
    await leave();
    const put = () => {
      stage.append(element);
      return wholeText(element, article);
    };
    mount.push(await painted(put, () => scrollerOf(element)));
    await leave();
  }
  const all = { plain, mount, first, text, whole };
  return Object.fromEntries(Object.entries(all).map(([name, list]) => [name, median(list)]));
}

/**
 * A page's own paragraphs, and the same with an element around them, to painted with all annotations:
 * the medians, and how much more the second takes.
 */
async function measureInPlace(article, rounds) {
  const annotations = JSON.parse(article.dataset).annotations.map(({ label, position }) => ({ label, ...position }));
  const units = unitsOf(article.text);
  for (const annotation of annotations) {
    [annotation.start, annotation.end] = [units[annotation.start], units[annotation.end]];
  }
  const [plain, ready, add] = [[], [], []];
  for (let round = 0; round < rounds; round++) {
    let scroller;
    plain.push(await painted(() => { scroller = putPlain(article); }, () => scroller));
    stage.replaceChildren();
    await frames(5);
    const host = makeHost(article);
    const put = async () => {
      stage.replaceChildren(host.scroller);
      await host.element.ready;
      host.element.restore(annotations);
    };
    stage.replaceChildren();
    ready.push(await painted(put, () => host.scroller));
    if (host.element.text !== article.text) throw new Error("the text in place is another one");
    host.scroller.scrollTop = host.scroller.scrollHeight / 2;
    await frames(10);
    const start = article.starts[Math.floor(article.starts.length / 2)];
    for (let edit = 0; edit < 10; edit++) {
      add.push(await painted(() => host.element.annotate({ start, end: start + 20 + edit, label: "claim" }), () => host.scroller));
    }
    stage.replaceChildren();
    await frames(5);
  }
  return { plain: median(plain), ready: median(ready), more: median(ready) - median(plain), add: quantile(add, 0.95) };
}

/** For each offset in code points the one in UTF-16 code units. */
function unitsOf(text) {
  const units = [];
  let at = 0;
  for (const character of text) {
    units.push(at);
    at += character.length;
  }
  units.push(at);
  return units;
}

/** One annotation added, relabelled and removed in the middle, and nothing done, in turn. */
async function measureEdits(element, article, rounds) {
  const { index } = await goToMiddle(element);
  const start = article.starts[index];
  const taken = { nothing: [], add: [], relabel: [], remove: [] };
  const calls = { nothing: [], add: [], relabel: [], remove: [] };
  const measure = async (name, act) => {
    let result;
    taken[name].push(await painted(() => {
      const begun = performance.now();
      result = act();
      calls[name].push(performance.now() - begun);
    }, () => scrollerOf(element)));
    return result;
  };
  for (let round = 0; round < rounds; round++) {
    let end = start + 30 + round;
    if (/[\udc00-\udfff]/.test(article.text[end])) end += 1;
    await measure("nothing", () => {});
    const { id } = await measure("add", () => element.annotate({ start, end, label: "claim" }));
    await measure("relabel", () => element.update(id, { label: "quote" }));
    await measure("remove", () => element.remove(id));
  }
  const summed = (lists) => Object.fromEntries(Object.entries(lists).map(
    ([name, list]) => [name, { p50: median(list), p95: quantile(list, 0.95) }]));
  return { painted: summed(taken), calls: summed(calls) };
}

/** Puts the caret into the middle of the text, as a click does. */
async function clickInMiddle(element) {
  const { block } = await goToMiddle(element);
  const text = element.shadowRoot.querySelector(".text");
  getSelection().setBaseAndExtent(block.lastChild, 3, block.lastChild, 3);
  text.dispatchEvent(new MouseEvent("click", { detail: 1, bubbles: true, composed: true }));
  await frames(3);
  return { block, text };
}

/** A movement and a tag by key, from the key to painted. */
async function measureKeys(element, rounds) {
  const { text } = await clickInMiddle(element);
  const press = (key, code, held = {}) => () => {
    const begun = performance.now();
    const init = { key, code, bubbles: true, composed: true, cancelable: true, ...held };
    if (text.dispatchEvent(new KeyboardEvent("keydown", init))) throw new Error(`${key} does nothing`);
    calls.push(performance.now() - begun);
  };
  const [move, tag, calls] = [[], [], []];
  for (let round = 0; round < rounds; round++) {
    move.push(await painted(press("ArrowRight", "ArrowRight"), () => scrollerOf(element)));
    tag.push(await painted(press("b", "KeyB"), () => scrollerOf(element)));
    press("z", "KeyZ", { ctrlKey: true })();
    await frames(2);
  }
  const both = (list) => ({ p50: median(list), p95: quantile(list, 0.95) });
  return { move: both(move), tag: both(tag), call: both(calls) };
}

/** A flick through the text from its middle on: the times of frames, and how many tasks were long. */
async function measureScrolling(scroller) {
  scroller.scrollTop = scroller.scrollHeight / 2;
  await frames(20);
  let longTasks = 0;
  const observer = new PerformanceObserver((list) => { longTasks += list.getEntries().length; });
  observer.observe({ type: "longtask" });
  const times = [];
  let last = performance.now();
  for (let step = 0; step < 120; step++) {
    scroller.scrollTop += scroller.scrollTop + 2 * scroller.clientHeight > scroller.scrollHeight ? -5000 : 160;
    await frame();
    const now = performance.now();
    times.push(now - last);
    last = now;
  }
  await frames(3);
  observer.disconnect();
  return { p50: median(times), p95: quantile(times, 0.95), longTasks };
}

/**
 * From the browser's selection to two offsets in the text. A release of the button with nothing
 * selected asks for them and does nothing else; the same outside of the text is subtracted.
 */
async function measureSelection(element) {
  const { block, text } = await clickInMiddle(element);
  const outside = document.body.appendChild(document.createElement("p"));
  outside.textContent = "outside";
  const many = 400;
  const each = (node) => {
    getSelection().setBaseAndExtent(node, 3, node, 3);
    const start = performance.now();
    for (let i = 0; i < many; i++) {
      text.dispatchEvent(new PointerEvent("pointerdown", { button: 0, pointerType: "mouse", bubbles: true }));
      text.dispatchEvent(new MouseEvent("mouseup", { detail: 1, bubbles: true, composed: true }));
    }
    return (performance.now() - start) / many;
  };
  const rounds = Array.from({ length: 7 }, () => each(block.lastChild) - each(outside.firstChild));
  outside.remove();
  return median(rounds);
}

/** From the call to a file whose content is there, checked: the median of three. */
async function measureExport(element) {
  const taken = [];
  for (let round = 0; round < 3; round++) {
    const begun = performance.now();
    await (await element.export()).arrayBuffer();
    taken.push(performance.now() - begun);
  }
  return median(taken);
}

globalThis.bench = {
  prepare(length, count) {
    clearPage();
    this.article = makeArticle(length, count);
  },
  async loading(rounds) {
    await import("/rubricate.js");
    return measureLoading(this.article, rounds);
  },
  async inPlace(rounds) {
    await import("/rubricate.js");
    return measureInPlace(this.article, rounds);
  },
  async editing(rounds) {
    await import("/rubricate.js");
    const element = await openArticle(this.article);
    const edits = await measureEdits(element, this.article, rounds);
    const keys = await measureKeys(element, rounds);
    const selection = await measureSelection(element);
    const exported = await measureExport(element);
    stage.replaceChildren();
    return { ...edits, keys, selection, export: exported };
  },
  async scrolling(rounds) {
    await import("/rubricate.js");
    const all = [];
    for (let round = 0; round < rounds; round++) {
      const plain = await measureScrolling(putPlain(this.article));
      const element = await measureScrolling(scrollerOf(await openArticle(this.article)));
      all.push({ plain, element });
    }
    stage.replaceChildren();
    const of = (which, what) => all.map((round) => round[which][what]);
    return {
      plain: median(of("plain", "p95")),
      element: median(of("element", "p95")),
      plainLongTasks: sum(of("plain", "longTasks")),
      elementLongTasks: sum(of("element", "longTasks")),
    };
  },
  /** Puts up one of the two and leaves it there. */
  async hold(what) {
    if (what === "plain") {
      putPlain(this.article);
    } else {
      this.memory = memoryOfModule();
      await import("/rubricate.js");
      await openArticle(this.article);
    }
    delete this.article;
    await frames(10);
  },
  async moduleMemory() {
    return (await this.memory).buffer.byteLength;
  },
};

/** The memory of the first module that is started from now on. */
function memoryOfModule() {
  const { instantiateStreaming } = WebAssembly;
  return new Promise((found) => {
    WebAssembly.instantiateStreaming = async (...given) => {
      const started = await instantiateStreaming.apply(WebAssembly, given);
      found(started.instance.exports.memory);
      return started;
    };
  });
}
