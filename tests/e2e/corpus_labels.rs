//! The label set, edited in its dialog; and the figures of all documents.

use crate::article::Article;
use crate::dialogs::act;
use crate::harness::{Page, in_each_browser, wait_until_equal};
use serde_json::{Value, json};
use std::process::Command;

fn edit_labels(page: &Page) {
    act(page, "labels");
    page.wait_for(
        "the labels are shown",
        "return find('#labels-dialog')?.open",
        json!([]),
    );
}

/// Sets a field of the label's row at that place, as typing does.
fn set(page: &Page, row: usize, field: &str, value: &str) {
    let set = "const [row, field, value] = arguments;
        const input = document.querySelectorAll('.label-row')[row].querySelector(field);
        input.value = value;
        for (const type of ['input', 'change']) input.dispatchEvent(new Event(type, { bubbles: true }));";
    page.run(set, json!([row, field, value]));
}

fn keep(page: &Page) {
    page.click("#labels-dialog > form > .actions .primary");
}

fn ask_to_remove_claim(page: &Page) {
    page.click(".label-row [aria-label='Remove Claim']");
    page.wait_for(
        "it asks",
        "return find('#remove-label-dialog')?.open",
        json!([]),
    );
}

fn make_captions_of_them(page: &Page) {
    page.run(
        "find('#remove-label-dialog select').value = 'caption'",
        json!([]),
    );
    page.click("#remove-label-dialog .primary");
    // The rows below move up, and the button with them.
    page.wait_for(
        "it is gone",
        "return document.querySelectorAll('.label-row').length === 3",
        json!([]),
    );
}

