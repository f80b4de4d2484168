//! What `cargo run -- dist` makes, as other pages take it: a folder of files behind any server, one
//! script in a page opened from disk, a package for a bundler, types for TypeScript.

use crate::harness::{Page, in_each_browser, serve_folder};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// Runs a command of the host program that has to succeed; gives what it printed.
fn host(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_rubricate"))
        .args(arguments)
        .output()
        .expect("the host program starts");
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    let complaints = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{printed}{complaints}");
    printed
}

/// The package, made once.
fn package() -> &'static Path {
    static MADE: OnceLock<PathBuf> = OnceLock::new();
    MADE.get_or_init(|| {
        let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("package");
        host(&["dist", "--out", out.to_str().unwrap()]);
        out
    })
}

/// Whether the examples that need npm's packages are there, bundled once; without Node they aren't.
pub fn examples_are_bundled() -> bool {
    static BUNDLED: OnceLock<bool> = OnceLock::new();
    *BUNDLED.get_or_init(|| {
        let has_node = has_node();
        if has_node {
            host(&["examples"]);
        }
        has_node
    })
}

/// Whether Node is there, with npm, and new enough for the bundler (20.19).
fn has_node() -> bool {
    let version = |program| {
        let output = Command::new(program).arg("--version").output().ok()?;
        String::from_utf8(output.stdout).ok()
    };
    let is_new = |version: String| {
        let mut numbers = version.trim_start_matches('v').split('.');
        let mut number = || numbers.next()?.trim().parse::<u32>().ok();
        (number(), number()) >= (Some(20), Some(19))
    };
    version("npm").is_some() && version("node").is_some_and(is_new)
}

/// A folder with the package in it and a page beside it.
fn folder(page: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("rubricate");
    fs::create_dir(&copy).unwrap();
    for entry in fs::read_dir(package()).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), copy.join(entry.file_name())).unwrap();
    }
    fs::write(folder.path().join("index.html"), page).unwrap();
    let icon = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
    fs::write(folder.path().join("icon.svg"), icon).unwrap();
    folder
}

/// Loads a text and a web page, tags, and exports: what needs each module.
fn can_be_used(page: &Page) {
    page.wait_for(
        "the element is defined",
        "return customElements.get('rubricate-article') !== undefined",
        json!([]),
    );
    let used = page.run(
        "return (async () => {
            const article = document.querySelector('rubricate-article');
            await article.load({ text: 'One. Two.', id: 'package' });
            article.annotate({ start: 0, end: 4, label: 'claim' });
            const { annotations } = JSON.parse(await (await article.export()).text());
            const { length } = await article.load({ html: '<p>a<p>b' });
            return [annotations[0].quote.exact, length];
        })()",
        json!([]),
    );
    assert_eq!(used, json!(["One.", 4]));
    assert_eq!(page.errors(), Vec::<String>::new());
}

fn integrity() -> Value {
    serde_json::from_slice(&fs::read(package().join("integrity.json")).unwrap()).unwrap()
}

/// A page that loads one script of the package by its hash.
fn page_with(script: &str, attributes: &str) -> String {
    let hash = integrity()[script].as_str().unwrap().to_owned();
    format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>A page</title>\
         <link rel=\"icon\" href=\"icon.svg\">\
         <script {attributes} src=\"rubricate/{script}\" integrity=\"{hash}\"></script>\
         <rubricate-article storage=\"none\"></rubricate-article>"
    )
}

