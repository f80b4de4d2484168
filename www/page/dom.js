//! The page's few helpers for the DOM: finding, making, asking, telling.

/**
 * @template {HTMLElement} [T=HTMLElement]
 * @param {string} id
 * @returns {T}
 */
export const byId = (id) => /** @type {T} */ (document.getElementById(id));

/** @typedef {import("../rubricate.js").RubricateArticleElement} RubricateArticle */

/** The article that the page is about. */
export const article = /** @type {RubricateArticle} */ (byId("article"));

/** The two sentences to try on. */
export const demo = /** @type {RubricateArticle} */ (byId("demo"));

/**
 * An element with a class and children; strings become text nodes, never markup.
 * @param {string} name
 * @param {string} className
 * @param {...(Node | string)} children
 */
export function make(name, className, ...children) {
  const element = document.createElement(name);
  element.className = className;
  element.append(...children);
  return element;
}

/** @param {number} count @param {string} one @param {string} [many] */
export const counted = (count, one, many = `${one}s`) =>
  `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

/** The sentence of anything thrown. @param {unknown} thrown */
export const sentence = (thrown) => (thrown instanceof Error ? thrown.message : String(thrown));

/**
 * Shows a dialog; resolves to whether it was left by the button that says yes.
 * @param {string} id
 * @returns {Promise<boolean>}
 */
export function asked(id) {
  const dialog = /** @type {HTMLDialogElement} */ (byId(id));
  dialog.returnValue = "";
  if (!dialog.open) dialog.showModal();
  return new Promise((resolve) =>
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "ok"), { once: true }),
  );
}

/**
 * Says a sentence under the bar until it is dismissed or replaced.
 * @param {"info" | "error"} kind
 * @param {string} text
 * @param {...{name: string, run: () => void}} actions what can be done about it
 */
export function tell(kind, text, ...actions) {
  const notice = byId("notice");
  for (const button of notice.querySelectorAll(".action")) button.remove();
  const words = /** @type {HTMLElement} */ (notice.firstElementChild);
  words.textContent = text;
  words.after(...actions.map(({ name, run }) => {
    const button = make("button", "action", name);
    button.addEventListener("click", () => {
      dismiss();
      run();
    });
    return button;
  }));
  notice.dataset.kind = kind;
  notice.hidden = false;
}

export function dismiss() {
  byId("notice").hidden = true;
}
