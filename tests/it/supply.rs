//! What is linked in: every crate from the one registry, with its check sum, under an allowed licence.

use crate::sources::read;
use serde_json::Value;
use std::process::Command;

/// The licences that `deny.toml` allows.
fn allowed() -> Vec<String> {
    let deny = read("deny.toml");
    let (_, list) = deny.split_once("allow = [").unwrap();
    let (list, _) = list.split_once(']').unwrap();
    list.lines()
        .filter_map(|line| line.trim().strip_prefix('"')?.strip_suffix("\","))
        .map(str::to_owned)
        .collect()
}

/// Whether an SPDX expression can be met by allowed licences: one of the alternatives, all of its parts.
fn is_met(expression: &str, allowed: &[String]) -> bool {
    // `MIT/Apache-2.0` is how it was written before SPDX. Parentheses are around alternatives alone.
    let parts = expression.replace('/', " OR ");
    let met = |alternatives: &str| {
        alternatives
            .trim_matches(['(', ')'])
            .split(" OR ")
            .any(|licence| {
                let licence = licence.trim().trim_matches(['(', ')']);
                allowed.iter().any(|allowed| allowed == licence)
            })
    };
    parts.split(" AND ").all(met)
}

#[test]
fn an_expression_is_met_by_one_alternative_of_each_part() {
    let allowed = ["MIT".to_owned(), "ISC".to_owned()];
    for (expression, met) in [
        ("MIT", true),
        ("GPL-3.0", false),
        ("GPL-3.0 OR MIT", true),
        ("MIT/Apache-2.0", true),
        ("MIT AND GPL-3.0", false),
        ("(MIT OR GPL-3.0) AND ISC", true),
        ("(GPL-2.0 OR GPL-3.0) AND ISC", false),
    ] {
        assert_eq!(is_met(expression, &allowed), met, "{expression}");
    }
}

/// The target that this machine builds for.
fn host() -> String {
    let version = Command::new("rustc").arg("-vV").output().unwrap();
    let version = String::from_utf8(version.stdout).unwrap();
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    host.unwrap().to_owned()
}

#[test]
fn every_dependency_has_an_allowed_licence() {
    // For the page and for the machine that it is built on.
    let metadata = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--format-version=1",
            "--locked",
            "--all-features",
        ])
        .args(["--filter-platform", "wasm32-unknown-unknown"])
        .args(["--filter-platform", &host()])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(
        metadata.status.success(),
        "{}",
        String::from_utf8_lossy(&metadata.stderr)
    );
    let metadata: Value = serde_json::from_slice(&metadata.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let allowed = allowed();
    let foreign: Vec<String> = packages
        .iter()
        .filter(|package| {
            let licence = package["license"].as_str().unwrap_or_default();
            !is_met(licence, &allowed)
        })
        .map(|package| format!("{}: {}", package["name"], package["license"]))
        .collect();
    assert_eq!(foreign, Vec::<String>::new());
    assert!(packages.len() > 50, "{} packages", packages.len());
}

#[test]
fn every_dependency_comes_from_the_registry_with_its_check_sum() {
    let lock = read("Cargo.lock");
    let packages: Vec<&str> = lock.split("[[package]]").skip(1).collect();
    let ours = |package: &&&str| !package.contains("name = \"rubricate\"");
    for package in packages.iter().filter(ours) {
        assert!(package.contains("source = \"registry+"), "{package}");
        assert!(package.contains("checksum = \""), "{package}");
    }
    assert!(packages.len() > 50);
}