in_each_browser! {
    fn a_folder_of_files_behind_any_server(page: &Page) {
        let folder = folder(&page_with("rubricate.js", "type=\"module\""));
        page.goto(&format!("{}index.html", serve_folder(folder.path().to_owned())));
        can_be_used(page);
    }

    fn a_module_that_somebody_has_changed_is_not_run(page: &Page) {
        let folder = folder(&page_with("rubricate.js", "type=\"module\""));
        let module = folder.path().join("rubricate/rubricate_wasm_bg.wasm");
        let mut bytes = fs::read(&module).unwrap();
        // A custom section, of which a browser by itself takes no notice.
        bytes.extend([0, 2, 1, b'x']);
        fs::write(&module, bytes).unwrap();
        page.goto(&format!("{}index.html", serve_folder(folder.path().to_owned())));
        let refused = "return import(new URL('rubricate/rubricate.js', document.baseURI))
            .then(() => 'run', () => customElements.get('rubricate-article') === undefined)";
        assert_eq!(page.run(refused, json!([])), json!(true));
    }

    fn one_script_in_a_page_from_disk(page: &Page) {
        // From disk there are no hashes: a browser takes every file for one of another origin.
        let markup = page_with("rubricate.iife.js", "defer").replace("integrity=", "data-hash=");
        let folder = folder(&markup);
        for entry in fs::read_dir(folder.path().join("rubricate")).unwrap() {
            let path = entry.unwrap().path();
            if !path.ends_with("rubricate.iife.js") {
                fs::remove_file(path).unwrap();
            }
        }
        page.goto(&format!("file://{}/index.html", folder.path().display()));
        can_be_used(page);
    }

    fn one_script_under_a_strict_policy(page: &Page) {
        let folder = folder(&page_with("rubricate.iife.js", "defer"));
        page.goto(&format!("{}index.html", serve_folder(folder.path().to_owned())));
        can_be_used(page);
    }
}

#[test]
fn each_hash_is_that_of_its_file() {
    use sha2::Digest;
    let integrity = integrity();
    let hashes = integrity.as_object().unwrap();
    for (name, hash) in hashes {
        let content = fs::read(package().join(name)).unwrap();
        use base64::Engine;
        let digest =
            base64::engine::general_purpose::STANDARD.encode(sha2::Sha384::digest(content));
        assert_eq!(hash, &json!(format!("sha384-{digest}")), "{name}");
    }
    for name in [
        "rubricate.js",
        "rubricate.iife.js",
        "rubricate_wasm_bg.wasm",
    ] {
        assert!(hashes.contains_key(name), "{name}");
    }
}

#[test]
fn every_file_that_the_manifest_names_is_there_and_no_other() {
    let manifest = fs::read(package().join("package.json")).unwrap();
    let manifest: Value = serde_json::from_slice(&manifest).unwrap();
    let mut listed: Vec<&str> = manifest["files"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_str)
        .collect();
    listed.push("package.json");
    listed.sort_unstable();
    let mut there: Vec<String> = fs::read_dir(package())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    there.sort_unstable();
    assert_eq!(there, listed);
}

/// `tests/types` holds programs that use each member of the contract, and lines that must not
/// compile, marked as such.
#[test]
fn a_strict_typescript_program_compiles_against_the_types() {
    if !examples_are_bundled() {
        println!("skipped: Node.js isn't here, so nothing checks the types");
        return;
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let workshop = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .parent()
        .unwrap()
        .join("npm");
    let copy = workshop.join("types");
    let _ = fs::remove_dir_all(&copy);
    fs::create_dir(&copy).unwrap();
    for entry in fs::read_dir(root.join("tests/types")).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), copy.join(entry.file_name())).unwrap();
    }
    let output = Command::new("node")
        .arg(workshop.join("node_modules/typescript/bin/tsc"))
        .args(["--project", "types"])
        .current_dir(&workshop)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
}

#[test]
fn the_crate_can_be_packed_with_all_that_it_builds_from() {
    let output = Command::new(env!("CARGO"))
        .args(["package", "--list", "--allow-dirty", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let list = String::from_utf8(output.stdout).unwrap();
    let has = |name: &str| list.lines().any(|line| line == name);
    for name in [
        "Cargo.toml",
        "Cargo.lock",
        "LICENSE-MIT",
        "README.md",
        "src/main.rs",
        "src/host/dist/README.md",
        "www/index.html",
        "www/rubricate.js",
        "www/rubricate.d.ts",
        "www/examples/react/main.jsx",
    ] {
        assert!(has(name), "{name} is missing from the crate");
    }
    for line in list.lines() {
        assert!(
            !line.starts_with("tests/") && !line.starts_with(".ci"),
            "{line}"
        );
    }
}
