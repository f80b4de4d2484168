// Types of the public contract of `<rubricate-article>`. At this border `start` and `end` count
// UTF-16 code units, as JavaScript's own strings do; `codePoints` says the same in code points.

/** A half-open, never empty range `start..end`. */
export interface Extent {
  readonly start: number;
  readonly end: number;
}

/** The four labels of the default set. */
export type DefaultLabelId = "claim" | "quote" | "caption" | "boilerplate";

export interface Label {
  /** `[A-Za-z_][A-Za-z0-9_-]*`: what exports carry. */
  readonly id: string;
  /** What people read; default: the id. */
  readonly name?: string;
  /** One letter that no command has (B C F L P Q T V X Y D); without one the label has its digit. */
  readonly shortcut?: string;
  /** `#rrggbb`. */
  readonly color?: string;
  /** How the line under it is drawn; default: by its place in the set. */
  readonly line?: "solid" | "double" | "dashed" | "dotted";
  /** The definition that the guide shows. */
  readonly description?: string;
}

/** How an annotation came to be. */
export type Method = "manual" | "imported" | "model" | "rule";

export interface Provenance {
  readonly method: Method;
}

/** One annotation; frozen. `start` and `end` are UTF-16 code units of the article's `text`. */
export interface Annotation extends Extent {
  readonly id: string;
  readonly label: string;
  /** The same range in Unicode code points, the unit of every export. */
  readonly codePoints: Extent;
  /** What it covers. */
  readonly text: string;
  readonly note?: string;
  readonly creator?: string;
  /** RFC 3339, UTC. */
  readonly created?: string;
  /** RFC 3339, UTC. */
  readonly modified?: string;
  readonly provenance?: Provenance;
}

/** An annotation of an earlier version of the text whose words this text doesn't have. */
export interface Orphan {
  readonly id: string;
  readonly label: string;
  readonly note: string | null;
  /** What it covered; `null` if the text that it was made in is not stored. */
  readonly text: string | null;
}

/** What `annotate` takes; offsets in UTF-16 code units. */
export interface NewAnnotation extends Extent {
  readonly label: string;
  readonly note?: string;
}

/** What `restore` takes: annotations as they were handed out, or no more than what tells them. */
export interface StoredAnnotation extends NewAnnotation {
  readonly id?: string;
  readonly creator?: string;
  readonly created?: string;
  readonly modified?: string;
  readonly provenance?: Provenance;
}

export interface AnnotationChanges {
  readonly label?: string;
  readonly start?: number;
  readonly end?: number;
  /** An empty string takes the note away. */
  readonly note?: string;
}

interface LoadOptions {
  /** The name under which annotations are stored; default: the URL, else the text's hash. */
  readonly id?: string;
  readonly title?: string;
  /** BCP 47. */
  readonly lang?: string;
}

type OneOf<T> = { [K in keyof T]: { readonly [P in K]: T[P] } & { readonly [P in Exclude<keyof T, K>]?: never } }[keyof T];

/** Exactly one source. A `url` is fetched without credentials, http(s) only. */
export type LoadInput = LoadOptions & OneOf<{ text: string; html: string; markdown: string; file: File; url: string }>;

export interface Loaded {
  readonly id: string;
  /** In UTF-16 code units. */
  readonly length: number;
}

/** What is open. */
export interface OpenDocument {
  readonly id: string;
  readonly title: string;
  /** BCP 47, or `null` when neither the source nor the host says. */
  readonly language: string | null;
  /** In UTF-16 code units. */
  readonly length: number;
  /** Where it came from: a URL or a file's name. */
  readonly source: string | null;
  /** The charset that its bytes were decoded with; `null` for text from JavaScript. */
  readonly charset: string | null;
}

/** A document that is kept in this browser. */
export interface KeptDocument {
  readonly id: string;
  readonly title: string;
  /** When it was last opened: RFC 3339, UTC. */
  readonly opened: string;
  /** How many annotations it has. */
  readonly annotations: number;
}

/** `json` is the self-describing dataset of the README; `formats` lists what this build can write. */
export type FormatId = "json" | (string & {});

export interface Format {
  readonly id: FormatId;
  readonly name: string;
  /** Without the dot. */
  readonly extension: string;
}

/** Counts of annotations. */
export interface Imported {
  readonly added: number;
  readonly unchanged: number;
  readonly conflicting: number;
  readonly rejected: number;
}

/** Where the edits are: durable, on their way, in this tab alone, or refused by a full disk … */
export type StorageState = "saved" | "saving" | "memory" | "full" | (string & {});

export type Part = "labels" | "status" | "panel" | "overview";

/** Who made a change. */
export type ChangedBy = "user" | "api" | "import" | "undo" | "redo" | "other-tab";

export interface Change {
  readonly added: readonly Annotation[];
  readonly removed: readonly Annotation[];
  readonly changed: readonly { readonly before: Annotation; readonly after: Annotation }[];
  readonly by: ChangedBy;
}