in_each_browser! {
    fn a_label_is_renamed_and_its_annotations_stay(page: &Page) {
        let article = Article::with_text(page, "One two.\nThree four.\n");
        article.press("Home C");
        edit_labels(page);
        set(page, 0, ".label-name", "Statement");
        set(page, 0, "textarea", "Something to check. For example: it rained.");
        page.run("document.querySelectorAll('.label-row')[0].querySelector('[value=\"#0A6E7D\"]').click()", json!([]));
        keep(page);
        wait_until_equal(&json!("Statement"), || article.run("return article.labelSet[0].name"));
        article.has_tags(&[("claim", "One two.")]);
        article.is_saved();
        article.reload();
        assert_eq!(article.run("const { id, name, color, description } = article.labelSet[0]; return [id, name, color, description]"),
            json!(["claim", "Statement", "#0A6E7D", "Something to check. For example: it rained."]));
        article.has_tags(&[("claim", "One two.")]);
        article.has_no_errors();
    }

    fn labels_of_one_tab_are_those_of_the_other_and_stay(page: &Page) {
        let article = Article::with_text(page, "One two.\nThree four.\n");
        let address = page.run("return location.href", json!([]));
        let first = page.tab();
        let second = page.new_tab();
        page.goto(address.as_str().unwrap());
        article.is_open_with("One two.\nThree four.\n");
        page.switch_to(&first);
        edit_labels(page);
        set(page, 0, ".label-name", "Statement");
        keep(page);
        wait_until_equal(&json!("Statement"), || article.run("return article.labelSet[0].name"));
        page.switch_to(&second);
        wait_until_equal(&json!("Statement"), || article.run("return article.labelSet[0].name"));
        article.press("Home C");
        article.is_saved();
        article.reload();
        assert_eq!(article.run("return article.labelSet[0].name"), json!("Statement"));
        article.has_no_errors();
    }

    fn a_removed_label_says_how_many_it_has_and_gives_them_another(page: &Page) {
        let article = Article::with_text(page, "One two.\nThree four.\n");
        article.press("Home C J C Q");
        article.is_saved();
        edit_labels(page);
        ask_to_remove_claim(page);
        assert!(page.text("#remove-label-dialog p").starts_with("2 annotations in 1 document have this label."));
        make_captions_of_them(page);
        keep(page);
        wait_until_equal(&json!(["quote", "caption", "boilerplate"]), || article.run("return article.labelSet.map(({ id }) => id)"));
        article.has_tags(&[("caption", "One two."), ("quote", "Three four."), ("caption", "Three four.")]);
        article.is_saved();
        article.reload();
        article.has_tags(&[("caption", "One two."), ("quote", "Three four."), ("caption", "Three four.")]);
        article.has_no_errors();
    }

    fn what_got_another_label_gets_its_own_again(page: &Page) {
        let article = Article::with_text(page, "One two.\nThree four.\n");
        article.press("Home C J C Q");
        article.is_saved();
        edit_labels(page);
        ask_to_remove_claim(page);
        make_captions_of_them(page);
        // What else was edited meanwhile stays.
        set(page, 0, ".label-name", "Citation");
        keep(page);
        page.wait_for("it says so", "return find('#notice').textContent.startsWith('2 annotations in 1 document got another label.')", json!([]));
        page.click("#notice .action");
        let names = "return article.labelSet.map(({ name }) => name)";
        wait_until_equal(&json!(["Claim", "Citation", "Caption", "Boilerplate"]), || article.run(names));
        article.has_tags(&[("claim", "One two."), ("claim", "Three four."), ("quote", "Three four.")]);
        article.is_saved();
        article.reload();
        article.has_tags(&[("claim", "One two."), ("claim", "Three four."), ("quote", "Three four.")]);
        assert_eq!(article.run(names), json!(["Claim", "Citation", "Caption", "Boilerplate"]));
        article.has_no_errors();
    }

    fn a_label_is_added_and_used_and_the_set_goes_out_and_comes_in_as_json(page: &Page) {
        let article = Article::with_text(page, "One two.\n");
        edit_labels(page);
        page.run("[...document.querySelectorAll('#labels-dialog button')].find((one) => one.textContent === 'Add a label').click()", json!([]));
        keep(page);
        page.wait_for("it wants a name", "return find('#labels-problem').textContent === 'A label has no name yet.'", json!([]));
        set(page, 4, ".label-name", "Éditorial note");
        set(page, 4, "[name=shortcut]", "X");
        page.run("[...document.querySelectorAll('#labels-dialog button')].find((one) => one.textContent === 'Export').click()", json!([]));
        let (name, content) = page.downloaded();
        assert_eq!(name, "labels.json");
        keep(page);
        article.press("Home X");
        article.has_tags(&[("editorial_note", "One two.")]);
        edit_labels(page);
        page.choose_file("#labels-input", &article.file("bad.json", "[{\"id\":\"a\",\"color\":\"red;\"}]"));
        page.wait_for("it says why", "return find('#labels-problem').textContent.includes('must be of the form #rrggbb')", json!([]));
        page.choose_file("#labels-input", &article.file("labels.json", &content));
        wait_until_equal(&json!(5), || page.run("return document.querySelectorAll('.label-row').length", json!([])));
        keep(page);
        let read: Value = serde_json::from_slice(&content).unwrap();
        assert_eq!(article.run("return article.labelSet.map(({ name }) => name)"), json!(read["labels"].as_array().unwrap().iter().map(|l| &l["name"]).collect::<Vec<_>>()));
        article.has_no_errors();
    }

    fn a_label_that_is_in_use_stays_beside_another_set(page: &Page) {
        let article = Article::with_text(page, "One two.\n");
        article.press("Home C");
        article.is_saved();
        edit_labels(page);
        page.choose_file("#labels-input", &article.file("set.json", r#"[{"id":"fact","name":"Fact","shortcut":"C"}]"#));
        page.wait_for("it says so", "return find('#labels-problem').textContent.startsWith('Kept, since they are in use: Claim (1 annotation).')", json!([]));
        keep(page);
        let set = "return article.labelSet.map(({ id, shortcut }) => `${id} ${shortcut ?? ''}`)";
        wait_until_equal(&json!(["fact C", "claim "]), || article.run(set));
        article.has_tags(&[("claim", "One two.")]);
        article.has_no_errors();
    }

    fn the_figures_are_shown_and_saved_as_a_table(page: &Page) {
        let article = Article::with_text(page, "Flood | =The Post\nOne two.\n");
        article.press("End C Q");
        article.is_saved();
        act(page, "statistics");
        page.wait_for("all is counted", "return find('#statistics-dialog')?.open && !find('#statistics-tables').hidden", json!([]));
        let words = page.text("#statistics");
        assert!(words.starts_with("1 document, 2 annotations."), "{words}");
        assert!(words.contains("Length of Quote in code points5–91"), "{words}");
        page.run("[...document.querySelectorAll('#statistics-dialog button')].find((one) => one.textContent.includes('CSV')).click()", json!([]));
        let (name, content) = page.downloaded();
        assert_eq!(name, "rubricate-statistics-documents.csv");
        let id = article.run("return article.document.id");
        let expected = format!(
            "\u{feff}\"document\",\"title\",\"site\",\"state\",\"annotations\",\"code_points\",\"coverage\",\"claim\",\"quote\",\"caption\",\"boilerplate\"\r\n{id},\"article.txt\",\"'=The Post\",\"open\",2,27,0.296296,1,1,0,0\r\n"
        );
        assert_eq!(String::from_utf8(content).unwrap(), expected);
        article.has_no_errors();
    }

    fn the_figures_fit_a_phone(page: &Page) {
        let article = Article::with_text(page, &format!("{}\n{}\n", "one ".repeat(60_000), "two ".repeat(40_000)));
        article.press("Home C Q");
        page.resize(page.phone_width(), 640);
        act(page, "statistics");
        page.wait_for("all is counted", "return document.querySelector('#statistics .overlaps')", json!([]));
        let out = "const dialog = find('#statistics-dialog');
            return [dialog, ...dialog.querySelectorAll('*')]
                .filter((one) => one.scrollWidth > one.clientWidth && !one.matches('.table-scroll, dt, .table-scroll *'))
                .filter((one) => ['auto', 'scroll'].includes(getComputedStyle(one).overflowX))
                .map((one) => one.id || one.className || one.localName)";
        assert_eq!(page.run(out, json!([])), json!([]));
        article.has_no_errors();
    }

    fn a_label_that_is_called_like_a_figure_has_a_column_of_its_own(page: &Page) {
        let article = Article::with_text(page, "One two.\n");
        article.run("article.labelSet = [{ id: 'state', shortcut: 'X' }]");
        article.press("Home X");
        article.is_saved();
        act(page, "statistics");
        page.wait_for("all is counted", "return find('#statistics-dialog')?.open && !find('#statistics-tables').hidden", json!([]));
        let row = "return [...document.querySelectorAll('#statistics-table tbody tr > *')].slice(3).map((one) => one.textContent)";
        assert_eq!(page.run(row, json!([])), json!(["open", "1", "9", "0.889", "1"]));
        article.has_no_errors();
    }

    fn what_is_counted_is_what_the_command_counts(page: &Page) {
        let article = Article::start(page);
        for (name, text) in [("a.txt", "One is a claim.\n\n“Two,” she said."), ("b.txt", "😀 Three."), ("c.txt", "Four.")] {
            article.pick(name, text);
            article.is_open_with(text);
            article.run("article.annotate({ start: 0, end: 4, label: 'claim' }); article.annotate({ start: 2, end: 5, label: 'quote' })");
            article.press("Ctrl+Enter");
        }
        article.is_saved();
        act(page, "statistics");
        page.wait_for("all is counted", "return document.querySelector('#statistics .overlaps')", json!([]));
        let words = page.text("#statistics");
        for said in ["Part of the text under each label", "Annotations by day, and so far", "Annotations by annotator"] {
            assert!(words.contains(said), "{words}");
        }
        let squares = "return [...document.querySelectorAll('.overlaps tbody tr')].map((row) => [...row.children].map((cell) => cell.textContent).join(' '))";
        assert_eq!(page.run(squares, json!([])), json!(["Claim 0 3 0 0", "Quote 3 0 0 0", "Caption 0 0 0 0", "Boilerplate 0 0 0 0"]));
        let mut counted = article.run("return customElements.get('rubricate-article').statistics(null, { labels: article.labelSet })");
        let corpus = article.run("return customElements.get('rubricate-article').documents()
            .then((all) => article.exportDocuments(all.toSorted((a, b) => a.place - b.place).map(({ id }) => id)))
            .then((file) => file.text())");
        let path = article.file("corpus.json", corpus.as_str().unwrap());
        let out = Command::new(env!("CARGO_BIN_EXE_rubricate"))
            .args(["stats", "--by-document", "--as", "json"])
            .arg(&path)
            .output()
            .unwrap();
        let expected: Value = serde_json::from_slice(&out.stdout).unwrap();
        counted.as_object_mut().unwrap().remove("sheets");
        assert_eq!(counted, expected);
        page.run("const choice = find('#statistics-dialog select[name=table]'); choice.value = 'labels'; choice.dispatchEvent(new Event('change'))", json!([]));
        page.run("[...document.querySelectorAll('#statistics-dialog button')].find((one) => one.textContent.includes('CSV')).click()", json!([]));
        let (name, content) = page.downloaded();
        assert_eq!(name, "rubricate-statistics-labels.csv");
        let out = Command::new(env!("CARGO_BIN_EXE_rubricate"))
            .args(["stats", "--table", "labels", "--as", "csv"])
            .arg(&path)
            .output()
            .unwrap();
        assert_eq!(String::from_utf8(content).unwrap(), format!("\u{feff}{}", String::from_utf8(out.stdout).unwrap()));
        article.has_no_errors();
    }

    fn a_table_without_rows_has_its_columns(page: &Page) {
        let article = Article::start(page);
        article.pick("a.txt", "One is a claim.");
        article.is_open_with("One is a claim.");
        article.is_saved();
        act(page, "statistics");
        page.wait_for("all is counted", "return document.querySelector('#statistics .overlaps')", json!([]));
        let choose = "const choice = find('#statistics-dialog select[name=table]'); choice.value = 'overlaps'; choice.dispatchEvent(new Event('change'));
            return [...document.querySelectorAll('#statistics-table th[scope=col]')].map((one) => one.textContent)";
        assert_eq!(page.run(choose, json!([])), json!(["first", "second", "pairs", "code_points"]));
        page.run("[...document.querySelectorAll('#statistics-dialog button')].find((one) => one.textContent.includes('CSV')).click()", json!([]));
        let (_, content) = page.downloaded();
        assert_eq!(String::from_utf8(content).unwrap(), "\u{feff}\"first\",\"second\",\"pairs\",\"code_points\"\r\n");
        article.has_no_errors();
    }
}
