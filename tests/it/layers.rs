//! The layers, held: a module uses only those above it in `src/lib.rs`, the core knows no browser,
//! and every file says what it is for.

use crate::sources::{Source, read, rust_files};

/// What only the browser's part of the program may name.
const BROWSER: [&str; 4] = ["web_sys", "js_sys", "wasm_bindgen", "gloo"];

/// A module of the library.
struct Layer {
    name: String,
    /// Whether it is there in a browser alone.
    in_browser: bool,
}

/// The modules of the library, from the foundation up.
fn layers() -> Vec<Layer> {
    let lib = read("src/lib.rs");
    let lines: Vec<&str> = lib.lines().collect();
    let modules = lines.iter().enumerate().filter_map(|(at, line)| {
        let name = line
            .strip_prefix("pub mod ")
            .or(line.strip_prefix("mod "))?;
        let before = at.checked_sub(1).map_or("", |at| lines[at]);
        Some(Layer {
            name: name.strip_suffix(';')?.to_owned(),
            in_browser: before.starts_with("#[cfg(") && before.contains("target_arch = \"wasm32\""),
        })
    });
    modules.collect()
}

/// The file's module of the library; none for the library's root and for the program beside it.
fn module(source: &Source) -> Option<&str> {
    let first = source.path.split('/').next()?;
    let name = first.strip_suffix(".rs").unwrap_or(first);
    (!["lib", "main", "host", "cli"].contains(&name)).then_some(name)
}

/// The code without comments, so that prose may name what it likes.
fn code(source: &Source) -> String {
    let lines = source.content.lines();
    let bare = lines.map(|line| line.split("//").next().unwrap_or_default());
    bare.collect::<Vec<_>>().join("\n")
}

/// The modules that stand behind `crate::`: `crate::{text, edit::State}` names both.
fn modules_named(code: &str) -> Vec<&str> {
    let mut named = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let path = &code[at + "crate::".len()..];
        match path.strip_prefix('{') {
            Some(group) => named.extend(outer_parts(group).into_iter().map(first_word)),
            None => named.push(first_word(path)),
        }
    }
    named.retain(|name| !name.is_empty());
    named
}

fn first_word(path: &str) -> &str {
    let path = path.trim_start();
    let end = path.find(|c: char| !c.is_alphanumeric() && c != '_');
    &path[..end.unwrap_or(path.len())]
}

/// The parts of a group of imports up to its closing brace; groups within stay whole.
fn outer_parts(group: &str) -> Vec<&str> {
    let mut depth = 0;
    let mut start = 0;
    let mut parts = Vec::new();
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                parts.push(&group[start..at]);
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&group[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts
}

#[test]
fn imports_are_read_in_every_form() {
    for (line, expected) in [
        ("use crate::text::Span;", vec!["text"]),
        ("pub(crate) use crate::text;", vec!["text"]),
        (
            "use crate::{text::{Span, Text}, edit};",
            vec!["text", "edit"],
        ),
        (
            "use crate::{\n    text::Span,\n    edit,\n};\nlet a = b;",
            vec!["text", "edit"],
        ),
        (
            "    let hash = crate::document::sha256_hex(text);",
            vec!["document"],
        ),
        (
            "fn f(a: crate::text::Span, b: crate::edit::Kind) {}",
            vec!["text", "edit"],
        ),
        ("use super::crates;", vec![]),
    ] {
        assert_eq!(modules_named(line), expected, "{line}");
    }
}

#[test]
fn a_module_uses_only_those_above_it() {
    let layers = layers();
    let level = |name: &str| layers.iter().position(|layer| layer.name == name);
    let mut upwards = Vec::new();
    for source in rust_files("src") {
        let Some(module) = module(&source) else {
            continue;
        };
        let own = level(module).unwrap_or_else(|| panic!("{module} is not in src/lib.rs"));
        for used in modules_named(&code(&source)) {
            if level(used).is_some_and(|used| used > own) {
                upwards.push(format!("src/{} uses {used}", source.path));
            }
        }
    }
    assert_eq!(upwards, Vec::<String>::new());
}

#[test]
fn every_module_is_a_layer_and_every_layer_a_module() {
    let mut modules: Vec<String> = rust_files("src")
        .iter()
        .filter_map(|source| module(source).map(str::to_owned))
        .collect();
    modules.dedup();
    let mut layers: Vec<String> = layers().into_iter().map(|layer| layer.name).collect();
    layers.sort();
    assert_eq!(modules, layers);
}

#[test]
fn only_the_browsers_part_names_a_browser() {
    let layers = layers();
    let mut named = Vec::new();
    for source in rust_files("src") {
        let is_browsers = |name| {
            layers
                .iter()
                .any(|layer| layer.name == name && layer.in_browser)
        };
        if source.path.starts_with("host/") || module(&source).is_some_and(is_browsers) {
            continue;
        }
        let code = code(&source);
        let names = BROWSER.iter().filter(|name| code.contains(*name));
        named.extend(names.map(|name| format!("src/{} names {name}", source.path)));
    }
    assert_eq!(named, Vec::<String>::new());
}

#[test]
fn every_file_says_first_what_it_is_for() {
    for directory in ["src", "tests"] {
        for source in rust_files(directory) {
            assert!(
                source.content.starts_with("//! "),
                "{directory}/{}",
                source.path
            );
        }
    }
}

/// More lines than this are nearly always about more than one thing.
const LONGEST: usize = 400;

#[test]
fn no_file_is_long() {
    let long: Vec<String> = rust_files("src")
        .iter()
        .filter(|source| !source.path.contains("tests"))
        .filter(|source| source.content.lines().count() > LONGEST)
        .map(|source| source.path.clone())
        .collect();
    assert_eq!(long, Vec::<String>::new());
}
