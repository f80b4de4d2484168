//! The list of documents, beside the text and on the first page: search, filter, order, rows.

import { build, select } from "./build.js";
import { amend, choose, chosen, documents, find, found, onChange, store } from "./corpus.js";
import { article, byId, counted, make, sentence, tell } from "./dom.js";
import { longList } from "./list.js";
import { askSkip } from "./marking.js";
import { goTo } from "./opening.js";
import { deleteDocuments } from "./trash.js";

/** @typedef {import("../rubricate.js").KeptDocument} KeptDocument */

/** @type {[string, string][]} */
const FILTERS = [["all", "All"], ["untouched", "Untouched"], ["in-progress", "In progress"], ["done", "Done"], ["skipped", "Skipped"], ["flagged", "Flagged"], ["same", "Same text twice"], ["assigned", "Handed out to you"]];
/** @type {[string, string][]} */
const SORTS = [["order", "In order"], ["title", "By title"], ["site", "By site"], ["state", "By state"], ["annotations", "Most annotations"], ["opened", "Last opened"]];

export const STATE_NAMES = { untouched: "untouched", "in-progress": "in progress", done: "done", skipped: "skipped" };
/** @type {[import("../rubricate.js").DocumentFlag, string][]} */
export const FLAGS = [["bad-scrape", "Bad scrape"], ["duplicate", "Duplicate"], ["unsure", "Unsure"]];

/** A finished document has its red initial; the others have a sign. @param {KeptDocument} one */
function signOf({ state, title }) {
  if (state === "done") return /[\p{L}\p{N}]/u.exec(title)?.[0].toUpperCase() ?? "✓";
  return { untouched: "○", "in-progress": "◐", skipped: "–" }[state];
}

/** What of a row isn't said by its signs alone. @param {KeptDocument} one */
function describe(one) {
  const words = [one.title || "Untitled", STATE_NAMES[one.state], counted(one.annotations, "annotation")];
  if (one.state === "skipped" && one.reason) words[1] += `: ${one.reason}`;
  words.push(...FLAGS.filter(([flag]) => one.flags.includes(flag)).map(([, name]) => name.toLowerCase()));
  if (one.sameAs !== null) words.push(`same text as ${find(one.sameAs)?.title || "another"}`);
  if (one.site) words.push(one.site);
  return words.join(", ");
}

/** @param {KeptDocument} one */
function labelCounts({ counts }) {
  return article.labelSet
    .filter(({ id }) => counts[id])
    .map(({ id, name, shortcut }) => `${shortcut ?? (name ?? id).slice(0, 1)} ${counts[id]}`)
    .join("  ");
}

/** @param {KeptDocument} one */
function makeRow(one) {
  const open = build(
    "button",
    { class: "document", type: "button", onclick: () => openDocument(one.id) },
    build("span", { class: "state", "aria-hidden": "true" }),
    build("span", { class: "name" }),
    build("span", { class: "flags", "aria-hidden": "true" }),
    build("span", { class: "site", "aria-hidden": "true" }),
    build("span", { class: "labels", "aria-hidden": "true" }),
    build("span", { class: "count" }),
  );
  const more = build("button", { class: "sign-button row-more", type: "button", tabindex: "-1", "aria-haspopup": "true", onclick: (/** @type {Event} */ event) => openMenu(one.id, /** @type {HTMLElement} */ (event.currentTarget)) }, "⋯");
  return build("li", { class: "row" }, open, more);
}

/** @param {HTMLElement} row @param {KeptDocument} one */
function updateRow(row, one) {
  const [open, more] = /** @type {HTMLElement[]} */ ([...row.children]);
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (open.querySelector(`.${name}`));
  open.dataset.state = one.state;
  part("state").textContent = signOf(one);
  part("name").textContent = one.title || "Untitled";
  part("name").dir = "auto";
  part("site").textContent = one.site ?? "";
  part("labels").textContent = labelCounts(one);
  part("count").textContent = counted(one.annotations, "annotation");
  part("count").dataset.number = one.annotations ? String(one.annotations) : "";
  part("flags").textContent = [one.flags.length ? "⚑" : "", one.sameAs === null ? "" : "="].join("");
  open.setAttribute("aria-label", describe(one));
  open.title = describe(one);
  if (one.id === article.document?.id && document.body.dataset.view === "document") open.setAttribute("aria-current", "true");
  else open.removeAttribute("aria-current");
  more.setAttribute("aria-label", `More on ${one.title || "Untitled"}`);
}

/** @param {string} id */
function openDocument(id) {
  const panel = byId("documents");
  if (panel.popover !== null) panel.hidePopover();
  goTo(id);
}

/** What there is to do with one document. */
const menu = build("div", { id: "document-menu", class: "menu", popover: "auto" });
document.body.append(menu);

