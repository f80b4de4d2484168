//! Input that means harm, or that is merely broken: it is loaded as text or refused in words; no
//! script runs, nothing is requested, nothing goes wrong.

use crate::article::{Article, TEXT};
use crate::harness::{Page, in_each_browser, wait_until_equal};
use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;

/// Watches for what must not happen, and for how each load ends.
const WATCH: &str = "
window.seen = [];
window.ended = 0;
const see = (what) => seen.push(String(what));
addEventListener('error', (event) => see(event.message), true);
addEventListener('unhandledrejection', (event) => see(event.reason));
document.addEventListener('securitypolicyviolation', (event) => see(`policy: ${event.blockedURI}`));
// The readers of web pages and of other formats are modules of the program's own, loaded with the first.
const isOwn = (url) => new URL(url).origin === location.origin &&
    /^\\/(rubricate\\w*|formats)\\.(js|wasm)$/.test(new URL(url).pathname);
new PerformanceObserver((list) => {
    for (const { name } of list.getEntries()) if (!isOwn(name)) see(`request: ${name}`);
}).observe({ type: 'resource' });
for (const end of ['load', 'error'])
    document.addEventListener(`rubricate-${end}`, () => (window.ended += 1));
";

/// What the article's DOM may be made of, and what else there is.
const FOREIGN: &str = "
const elements = ['section', 'p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'pre', 'blockquote', 'span', 'i'];
const attributes = ['class', 'dir', 'lang', 'style', 'data-section', 'data-simple', 'data-furniture',
    'data-label', 'data-letter', 'data-rtl', 'aria-hidden'];
const foreign = [];
for (const element of find(arguments[0]).querySelectorAll('*')) {
    if (!elements.includes(element.localName) || element.shadowRoot) foreign.push(element.localName);
    for (const { name, value } of element.attributes)
        if (!attributes.includes(name)) foreign.push(`${element.localName} ${name}=${value}`);
}
return foreign;";

/// Opens each `(name, content)` and looks for harm after each.
fn check(page: &Page, cases: &[(String, Vec<u8>)]) {
    let article = Article::start(page);
    page.run(WATCH, json!([]));
    for (name, content) in cases {
        let before = page.run("return ended", json!([]));
        article.pick(name, content);
        page.wait_for(
            &format!("{name} is loaded or refused"),
            "return ended > arguments[0] && find('#article >>> .frame').dataset.state !== 'loading' ||
                find('#report-dialog')?.open || find('#import-dialog')?.open",
            json!([before]),
        );
        page.run("find('#report-dialog')?.close()", json!([]));
        // Annotations for what is here already: they are to come in.
        let agree = "const dialog = find('#import-dialog');
            if (!dialog?.open) return false;
            const button = dialog.querySelector('.primary');
            if (button.disabled) dialog.close();
            else button.click();
            return !button.disabled";
        if page.run(agree, json!([])) == json!(true) {
            article.page_has_said("annotation");
        }
        let harm = "return [typeof __pwned, document.baseURI === location.href.split('#')[0] + location.hash, seen.splice(0)]";
        assert_eq!(
            page.run(harm, json!([])),
            json!(["undefined", true, []]),
            "{name}"
        );
        assert_eq!(page.run(FOREIGN, json!([TEXT])), json!([]), "{name}");
    }
    assert!(!cases.is_empty());
    article.has_no_errors();
}

fn named(cases: &[(&str, &[u8])]) -> Vec<(String, Vec<u8>)> {
    let owned = |(name, content): &(&str, &[u8])| ((*name).to_owned(), content.to_vec());
    cases.iter().map(owned).collect()
}

/// The collection, as its README says.
fn collection() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/hostile"))
}

/// The files below a directory of the collection.
fn cases_of(directory: &str) -> Vec<(String, Vec<u8>)> {
    let mut cases: Vec<_> = fs::read_dir(collection().join(directory))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|file| {
            let name = file.file_name().unwrap().to_str().unwrap().to_owned();
            (name, fs::read(file).unwrap())
        })
        .collect();
    cases.sort();
    cases
}

