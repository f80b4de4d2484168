//! Several annotators: documents handed out, what comes back compared, decided on, and taken in.

use crate::article::Article;
use crate::dialogs::{act, fill, has_dialog, press};
use crate::harness::{Page, in_each_browser, wait_until_equal};
use rubricate::format::zip::{Limits, unzip};
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;

const TEXT: &str = "The river rose by two metres. “Nobody was warned,” said the mayor. Photo: A. Smith. The school stays shut.";

/// Label, and the words that it is on.
type Tags<'a> = &'a [(&'a str, &'a str)];

/// A file of our JSON, as somebody sends it back.
fn returned(annotator: &str, tags: Tags) -> String {
    let annotations = tags.iter().enumerate().map(|(at, (label, exact))| {
        let start = TEXT[..TEXT.find(exact).unwrap()].chars().count();
        json!({
            "id": format!("{annotator}-{at}"),
            "document": "news",
            "label": label,
            "position": {"start": start, "end": start + exact.chars().count()},
            "quote": {"exact": exact},
            "creator": annotator,
            "created": "2026-11-24T10:00:00Z",
        })
    });
    let label = |id: &str, name: &str, color: &str| json!({"id": id, "name": name, "color": color});
    json!({
        "format": "span-annotations",
        "version": "1.0.0",
        "offset_unit": "unicode_code_point",
        "labels": [label("claim", "Claim", "#0B4ED0"), label("quote", "Quote", "#B4430F"), label("caption", "Caption", "#04483F")],
        "creators": [{"id": annotator, "type": "person", "name": annotator}],
        "assignment": {"annotator": annotator, "guidelines": {"version": "2"}, "documents": ["news"]},
        "documents": [{"id": "news", "title": "The flood", "text": TEXT, "metadata": {"state": "done"}}],
        "annotations": annotations.collect::<Vec<Value>>(),
    })
    .to_string()
}

const ADA: Tags = &[
    ("claim", "The river rose by two metres"),
    ("quote", "“Nobody was warned,”"),
    ("caption", "Photo: A. Smith."),
    ("claim", "The school stays shut."),
];
const BEN: Tags = &[
    ("claim", "The river rose by two metres."),
    ("claim", "“Nobody was warned,” said the mayor."),
    ("caption", "Photo: A. Smith."),
];

fn choose(article: &Article, files: &[(&str, String)]) {
    let paths = files
        .iter()
        .map(|(name, content)| article.file(name, content).display().to_string());
    let paths: Vec<String> = paths.collect();
    article
        .page
        .choose_file("#compare-input", paths.join("\n").as_ref());
}

fn compare(article: &Article) {
    choose(
        article,
        &[
            ("from-ada.json", returned("Ada", ADA)),
            ("from-ben.json", returned("Ben", BEN)),
        ],
    );
    has_dialog(article.page, "comparison-dialog");
}

fn adjudicate(page: &Page) {
    page.run("find('#adjudicate').click()", json!([]));
    has_dialog(page, "adjudication-dialog");
}

#[track_caller]
fn is_at(page: &Page, case: &str, decided: &str) {
    wait_until_equal(&(case.to_owned(), decided.to_owned()), || {
        (
            page.text("#adjudication-dialog-heading"),
            page.text("#adjudication-count"),
        )
    });
}

/// A file of our JSON but for when it was made.
fn timeless(json: &str) -> String {
    let is_time =
        |line: &&str| line.starts_with(" \"created\": ") || line.starts_with(" \"modified\": ");
    let lines: Vec<&str> = json.lines().filter(|line| !is_time(line)).collect();
    lines.join("\n")
}

/// What the command prints.
fn command(words: &[&str], folder: &Path) -> Vec<u8> {
    let out = Command::new(env!("CARGO_BIN_EXE_rubricate"))
        .args(words)
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(
        out.status.success(),
        "{}",
        String::from_utf8_lossy(&out.stderr)
    );
    out.stdout
}

