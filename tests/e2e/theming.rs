//! A host's colours, fonts, sizes and choices: each custom property, part and attribute that the README
//! names has its effect, and print has the annotations.

use crate::harness::{Answer, Host, Page, in_each_browser};
use serde_json::{Value, json};

/// A custom property, a value, and where the value is seen: an element and a property of it.
const PROPERTIES: [(&str, &str, &str, &str); 36] = [
    ("paper", "rgb(1, 2, 3)", ".interface", "background-color"),
    ("panel", "rgb(1, 2, 3)", ".panel", "background-color"),
    ("ink", "rgb(1, 2, 3)", ".interface", "color"),
    ("muted", "rgb(1, 2, 3)", ".status", "color"),
    ("hairline", "rgb(1, 2, 3)", ".note", "border-top-color"),
    ("faint", "rgb(1, 2, 3)", ".labels", "border-top-color"),
    ("hover", "rgb(1, 2, 3)", ".interface", "--hover"),
    ("rubric", "rgb(1, 2, 3)", ".bracket", "border-top-color"),
    ("warning", "rgb(1, 2, 3)", ".interface", "--warning"),
    ("selection", "rgb(1, 2, 3)", ".interface", "--selection"),
    ("shadow", "rgb(1, 2, 3)", ".interface", "--shade"),
    (
        "backdrop",
        "rgb(1, 2, 3)",
        ".help::backdrop",
        "background-color",
    ),
    (
        "claim",
        "rgb(1, 2, 3)",
        ".label[data-label=claim] .letter",
        "background-color",
    ),
    (
        "claim-tint",
        "rgb(1, 2, 3)",
        ".interface",
        "--rubricate-tint-claim",
    ),
    (
        "quote",
        "rgb(1, 2, 3)",
        ".label[data-label=quote] .letter",
        "background-color",
    ),
    (
        "quote-tint",
        "rgb(1, 2, 3)",
        ".interface",
        "--rubricate-tint-quote",
    ),
    (
        "caption",
        "rgb(1, 2, 3)",
        ".label[data-label=caption] .letter",
        "background-color",
    ),
    (
        "caption-tint",
        "rgb(1, 2, 3)",
        ".interface",
        "--rubricate-tint-caption",
    ),
    (
        "boilerplate",
        "rgb(1, 2, 3)",
        ".label[data-label=boilerplate] .letter",
        "background-color",
    ),
    (
        "boilerplate-tint",
        "rgb(1, 2, 3)",
        ".interface",
        "--rubricate-tint-boilerplate",
    ),
    ("font", "fantasy", ".text", "font-family"),
    ("interface-font", "fantasy", ".labels", "font-family"),
    (
        "initial-font",
        "fantasy",
        ".block::first-letter",
        "font-family",
    ),
    ("monospace-font", "fantasy", ".preformatted", "font-family"),
    ("font-size", "31px", ".text", "font-size"),
    ("interface-font-size", "21px", ".labels", "font-size"),
    ("line-height", "3", ".text", "line-height"),
    ("measure", "200px", ".text", "max-width"),
    ("gutter", "91px", ".section", "padding-left"),
    ("padding", "77px", ".text", "padding-top"),
    ("block-gap", "55px", ".block", "margin-top"),
    ("panel-width", "411px", ".panel", "width"),
    ("panel-height", "222px", ".panel", "height"),
    ("bar-height", "99px", ".labels", "min-height"),
    ("target-size", "66px", ".labels .undo", "min-height"),
    ("radius", "13px", ".labels .undo", "border-top-left-radius"),
];

/// What every script can call.
const HELP: &str = "
const element = find('rubricate-article');
const root = element.shadowRoot;
const see = (selector, property) => {
    const [path, pseudo] = selector.split('::');
    const found = root.querySelector(path);
    return getComputedStyle(found, pseudo && `::${pseudo}`).getPropertyValue(property).trim();
};
";

