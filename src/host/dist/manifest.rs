//! What a package says of itself: its manifest, the hashes of its files, and how to use it.

use super::{ENTRY, ONE_FILE, TYPES};
use serde_json::{Map, Value, json};

/// Its name in npm's registry.
pub const NAME: &str = env!("CARGO_PKG_NAME");

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// `package.json` of a package of these files.
pub fn package(files: &[&str]) -> Vec<u8> {
    let beside = |name: &str| format!("./{name}");
    pretty(&json!({
        "name": NAME,
        "version": VERSION,
        "description": env!("CARGO_PKG_DESCRIPTION"),
        "license": env!("CARGO_PKG_LICENSE"),
        "keywords": ["annotation", "custom-element", "dataset", "nlp", "wasm", "web-component"],
        "type": "module",
        "types": beside(TYPES),
        // Loading either of them defines the element; all others do nothing until they are called.
        "sideEffects": [beside(ENTRY), beside(ONE_FILE)],
        "exports": {
            ".": { "types": beside(TYPES), "default": beside(ENTRY) },
            "./*.js": "./*.js",
            "./*.wasm": "./*.wasm",
            "./integrity.json": "./integrity.json",
            "./package.json": "./package.json",
        },
        "files": files,
    }))
}

/// `integrity.json`: each script and module with its hash.
pub fn integrity(hashed: &[(String, String)]) -> Vec<u8> {
    let hashes: Map<String, Value> = hashed
        .iter()
        .map(|(name, hash)| (name.clone(), hash.as_str().into()))
        .collect();
    pretty(&Value::Object(hashes))
}

/// `README.md`, with the version and the hashes filled in.
pub fn readme(hashed: &[(String, String)]) -> Vec<u8> {
    let hash = |wanted: &str| {
        let found = hashed.iter().find(|(name, _)| name == wanted);
        found.map_or("", |(_, hash)| hash)
    };
    let scripts: Vec<String> = hashed
        .iter()
        .filter(|(name, _)| name.ends_with(".js") && name != ONE_FILE)
        .map(|(name, hash)| format!("    \"./{name}\": \"{hash}\""))
        .collect();
    include_str!("README.md")
        .replace("{version}", VERSION)
        .replace("{one-file}", hash(ONE_FILE))
        .replace("{scripts}", &scripts.join(",\n"))
        .into_bytes()
}

fn pretty(value: &Value) -> Vec<u8> {
    format!("{value:#}\n").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manifest_names_types_and_side_effects() {
        let manifest: Value = serde_json::from_slice(&package(&["rubricate.js"])).unwrap();
        assert_eq!(manifest["name"], "rubricate");
        assert_eq!(manifest["version"], VERSION);
        assert_eq!(manifest["type"], "module");
        assert_eq!(manifest["exports"]["."]["types"], "./rubricate.d.ts");
        assert_eq!(
            manifest["sideEffects"],
            json!(["./rubricate.js", "./rubricate.iife.js"])
        );
        assert_eq!(manifest["dependencies"], Value::Null);
        // Conditions are tried in order: types come first.
        let text = String::from_utf8(package(&[])).unwrap();
        assert!(text.find("\"types\": \"./").unwrap() < text.find("\"default\"").unwrap());
    }

    #[test]
    fn the_hashes_stand_in_the_readme() {
        let hashed = [
            (ONE_FILE.to_owned(), "sha384-one".to_owned()),
            (ENTRY.to_owned(), "sha384-entry".to_owned()),
            (
                "rubricate_wasm_bg.wasm".to_owned(),
                "sha384-wasm".to_owned(),
            ),
        ];
        let readme = String::from_utf8(readme(&hashed)).unwrap();
        assert!(readme.contains("src=\"rubricate.iife.js\" integrity=\"sha384-one\""));
        assert!(readme.contains("    \"./rubricate.js\": \"sha384-entry\"\n"));
        for absent in ["{version}", "{scripts}", "{one-file}", "sha384-wasm"] {
            assert!(!readme.contains(absent), "{absent}");
        }
    }
}
