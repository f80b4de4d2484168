//! Making elements and dialogs by script: attributes, listeners and text, never markup.

/**
 * @param {string} name
 * @param {Record<string, unknown>} [attributes] a function is a listener of the event so named, by
 *   the name without `on`; `true` and `false` set and leave out an attribute
 * @param {...(Node | string)} children
 */
export function build(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(key.slice(2), /** @type {EventListener} */ (value));
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value != null) element.setAttribute(key, String(value));
  }
  element.append(...children);
  return element;
}

/**
 * A dialog that is made when it is first needed. Its form is closed by buttons with values.
 * @param {string} id
 * @param {string} heading
 * @param {(Node | string)[]} body
 * @param {HTMLElement[]} actions
 */
export function dialog(id, heading, body, actions) {
  const form = build(
    "form",
    { method: "dialog", novalidate: true },
    build("h2", { id: `${id}-heading` }, heading),
    ...body,
    build("p", { class: "actions" }, ...actions),
  );
  const made = /** @type {HTMLDialogElement} */ (build("dialog", { id, "aria-labelledby": `${id}-heading` }, form));
  document.body.append(made);
  return made;
}

/** A button that leaves its dialog without an answer. @param {string} [name] */
export const cancelButton = (name = "Cancel") => build("button", { type: "button", "data-close": "" }, name);

/** The button that says yes. @param {string} name */
export const okButton = (name) => build("button", { class: "primary", value: "ok" }, name);

/** A labelled choice. @param {string} name @param {string} label @param {[string, string][]} options value and name of each */
export function select(name, label, options) {
  const field = build("select", { name, "aria-label": label });
  for (const [value, text] of options) field.append(build("option", { value }, text));
  return /** @type {HTMLSelectElement} */ (field);
}

/** Figures with their names. @param {[string, number][]} rows those of nothing are left out */
export function figures(rows) {
  const list = build("dl", { class: "figures" });
  for (const [name, count] of rows) {
    if (count > 0) list.append(build("div", {}, build("dt", {}, name), build("dd", {}, count.toLocaleString("en"))));
  }
  return list;
}

/** How many lines of a kind are shown; a report of thousands helps nobody. */
const SHOWN = 200;

/** A list under a heading with its length. @param {string} heading @param {string[]} all @returns {HTMLElement[]} */
export function lines(heading, all) {
  if (all.length === 0) return [];
  const list = build("ul", { class: "lines" }, ...all.slice(0, SHOWN).map((line) => build("li", {}, line)));
  if (all.length > SHOWN) list.append(build("li", {}, `and ${(all.length - SHOWN).toLocaleString("en")} more`));
  return [build("h3", {}, `${heading}: ${all.length.toLocaleString("en")}`), list];
}
