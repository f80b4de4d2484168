// The class of <rubricate-article>: it holds no logic, and hands everything to the program.

let program = await start("./rubricate_wasm.js");
let restarts = 0;

/** @param {string} module */
async function start(module) {
  const program = await import(module);
  await program.default();
  return program;
}

const elements = new Set();

// A panic ends the program's instance, but nothing else: the journal is stored by then, and a new
// instance opens the same document again.
addEventListener("rubricate-panic", () => {
  for (const element of elements) element.offerRestart();
});

const READY = Symbol("ready");

export class RubricateArticleElement extends HTMLElement {
  static observedAttributes = ["src", "document-id", "labels", "storage", "readonly", "keys"];

  /** @returns {Promise<readonly import("./rubricate.js").KeptDocument[]>} */
  static documents() {
    return program.documents();
  }

  #root = this.attachShadow({ mode: "open" });
  #handle = new program.Handle();
  #opened = false;
  #ready = promise();

  connectedCallback() {
    elements.add(this);
    for (const name of ["src", "documentId", "labelSet", "storage", "readOnly", "keys", "creator"]) this.#upgrade(name);
    this.#handle.connect(this, this.#root);
    if (this.src && !this.#opened) this.#load({ url: this.src });
  }

  disconnectedCallback() {
    elements.delete(this);
    this.#handle.disconnect();
  }

  attributeChangedCallback(name, former, value) {
    if (former === value) return;
    if (name === "src" && value && this.isConnected) this.#load({ url: this.src });
    if (name === "document-id") this.#handle.setDocumentId(value ?? undefined);
    if (name === "labels") this.#handle.setLabels(value ?? undefined);
    if (name === "storage") this.#handle.setStoreNothing(value === "none");
    if (name === "readonly") this.#handle.setReadOnly(value !== null);
    if (name === "keys") this.#handle.setKeys(value ?? undefined);
  }

  /** A property that was set before the element was defined hides the accessor: set it again. */
  #upgrade(name) {
    if (!Object.hasOwn(this, name)) return;
    const value = this[name];
    delete this[name];
    this[name] = value;
  }

  get src() {
    const src = this.getAttribute("src");
    return src ? new URL(src, document.baseURI).href : "";
  }
  set src(url) {
    this.setAttribute("src", url);
  }

  get documentId() {
    return this.getAttribute("document-id") ?? "";
  }
  set documentId(id) {
    this.setAttribute("document-id", id);
  }

  get labelSet() {
    return this.#handle.labels();
  }
  set labelSet(labels) {
    this.#handle.setLabels(labels === null ? undefined : JSON.stringify(labels));
  }

  get storage() {
    return this.getAttribute("storage") === "none" ? "none" : "local";
  }
  set storage(storage) {
    this.setAttribute("storage", storage);
  }

  get readOnly() {
    return this.hasAttribute("readonly");
  }
  set readOnly(readOnly) {
    this.toggleAttribute("readonly", Boolean(readOnly));
  }

  get controls() {
    return this.getAttribute("controls") ?? "labels status";
  }
  set controls(controls) {
    this.setAttribute("controls", controls);
  }

  get keys() {
    return this.getAttribute("keys") ?? "";
  }
  set keys(keys) {
    this.setAttribute("keys", keys);
  }

  get creator() {
    return this.#handle.creator() ?? null;
  }
  set creator(name) {
    this.#handle.setCreator(name ?? undefined);
  }

  get ready() {
    return this.#ready.promise;
  }
  get document() {
    return this.#handle.document();
  }
  get text() {
    return this.#handle.text();
  }
  get annotations() {
    return this.#handle.annotations();
  }
  get dirty() {
    return this.#handle.dirty();
  }
  get storageState() {
    return this.#handle.storageState();
  }
  get storageMessage() {
    return this.#handle.storageMessage();
  }
  get formats() {
    return this.#handle.formats();
  }

  load(input) {
    return this.#begin(() => this.#handle.load(input));
  }

  open(id) {
    return this.#begin(() => this.#handle.open(String(id)));
  }

  async #begin(load) {
    if (this.#opened) this.#ready = promise();
    this.#opened = true;
    const ready = this.#ready;
    try {
      const loaded = await load();
      ready.resolve();
      return loaded;
    } catch (error) {
      // What was open before still is; with nothing open there is nothing to be ready.
      if (this.document !== null) ready.resolve();
      else ready.reject(error);
      throw error;
    }
  }

  /** For attributes: what goes wrong is told by an event, and by `ready`. */
  #load(input) {
    this.load(input).catch(() => {});
  }

  annotate(annotation) {
    return this.#handle.annotate(annotation);
  }
  update(id, changes) {
    return this.#handle.update(String(id), changes);
  }
  remove(id) {
    return this.#handle.remove(String(id));
  }
  clear() {
    return this.#handle.clear();
  }
  undo() {
    return this.#handle.undo();
  }
  redo() {
    return this.#handle.redo();
  }

  async export(format = "json") {
    return this.#handle.export(format);
  }

  async import(input, format = "json") {
    const content = typeof input === "string" ? input : await input.text();
    return this.#handle.import(content, format);
  }

  saved() {
    return this.#handle.saved();
  }

  showHelp() {
    this.#handle.showHelp();
  }

  focus(options) {
    this.#handle.focus(options);
  }

  /** Says that the program stopped, and opens the document again in a new one when asked to. */
  offerRestart() {
    const id = this.dataset.restart;
    const message = document.createElement("p");
    message.setAttribute("role", "alert");
    message.textContent =
      "Something went wrong in Rubricate, and it stopped. What you have tagged is stored. ";
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Open again";
    button.addEventListener("click", () => this.#restart(id));
    message.append(button);
    this.#root.replaceChildren(message);
  }

  async #restart() {
    restarts += 1;
    program = await start(`./rubricate_wasm.js?restart=${restarts}`);
  }
}

function promise() {
  const parts = Promise.withResolvers();
  // A host need not look at it.
  parts.promise.catch(() => {});
  return parts;
}

if (!customElements.get("rubricate-article")) {
  customElements.define("rubricate-article", RubricateArticleElement);
}