in_each_browser! {
    fn what_is_done_need_not_be_handed_out(page: &Page) {
        let article = Article::start(page);
        article.run("return article.constructor.addDocuments(['One.', 'Two.'].map((text) => ({ text, id: text })))
            .then(() => article.constructor.changeDocuments(['One.'], { state: 'done' }))");
        page.reload();
        page.wait_for("both are listed", "return document.querySelectorAll('.row').length >= 2", json!([]));
        act(page, "hand-out");
        has_dialog(page, "hand-out-dialog");
        assert!(page.text("#hand-out-words").starts_with("2 documents and the labels"));
        page.run("const which = find('#hand-out-which'); which.value = 'open'; which.dispatchEvent(new Event('change'))", json!([]));
        assert!(page.text("#hand-out-words").starts_with("1 document and the labels"));
        fill(page, "#hand-out-names", "Ada");
        page.click("#hand-out-dialog .primary");
        let (_, archive) = page.downloaded();
        let files = unzip(&archive, Limits::default()).unwrap();
        let file: Value = serde_json::from_slice(&files[0].1).unwrap();
        assert_eq!(file["documents"].as_array().unwrap().iter().map(|of| &of["id"]).collect::<Vec<_>>(), ["Two."]);
        article.has_no_errors();
    }

    fn documents_are_handed_out_as_the_command_does_it(page: &Page) {
        let article = Article::start(page);
        for (name, text) in [("a.txt", "One."), ("b.txt", "Two."), ("c.txt", "Three.")] {
            article.pick(name, text);
            article.is_open_with(text);
        }
        page.wait_for("all are listed", "return document.querySelectorAll('#documents .row').length === 3", json!([]));
        act(page, "hand-out");
        has_dialog(page, "hand-out-dialog");
        page.click("#hand-out-dialog .primary");
        page.wait_for("it wants names", "return find('#hand-out-dialog').open && find('#hand-out-problem').textContent.startsWith('Who gets the documents?')", json!([]));
        fill(page, "#hand-out-names", "Ada\nAda\n");
        page.click("#hand-out-dialog .primary");
        page.wait_for("it says why", "return find('#hand-out-dialog').open && find('#hand-out-problem').textContent === \"The annotator 'Ada' is named twice.\"", json!([]));
        fill(page, "#hand-out-names", "Ada\n\n Ben \n");
        fill(page, "#hand-out-shared", "34");
        fill(page, "#hand-out-version", "2");
        page.click("#hand-out-dialog .primary");
        let (name, archive) = page.downloaded();
        assert_eq!(name, "assignments.zip");
        let mut files = unzip(&archive, Limits::default()).unwrap();
        files.sort();
        article.page_has_said("assignments.zip is in your downloads.");
        let corpus = article.run("return customElements.get('rubricate-article').documents()
                .then((all) => article.exportDocuments(all.toSorted((a, b) => a.place - b.place).map(({ id }) => id)))
                .then((file) => file.text())");
        let path = article.file("corpus.json", corpus.as_str().unwrap());
        let folder = path.parent().unwrap();
        command(&["assign", "corpus.json", "--annotators", "Ada,Ben", "--shared", "34", "--guidelines-version", "2", "-o", "out/"], folder);
        for (name, bytes) in &files {
            let expected = std::fs::read_to_string(folder.join("out").join(name)).unwrap();
            assert_eq!(timeless(&String::from_utf8_lossy(bytes)), timeless(&expected), "{name}");
        }
        assert_eq!(files.len(), 2);
        act(page, "hand-out");
        has_dialog(page, "hand-out-dialog");
        fill(page, "#hand-out-guidelines", "A claim can be checked.");
        page.click("#hand-out-dialog .primary");
        let (_, archive) = page.downloaded();
        let files = unzip(&archive, Limits::default()).unwrap();
        let ada: Value = serde_json::from_slice(&files[0].1).unwrap();
        assert_eq!(ada["assignment"]["guidelines"], json!({"version": "2", "text": "A claim can be checked."}));
        assert_eq!(ada["annotations"], json!([]));
        article.has_no_errors();
    }

    fn what_comes_back_is_compared_with_the_commands_figures(page: &Page) {
        let article = Article::start(page);
        compare(&article);
        assert!(page.text("#comparison").starts_with("1 document that two or more worked on, by Ada, Ben."), "{}", page.text("#comparison"));
        press(page, "comparison-dialog", "Figures as CSV");
        let (name, csv) = page.downloaded();
        assert_eq!(name, "agreement.csv");
        let folder = article.file("from-ada.json", returned("Ada", ADA));
        let folder = folder.parent().unwrap();
        let words = ["agreement", "from-ada.json", "from-ben.json", "--by-document", "--as"];
        assert_eq!(csv, command(&[&words[..], &["csv"]].concat(), folder));
        // A browser asks before a page downloads a second file that nobody clicked for.
        page.click("#figures-json");
        let (_, figures) = page.downloaded();
        let expected: Value = serde_json::from_slice(&command(&[&words[..], &["json"]].concat(), folder)).unwrap();
        assert_eq!(serde_json::from_slice::<Value>(&figures).unwrap(), expected);
        let overall = &expected["agreement"][0];
        let cells = page.run("return [...document.querySelectorAll('#comparison tbody tr:first-child')][0].textContent", json!([]));
        for figure in ["exact_f1", "kappa", "alpha"] {
            let shown = format!("{:.3}", overall[figure].as_f64().unwrap());
            assert!(cells.as_str().unwrap().contains(&shown), "{figure} {shown}: {cells}");
        }
        assert!(page.run("return [...document.querySelectorAll('#definitions cite')].map((one) => one.textContent)", json!([])).to_string().contains("Krippendorff"));
        page.wait_for("the picture is there", "return document.querySelectorAll('#comparison .strip').length === 3", json!([]));
        assert_eq!(page.run("return [...document.querySelectorAll('#comparison .lane > span')].map((mark) => mark.title)", json!([])),
            json!(["Claim", "Quote", "Caption", "Claim", "Claim", "Claim", "Caption"]));
        assert_eq!(page.run("return [...document.querySelectorAll('#comparison .cases > li > ul')].map((one) => one.textContent)", json!([])), json!([
            "Ada: Claim “The river rose by two metres”Ben: Claim “The river rose by two metres.”",
            "Ada: Quote ““Nobody was warned,””Ben: Claim ““Nobody was warned,” said the mayor.”",
            "Ada: Claim “The school stays shut.”Ben: nothing",
        ]));
        article.has_no_errors();
    }

    fn cases_are_decided_by_keys_and_the_outcome_is_a_dataset(page: &Page) {
        let article = Article::start(page);
        article.run("article.creator = 'Cleo'");
        compare(&article);
        adjudicate(page);
        is_at(page, "Case 1 of 3", "0 of 3 decided");
        article.keys("2");
        has_dialog(page, "name-dialog");
        fill(page, "#name-field", "Cleo");
        page.click("#name-dialog .primary");
        is_at(page, "Case 2 of 3", "1 of 3 decided");
        article.keys("1");
        is_at(page, "Case 3 of 3", "2 of 3 decided");
        article.keys("n");
        is_at(page, "Case 3 of 3", "3 of 3 decided");
        article.keys("z");
        is_at(page, "Case 3 of 3", "2 of 3 decided");
        article.keys("z");
        is_at(page, "Case 2 of 3", "1 of 3 decided");
        // What was decided is there again, and so is what to undo.
        page.reload();
        article.is_welcomed();
        compare(&article);
        assert_eq!(page.text("#comparison-progress"), "1 of 3 cases in dispute decided.");
        adjudicate(page);
        is_at(page, "Case 2 of 3", "1 of 3 decided");
        article.keys("b");
        is_at(page, "Case 3 of 3", "2 of 3 decided");
        article.keys("←");
        is_at(page, "Case 2 of 3", "2 of 3 decided");
        assert_eq!(page.run("return find('[data-choice=b]').ariaPressed", json!([])), json!("true"));
        article.keys("1");
        is_at(page, "Case 3 of 3", "2 of 3 decided");
        article.keys("n");
        is_at(page, "Case 3 of 3", "3 of 3 decided");
        page.click("#adjudication-dialog .primary");
        press(page, "comparison-dialog", "Save the outcome");
        let (name, content) = page.downloaded();
        assert_eq!(name, "adjudicated.annotations.json");
        has_dialog(page, "done-dialog");
        assert_eq!(page.text("#done-heading"), "3 of 3 spans read back exactly");
        let outcome: Value = serde_json::from_slice(&content).unwrap();
        let annotations = outcome["annotations"].as_array().unwrap();
        let decided: Vec<Value> = annotations.iter().map(|a| json!([a["label"], a["quote"]["exact"], a["creator"], a["adjudication"]["decision"], a["adjudication"]["supported_by"]])).collect();
        assert_eq!(json!(decided), json!([
            ["claim", "The river rose by two metres.", "Cleo", "chosen", ["Ben"]],
            ["quote", "“Nobody was warned,”", "Cleo", "chosen", ["Ada"]],
            ["caption", "Photo: A. Smith.", "Cleo", "agreed", ["Ada", "Ben"]],
        ]));
        let record = &outcome["documents"][0]["metadata"]["adjudication"];
        assert_eq!(record["rejected"][0]["by"], json!(["Ada"]));
        page.click("#done-dialog .primary");
        press(page, "comparison-dialog", "Add to my documents");
        has_dialog(page, "preview-dialog");
        page.click("#preview-dialog .primary");
        article.is_open_with(TEXT);
        article.has_tags(&[
            ("claim", "The river rose by two metres."),
            ("quote", "“Nobody was warned,”"),
            ("caption", "Photo: A. Smith."),
        ]);
        let exported = article.run("return article.export('doccano').then((file) => file.text())");
        assert!(exported.as_str().unwrap().contains("The school stays shut."), "{exported}");
        article.has_no_errors();
    }

    fn decisions_are_in_the_backup_and_the_later_one_counts(page: &Page) {
        let article = Article::start(page);
        article.run("article.creator = 'Cleo'");
        compare(&article);
        adjudicate(page);
        article.keys("2");
        has_dialog(page, "name-dialog");
        page.click("#name-dialog .primary");
        is_at(page, "Case 2 of 3", "1 of 3 decided");
        article.keys("1");
        is_at(page, "Case 3 of 3", "2 of 3 decided");
        page.click("#adjudication-dialog .primary");
        press(page, "comparison-dialog", "Close");
        act(page, "backup");
        let (name, content) = page.downloaded();

        let elsewhere = Page::open(page.browser());
        let other = Article::start(&elsewhere);
        compare(&other);
        adjudicate(&elsewhere);
        other.keys("1");
        has_dialog(&elsewhere, "name-dialog");
        elsewhere.click("#name-dialog .primary");
        is_at(&elsewhere, "Case 2 of 3", "1 of 3 decided");
        let path = other.file(&name, content);
        elsewhere.reload();
        other.is_welcomed();
        elsewhere.choose_file("#backup-input", &path);
        has_dialog(&elsewhere, "restore-dialog");
        elsewhere.click("#restore-dialog .primary");
        other.page_has_said("0 documents restored.");
        compare(&other);
        assert_eq!(elsewhere.text("#comparison-progress"), "2 of 3 cases in dispute decided.");
        adjudicate(&elsewhere);
        is_at(&elsewhere, "Case 3 of 3", "2 of 3 decided");
        let pressed = |key: &str| elsewhere.run("return find(`[data-choice='${arguments[0]}']`).ariaPressed", json!([key]));
        other.keys("←");
        is_at(&elsewhere, "Case 2 of 3", "2 of 3 decided");
        assert_eq!(pressed("1"), "true");
        other.keys("←");
        is_at(&elsewhere, "Case 1 of 3", "2 of 3 decided");
        // Decided by 2 at home, and by 1 here, which was later.
        assert_eq!((pressed("1"), pressed("2")), (json!("true"), json!("false")));
        other.has_no_errors();
    }

    fn files_that_cannot_be_compared_are_refused_with_a_sentence(page: &Page) {
        let article = Article::start(page);
        choose(&article, &[("from-ada.json", returned("Ada", ADA)), ("broken.json", "{\"format\": \"span-annotations\"".to_owned())]);
        article.page_has_said("Nothing was compared: broken.json");
        choose(&article, &[("from-ada.json", returned("Ada", ADA))]);
        article.page_has_said("Nothing was compared: No document was worked on by two annotators, so there is nothing to compare.");
        let bad = returned("Ben", BEN).replace("\"exact\":\"Photo: A. Smith.\"", "\"exact\":\"Photo: B. Jones.\"");
        choose(&article, &[("from-ada.json", returned("Ada", ADA)), ("from-ben.json", bad)]);
        article.page_has_said("Nothing was compared: from-ben.json");
        assert_eq!(page.run("return find('#comparison-dialog')", json!([])), json!(null));
        article.has_no_errors();
    }
}
