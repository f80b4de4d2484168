// The element as a control of a form: what is submitted under its `name` is its annotations.

/** Called after the host has set what it keeps. */
export const RESTORED = Symbol("restored");
/** The annotations as JSON, by the program. */
export const AS_JSON = Symbol("as JSON");

export class FormControl extends HTMLElement {
  static formAssociated = true;

  #internals = this.attachInternals();
  // What the host set last: what a reset goes back to.
  #restored = [];

  constructor() {
    super();
    this.addEventListener("rubricate-load", () => {
      this.#restored = [];
      this.#report();
    });
    this.addEventListener("rubricate-change", () => this.#report());
  }

  get form() {
    return this.#internals.form;
  }

  get name() {
    return this.getAttribute("name") ?? "";
  }
  set name(name) {
    if (name == null) this.removeAttribute("name");
    else this.setAttribute("name", name);
  }

  get disabled() {
    return this.hasAttribute("disabled");
  }
  set disabled(disabled) {
    this.toggleAttribute("disabled", Boolean(disabled));
  }

  /** The annotations as JSON, as they are handed out; empty before a document is open. */
  get value() {
    return this.document === null ? "" : this[AS_JSON]();
  }

  formAssociatedCallback() {
    this.#report();
  }

  formResetCallback() {
    if (this.document === null) return;
    if (this.storage === "none") this.restore(this.#restored);
    // What is kept in this browser isn't thrown away: a reset can be undone.
    else if (!this.readOnly) this.clear();
  }

  /** On the way back to a page, and after a reload: with `storage` "none", what was tagged is nowhere else. */
  formStateRestoreCallback(state) {
    if (this.storage !== "none" || typeof state !== "string") return;
    const restore = () => {
      const reset = this.#restored;
      try {
        const all = JSON.parse(state);
        // The page may have another text by now.
        if (all.some(({ start, end, text }) => this.text.slice(start, end) !== text)) return;
        this.restore(all);
      } catch {
        // A state that is none of ours.
        return;
      }
      this.#restored = reset;
    };
    if (this.document) restore();
    else this.addEventListener("rubricate-load", restore, { once: true });
  }

  /** To make them anew takes as long as setting them, and only a form goes back to them. @param {readonly object[]} annotations */
  [RESTORED](annotations) {
    const copies = [];
    if (!this.form) for (const annotation of annotations) copies.push({ ...annotation });
    this.#restored = this.form ? this.annotations : copies;
    this.#report();
  }

  // Written out at each change, but in a form alone: its size is that of all annotations.
  #report() {
    if (this.form) this.#internals.setFormValue(this.value || null);
  }
}
