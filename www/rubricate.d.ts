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
  /** What it asks of each of its annotations. */
  readonly attributes?: readonly Attribute[];
}

/** What a label asks of each of its annotations. */
export interface Attribute {
  /** `[A-Za-z_][A-Za-z0-9_-]*`: what exports carry; no two of a label have the same. */
  readonly id: string;
  /** What people read; default: the id. */
  readonly name?: string;
  /** What can be said; default: `choice` with `options`, else `text`. */
  readonly type?: "choice" | "text" | "flag";
  /** Of a choice: what there is to choose from. */
  readonly options?: readonly string[];
}

/** What attributes say, by their ids: a string, or `true` of a flag. Files may bring numbers. */
export type Attributes = Readonly<Record<string, string | number | boolean>>;

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
  /** There if any attribute says something, be it one of a label that it had before; frozen. */
  readonly attributes?: Attributes;
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
  /** Of its label: a string of a text or choice, a boolean of a flag. */
  readonly attributes?: Attributes;
}

/** What `restore` takes: annotations as they were handed out, or no more than what tells them. */
export interface StoredAnnotation extends NewAnnotation {
  /** What it covers. Where that doesn't stand at its place any more, it is looked for in the text. */
  readonly text?: string;
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
  /** Those that are not named stay; `null`, an empty string and `false` take away what was said. */
  readonly attributes?: Readonly<Record<string, string | number | boolean | null>>;
}

interface LoadOptions {
  /** The name under which annotations are stored; default: the URL, else the text's hash. */
  readonly id?: string;
  readonly title?: string;
  /** BCP 47. */
  readonly lang?: string;
  /** Where the text comes from: a URL. It is not fetched. */
  readonly source?: string;
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
  readonly state: DocumentState;
  /** Why it was skipped. */
  readonly reason: string | null;
}

/** How far the work on a document has come. */
export type DocumentState = "open" | "done" | "skipped";

export type DocumentFlag = "bad-scrape" | "duplicate" | "unsure";

/** A document that is kept in this browser. */
export interface KeptDocument {
  readonly id: string;
  readonly title: string;
  /** When it was last opened, or came: RFC 3339, UTC. */
  readonly opened: string;
  /** When it came: RFC 3339, UTC. */
  readonly added: string;
  /** Its place in the order in which the documents came, from 0. */
  readonly place: number;
  /** How many annotations it has. */
  readonly annotations: number;
  /** How many of each label, by the label's id. */
  readonly counts: Readonly<Record<string, number>>;
  /** `untouched` and `in-progress` are open, without and with annotations. */
  readonly state: "untouched" | "in-progress" | "done" | "skipped";
  /** Why it was skipped. */
  readonly reason: string | null;
  readonly flags: readonly DocumentFlag[];
  /** The host of its URL, or what its title names behind the last bar. */
  readonly site: string | null;
  /** In Unicode code points. */
  readonly length: number;
  /** The id of the first document of the same text, if that is another one. */
  readonly sameAs: string | null;
}

export interface DocumentChanges {
  readonly state?: DocumentState;
  /** Why it is skipped. */
  readonly reason?: string;
  readonly flags?: Readonly<Partial<Record<DocumentFlag, boolean>>>;
}

/** A document of a report: the name that it was handed over by, its id and its title. */
export interface ReportedDocument {
  readonly name: string;
  readonly id: string;
  readonly title: string;
}

/** What has become of what `addDocuments` was given. */
export interface Added {
  /** They are new here. */
  readonly added: readonly ReportedDocument[];
  /** They were here already. */
  readonly same: readonly ReportedDocument[];
  /** Documents here whose text an added one has as well. */
  readonly copies: readonly ReportedDocument[];
  /** They were in the trash. */
  readonly returned: readonly ReportedDocument[];
  /** Their ids stand for other texts here, so they got new ones. */
  readonly renamed: readonly ReportedDocument[];
  readonly refused: readonly { readonly name: string; readonly why: string }[];
  /** The annotations that came with them. */
  readonly annotations: Imported;
  /** What else there is to say. */
  readonly remarks: readonly string[];
  /** The labels of the datasets among them. */
  readonly labels: readonly Label[];
  /** What the datasets among them say of whom they were handed out to. */
  readonly assignments: readonly Assignment[];
  /** What was changed of documents that were here, for `undoEdits`. */
  readonly edits: readonly Edit[];
}