/** @param {string} id @param {HTMLElement} near */
function openMenu(id, near) {
  const one = find(id);
  if (!one) return;
  const item = (/** @type {string} */ name, /** @type {() => unknown} */ run, /** @type {Record<string, unknown>} */ attributes = {}) =>
    build("button", { type: "button", onclick: run, ...attributes }, name);
  const flag = (/** @type {[import("../rubricate.js").DocumentFlag, string]} */ [name, words]) =>
    item(words, () => change(id, { flags: { [name]: !one.flags.includes(name) } }), { role: "menuitemcheckbox", "aria-checked": one.flags.includes(name) ? "true" : "false" });
  menu.replaceChildren(
    one.state === "done" ? item("Open again", () => change(id, { state: "open" })) : item("Done", () => change(id, { state: "done" })),
    one.state === "skipped" ? item("Don’t skip", () => change(id, { state: "open" })) : item("Skip…", () => skip(id)),
    make("hr", ""),
    ...FLAGS.map(flag),
    make("hr", ""),
    item("Delete", () => deleteDocuments([id])),
  );
  menu.showPopover();
  const box = near.getBoundingClientRect();
  const own = menu.getBoundingClientRect();
  menu.style.setProperty("inset", "auto");
  menu.style.setProperty("left", `${Math.max(8, Math.min(box.right - own.width, innerWidth - own.width - 8))}px`);
  menu.style.setProperty("top", `${Math.max(8, Math.min(box.bottom + 2, innerHeight - own.height - 8))}px`);
  /** @type {HTMLElement} */ (menu.querySelector("button")).focus();
}

/** @param {string} id */
async function skip(id) {
  const reason = await askSkip();
  if (reason !== null) await change(id, { state: "skipped", reason });
}

/** @param {string} id @param {import("../rubricate.js").DocumentChanges} changes */
async function change(id, changes) {
  try {
    const { state, reason } = changes;
    // What is open is marked as an edit of its own, which can be undone there.
    if (state && article.document?.id === id) article.mark(state, { reason });
    else await store().changeDocuments([id], changes);
    if (changes.flags) {
      const flags = new Set(find(id)?.flags);
      for (const [flag, set] of Object.entries(changes.flags)) {
        if (set) flags.add(/** @type {any} */ (flag));
        else flags.delete(/** @type {any} */ (flag));
      }
      amend(id, { flags: [...flags] });
    }
    if (state) amend(id, { state: state === "open" ? "untouched" : state, reason: reason ?? null });
  } catch (error) {
    tell("error", sentence(error));
  }
}

/** @param {HTMLElement} root @param {string} heading */
function listIn(root, heading) {
  const count = build("span", { class: "total" });
  const done = build("span", { class: "progress-words" });
  const search = /** @type {HTMLInputElement} */ (build("input", { type: "search", placeholder: "Search titles and sites", "aria-label": "Search titles and sites" }));
  const filter = select("filter", "Show", FILTERS);
  filter.options[FILTERS.length - 1].className = "for-work";
  const sort = select("sort", "Order", SORTS);
  const list = build("ul", { class: "documents", "aria-label": "Documents" });
  const none = build("p", { class: "none", hidden: true });
  const bar = build("div", { class: "progress-bar", "aria-hidden": "true" }, build("div", {}));
  root.replaceChildren(
    build("div", { class: "corpus-head" }, build("h2", {}, heading, " ", count), done),
    bar,
    build("p", { class: "work-words for-work", hidden: true }),
    build("div", { class: "corpus-choices" }, search, filter, sort),
    build("div", { class: "corpus-scroll" }, list, none),
  );
  search.addEventListener("input", () => choose({ search: search.value }));
  filter.addEventListener("change", () => choose({ filter: filter.value }));
  sort.addEventListener("change", () => choose({ sort: sort.value }));
  list.addEventListener("keydown", (event) => {
    const id = /** @type {HTMLElement} */ (event.target).closest("li")?.dataset.id;
    if (event.key === "Delete" && id !== undefined) void deleteDocuments([id]);
  });
  const rows = longList(list, { make: makeRow, update: updateRow });
  function show() {
    const all = documents();
    const finished = all.filter(({ state }) => state === "done" || state === "skipped").length;
    count.textContent = all.length.toLocaleString("en");
    done.textContent = `${finished.toLocaleString("en")} finished`;
    /** @type {HTMLElement} */ (bar.firstElementChild).style.setProperty("inline-size", `${(100 * finished) / Math.max(1, all.length)}%`);
    const { search: words, filter: only, sort: by } = chosen();
    if (search.value !== words) search.value = words;
    filter.value = only;
    sort.value = by;
    root.dataset.few = String(all.length < 8);
    const shown = found();
    none.hidden = shown.length > 0 || all.length === 0;
    none.textContent = words ? `No title or site has “${words}” in it.` : "No document is like that.";
    rows.set(shown, article.document?.id);
  }
  onChange(show);
  return { show, rows };
}

export const side = listIn(byId("documents"), "Documents");
export const home = listIn(byId("kept-list"), "Your articles");

/** The open document is another one: its row is marked and in sight. */
export function showCurrent() {
  for (const { rows } of [side, home]) rows.refresh();
  const id = article.document?.id;
  if (id !== undefined) side.rows.reveal(id);
}
