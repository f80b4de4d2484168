//! Taking the dataset away: what a real browser downloads, read by Python and by ourselves.

use crate::article::Article;
use crate::harness::{Page, in_each_browser};
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;

/// A text in which code points, UTF-16 code units and bytes all differ.
const STORY: &str = "😀 Start.\r\nShe said: “We had no warning,” and left 👩‍👩‍👧‍👦 cafe\u{301}.\r\tمرحبا بالعالم.\u{2028}\n";

/// Opens the story and tags pieces of it, some of them overlapping, one with a note.
fn tagged(page: &Page) -> Article<'_> {
    let article = Article::with_text(page, STORY);
    article.press("Home B J Home ↓ C End Q");
    article.drag_over("“We had no warning,”");
    article.keys("Q");
    article.drag_over("and left 👩‍👩‍👧‍👦 cafe\u{301}");
    article.keys("P C");
    article.run("article.update(article.annotations[0].id, { note: 'a \"note\"\\n😀' })");
    assert!(article.tags().len() >= 5, "{:?}", article.tags());
    article
}

/// Presses Download, for the first time as somebody with that name.
fn download(page: &Page, first_as: Option<&str>) -> (String, Vec<u8>) {
    page.click(".bar [data-act=download]");
    page.click("#download-dialog .primary");
    if let Some(name) = first_as {
        page.wait_for(
            "it asks for a name",
            "return find('#name-dialog').open",
            json!([]),
        );
        page.type_text(name);
        page.click("#name-dialog .primary");
    }
    let file = page.downloaded();
    page.wait_for(
        "the proof is shown",
        "return find('#done-dialog').open",
        json!([]),
    );
    file
}

/// Has Python check the file; gives what it prints.
fn read_back(path: &Path) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = Command::new("python3")
        .arg(root.join("tests/read_back.py"))
        .arg(path)
        .arg(root.join("schema/rubricate-1.schema.json"))
        .output()
        .expect("the download is read back by Python: install python3");
    let printed = [output.stdout, output.stderr].concat();
    let printed = String::from_utf8_lossy(&printed).into_owned();
    assert!(output.status.success(), "{printed}");
    printed
}

in_each_browser! {
    fn python_reads_every_span_of_the_download(page: &Page) {
        let article = tagged(page);
        let count = article.tags().len();
        let (name, content) = download(page, Some("Ada"));
        assert_eq!(name, "article.annotations.json");
        let path = article.file(&name, &content);
        let printed = read_back(&path);
        assert!(printed.starts_with(&format!("{count} spans of 1 documents read back")), "{printed}");
        assert_eq!(
            page.text("#done-heading"),
            format!("{count} of {count} spans read back exactly")
        );
        assert!(page.text("#python").contains("article.annotations.json"));
        article.has_no_errors();
    }

    fn the_name_is_asked_for_once_and_goes_into_what_is_made_then(page: &Page) {
        let article = Article::with_text(page, "One. Two.");
        article.press("Home ↓ C");
        download(page, Some("Ada Lovelace"));
        page.click("#done-dialog .primary");
        article.press("End Q");
        let (_, content) = download(page, None);
        let data: Value = serde_json::from_slice(&content).unwrap();
        assert_eq!(data["documents"][0]["text"], "One. Two.");
        let creators: Vec<&Value> = data["annotations"].as_array().unwrap().iter().map(|a| &a["creator"]).collect();
        assert!(creators.contains(&&json!("Ada Lovelace")), "{data:#}");
        page.click("#done-dialog .primary");
        article.is_saved();
        article.reload();
        assert_eq!(article.run("return article.creator"), json!("Ada Lovelace"));
    }

    fn a_download_opened_elsewhere_is_the_same_again(page: &Page) {
        let article = tagged(page);
        article.run("article.creator = 'Ada'");
        article.drag_over("Start");
        article.keys("C");
        let all = "return article.annotations.map(({ provenance, modified, ...rest }) => rest)";
        let (name, content) = download(page, Some("Ada"));
        let before = article.run(all);

        let elsewhere = Page::open(page.browser());
        let other = Article::start(&elsewhere);
        other.pick(&name, &content);
        other.is_open_with(STORY);
        assert_eq!(other.run(all), before);
        assert_eq!(
            other.run("return article.document.title"),
            article.run("return article.document.title")
        );
        other.is_saved();
        other.reload();
        assert_eq!(other.run(all), before);

        let (again_name, again) = download(&elsewhere, Some("Bob"));
        read_back(&other.file(&again_name, &again));
        let [first, again]: [Value; 2] =
            [content, again].map(|content| serde_json::from_slice(&content).unwrap());
        assert_eq!(again["annotations"], first["annotations"]);
        assert_eq!(again["documents"], first["documents"]);
        other.has_no_errors();
    }

    fn annotations_are_imported_into_the_open_text_as_one_step(page: &Page) {
        let article = tagged(page);
        let all = article.tags();
        let (name, content) = download(page, Some(""));
        page.click("#done-dialog .primary");
        let path = article.file(&name, &content);
        let import = || page.choose_file("#import-input", &path);
        let preview = || {
            page.wait_for("it is asked", "return find('#import-dialog')?.open", json!([]));
            let figures = page.run(
                "return [...document.querySelectorAll('#import-lines .figures > div')].map((row) => row.innerText.replace(/\\s+/g, ' ').trim())",
                json!([]),
            );
            let can = page.run("return !find('#import-dialog .primary').disabled", json!([]));
            (figures, can)
        };
        import();
        let here = json!([format!("Here already {}", all.len())]);
        assert_eq!(preview(), (here, json!(false)));
        page.click("#import-dialog [data-close]");
        article.run("article.clear()");
        article.has_tags(&[]);
        import();
        let new = json!([format!("New {}", all.len())]);
        assert_eq!(preview(), (new.clone(), json!(true)));
        article.has_tags(&[]);
        page.click("#import-dialog [data-close]");
        import();
        assert_eq!(preview(), (new, json!(true)));
        page.click("#import-dialog .primary");
        article.page_has_said(&format!("{} annotations added.", all.len()));
        assert_eq!(article.tags(), all);
        page.click("#notice .action");
        article.has_tags(&[]);
        let wrong = article.file("wrong.json", "{\"format\":");
        page.choose_file("#import-input", &wrong);
        article.has_noticed("breaks off");
        article.has_tags(&[]);
        article.open_text("Another text.");
        import();
        article.has_noticed("belong to another text");
        article.has_tags(&[]);
    }
}