/** What has become of what `relabelDocuments` was given. */
export interface Relabelled {
  /** How many got the label. */
  readonly annotations: number;
  /** One for each document that has some, for `undoEdits`. */
  readonly edits: readonly Edit[];
}

/** What was changed at once of one document. */
export interface Edit {
  /** Its id. */
  readonly document: string;
  /** The name of the edit. */
  readonly edit: string;
}

/** Documents that were handed out to somebody. */
export interface Assignment {
  readonly annotator: string;
  /** What the annotator is to go by. */
  readonly guidelines: { readonly name?: string; readonly version?: string; readonly text?: string };
  /** The ids that the documents have here. */
  readonly documents: readonly string[];
}

/** A document in the trash. */
export interface DeletedDocument {
  readonly id: string;
  readonly title: string;
  /** RFC 3339, UTC. */
  readonly deleted: string;
  /** When it is removed for good: RFC 3339, UTC. */
  readonly until: string;
  readonly annotations: number;
}

/** What restoring a backup did: counts of documents. */
export interface Restored {
  readonly documents: number;
  /** They were not here. */
  readonly added: number;
  /** They were here: what the backup knows was added to them. */
  readonly united: number;
  /** Another text is here under the same id: left out. */
  readonly differing: number;
  /** When the backup was made: RFC 3339, UTC. */
  readonly created: string;
  /** What was given to `backup`. */
  readonly beside: unknown;
}

/** `json` is the self-describing dataset of the README; `formats` lists all that can be written. */
export type FormatId =
  | "json"
  | "hf-jsonl"
  | "w3c"
  | "spacy-docbin"
  | "spacy-json"
  | "prodigy"
  | "doccano"
  | "doccano-py"
  | "label-studio"
  | "brat"
  | "conll2003"
  | "bio"
  | "bilou"
  | "uima-json"
  | "uima-xmi"
  | "pubannotation"
  | "gate-bdoc"
  | "csv"
  | "tsv"
  | "csv-spreadsheet"
  | (string & {});

/** What offsets count. */
export type OffsetUnit = "code-points" | "utf-16" | "bytes" | "crlf-as-one" | "utf-16-crlf-as-one";

export interface ExportOptions {
  /** The file's name without an extension; default: the title's words. */
  stem?: string;
  /** For `doccano`: what offsets count. */
  unit?: OffsetUnit;
  /** For a format of one label a token: the longest of overlapping annotations, or a file for each label. */
  overlaps?: "longest" | "file-per-label";
  /** Rejects rather than making a file from which annotations or characters are missing. */
  lossless?: boolean;
}

/** Of many documents, which are written one after the other. */
export interface ExportDocumentsOptions extends ExportOptions {
  /** In parts, train, dev and test: how much each gets (`"80/10/10"`), what is kept together, and what lots are drawn with (`"1"`). */
  split?: { shares?: string; by?: "document" | "site"; seed?: string };
  /** Our JSON says whose work it is. Default: what came with the documents. */
  assignment?: Assignment;
  /** Called with how many documents are written, of how many. */
  progress?: (written: number, all: number) => void;
  /** Ends it; the promise rejects with its reason. */
  signal?: AbortSignal;
}

export interface StatisticsOptions {
  /** Labels that stand first, in this order, also if there is nothing of them; the default set if not given. */
  labels?: readonly Label[];
  /** Called with how many documents are counted, of how many. */
  progress?: (counted: number, all: number) => void;
  /** Ends it; the promise rejects with its reason. */
  signal?: AbortSignal;
}

/** A row of figures by the names of their columns. Shares are from 0 to 1, lengths in Unicode code points. */
export type StatisticsRow = Readonly<Record<string, string | number | null>>;

