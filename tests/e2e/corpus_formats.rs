//! Datasets of other programs on the page: what a format can't hold is said before it is saved, and
//! what a file would change before it is taken in.

use crate::article::Article;
use crate::dialogs::has_dialog;
use crate::harness::{in_each_browser, wait_until_equal};
use rubricate::format::zip::{Limits, unzip};
use serde_json::json;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

/// The files of a folder and of those in it, by their paths in it.
fn files_of(folder: &Path, within: &str, into: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{within}{}", path.file_name().unwrap().to_str().unwrap());
        match path.is_dir() {
            true => files_of(&path, &format!("{name}/"), into),
            false => drop(into.insert(name, fs::read(&path).unwrap())),
        }
    }
}

in_each_browser! {
    fn a_corpus_goes_out_in_parts_as_the_command_parts_it(page: &Page) {
        let article = Article::start(page);
        let add = "return article.constructor.addDocuments(Array.from({ length: 30 }, (_, n) =>
            ({ text: `Article ${n} of many. “Yes,” she said.`, id: `a${n}`, source: `https://paper${n % 5}.example/${n}` })))";
        article.run(add);
        page.reload();
        page.wait_for("they are listed", "return document.querySelector('[aria-setsize=\"30\"]') !== null", json!([]));
        page.run("find('#more [data-act=download-corpus]').click()", json!([]));
        has_dialog(page, "download-dialog");
        let choose = "for (const [id, value] of Object.entries(arguments[0])) {
            find(`#download-${id}`).value = value;
            find(`#download-${id}`).dispatchEvent(new Event('change'));
        }";
        page.run(choose, json!([{ "format": "json" }]));
        page.click("#download-dialog .primary");
        has_dialog(page, "name-dialog");
        page.click("#name-dialog .primary");
        has_dialog(page, "done-dialog");
        page.click("#done-dialog .primary");
        let (name, whole) = page.downloaded();
        assert_eq!(name, "30-documents.annotations.json");
        let input = article.file(&name, whole);
        for (format, by) in [("prodigy", "document"), ("brat", "site")] {
            page.run("find('#more [data-act=download-corpus]').click()", json!([]));
            has_dialog(page, "download-dialog");
            page.run(choose, json!([{ "format": format, "split": by, "shares": "3/1/1" }]));
            page.click("#download-dialog .primary");
            page.wait_for("what it can't hold is said", "return find('#losses-dialog')?.open || !find('#notice').hidden", json!([]));
            page.run("if (find('#losses-dialog')?.open) find('#losses-dialog .primary').click()", json!([]));
            let (_, archive) = page.downloaded();
            article.page_has_said("0 annotations in 30 documents (train ");
            page.run("document.querySelector('#notice .dismiss, #notice [data-act=dismiss]')?.click()", json!([]));
            let browsers: BTreeMap<_, _> = unzip(&archive, Limits::default()).unwrap().into_iter().collect();
            let out = tempfile::tempdir().unwrap();
            let done = Command::new(env!("CARGO_BIN_EXE_rubricate"))
                .args(["convert", "--to", format, "--split", "3/1/1", "--by", by, "--quiet", "-o"])
                .args([out.path(), &input])
                .output()
                .unwrap();
            assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
            let mut commands = BTreeMap::new();
            files_of(out.path(), "", &mut commands);
            assert_eq!(browsers.keys().collect::<Vec<_>>(), commands.keys().collect::<Vec<_>>());
            assert!(browsers == commands, "{format}");
        }
        article.has_no_errors();
    }

    fn what_a_format_can_not_hold_is_said_before_it_is_saved(page: &Page) {
        let article = Article::with_text(page, "One two. Three four.\n");
        article.run("article.creator = 'Ada'");
        article.run("article.annotate({ start: 0, end: 8, label: 'claim' })");
        article.run("article.annotate({ start: 0, end: 3, label: 'quote' })");
        page.click(".bar [data-act=download]");
        has_dialog(page, "download-dialog");
        page.run("const format = find('#download-format'); format.value = 'conll2003'; format.dispatchEvent(new Event('change'))", json!([]));
        assert_eq!(page.run("return find('#download-overlaps').hidden", json!([])), json!(false));
        page.click("#download-dialog .primary");
        has_dialog(page, "name-dialog");
        page.click("#name-dialog .primary");
        has_dialog(page, "losses-dialog");
        assert!(page.text("#losses-list").contains("Annotations left out, since each overlaps a longer one: 1."), "{}", page.text("#losses-list"));
        page.click("#losses-dialog .primary");
        let (name, content) = page.downloaded();
        assert!(name.ends_with(".conll"), "{name}");
        assert!(!content.is_empty());
        article.page_has_said("is in your downloads: 1 annotation in 1 document, read back and compared.");
        article.has_no_errors();
    }

    fn a_dataset_of_another_program_comes_in_after_a_preview(page: &Page) {
        let article = Article::start(page);
        let doccano = "{\"id\":1,\"text\":\"Mayor Smith resigned.\",\"label\":[[0,11,\"person\"]]}\n{\"id\":2,\"text\":\"Nobody came.\",\"label\":[]}\n";
        article.pick("in.jsonl", doccano);
        has_dialog(page, "preview-dialog");
        let preview = page.text("#preview-lines");
        assert!(preview.contains("read as doccano"), "{preview}");
        page.click("#preview-dialog .primary");
        article.is_open_with("Mayor Smith resigned.");
        article.has_tags(&[("person", "Mayor Smith")]);
        let titles = "return [...document.querySelectorAll('#documents .name')].map((name) => name.textContent)";
        wait_until_equal(&json!(["Mayor Smith resigned.", "Nobody came."]), || page.run(titles, json!([])));
        article.has_no_errors();
    }

    fn a_file_of_another_program_that_cannot_be_used_is_refused_with_its_reason(page: &Page) {
        let article = Article::start(page);
        let misfit = "{\"id\":\"a\",\"text\":\"Hello world\",\"spans\":[{\"start\":0,\"end\":5,\"label\":\"claim\",\"text\":\"world\"}]}\n";
        for (name, content, why) in [
            ("rows.jsonl", misfit, "rows.jsonl: line 1: The words \"world\" do not stand at 0 to 5, whether that counts code points, UTF-16 code units or bytes."),
            ("task.json", "[{\"data\":{\"text\":\"a\"},\"annotations\":[{\"result\":[{\"from_name\":", "task.json: line 1: The file breaks off here; it is not complete."),
            ("cas.xmi", "<x:XMI>\n", "cas.xmi: line 2: The file breaks off here; it is not complete."),
            ("tags.ann", "T1\tclaim 0 3\tOne\n", "tags.ann: "),
        ] {
            article.pick(name, content);
            has_dialog(page, "report-dialog");
            let report = page.text("#report-lines");
            assert!(report.starts_with("0 documents added."), "{name}: {report}");
            assert!(report.contains(why), "{name}: {report}");
            page.click("#report-dialog .primary");
        }
        assert_eq!(article.run("return article.constructor.documents()"), json!([]));
        article.has_no_errors();
    }

    fn what_is_wrong_with_annotations_is_said_though_none_come(page: &Page) {
        let article = Article::start(page);
        article.pick("in.jsonl", "{\"text\":\"One two.\",\"label\":[[0,99,\"x\"],[3,1,\"x\"]]}\nno JSON\n");
        has_dialog(page, "columns-dialog");
        page.click("#columns-dialog .primary");
        has_dialog(page, "report-dialog");
        let report = page.text("#report-lines");
        for said in ["1 document added.", "in.jsonl, line 1: An annotation is left out. It covers 0 to 99", "in.jsonl, line 2: The line was left out: it is no JSON."] {
            assert!(report.contains(said), "{report}");
        }
        assert_eq!(report.matches("line 2").count(), 1, "{report}");
        page.click("#report-dialog .primary");
        article.has_no_errors();
    }

    fn the_files_of_a_format_that_has_several_are_opened_together(page: &Page) {
        let article = Article::start(page);
        let row = |format: &str, id: &str| json!({
            "id": format!("{format}-{id}"), "text": format!("One {format} {id}."),
            "spans": [{ "start": 0, "end": 3, "label": "claim", "text": "One" }],
        });
        for (before, format) in ["brat", "w3c", "label-studio", "uima-xmi", "hf-jsonl"].into_iter().enumerate() {
            let input = article.file("rows.jsonl", format!("{}\n{}\n", row(format, "a"), row(format, "b")));
            let out = tempfile::tempdir().unwrap();
            let done = Command::new(env!("CARGO_BIN_EXE_rubricate"))
                .args(["convert", "--to", format, "--quiet", "-o"])
                .args([out.path(), &input])
                .output()
                .unwrap();
            assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
            let mut names: Vec<_> = fs::read_dir(out.path()).unwrap().map(|file| file.unwrap().path()).collect();
            names.sort();
            assert!(names.len() > 1, "{format}");
            page.choose_files("#file-input", &names);
            has_dialog(page, "preview-dialog");
            let preview = page.text("#preview-lines");
            assert!(preview.contains(&format!("read as {format}.")) && preview.contains("New documents2"), "{format}: {preview}");
            assert!(!preview.contains("Refused"), "{format}: {preview}");
            page.click("#preview-dialog .primary");
            let tagged = "return article.constructor.documents().then((all) => all.filter(({ annotations }) => annotations === 1).length)";
            wait_until_equal(&json!(2 * (before + 1)), || article.run(tagged));
        }
        article.has_no_errors();
    }
}
