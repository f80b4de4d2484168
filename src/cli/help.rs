//! What `--help` prints.

use rubricate::format::FORMATS;

/// The commands, as the general help lists them.
#[cfg(any(test, not(feature = "host")))]
pub const ALL: &str = "\
Commands for datasets of labelled texts; `rubricate COMMAND --help` says more.

  convert     from one format into another
  validate    read files and say what is wrong with them
  stats       count documents, labels, lengths, overlaps and days
  merge       put together what several people made of the same documents
  agreement   how far annotators agree, and where they differ
  split       part documents for training, tuning and testing
  assign      hand documents out to annotators

The exit code is 0 if all is well, 1 if something is wrong with the files, 2 for wrong arguments.";

/// Of `convert`.
pub const CONVERT: &str = "\
rubricate convert IN… --to FORMAT [-o OUT]

Reads datasets and writes them as one dataset of another format. IN is a file, a folder, a zip archive,
or - for standard input; if all are called like plain text, HTML or Markdown, each is a document that
nobody has tagged. OUT is a file or a folder; without it, a format of one file goes to standard output.

  --to FORMAT            what to write
  -o, --out OUT          where to; a folder if it ends with /, is one, or the format has many files
  --from FORMAT          what to read; without it, names and content tell
  --unit UNIT            what the offsets count: code-points, utf-16, bytes, crlf-as-one or
                         utf-16-crlf-as-one; without it, the words that the file quotes tell
  --text FILE            the text, for a format whose files have none
  --overlaps HOW         for a format with one label a token: longest (the others are left out), or
                         file-per-label
  --lossless             make no file if annotations or characters would be missing from it
  --skip-bad             leave out records that can't be used, and write the others
  --split 80/10/10       three datasets in the folder OUT: train, dev, test
  --by document|site     what the split keeps together (document)
  --seed TEXT            what the split draws lots with (1)
  --force                replace files that lie beside OUT too
  --quiet                don't say what the format can't hold";

/// Of `validate`.
pub const VALIDATE: &str = "\
rubricate validate IN…

Reads datasets and says what is wrong with them, by file and line or record. Each readable file is
listed with its format and counts.

  --from FORMAT          what to read; without it, names and content tell
  --unit UNIT            what the offsets count, as for convert
  --text FILE            the text, for a format whose files have none";

/// Of `stats`.
pub const STATS: &str = "\
rubricate stats IN…

Counts what datasets hold. Lengths and offsets are code points, days are those of UTC.

  --as text|csv|json     how to print it (text)
  --table NAME           one table alone: corpus, labels, lengths, overlaps, days, creators
                         or documents; CSV has one table, labels unless another is named
  --by-document          the figures of each document as well
  --from, --unit, --text, --skip-bad   as for convert";

/// Of `merge`.
pub const MERGE: &str = "\
rubricate merge IN… [-o OUT]

Puts together what several people made of the same documents: documents by their text, annotations by
who made them. What came first stands, and what is renamed or there already is said.

  --to FORMAT            what to write (json)
  -o, --out OUT          where to; without it, to standard output
  --annotator NAME=FILE  who made FILE, where neither its annotations nor its assignment say so
  --from, --unit, --text, --skip-bad, --lossless, --force, --quiet   as for convert";

/// Of `agreement`.
pub const AGREEMENT: &str = "\
rubricate agreement IN…

Says how far annotators agree, for all labels and each: precision, recall and F1 of spans that are the
same and of spans that overlap, Cohen's kappa and Krippendorff's alpha over code points. Of two, the
first stands for the truth. Several files are an annotator each; in one file the creators are.

  --by file|creator      who the annotators are
  --by-document          each document as well
  --differences          the places where they differ, and who says what, in place of the figures
  --untouched            count open documents without annotations as work in which nothing was found
  --as text|csv|json     how to print it (text)
  --from, --unit, --text, --skip-bad   as for convert";

/// Of `split`.
pub const SPLIT: &str = "\
rubricate split IN… [-o FOLDER]

Parts documents for training, tuning and testing. The part of a document depends on the seed and on its
text or site alone, so it stays when others are added. Without -o, prints which document is where.

  --shares 80/10/10      how much goes to train, dev and test (80/10/10)
  --by document|site     what is kept together: the same text (document), or all of one site
  --seed TEXT            what lots are drawn with (1)
  --to FORMAT            what to write (json)
  -o, --out FOLDER       where to
  --from, --unit, --text, --skip-bad, --lossless, --force, --quiet   as for convert";

/// Of `assign`.
pub const ASSIGN: &str = "\
rubricate assign IN… --annotators NAME,NAME… -o FOLDER

Hands documents out: one file of our JSON for each annotator, with the labels and the guidelines that
they go by. Some documents go to several annotators, and nothing in the files tells which. Prints who
got what. What comes back is put together with merge and compared with agreement.

  --annotators A,B,C     who gets documents
  --shared N             how many documents in a hundred go to several (18)
  --copies N             how many annotators those go to (2)
  --labels FILE          the label set, as JSON, in place of that of the dataset
  --guidelines NAME      the guidelines: a text file, whose words go along, or a title or a URL
  --guidelines-version V which version of them
  --with-annotations     send along the annotations and states that are there
  --seed TEXT            what lots are drawn with (1)
  -o, --out FOLDER       where to
  --from, --unit, --text, --skip-bad, --force   as for convert";

/// A command's help, with the formats that there are.
pub fn complete(help: &str) -> String {
    let width = FORMATS.iter().map(|format| format.id.len()).max();
    let width = width.unwrap_or_default();
    let mut all = format!("{help}\n\nFormats:\n");
    for format in FORMATS {
        let can = match (format.reads, format.writes) {
            (true, true) => "",
            (true, false) => " (only read)",
            (false, _) => " (only written)",
        };
        all.push_str(&format!("  {:width$}  {}{can}\n", format.id, format.name));
    }
    all.push_str(
        "\nThe exit code is 0 if all is well, 1 if something is wrong with what was read or nothing could\nbe written, 2 for wrong arguments.",
    );
    all
}