/** A table in the order of its columns, of which two may have the same name, where a label is called like a figure. */
export interface StatisticsSheet {
  readonly columns: readonly string[];
  /** A value for each column. */
  readonly rows: readonly (readonly (string | number | null)[])[];
  /** What the command prints as CSV, with cells that a spreadsheet would take for formulas defused. */
  readonly csv: string;
}

/** The tables of the command `stats`, by their names. */
export interface Statistics {
  readonly corpus: readonly StatisticsRow[];
  readonly labels: readonly StatisticsRow[];
  /** How many annotations of a label are how long, in ranges. */
  readonly lengths: readonly StatisticsRow[];
  readonly overlaps: readonly StatisticsRow[];
  readonly days: readonly StatisticsRow[];
  readonly creators: readonly StatisticsRow[];
  /** Absent without a document. */
  readonly documents?: readonly StatisticsRow[];
  /** The same tables by their names, for who shows or saves them. */
  readonly sheets: Readonly<Record<string, StatisticsSheet>>;
}

export interface ImportOptions {
  /** What offsets count; default: found by the words that the file quotes, else what the format counts in. */
  unit?: OffsetUnit;
  /** Says what it would come to, and changes nothing. */
  dry?: boolean;
}

/** Something that a file doesn't hold, or not as it is. */
export interface Loss {
  /** A word for programs. */
  readonly kind: string;
  /** Whether spans, labels or characters are concerned, and not only what is said besides. */
  readonly ofContent: boolean;
  readonly count: number;
  /** A sentence for people. */
  readonly sentence: string;
  readonly first: readonly { readonly document: string; readonly annotation: string | null }[];
}

export interface ExportReport {
  readonly documents: number;
  readonly annotations: number;
  readonly losses: readonly Loss[];
  readonly leftOut: number;
  readonly findings: readonly { readonly sentence: string; readonly leftOut: boolean }[];
  /** Of a corpus in parts, what each of them has. */
  readonly parts?: Readonly<Record<string, { readonly documents: number; readonly annotations: number }>>;
}

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
  /** The format that the file was in, and what there is to say of it, if it isn't our JSON. */
  readonly format?: FormatId;
  readonly notes?: readonly string[];
  /** With `dry`: why some would be rejected, as sentences. */
  readonly reasons?: readonly string[];
}

