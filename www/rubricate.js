// The class of <rubricate-article>. It holds no logic: what it is asked goes to the program.

import { AS_JSON, FormControl, RESTORED } from "./rubricate_form.js";
import { loaded } from "./rubricate_module.js";
import { askCorpus, start } from "./rubricate_program.js";
import { forgetLines, stoppedMessage } from "./rubricate_stopped.js";

const STOPPED = Symbol("stopped");
/** @type {Set<RubricateArticleElement>} */
const connected = new Set();
/** The class, if the page has loaded the script before, maybe from another address. */
const NAME = "rubricate-article";
let program = customElements.get(NAME) ? undefined : await startForAll();

/** A program that all elements run, until it ends. */
function startForAll() {
  return start((stopped) => {
    for (const element of connected) element[STOPPED](stopped);
  });
}

/** Attributes that the program hears of, and how. */
const TOLD = {
  "document-id": (handle, value) => handle.setDocumentId(value ?? undefined),
  labels: (handle, value) => handle.setLabels(value ?? undefined),
  storage: (handle, value) => handle.setStoreNothing(value === "none"),
  readonly: (handle, value, element) => handle.setReadOnly(value !== null || element.matches(":disabled")),
  keys: (handle, value) => handle.setKeys(value ?? undefined),
  lang: (handle, value) => handle.setLanguage(value ?? undefined),
  dir: (handle, value) => handle.setDirection(value ?? undefined),
  "data-theme": (handle) => handle.recolour(),
};

/** Accessors that a host may have set before the class was there. */
const SETTABLE = ["documentId", "labelSet", "storage", "readOnly", "controls", "keys", "creator", "src", "name", "disabled"];

class RubricateArticleElement extends FormControl {
  static observedAttributes = ["src", ...Object.keys(TOLD)];

  static documents() {
    return askCorpus("documents");
  }
  static async addDocuments(inputs, options) {
    return askCorpus("addDocuments", [...inputs], options);
  }
  static async changeDocuments(ids, changes) {
    return askCorpus("changeDocuments", [...ids], changes);
  }
  static async statistics(ids, options = {}) {
    const { countDocuments } = await loaded(import("./exporting.js"));
    return countDocuments(askCorpus, ids && [...ids], options);
  }
  static async undoEdits(edits) {
    return askCorpus("undoEdits", [...edits]);
  }
  static async relabelDocuments(ids, from, to) {
    return askCorpus("relabelDocuments", [...ids], String(from), String(to));
  }
  static async convert(files, format = "", options = {}) {
    const { read } = await loaded(import("./formats.js"));
    const { json, report, ...rest } = await read([...files], format, options);
    return { ...rest, report, file: new File([json], "converted.annotations.json", { type: "application/json" }) };
  }
  static async deleteDocuments(ids) {
    return askCorpus("deleteDocuments", [...ids]);
  }
  static async restoreDocuments(ids) {
    return askCorpus("restoreDocuments", [...ids]);
  }
  static deletedDocuments() {
    return askCorpus("deletedDocuments");
  }
  static backup(beside) {
    return askCorpus("backup", beside === undefined ? undefined : JSON.stringify(beside));
  }
  static async restoreBackup(file, options) {
    return askCorpus("restoreBackup", file, options);
  }

  #root = this.attachShadow({ mode: "open" });
  #program = program;
  #handle = program.newHandle(this);
  #isShown = false;
  // Whether `src` waits for the element to be on a page, and how many loads there were.
  #srcWaits = false;
  #loads = 0;
  // For a new instance of the program, when this one has ended by a fault.
  #openId;
  // Whether that is the host's own content.
  #isInPlace = false;
  #labels;
  #ready = deferred();

