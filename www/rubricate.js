// The class of <rubricate-article>. It holds no logic: what it is asked goes to the program.

let instances = 0;

/** A new instance of the program. A module is instantiated once for each address. */
async function start() {
  const address = `rubricate_wasm.js${instances ? `?instance=${instances}` : ""}`;
  const program = await import(`./${address}`);
  instances += 1;
  await program.default();
  program.readPagesWith(readPage);
  const stop = () => {
    program.stop();
    for (const element of connected) element[STOPPED](program);
  };
  program.onPanic(stop);
  addEventListener("error", ({ error }) => {
    if (isTrap(error) && error.stack?.includes(`${address}:`)) stop();
  });
  return { ...program, newHandle: () => watched(new program.Handle(), stop) };
}

const isTrap = (error) => error instanceof WebAssembly.RuntimeError;

/** Where memory runs out, the program ends without a panic, and whoever called it may say nothing. */
function watched(handle, stop) {
  const call = (method, values) => {
    try {
      return method.apply(handle, values);
    } catch (error) {
      if (isTrap(error)) stop();
      throw error;
    }
  };
  return new Proxy(handle, {
    get: (_, name) =>
      typeof handle[name] === "function" ? (...values) => call(handle[name], values) : handle[name],
  });
}

let pages;

/** Web pages are read by a module of their own, which is loaded for the first of them. */
async function readPage(html) {
  pages ??= import("./rubricate_pages.js").then(async (module) => {
    await module.default();
    return module;
  });
  try {
    return (await pages).readPage(html);
  } catch (error) {
    pages = undefined;
    throw error;
  }
}

const STOPPED = Symbol("stopped");
/** @type {Set<RubricateArticleElement>} */
const connected = new Set();
let program = await start();

/** Attributes that the program hears of, and how. */
const TOLD = {
  "document-id": (handle, value) => handle.setDocumentId(value ?? undefined),
  labels: (handle, value) => handle.setLabels(value ?? undefined),
  storage: (handle, value) => handle.setStoreNothing(value === "none"),
  readonly: (handle, value) => handle.setReadOnly(value !== null),
  keys: (handle, value) => handle.setKeys(value ?? undefined),
  "data-theme": (handle) => handle.recolour(),
};

/** Accessors that a host may have set before the class was there. */
const SETTABLE = ["documentId", "labelSet", "storage", "readOnly", "controls", "keys", "creator", "src"];

export class RubricateArticleElement extends HTMLElement {
  static observedAttributes = ["src", ...Object.keys(TOLD)];

  static documents() {
    return program.documents();
  }

  #root = this.attachShadow({ mode: "open" });
  #program = program;
  #handle = program.newHandle();
  #begun = false;
  // For a new instance of the program, when this one has ended by a fault.
  #openId;
  #labels;
  #ready = deferred();

  connectedCallback() {
    connected.add(this);
    for (const name of SETTABLE) this.#setAgain(name);
    this.#connect();
    if (this.src && !this.#begun) this.#fetch();
  }

  #connect() {
    this.#handle.connect(this, this.#root, () => {
      this.#begin(() => this.#handle.openInPlace()).catch(() => {});
    });
  }

  disconnectedCallback() {
    connected.delete(this);
    this.#handle.disconnect();
  }

  attributeChangedCallback(name, former, value) {
    if (former === value) return;
    if (name in TOLD) TOLD[name](this.#handle, value);
    else if (value && this.isConnected) this.#fetch();
  }

  /** A property set before the upgrade hides the accessor of its name. */
  #setAgain(name) {
    if (!Object.hasOwn(this, name)) return;
    const value = this[name];
    delete this[name];
    this[name] = value;
  }

  get src() {
    const src = this.getAttribute("src") ?? "";
    // As of a built-in element: what can't be resolved is given as it is, and loading it says why.
    return URL.canParse(src, this.baseURI) && src ? new URL(src, this.baseURI).href : src;
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
    this.#labels = labels == null ? undefined : JSON.stringify(labels);
    this.#handle.setLabels(this.#labels);
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
  get orphans() {
    return this.#handle.orphans();
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
    if (this.#begun) this.#ready = deferred();
    this.#begun = true;
    const ready = this.#ready;
    try {
      const loaded = await load();
      this.#openId = loaded.id;
      ready.resolve();
      return loaded;
    } catch (error) {
      // What was open before still is; with nothing open there is nothing to be ready.
      if (this.document === null) ready.reject(error);
      else ready.resolve();
      throw error;
    }
  }

  /** For the attribute: what goes wrong is told by `rubricate-error` and by `ready`. */
  #fetch() {
    this.load({ url: this.src }).catch(() => {});
  }

  annotate(annotation) {
    return this.#handle.annotate(annotation);
  }
  update(id, changes) {
    return this.#handle.update(String(id), changes);
  }
  /** Without an argument it is every element's own `remove`. */
  remove(...ids) {
    return ids.length ? this.#handle.remove(String(ids[0])) : super.remove();
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
  restore(annotations) {
    return this.#handle.restore(annotations);
  }

  async export(format = "json") {
    return this.#handle.export(format);
  }

  async import(input, format = "json") {
    return this.#handle.import(typeof input === "string" ? input : await input.text(), format);
  }

  saved() {
    return this.#handle.saved();
  }
  showHelp() {
    this.#handle.showHelp();
  }
  focus() {
    this.#handle.focus();
  }

  /** The program has ended by a fault of its own. What was tagged is stored: offers to go on. */
  [STOPPED](of = this.#program) {
    if (of.Handle !== this.#program.Handle) return;
    this.#forgetLines();
    const message = document.createElement("p");
    message.role = "alert";
    message.textContent =
      this.storage === "none"
        ? "Rubricate stopped by a fault of its own. "
        : "Rubricate stopped by a fault of its own. What you have tagged is stored in this browser. ";
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Open it again";
    button.addEventListener("click", () => this.#goOn());
    message.append(button);
    this.#root.replaceChildren(message);
  }

  /** The lines of a program that has ended are nobody's; the registry of highlights is the page's. */
  #forgetLines() {
    for (const [name, ranges] of CSS.highlights ?? []) {
      if (!name.startsWith("rubricate-")) continue;
      for (const range of [...ranges]) {
        const { startContainer } = range;
        if (this.contains(startContainer) || this.#root.contains(startContainer)) ranges.delete(range);
      }
    }
  }

  async #goOn() {
    if (program === this.#program) program = await start();
    const creator = this.#creatorBefore;
    this.#program = program;
    this.#handle = program.newHandle();
    for (const name in TOLD) TOLD[name](this.#handle, this.getAttribute(name));
    if (this.#labels !== undefined) this.#handle.setLabels(this.#labels);
    this.creator = creator;
    this.#connect();
    if (this.#openId !== undefined && this.storage !== "none") this.open(this.#openId).catch(() => {});
    else if (this.src) this.#fetch();
  }

  get #creatorBefore() {
    try {
      return this.creator;
    } catch {
      return null;
    }
  }
}

/** A promise with its two functions. Nobody has to look at it. */
function deferred() {
  const deferred = {};
  deferred.promise = new Promise((resolve, reject) => Object.assign(deferred, { resolve, reject }));
  deferred.promise.catch(() => {});
  return deferred;
}

if (!customElements.get("rubricate-article")) {
  customElements.define("rubricate-article", RubricateArticleElement);
}
