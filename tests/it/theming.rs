//! What a host may theme, and which commands it may give other keys, is what the README says: nothing is
//! missing there, and none is promised that does nothing.

use crate::sources::read;
use std::collections::BTreeSet;

/// The names behind `--rubricate-` in a text.
fn names(text: &str) -> BTreeSet<String> {
    let names = text.split("--rubricate-").skip(1).map(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-');
        rest[..end.unwrap_or(rest.len())].to_owned()
    });
    names.filter(|name| !name.is_empty()).collect()
}

/// The names in the README's table, where `-quote` behind a comma is short for `--rubricate-quote`.
fn promised() -> BTreeSet<String> {
    let readme = read("README.md");
    let table = readme.split("| CSS custom property |").nth(1).unwrap();
    let table = table.split("\n\n").next().unwrap();
    let mut promised = names(table);
    promised.extend(table.split("`-").skip(1).filter_map(|rest| {
        let name = rest.split('`').next()?;
        (!name.starts_with('-')).then(|| name.to_owned())
    }));
    promised.remove("tint");
    promised
}

#[test]
fn the_readme_names_every_custom_property_of_the_style_sheet() {
    let mut there = names(&read("www/element.css"));
    // Behind these two the sheet hands the labels' colours on to itself.
    let is_own = |name: &str| {
        name.starts_with("line-") && name != "line-height" || name.starts_with("tint-")
    };
    there.retain(|name| !name.ends_with("-tint") && !is_own(name));
    assert_eq!(promised(), there);
}

#[test]
fn the_readme_names_every_part() {
    let readme = read("README.md");
    let line = readme
        .lines()
        .find(|line| line.starts_with("Parts for `::part()`"))
        .unwrap();
    let promised: BTreeSet<&str> = line.split('`').skip(3).step_by(2).collect();
    let parts = [
        "view/mod.rs",
        "panels/bar.rs",
        "panels/card.rs",
        "panels/help.rs",
        "panels/notice.rs",
        "panels/overview.rs",
        "panels/panel.rs",
        "panels/status.rs",
    ];
    let code: String = parts
        .iter()
        .map(|file| read(&format!("src/web/{file}")))
        .collect();
    let there: BTreeSet<&str> = code
        .split("\"part\", \"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    assert_eq!(promised, there);
}

#[test]
fn the_readme_names_every_command_that_can_have_another_key() {
    let table = read("src/session/bindings.rs");
    let rows = table
        .lines()
        .filter(|line| line.trim_end().ends_with("\";"));
    let commands: Vec<&str> = rows
        .filter_map(|line| line.split_once(": \"")?.1.split('"').next())
        .collect();
    assert!(commands.len() > 40, "{commands:?}");
    let readme = read("README.md");
    let row = readme
        .lines()
        .find(|line| line.starts_with("| `keys`"))
        .unwrap();
    let named: Vec<&str> = row
        .split("in the order of `?`: ")
        .nth(1)
        .unwrap()
        .split('`')
        .skip(1)
        .step_by(2)
        .collect();
    assert_eq!(named, commands);
}
