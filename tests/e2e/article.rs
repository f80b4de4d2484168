//! The words that the product's tests are written in: a person with a browser, an article in it, and
//! what is to be seen of its tags.

use crate::harness::{Page, Point, wait_until_equal};
use serde_json::{Value, json};
use std::path::PathBuf;
use tempfile::TempDir;

/// The element that shows the text and takes the keys.
pub const TEXT: &str = "#article >>> .text";

/// A tag as people see it: its label and what it covers.
pub type Tag = (String, String);

/// The standalone page with its one article.
pub struct Article<'p> {
    /// The browser's page, for all that has no word here.
    pub page: &'p Page,
    files: TempDir,
}

impl<'p> Article<'p> {
    /// Opens the page and waits until it invites.
    pub fn start(page: &'p Page) -> Article<'p> {
        let article = Article {
            page,
            files: tempfile::tempdir().unwrap(),
        };
        // Wide enough for the list beside the text.
        page.resize(1280, 800);
        page.goto("");
        article.is_welcomed();
        article
    }

    /// The one that the page shows already.
    pub fn of(page: &'p Page) -> Article<'p> {
        Article {
            page,
            files: tempfile::tempdir().unwrap(),
        }
    }

    /// The same, with a plain text opened from a file.
    pub fn with_text(page: &'p Page, text: &str) -> Article<'p> {
        let article = Article::start(page);
        article.open_text(text);
        article
    }

    /// Waits for the page that has nothing open: the tutorial, or what is kept here.
    pub fn is_welcomed(&self) {
        let shown = "return document.body.dataset.view === 'welcome' &&
            (!find('#kept').hidden || !find('#tutorial').hidden && find('#hint').textContent)";
        self.page.wait_for("the page invites", shown, json!([]));
    }

    /// A file on the disk, for the picker.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.files.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    /// Picks a file, and doesn't wait.
    pub fn pick(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.file(name, content);
        self.page.choose_file("#file-input", &path);
    }

    /// Opens a plain text by the file picker.
    pub fn open_text(&self, text: &str) {
        self.pick("article.txt", text);
        self.is_open_with(text);
    }

    /// Opens HTML by the file picker.
    pub fn open_html(&self, html: &str) {
        self.pick("article.html", html);
        self.is_open("article.html");
    }

    /// Waits until the article of that source (a file's name, the end of a URL) is on the screen.
    pub fn is_open(&self, source: &str) {
        let shown = "const article = find('#article');
            if (!article?.document?.source?.endsWith(arguments[0])) return false;
            return article.ready.then(() => document.body.dataset.view === 'document' && !article.hidden)";
        self.page
            .wait_for(&format!("{source} is open"), shown, json!([source]));
    }

    /// Waits until the article of that very text is on the screen.
    pub fn is_open_with(&self, text: &str) {
        let shown = "const article = find('#article');
            if (article?.text !== arguments[0]) return false;
            return article.ready.then(() => document.body.dataset.view === 'document' && !article.hidden)";
        self.page.wait_for("the text is open", shown, json!([text]));
    }

    /// Runs the body of a function that knows `article`, the element; a promise is awaited.
    pub fn run(&self, script: &str) -> Value {
        self.page.run(
            &format!("const article = find('#article');{script}"),
            json!([]),
        )
    }

    /// The text of the article, as scripts get it.
    pub fn text(&self) -> String {
        self.run("return article.text").as_str().unwrap().to_owned()
    }

    /// Loads the page anew and waits until the same article is there again.
    pub fn reload(&self) {
        let text = self.text();
        self.page.reload();
        self.is_open_with(&text);
    }

    /// Waits until all is durably saved, and the page says so.
    pub fn is_saved(&self) {
        self.run("return article.saved()");
        wait_until_equal(&"Saved here".to_owned(), || self.page.text("#saving .word"));
    }

    /// Waits until the article has these tags, in document order.
    #[track_caller]
    pub fn has_tags(&self, expected: &[(&str, &str)]) {
        let expected: Vec<Tag> = expected
            .iter()
            .map(|(label, text)| ((*label).to_owned(), (*text).to_owned()))
            .collect();
        wait_until_equal(&expected, || self.tags());
    }

    /// The tags in document order, those of the very same span in the order of their labels.
    pub fn tags(&self) -> Vec<Tag> {
        let tags = self.run(
            "const place = (annotation) => article.labelSet.findIndex(({ id }) => id === annotation.label);
             return article.annotations
                 .toSorted((a, b) => a.start - b.start || b.end - a.end || place(a) - place(b))
                 .map(({ label, text }) => [label, text])",
        );
        serde_json::from_value(tags).unwrap()
    }

    /// Puts the focus into the text, as a click there does, without moving the cursor.
    pub fn focus(&self) {
        self.run("article.focus()");
    }

    /// Presses keys as KEYS.md writes them, with the focus where it is: `"J Shift+C → Esc"`.
    pub fn keys(&self, keys: &str) {
        let chords: Vec<String> = keys.split_whitespace().map(chord).collect();
        let chords: Vec<&str> = chords.iter().map(String::as_str).collect();
        self.page.press(&chords);
    }

    /// Puts the focus into the text and presses keys there.
    pub fn press(&self, keys: &str) {
        self.focus();
        self.keys(keys);
    }

    /// Drags with the mouse over the first occurrence of a text.
    pub fn drag_over(&self, text: &str) {
        let (from, to) = self.page.ends_of_text(TEXT, text);
        self.page.drag(from, to);
    }

    /// Clicks into the middle of the first occurrence of a text.
    pub fn click_on(&self, text: &str, count: u32) {
        let (from, to) = self.page.ends_of_text(TEXT, text);
        let middle = Point {
            x: (from.x + to.x) / 2.0,
            y: from.y,
        };
        self.page.click_at(middle, count);
    }

    /// Clicks a label in the bar.
    pub fn click_label(&self, label: &str) {
        self.page
            .click(&format!("#article >>> .labels .label[data-label={label}]"));
    }

    /// What the status line says.
    pub fn says(&self) -> String {
        self.page.text("#article >>> .status .says")
    }

    /// Waits until the status line says a sentence with these words.
    #[track_caller]
    pub fn has_said(&self, words: &str) {
        wait_until_equal(&true, || self.says().contains(words));
    }

    /// Waits until the element shows a message with these words.
    pub fn has_noticed(&self, words: &str) {
        let shown = "const notice = find('#article >>> .notice');
            return !notice.hidden && notice.textContent.includes(arguments[0])";
        self.page
            .wait_for(&format!("a notice: {words}"), shown, json!([words]));
    }

    /// Waits until the page shows a message with these words.
    pub fn page_has_said(&self, words: &str) {
        let shown = "const notice = find('#notice');
            return !notice.hidden && notice.textContent.includes(arguments[0])";
        self.page
            .wait_for(&format!("the page says: {words}"), shown, json!([words]));
    }

    /// What is active, as text; empty for a caret.
    pub fn active(&self) -> String {
        let active = "return [...CSS.highlights.get('rubricate-active')].filter((range) =>
                find('#article').shadowRoot.contains(range.startContainer))
            .map((range) => {
                const live = document.createRange();
                live.setStart(range.startContainer, range.startOffset);
                live.setEnd(range.endContainer, range.endOffset);
                return live.toString();
            }).join('')";
        self.page
            .run(active, json!([]))
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// Waits until this is active.
    #[track_caller]
    pub fn has_active(&self, text: &str) {
        wait_until_equal(&text.to_owned(), || self.active());
    }

    /// Fails if anything went wrong in the page that nobody caught, or the policy was violated.
    #[track_caller]
    pub fn has_no_errors(&self) {
        assert_eq!(self.page.errors(), Vec::<String>::new());
    }
}

/// A chord of KEYS.md in the names of the DOM. A letter with Shift is a capital, as from a keyboard.
fn chord(keys: &str) -> String {
    let (held, last) = match keys.rsplit_once('+') {
        Some((held, last)) if !held.is_empty() => (Some(held), last),
        _ => (None, keys),
    };
    let last = match last {
        "→" => "ArrowRight".to_owned(),
        "←" => "ArrowLeft".to_owned(),
        "↓" => "ArrowDown".to_owned(),
        "↑" => "ArrowUp".to_owned(),
        "Esc" => "Escape".to_owned(),
        letter if letter.len() == 1 && held != Some("Shift") => letter.to_lowercase(),
        other => other.to_owned(),
    };
    match held {
        Some(held) => format!("{}+{last}", held.replace("Ctrl", "Control")),
        None => last,
    }
}

/// A file of the shared folder; `None`, and a line that says so, where that is absent.
pub fn shared(path: &str) -> Option<PathBuf> {
    let file = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared")).join(path);
    if file.exists() {
        return Some(file);
    }
    println!("skipped: {} is not there", file.display());
    None
}