/** Where the edits are: durable, on their way, in this tab alone, or refused by a full disk … */
export type StorageState = "saved" | "saving" | "local" | "memory" | "full" | "newer" | (string & {});

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
  /** Keeps documents without opening them. With `dry` it only reports what it would do. */
  static addDocuments(inputs: Iterable<File | LoadInput>, options?: { readonly dry?: boolean }): Promise<Added>;
  /** How many documents changed. An element that has one open takes that as another tab's change. */
  static changeDocuments(ids: Iterable<string>, changes: DocumentChanges): Promise<number>;
  /** What the documents of those ids, or all, come to. */
  static statistics(ids?: Iterable<string> | null, options?: StatisticsOptions): Promise<Statistics>;
  /** Takes back the edits of a report; what somebody has changed since, stays. How many changed something. */
  static undoEdits(edits: Iterable<Edit>): Promise<number>;
  /** Gives all annotations of one label another, as one edit in each document. */
  static relabelDocuments(ids: Iterable<string>, from: string, to: string): Promise<Relabelled>;
  /**
   * Files of another format as one of our JSON, for `addDocuments`; the format is told by names and content.
   * The error with which it rejects has a `format` if the files are in that one beyond doubt.
   */
  static convert(files: Iterable<File>, format?: FormatId, options?: ImportOptions): Promise<{ readonly format: FormatId; readonly file: File; readonly report: ExportReport }>;
  /** Puts documents into the trash, for thirty days. How many. */
  static deleteDocuments(ids: Iterable<string>): Promise<number>;
  /** Takes documents out of the trash. How many. */
  static restoreDocuments(ids: Iterable<string>): Promise<number>;
  /** What is in the trash, the last deleted first. */
  static deletedDocuments(): Promise<readonly DeletedDocument[]>;
  /** Everything that is kept here as one file; `beside` is any JSON value to go with it. */
  static backup(beside?: unknown): Promise<File>;
  /** Unites a backup with what is here. With `dry` it only counts. */
  static restoreBackup(file: File, options?: { readonly dry?: boolean }): Promise<Restored>;

  /** Attribute `src`: the URL of an article to load. `null` takes an attribute away, here and below. */
  get src(): string;
  set src(url: string | URL | null | undefined);
  /** Attribute `document-id`. Another name opens the same text with what is stored under that. */
  get documentId(): string;
  set documentId(id: string | null | undefined);
  /** Attribute `labels`, as JSON. A malformed set is a `rubricate-error`; the former one stays. */
  get labelSet(): readonly Label[];
  /** `null` is the default set. */
  set labelSet(labels: readonly Label[] | null | undefined);
  /** Attribute `storage`; default `local`. Holds from the next load on. */
  get storage(): "local" | "none";
  set storage(storage: "local" | "none" | null | undefined);
  /** Attribute `readonly`. */
  readOnly: boolean;
  /** Attribute `controls`: the parts of the interface to show, by spaces; default `labels status`. */
  get controls(): string;
  set controls(controls: string | null | undefined);
  /** Attribute `keys`, JSON: changes or switches off single keys. */
  get keys(): string;
  set keys(keys: string | Readonly<Record<string, string | null>> | null | undefined);
  /** Attribute `name`: under which the annotations are submitted with a form. */
  name: string;
  /** Attribute `disabled`: shows without editing, and is not submitted. */
  disabled: boolean;
  /** The annotator's name, written into what is made from now on. */
  get creator(): string | null;
  set creator(name: string | null | undefined);

  /** The form that it belongs to. */
  readonly form: HTMLFormElement | null;
  /** What a form submits: the JSON of `annotations`; empty before a document is open. */
  readonly value: string;

  /**
   * The document is loaded, stored annotations are back, the first screen is painted. A new load makes
   * a new promise, unless the former one is still waiting.
   */
  readonly ready: Promise<void>;
  readonly document: OpenDocument | null;
  readonly text: string;
  /** In document order; frozen. */
  readonly annotations: readonly Annotation[];
  /** What is kept but not found in this text; frozen. `update` with both ends sets one on a span. */
  readonly orphans: readonly Orphan[];
  /** Whether any edit is not durably saved yet; with `storage` "none", whether there was one since loading or `restore`. */
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
   * @throws {DOMException} `InvalidStateError` before `ready` and for the same label on the same span,
   * `NoModificationAllowedError` if read-only; so do all that change something
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
  /** Whether anything was undone. `null` when a listener cancelled it. */
  undo(): boolean | null;
  /** Whether anything was redone. `null` when a listener cancelled it. */
  redo(): boolean | null;
  /** Several kept documents as one file, in the order given. */
  exportDocuments(ids: Iterable<string>, format?: FormatId, options?: ExportDocumentsOptions): Promise<File>;
  /** The same, with what the format can't hold. */
  exportDocumentsWithReport(
    ids: Iterable<string>,
    format?: FormatId,
    options?: ExportDocumentsOptions,
  ): Promise<{ readonly file: File; readonly report: ExportReport }>;
  /** Says how far the work has come. Whether that is new; `null` when a listener cancelled it. */
  mark(state: DocumentState, options?: { readonly reason?: string }): boolean | null;
  /** Rejects with a `RangeError` for a format that there isn’t. Several files come as a zip archive. */
  export(format?: FormatId, options?: ExportOptions): Promise<File>;
  /** The same, with what the format can't hold. */
  exportWithReport(
    format?: FormatId,
    options?: ExportOptions,
  ): Promise<{ readonly file: File; readonly report: ExportReport }>;
  /** One undo step. */
  import(input: File | readonly File[] | string, format?: FormatId, options?: ImportOptions): Promise<Imported>;
  /**
   * Sets what the host keeps: no undo step, not dirty. Returns the count. An annotation whose `text` the article
   * doesn't have is a `RangeError`, and then nothing changes.
   */
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
