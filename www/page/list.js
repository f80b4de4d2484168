//! A long list of rows of one height: those near the screen are in the page, each keeps its element
//! while it is there, and arrows move the focus over all of them.

/** How many rows beyond the screen are made, so that a quick scroll finds them. */
const BEYOND = 12;

/**
 * @template {{id: string}} T
 * @param {HTMLElement} list its rows are as high as its custom property `--row` says
 * @param {{make: (item: T) => HTMLElement, update: (row: HTMLElement, item: T) => void}} rows the
 *   row's first button is what takes the focus
 */
export function longList(list, rows) {
  /** @type {readonly T[]} */
  let items = [];
  /** @type {Map<string, {row: HTMLElement, item: T | undefined}>} */
  const made = new Map();
  let focused = 0;
  let asked = 0;

  const height = () => Number.parseFloat(getComputedStyle(list).getPropertyValue("--row")) || 44;
  const buttonOf = (/** @type {HTMLElement} */ row) => /** @type {HTMLElement} */ (row.querySelector("button"));

  function draw() {
    asked = 0;
    if (!list.isConnected || list.offsetParent === null) return;
    const each = height();
    list.style.setProperty("block-size", `${items.length * each}px`);
    const box = list.getBoundingClientRect();
    const from = Math.max(0, Math.floor(-box.top / each) - BEYOND);
    const to = Math.min(items.length, Math.ceil((innerHeight - box.top) / each) + BEYOND);
    /** @type {Set<string>} */
    const wanted = new Set();
    for (let at = from; at < to; at += 1) wanted.add(items[at].id);
    const held = [...made].find(([, { row }]) => row.contains(document.activeElement));
    for (const [id, { row }] of made) {
      if (wanted.has(id)) continue;
      if (id === held?.[0] && items.some((item) => item.id === id)) continue;
      row.remove();
      made.delete(id);
    }
    let before = list.firstElementChild;
    for (let at = from; at < to; at += 1) {
      const row = place(items[at], at, each);
      if (row === before) before = before.nextElementSibling;
      else list.insertBefore(row, before);
    }
    if (held && !wanted.has(held[0])) {
      const at = items.findIndex((item) => item.id === held[0]);
      if (at >= 0) place(items[at], at, each);
    }
  }

  /** @param {T} item @param {number} at @param {number} each */
  function place(item, at, each) {
    let known = made.get(item.id);
    if (!known) {
      known = { row: rows.make(item), item: undefined };
      known.row.dataset.id = item.id;
      made.set(item.id, known);
    }
    if (known.item !== item) rows.update(known.row, item);
    known.item = item;
    const { row } = known;
    row.style.setProperty("transform", `translateY(${at * each}px)`);
    row.setAttribute("aria-setsize", String(items.length));
    row.setAttribute("aria-posinset", String(at + 1));
    buttonOf(row).tabIndex = at === focused ? 0 : -1;
    return row;
  }

  const redraw = () => void (asked ||= requestAnimationFrame(draw));

  /** @param {number} at */
  function focus(at) {
    focused = Math.max(0, Math.min(items.length - 1, at));
    show(focused);
    draw();
    const row = made.get(items[focused]?.id)?.row;
    if (row) buttonOf(row).focus({ preventScroll: true });
  }

  /** Scrolls no more than it has to. @param {number} at */
  function show(at) {
    const scroller = scrollerOf(list);
    const each = height();
    const top = list.getBoundingClientRect().top - scroller.getBoundingClientRect().top + at * each;
    if (top < 0) scroller.scrollTop += top;
    else if (top + each > scroller.clientHeight) scroller.scrollTop += top + each - scroller.clientHeight;
  }

  list.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const page = Math.max(1, Math.floor(scrollerOf(list).clientHeight / height()) - 1);
    /** @type {Record<string, number>} */
    const targets = { ArrowDown: focused + 1, ArrowUp: focused - 1, PageDown: focused + page, PageUp: focused - page, Home: 0, End: items.length - 1 };
    const to = targets[event.key];
    if (to === undefined) return;
    event.preventDefault();
    focus(to);
  });
  list.addEventListener("focusin", ({ target }) => {
    const row = /** @type {HTMLElement} */ (target).closest("li");
    const at = items.findIndex(({ id }) => id === row?.dataset.id);
    if (at >= 0 && at !== focused) {
      focused = at;
      redraw();
    }
  });
  addEventListener("scroll", redraw, { capture: true, passive: true });
  addEventListener("resize", redraw);
  new ResizeObserver(redraw).observe(list.parentElement ?? list);

  return {
    /** @param {readonly T[]} next @param {string} [current] the one to keep in sight */
    set(next, current) {
      const isSame = next.length === items.length && next.every((item, at) => item.id === items[at].id);
      items = next;
      if (!isSame) focused = Math.max(0, items.findIndex(({ id }) => id === current));
      draw();
    },
    /** Brings an item into sight. @param {string} id */
    reveal(id) {
      const at = items.findIndex((item) => item.id === id);
      if (at < 0 || list.offsetParent === null) return;
      if (!list.contains(document.activeElement)) focused = at;
      show(at);
      draw();
    },
    /** Draws every row anew. */
    refresh() {
      for (const known of made.values()) known.item = undefined;
      draw();
    },
  };
}

/** @param {HTMLElement} element */
function scrollerOf(element) {
  for (let outer = element.parentElement; outer; outer = outer.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(outer).overflowY)) return outer;
  }
  return document.documentElement;
}