  constructor() {
    super();
    // An element may be upgraded off the page, where nothing tells it that this is over.
    if (SETTABLE.some((name) => Object.hasOwn(this, name))) queueMicrotask(() => this.#setAgain());
  }

  connectedCallback() {
    connected.add(this);
    this.#setAgain();
    // It may have ended while the element was elsewhere.
    if (this.#program.hasStopped()) return this[STOPPED]();
    if (this.#isShown) this.#handle.hasMoved();
    else this.#connect();
    if (this.#srcWaits) this.#fetch();
  }

  #connect() {
    this.#isShown = true;
    this.#handle.connect(this, this.#root, () => {
      this.#begin(() => this.#handle.openInPlace(), true).catch(() => {});
    });
  }

  disconnectedCallback() {
    connected.delete(this);
    // Moved on the page within one task, it stays as it is; but nothing of it stays in a tree that it
    // has left.
    if (this.#handle.isInPlace()) this.#hide();
    else queueMicrotask(() => this.isConnected || this.#hide());
  }

  /** `moveBefore`: nothing is lost but, in Firefox, where it was scrolled to. */
  connectedMoveCallback() {
    this.#handle.hasMoved();
  }

  /** In another document everything is made anew: style sheets belong to one. */
  adoptedCallback() {
    this.#hide();
  }

  #hide() {
    if (this.#isShown) this.#handle.disconnect();
    this.#isShown = false;
  }

  attributeChangedCallback(name, former, value) {
    // An element that goes on reads them all again.
    if (former === value || this.#program.hasStopped()) return;
    if (name === "labels") this.#labels = undefined;
    if (name !== "src") {
      TOLD[name](this.#handle, value, this);
      if (this.#handle.isMisnamed()) this.#begin(() => this.#handle.reopen()).catch(() => {});
    } else if (value === null) {
      this.#srcWaits = false;
    } else if (this.isConnected && this.#isShown) {
      this.#fetch();
    } else {
      this.#srcWaits = true;
    }
  }

  /** By the attribute `disabled`, or a fieldset around the element. */
  formDisabledCallback() {
    TOLD.readonly(this.#handle, this.getAttribute("readonly"), this);
  }

  /** A property set before the upgrade hides the accessor of its name. */
  #setAgain() {
    for (const name of SETTABLE) {
      if (!Object.hasOwn(this, name)) continue;
      const value = this[name];
      delete this[name];
      this[name] = value;
    }
  }

  /** `null` and `undefined` take an attribute away: frameworks unset a property that way. */
  #reflect(name, value) {
    if (value == null) this.removeAttribute(name);
    else this.setAttribute(name, value);
  }

  get src() {
    const src = this.getAttribute("src") ?? "";
    // As of a built-in element: what can't be resolved is given as it is, and loading it says why.
    return URL.canParse(src, this.baseURI) && src ? new URL(src, this.baseURI).href : src;
  }
  set src(url) {
    this.#reflect("src", url);
  }

  get documentId() {
    return this.getAttribute("document-id") ?? "";
  }
  set documentId(id) {
    this.#reflect("document-id", id);
  }

  get labelSet() {
    return this.#handle.labels();
  }
  set labelSet(labels) {
    let json;
    try {
      // What JSON has no form for becomes a string, which is refused like any other.
      if (labels != null) json = JSON.stringify(labels) ?? '""';
    } catch {
      json = '""';
    }
    if (this.#handle.setLabels(json)) this.#labels = json;
  }

  get storage() {
    return this.getAttribute("storage") === "none" ? "none" : "local";
  }
  set storage(storage) {
    this.#reflect("storage", storage);
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
    this.#reflect("controls", controls);
  }

  get keys() {
    return this.getAttribute("keys") ?? "";
  }
  set keys(keys) {
    this.#reflect("keys", typeof keys === "object" && keys ? JSON.stringify(keys) : keys);
  }

  get creator() {
    return this.#handle.creator() ?? null;
  }
  set creator(name) {
    this.#handle.setCreator(name == null ? undefined : String(name));
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

  async #begin(load, isInPlace = false) {
    // A load that is overtaken leaves its promise to the one that overtakes it.
    if (this.#ready.isSettled) this.#ready = deferred();
    this.#srcWaits = false;
    this.#loads += 1;
    const [ready, number] = [this.#ready, this.#loads];
    try {
      const loaded = await load();
      this.#openId = loaded.id;
      this.#isInPlace = isInPlace;
      if (number === this.#loads) ready.resolve();
      return loaded;
    } catch (error) {
      // What was open before still is; with nothing open there is nothing to be ready. An element that
      // left the page before its content was read goes on when it is back.
      if (number === this.#loads && error.name !== "AbortError") {
        if (this.document === null) ready.reject(error);
        else ready.resolve();
      }
      throw error;
    }
  }

  /** For the attribute: what goes wrong is told by `rubricate-error` and by `ready`. */
  #fetch() {
    this.#begin(() => this.#handle.loadSource(this.src, this.#ordinal())).catch(() => {});
  }

  /** Which of the elements on the page that show the same source by default this is, from 1 on. */
  #ordinal() {
    let ordinal = 1;
    let isLater = false;
    for (const other of connected) {
      if (other === this) isLater = true;
      else if (other.src === this.src && !other.documentId && precedes(other, this, !isLater)) ordinal += 1;
    }
    return ordinal;
  }

  annotate(annotation) {
    return this.#handle.annotate(annotation);
  }
  update(id, changes) {
    return this.#handle.update(id, changes);
  }
  /** Without an argument it is every element's own `remove`. */
  remove(...ids) {
    return ids.length ? this.#handle.remove(ids[0]) : super.remove();
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
  [AS_JSON]() {
    return this.#handle.annotationsAsJson();
  }
  restore(annotations) {
    const count = this.#handle.restore(annotations);
    this[RESTORED](annotations);
    return count;
  }

  async export(format = "json", options) {
    return (await this.exportWithReport(format, options)).file;
  }

  exportWithReport(format, options) {
    return this.#telling("export", this.#export(format, options));
  }

  async #export(format = "json", options = {}) {
    const ours = this.#handle.export(String(format));
    if (format === "json") {
      const annotations = this.annotations.length;
      return { file: ours, report: { documents: 1, annotations, losses: [], leftOut: 0, findings: [] } };
    }
    const stem = ours.name.replace(/\.annotations\.json$/, "");
    const { write } = await loaded(import("./formats.js"));
    return write(await ours.text(), String(format), { stem, ...options });
  }

  async exportDocuments(ids, format, options) {
    return (await this.exportDocumentsWithReport(ids, format, options)).file;
  }

  exportDocumentsWithReport(ids, format, options) {
    return this.#telling("export", this.#exportDocuments(ids, format, options));
  }

  async #exportDocuments(ids, format = "json", options = {}) {
    this.#handle.mustKnowFormat(String(format));
    // What is open goes out as it is stored, so it has to be.
    await this.saved().catch(() => {});
    const set = { labels: JSON.stringify(this.labelSet), creator: this.creator ?? undefined };
    const { exportDocuments } = await loaded(import("./exporting.js"));
    return exportDocuments(askCorpus, [...ids], String(format), { ...set, ...options });
  }

  /** What fails is an event with the same sentence, but for what the host has stopped itself. */
  async #telling(code, promise) {
    try {
      return await promise;
    } catch (error) {
      if (error.name !== "AbortError" && !this.#program.hasStopped()) this.#handle.tellFailure(code, error.message);
      throw error;
    }
  }

  mark(state, options) {
    return this.#handle.mark(String(state), options);
  }

  async import(input, format, { dry = false, ...options } = {}) {
    this.#handle.mustBeWritable();
    const { importFiles } = await loaded(import("./formats.js"));
    return importFiles(this, this.#handle, input, format, dry, options);
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
    if (of !== this.#program) return;
    forgetLines(this, this.#root);
    this.#root.replaceChildren(stoppedMessage(this.storage, () => this.#goOn()));
  }

  async #goOn() {
    if (program === this.#program) program = await startForAll();
    const creator = this.#creatorBefore;
    this.#program = program;
    this.#handle = program.newHandle(this);
    for (const name of Object.keys(TOLD)) TOLD[name](this.#handle, this.getAttribute(name), this);
    if (this.#labels !== undefined) this.#handle.setLabels(this.#labels);
    this.creator = creator;
    this.#connect();
    // What stands on the page is read anew there, and finds its annotations by its id.
    if (this.#isInPlace) return;
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
  const deferred = { isSettled: false };
  const settling = (settle) => (value) => {
    deferred.isSettled = true;
    settle(value);
  };
  deferred.promise = new Promise((resolve, reject) => {
    deferred.resolve = settling(resolve);
    deferred.reject = settling(reject);
  });
  deferred.promise.catch(() => {});
  return deferred;
}

/** Whether `a` comes before `b` on the page; in trees apart, whether it `cameFirst`. */
function precedes(a, b, cameFirst) {
  const position = a.compareDocumentPosition(b);
  return position & Node.DOCUMENT_POSITION_DISCONNECTED
    ? cameFirst
    : Boolean(position & Node.DOCUMENT_POSITION_FOLLOWING);
}

if (!customElements.get(NAME)) customElements.define(NAME, RubricateArticleElement);
const Defined = customElements.get(NAME);
export { Defined as RubricateArticleElement };