/// How many annotations of a ported import come in.
const TAKEN_IN: &[(&str, usize)] = &[
    ("i02_proto", 1),
    ("i03_constructor", 0),
    ("i04_reversed", 0),
    ("i07_infinity", 0),
    ("i08_2p53", 0),
    ("i09_2p32", 0),
    ("i11_past_end", 0),
    ("i12_empty_span", 0),
    ("i13_dup_same", 1),
    ("i17_label_html", 0),
    ("i18_colour_css", 1),
    ("i21_id_separators", 5),
    ("i25_proto_labels", 6),
    ("i26_bidi_label", 0),
    ("i28_js_url", 1),
    ("i31_cycle", 2),
    ("i36_unknown_fields", 1),
];

/// A file of the collection in our own format, as far as it can be read at all.
fn ported(content: &[u8]) -> Vec<u8> {
    let Ok(Value::Object(mut file)) = serde_json::from_slice(content) else {
        return content.to_vec();
    };
    if file.get("format") != Some(&json!("annotations")) {
        return content.to_vec();
    }
    let text = file.remove("text").unwrap_or_default();
    let source = file.remove("source");
    let version = match file["version"].as_u64() {
        Some(1) => "1.0.0",
        _ => "999.0.0",
    };
    file.insert("format".into(), json!("span-annotations"));
    file.insert("version".into(), json!(version));
    file.insert("offset_unit".into(), json!("unicode_code_point"));
    let mut document = json!({ "id": "d", "text": text });
    if let Some(source) = source {
        document["source"] = json!({ "uri": source });
    }
    file.insert("documents".into(), json!([document]));
    let named = |label: &mut Value| {
        if let Some(name) = label.get("name").cloned() {
            label["id"] = name;
        }
    };
    file.get_mut("labels")
        .and_then(Value::as_array_mut)
        .into_iter()
        .flatten()
        .for_each(named);
    let annotations = file.get_mut("annotations").and_then(Value::as_array_mut);
    for annotation in annotations.into_iter().flatten() {
        let Some(fields) = annotation.as_object_mut() else {
            continue;
        };
        let start = fields.remove("start").unwrap_or_default();
        let end = fields.remove("end").unwrap_or_default();
        // The quotation goes with the offsets, so that these alone decide.
        let exact = fields.remove("quote").unwrap_or_else(|| json!("Hello"));
        fields.insert("document".into(), json!("d"));
        fields.insert("position".into(), json!({ "start": start, "end": end }));
        fields.insert("quote".into(), json!({ "exact": exact }));
    }
    serde_json::to_vec(&file).unwrap()
}