export interface Selected {
  /** `null`: the selection has gone. UTF-16 code units. */
  readonly range: Extent | null;
  readonly annotations: readonly Annotation[];
}

export interface Failure {
  /** A sentence for people: what happened, and what to do. */
  readonly message: string;
  /** A word for programs. */
  readonly code: string;
}

export interface RubricateEventMap {
  "rubricate-load": CustomEvent<Loaded>;
  /** Cancelable; never fired for another tab's changes. */
  "rubricate-beforechange": CustomEvent<Change & { readonly by: Exclude<ChangedBy, "other-tab"> }>;
  "rubricate-change": CustomEvent<Change>;
  "rubricate-select": CustomEvent<Selected>;
  "rubricate-saved": CustomEvent<null>;
  /** The keys for the next or previous document. A host that has several cancels it and goes there. */
  "rubricate-navigate": CustomEvent<{ readonly to: "next" | "previous" }>;
  "rubricate-error": CustomEvent<Failure>;
}

export class RubricateArticleElement extends HTMLElement {
  /** The documents kept in this browser, the last opened first. */
  static documents(): Promise<readonly KeptDocument[]>;

  /** Attribute `src`: the URL of an article to load. */
  src: string;
  /** Attribute `document-id`. */
  documentId: string;
  /** Attribute `labels`, as JSON. A malformed set is a `rubricate-error`; the former one stays. */
  get labelSet(): readonly Label[];
  set labelSet(labels: readonly Label[]);
  /** Attribute `storage`; default `local`. */
  storage: "local" | "none";
  /** Attribute `readonly`. */
  readOnly: boolean;
  /** Attribute `controls`: the parts of the interface to show, by spaces; default `labels status`. */
  controls: string;
  /** Attribute `keys`: changes or switches off single keys. */
  keys: string;
  /** The annotator's name, written into what is made from now on. */
  creator: string | null;

  /** The document is loaded, stored annotations are back, the first screen is painted. */
  readonly ready: Promise<void>;
  readonly document: OpenDocument | null;
  readonly text: string;
  /** In document order; frozen. */
  readonly annotations: readonly Annotation[];
  /** What is kept but not found in this text; frozen. `update` with both ends sets one on a span. */
  readonly orphans: readonly Orphan[];
  /** Whether any edit is not durably saved yet. */
  readonly dirty: boolean;
  readonly storageState: StorageState;
  /** The state of storage as a sentence. */
  readonly storageMessage: string;
  readonly formats: readonly Format[];

  /** Rejects with a sentence; what was open stays open. */
  load(input: LoadInput): Promise<Loaded>;
  /** Opens a document that is kept in this browser. */
  open(id: string): Promise<Loaded>;
  /**
   * `null` when a listener cancelled it.
   * @throws {RangeError} an offset that is outside of the text, or within a character
   * @throws {TypeError} a label that isn't in the set
   * @throws {DOMException} `InvalidStateError` before `ready`; so do all that change something
   */
  annotate(annotation: NewAnnotation): Annotation | null;
  /** `null` when a listener cancelled it. @throws {RangeError | TypeError} */
  update(id: string, changes: AnnotationChanges): Annotation | null;
  /** Whether there was such an annotation. `null` when a listener cancelled it. */
  remove(id: string): boolean | null;
  /** Without an id, what it is on every element: takes the element out of its parent. */
  remove(): void;
  /** How many were removed. `null` when a listener cancelled it. */
  clear(): number | null;
  undo(): boolean | null;
  redo(): boolean | null;
  export(format?: FormatId): Promise<File>;
  /** One undo step. */
  import(input: File | string, format?: FormatId): Promise<Imported>;
  /** Sets what the host keeps: no undo step, not dirty. Returns the count. */
  restore(annotations: readonly StoredAnnotation[]): number;
  /** All edits so far are durable. */
  saved(): Promise<void>;
  /** The list of keys. */
  showHelp(): void;

  addEventListener<K extends keyof RubricateEventMap>(type: K, listener: (this: RubricateArticleElement, event: RubricateEventMap[K]) => unknown, options?: boolean | AddEventListenerOptions): void;
  addEventListener<K extends keyof HTMLElementEventMap>(type: K, listener: (this: RubricateArticleElement, event: HTMLElementEventMap[K]) => unknown, options?: boolean | AddEventListenerOptions): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
  removeEventListener<K extends keyof RubricateEventMap>(type: K, listener: (this: RubricateArticleElement, event: RubricateEventMap[K]) => unknown, options?: boolean | EventListenerOptions): void;
  removeEventListener<K extends keyof HTMLElementEventMap>(type: K, listener: (this: RubricateArticleElement, event: HTMLElementEventMap[K]) => unknown, options?: boolean | EventListenerOptions): void;
  removeEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | EventListenerOptions): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "rubricate-article": RubricateArticleElement;
  }
  interface HTMLElementEventMap extends RubricateEventMap {}
  // The events bubble through shadow roots up to the window.
  interface DocumentEventMap extends RubricateEventMap {}
  interface WindowEventMap extends RubricateEventMap {}
}