fn start(page: &Page) -> Host {
    let host = Host::start([
        ("/", Answer::page("<!doctype html><title>Host</title><meta name=color-scheme content='light dark'>
            <style>body { margin: 0 }</style><rubricate-article storage=none initial panel=open controls='labels status panel'></rubricate-article>")),
    ]);
    page.goto(&host.at("/"));
    page.define_element();
    page.run("
        const element = find('rubricate-article');
        return element.load({ html: '<p>One two three.<pre>four\\nfive</pre>', id: 'theme' }).then(() => {
            element.annotate({ start: 0, end: 3, label: 'claim' });
            element.focus();
        })", json!([]));
    page.press(&["Home"]);
    page.wait_for(
        "the cursor is drawn",
        "return find('rubricate-article >>> .bracket.active')",
        json!([]),
    );
    host
}

fn run(page: &Page, script: &str, arguments: Value) -> Value {
    page.run(&format!("{HELP}{script}"), arguments)
}

in_each_browser! {
    in_one_page:

    fn each_custom_property_has_its_effect(page: &Page) {
        let _host = start(page);
        run(page, "element.showHelp()", json!([]));
        let mut properties: Vec<_> = PROPERTIES.to_vec();
        properties.push(("space", "9px", ".status", "column-gap"));
        for (name, value, selector, property) in properties {
            let seen = run(page, "
                const [name, value, selector, property] = arguments;
                const before = see(selector, property);
                element.style.setProperty(name, value);
                const during = see(selector, property);
                element.style.removeProperty(name);
                return [before, during, see(selector, property)];",
                json!([format!("--rubricate-{name}"), value, selector, property]));
            let expected = match name {
                "line-height" => "57px",
                // With the gutters on both sides, which are wider in a wide window.
                "measure" if seen[1] == json!("288px") => "288px",
                "measure" => "272px",
                "space" => "144px",
                _ => value,
            };
            assert_eq!(seen[1], json!(expected), "{name}");
            assert_ne!(seen[0], seen[1], "{name}");
            assert_eq!(seen[0], seen[2], "{name}");
        }
    }

    fn a_label_of_the_hosts_own_has_its_properties_too(page: &Page) {
        let _host = start(page);
        let seen = run(page, "
            element.labelSet = [{ id: 'fact', color: '#123456' }];
            const own = see('.label[data-label=fact] .letter', 'background-color');
            element.style.setProperty('--rubricate-fact', 'rgb(1, 2, 3)');
            return [own, see('.label[data-label=fact] .letter', 'background-color')];", json!([]));
        assert_eq!(seen, json!(["rgb(18, 52, 86)", "rgb(1, 2, 3)"]));
    }

    fn each_part_can_be_styled_from_outside(page: &Page) {
        let _host = start(page);
        let parts = ["scroller", "text", "overview", "panel", "labels", "status", "notice", "card", "help", "progress"];
        let styled = run(page, "
            const [parts] = arguments;
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(parts.map((part) => `rubricate-article::part(${part}) { outline: 5px solid rgb(9, 8, 7) }`).join(''));
            document.adoptedStyleSheets = [sheet];
            return parts.filter((part) => see(`[part=${part}]`, 'outline-color') !== 'rgb(9, 8, 7)')
                .concat([...root.querySelectorAll('[part]')].map(({ part }) => part.value).filter((part) => !parts.includes(part)));",
            json!([parts]));
        assert_eq!(styled, json!([]));
    }

    fn controls_shows_the_named_parts_alone(page: &Page) {
        let _host = start(page);
        let shown = run(page, "
            element.setAttribute('fill', '');
            const shown = () => ['labels', 'status', 'panel', 'overview'].filter((part) => see(`[part=${part}]`, 'display') !== 'none');
            return ['', 'labels', 'status', 'panel', 'overview', 'status  overview labels panel', 'all', null].map((controls) => {
                element.controls = controls;
                return shown();
            });", json!([]));
        assert_eq!(shown, json!([
            [], ["labels"], ["status"], ["panel"], ["overview"], ["labels", "status", "panel", "overview"], [],
            ["labels", "status"],
        ]));
    }

    fn light_and_dark_go_by_the_colour_scheme(page: &Page) {
        let _host = start(page);
        let papers = run(page, "
            const paper = () => see('.interface', 'background-color');
            const papers = {};
            for (const scheme of ['light', 'dark']) {
                document.documentElement.style.colorScheme = scheme;
                papers[scheme] = paper();
                for (const theme of ['light', 'dark']) {
                    element.dataset.theme = theme;
                    papers[`${theme} in ${scheme}`] = paper();
                }
                delete element.dataset.theme;
            }
            return papers;", json!([]));
        let (light, dark) = ("rgb(252, 250, 245)", "rgb(23, 24, 27)");
        assert_eq!(papers, json!({
            "light": light, "light in light": light, "dark in light": dark,
            "dark": dark, "light in dark": light, "dark in dark": dark,
        }));
    }

    fn the_keys_attribute_changes_and_switches_off_single_keys(page: &Page) {
        let _host = start(page);
        let tags = |page: &Page, keys: Value, press: &[&str]| {
            run(page, "element.clear(); element.keys = arguments[0]; element.focus()", json!([keys]));
            page.press(press);
            run(page, "return element.annotations.map(({ label, text }) => `${label}: ${text}`)", json!([]))
        };
        let all = json!(["claim: One two three."]);
        let none = json!([]);
        assert_eq!(tags(page, json!(null), &["Home", "c"]), all);
        assert_eq!(tags(page, json!({ "undo": "v" }), &["Home", "c", "z"]), all);
        assert_eq!(tags(page, json!({ "undo": "v" }), &["Home", "c", "v"]), none);
        assert_eq!(tags(page, json!({ "undo": null }), &["Home", "c", "z"]), all);
        assert_eq!(tags(page, json!("{\"undo\":null}"), &["Home", "c", "Control+z"]), none);
        assert_eq!(tags(page, json!(null), &["Home", "c", "z"]), none);
    }

    fn print_shows_the_annotations_of_the_whole_text(page: &Page) {
        let _host = start(page);
        let painted = "
            const count = () => [...CSS.highlights].filter(([name]) => /^rubricate-\\d/.test(name)).reduce((sum, [, highlight]) => sum + highlight.size, 0);
            window.counts = [];
            addEventListener('beforeprint', () => counts.push(count()));
            addEventListener('afterprint', () => counts.push(count()));
            return element.load({ text: 'A line of words.\\n'.repeat(600) }).then(() => {
                for (let line = 0; line < 600; line += 2) element.annotate({ start: 17 * line, end: 17 * line + 6, label: 'claim' });
            })";
        run(page, painted, json!([]));
        // What a browser does for a print, without the paper.
        let counts = page.run("for (const name of ['beforeprint', 'afterprint']) dispatchEvent(new Event(name)); return counts", json!([]));
        assert_eq!(counts[0], json!(300));
        assert!(counts[1].as_i64().unwrap() < 200, "{counts}");
    }
}