in_each_browser! {
    fn hostile_pages_of_our_own_do_nothing(page: &Page) {
        check(page, &named(&[
            ("handlers.html", b"<p onclick='__pwned=1'>a<img src=/__leak onerror='__pwned=1'><svg><script>__pwned=1</script></svg>"),
            ("urls.html", b"<base href=//leak.invalid/><link rel=stylesheet href=/__leak><iframe src=/__leak></iframe><a href='javascript:__pwned=1'>a</a>"),
            ("nested.html", b"<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=/__leak onerror=__pwned=1&gt;'>text"),
            ("template.html", b"<template><script>__pwned=1</script></template><p is=rubricate-article id=article name=article>b<rubricate-article src=/__leak></rubricate-article>"),
            ("meta.html", b"<meta http-equiv=refresh content='0;url=/__leak'><meta http-equiv=Content-Security-Policy content=\"script-src 'none'\"><p style='background:url(/__leak)'>c"),
            ("malformed.html", b"<p <b>a</i><table><td>b<p>c</table></div><h1>d<h2>e<ul><li>f<!-- <![CDATA[ g ]]> &#0; &#xD800; &notit; &"),
            ("nul.html", b"<!doctype html><p>a\0b<scr\0ipt>__pwned=1</scr\0ipt>"),
            ("nul.txt", b"One\0two\0three, and enough of text around it to be text all the same.\n"),
        ]));
    }

    fn the_hostile_pages_of_the_collection_do_nothing(page: &Page) {
        check(page, &cases_of("html"));
    }

    fn the_hostile_texts_of_the_collection_do_nothing(page: &Page) {
        check(page, &cases_of("text"));
    }

    fn the_hostile_markdown_of_the_collection_does_nothing(page: &Page) {
        check(page, &cases_of("markdown"));
    }

    fn the_hostile_imports_of_the_collection_do_nothing(page: &Page) {
        let cases = cases_of("import");
        // As they are, they are refused for the name of their format; ported, for what is in them.
        let ported = cases.iter().map(|(name, content)| (format!("ported-{name}"), ported(content)));
        check(page, &ported.chain(cases.iter().cloned()).collect::<Vec<_>>());
        assert_eq!(page.run("return ({}).polluted ?? null", json!([])), Value::Null);
    }

    fn of_a_ported_import_the_good_records_alone_come_in(page: &Page) {
        let article = Article::start(page);
        // All have documents of one name.
        article.run("article.storage = 'none'");
        for (name, expected) in TAKEN_IN {
            let content = ported(&fs::read(collection().join(format!("import/{name}.json"))).unwrap());
            let content = String::from_utf8_lossy(&content).into_owned();
            let taken = page.run(
                "const article = find('#article');
                 return article.load({ file: new File([arguments[0]], 'a.json', { type: 'application/json' }) })
                     .then(() => article.annotations.length, ({ message }) => message)",
                json!([content]),
            );
            assert_eq!(taken, json!(expected), "{name}");
        }
        article.has_no_errors();
    }

    fn nesting_of_five_thousand_levels_is_no_trouble(page: &Page) {
        let article = Article::start(page);
        let deep = format!("{}<p>deep{}", "<div><b>".repeat(5_000), "</b></div>".repeat(5_000));
        article.open_html(&deep);
        assert_eq!(article.text(), "deep");
        article.press("C");
        article.has_tags(&[("claim", "deep")]);
        article.has_no_errors();
    }

    fn a_line_of_ten_megabytes_is_loaded_shown_and_tagged(page: &Page) {
        let article = Article::start(page);
        let line = "word ".repeat(2_000_000);
        article.pick("line.txt", &line);
        article.is_open("line.txt");
        assert_eq!(article.run("return article.text.length"), json!(line.len()));
        let seen = "const box = find(arguments[0]).querySelector('.block').getBoundingClientRect();
            return box.top < innerHeight && box.height > 0";
        assert_eq!(page.run(seen, json!([TEXT])), json!(true));
        article.press("→ Shift+→ C");
        article.has_tags(&[("claim", "word word")]);
        article.press("Shift+→ Q");
        wait_until_equal(&2, || article.tags().len());
        article.has_no_errors();
    }

    fn lone_surrogates_from_a_script_become_replacement_characters(page: &Page) {
        let article = Article::start(page);
        let loaded: Value = article.run(
            "return article.load({ text: 'a\\ud800b \\udc00\\ud83d\\ude00', id: 'x\\ud800' })
                .then(({ length }) => [length, article.text])",
        );
        assert_eq!(loaded, json!([7, "a\u{fffd}b \u{fffd}😀"]));
        let made = article.run(
            "const { text } = article.annotate({ start: 4, end: 7, label: 'claim', note: '\\udfff' });
             return text",
        );
        assert_eq!(made, json!("\u{fffd}😀"));
        article.is_saved();
        article.has_no_errors();
    }

    fn bidirectional_controls_and_invisible_characters_keep_their_places(page: &Page) {
        let text = "access\u{202e}\u{2066}// admin\u{2069} \u{2066}level\u{200b}\u{e0041}\u{feff}end.\n";
        let article = Article::with_text(page, text);
        article.press("Home C");
        article.has_tags(&[("claim", text.trim_end())]);
        article.is_saved();
        article.reload();
        article.has_tags(&[("claim", text.trim_end())]);
    }
}
