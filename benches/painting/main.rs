//! How long it takes until something is painted: in a real browser, as ratios to floors measured in
//! the same run, against the budget. Prints a Markdown table and never fails for a figure in it.
//!
//! `cargo bench` measures in Chromium, `cargo bench -- firefox` in Firefox, which tells neither its
//! memory nor its long tasks; `cargo bench -- "1 MB"` measures the sizes of that name alone.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used)]

// It is the end-to-end tests', which use more of it.
#[allow(dead_code, unused_imports, unused_macros)]
#[path = "../../tests/e2e/harness/mod.rs"]
mod harness;
mod memory;
mod sizes;
mod table;

use harness::{Browser, Page};
use serde_json::{Value, json};
use table::Table;

const SCRIPTS: [&str; 3] = [
    include_str!("page/corpus.js"),
    include_str!("page/stage.js"),
    include_str!("page/rows.js"),
];

/// How much text, and how much on it.
struct Size {
    name: &'static str,
    /// Code points.
    length: u32,
    annotations: u32,
    /// How often each load is measured; the median counts.
    rounds: u32,
}

const SIZES: [Size; 5] = [
    size("3 KB × 50", 3_000, 50, 7),
    size("100 KB × 1,000", 100_000, 1_000, 7),
    size("1 MB × 10,000", 1_000_000, 10_000, 7),
    size("5 MB × 50,000", 5_000_000, 50_000, 3),
    size("10 MB × 100,000", 10_000_000, 100_000, 3),
];

const fn size(name: &'static str, length: u32, annotations: u32, rounds: u32) -> Size {
    Size {
        name,
        length,
        annotations,
        rounds,
    }
}

/// How often each edit is made; so many that one of twenty being slow shows.
const EDITS: u32 = 30;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let browser = match arguments.iter().any(|argument| argument == "firefox") {
        true => Browser::Firefox,
        false => Browser::Chromium,
    };
    let named: Vec<&Size> = SIZES
        .iter()
        .filter(|size| {
            arguments
                .iter()
                .any(|part| size.name.contains(part.as_str()))
        })
        .collect();
    let sizes = match named.is_empty() {
        true => SIZES.iter().collect(),
        false => named,
    };
    let mut table = Table::default();
    for size in &sizes {
        eprintln!("Measuring {} in {}.", size.name, browser.name());
        table.add(size.name, measure(browser, size));
    }
    println!("{}", table.markdown(sizes::shipped()));
    println!("{}", circumstances(browser));
}

/// All that is measured of one size, each part in a page of its own.
fn measure(browser: Browser, size: &Size) -> Value {
    let part = |script: &str, rounds: u32| {
        let page = open(browser, size);
        page.run(script, json!([rounds]))
    };
    let held = |what: &str| {
        let page = open(browser, size);
        page.run("return bench.hold(arguments[0])", json!([what]));
        memory::measure(&page, what == "element")
    };
    // A page of its own with ten megabytes of text in it is nobody's.
    let in_place = match size.length {
        ..=5_000_000 => part("return bench.inPlace(arguments[0])", size.rounds.min(3)),
        _ => Value::Null,
    };
    json!({
        "loading": part("return bench.loading(arguments[0])", size.rounds),
        "inPlace": in_place,
        "editing": part("return bench.editing(arguments[0])", EDITS),
        "scrolling": part("return bench.scrolling(arguments[0])", 3),
        "plainMemory": held("plain"),
        "memory": held("element"),
    })
}

/// A page of the site that starts nothing by itself, with the article ready to be put up.
fn open(browser: Browser, size: &Size) -> Page {
    let page = Page::open_with(browser, |_| {});
    let timeouts = json!({ "script": 110_000 });
    page.session.post("/timeouts", &timeouts).unwrap();
    page.goto("sample/river.html");
    page.resize(1280, 800);
    let prepare = "return bench.prepare(...arguments)";
    page.run(
        &[&SCRIPTS.concat(), prepare].concat(),
        json!([size.length, size.annotations]),
    );
    page
}

/// Machine, browser and date.
fn circumstances(browser: Browser) -> String {
    let page = Page::open_with(browser, |_| {});
    let told = page.run(
        "return [navigator.userAgent, new Date().toISOString().slice(0, 10)]",
        json!([]),
    );
    let agent = told[0].as_str().unwrap_or_default();
    let version = agent
        .split(' ')
        .find(|word| word.contains("Chrome/") || word.contains("Firefox/"))
        .unwrap_or(agent);
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let processor = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = processor
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split(": ").nth(1))
        .unwrap_or("an unknown processor");
    format!(
        "{cores} cores of {model}; {version}, headless, 1280 × 800; {}.",
        told[1].as_str().unwrap_or_default()
    )
}
