//! Joins ES modules into one classic script, for pages that are opened from disk: from there no
//! browser loads a module.
//!
//! Each module becomes an async function of its own scope, called once, in the order in which they
//! need each other. It understands the few forms of `import` and `export` that our own files use,
//! each at the start of a line, and refuses every other one by name.

use std::collections::BTreeMap;
use std::fmt::{self, Write};

/// Modules by their file names.
pub type Modules = BTreeMap<String, String>;

/// What can't be joined: a file, and why.
#[derive(Debug, PartialEq, Eq)]
pub enum Unjoined {
    /// `import` or `export` in a form that isn't known; the line.
    Form(String, String),
    /// An import of a file that isn't there.
    Missing(String),
    /// Modules that need each other.
    Circle(String),
    /// Something that a classic script, or one within HTML, can't hold.
    Forbidden(String, &'static str),
}

impl fmt::Display for Unjoined {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unjoined::Form(file, line) => write!(f, "{file} has a form that isn't joined: {line}"),
            Unjoined::Missing(file) => write!(f, "{file} is imported and isn't there"),
            Unjoined::Circle(file) => write!(f, "{file} imports what imports it"),
            Unjoined::Forbidden(file, what) => {
                write!(f, "{file} has {what}, which can't be joined")
            }
        }
    }
}

/// Never in a joined file: what only modules have, and what would end or hide a script in HTML.
const FORBIDDEN: [&str; 3] = ["import.meta", "</script", "<!--"];

/// The names of `entry` and of all modules that it needs, now or later, each behind what it needs.
pub fn needed(modules: &Modules, entry: &str) -> Result<Vec<String>, Unjoined> {
    let mut order = Vec::new();
    visit(modules, entry, &mut Vec::new(), &mut order)?;
    Ok(order)
}

fn visit(
    modules: &Modules,
    name: &str,
    path: &mut Vec<String>,
    order: &mut Vec<String>,
) -> Result<(), Unjoined> {
    if order.iter().any(|done| done == name) {
        return Ok(());
    }
    if path.iter().any(|above| above == name) {
        return Err(Unjoined::Circle(name.to_owned()));
    }
    let code = modules
        .get(name)
        .ok_or_else(|| Unjoined::Missing(name.to_owned()))?;
    path.push(name.to_owned());
    for needed in read(name, code)?.needs {
        visit(modules, &needed, path, order)?;
    }
    path.pop();
    order.push(name.to_owned());
    Ok(())
}

/// One script of `entry` and what it needs.
pub fn join(modules: &Modules, entry: &str) -> Result<String, Unjoined> {
    let mut script = String::from("(async () => {\n\"use strict\";\n");
    for name in needed(modules, entry)? {
        let code = modules.get(&name).map(String::as_str).unwrap_or_default();
        if let Some(what) = FORBIDDEN.into_iter().find(|what| code.contains(what)) {
            return Err(Unjoined::Forbidden(name, what));
        }
        let Parts { code, exports, .. } = read(&name, code)?;
        let given: Vec<String> = exports
            .iter()
            .map(|(outer, inner)| format!("{outer}: {inner}"))
            .collect();
        // Writing to a string doesn't fail.
        let _ = write!(
            script,
            "const {} = await (async () => {{\n{code}return {{ {} }};\n}})();\n",
            variable(&name),
            given.join(", ")
        );
    }
    script.push_str("})();\n");
    Ok(script)
}

/// A module, taken apart.
struct Parts {
    /// Its code, with imports and exports written for a function's body.
    code: String,
    /// The files that it imports, at once or later.
    needs: Vec<String>,
    /// Outer and inner names.
    exports: Vec<(String, String)>,
}

fn read(name: &str, code: &str) -> Result<Parts, Unjoined> {
    let mut parts = Parts {
        code: String::with_capacity(code.len()),
        needs: Vec::new(),
        exports: Vec::new(),
    };
    for line in code.lines() {
        let unknown = || Unjoined::Form(name.to_owned(), line.to_owned());
        let line = if let Some(import) = line.strip_prefix("import ") {
            let (file, binding) = imported(import).ok_or_else(unknown)?;
            parts.needs.push(file);
            binding
        } else if let Some(export) = line.strip_prefix("export ") {
            exported(export, &mut parts.exports)
                .ok_or_else(unknown)?
                .to_owned()
        } else if ["import", "export"].iter().any(|word| {
            line.strip_prefix(word)
                .is_some_and(|rest| rest.starts_with(['{', '*', '"', '\'']))
        }) {
            return Err(unknown());
        } else {
            imported_later(line, &mut parts.needs).ok_or_else(unknown)?
        };
        parts.code.push_str(&line);
        parts.code.push('\n');
    }
    Ok(parts)
}

/// Behind `import `: the file, and the declaration of what is taken from it.
fn imported(rest: &str) -> Option<(String, String)> {
    let rest = rest.trim_end().strip_suffix(';')?;
    let (names, file) = match rest.split_once(" from ") {
        Some((names, file)) => (names.trim(), file),
        None => ("", rest),
    };
    let file = file.trim().strip_prefix("\"./")?.strip_suffix('"')?;
    let from = variable(file);
    let declaration = if let Some(list) = names.strip_prefix('{') {
        let list = list.strip_suffix('}')?.replace(" as ", ": ");
        format!("const {{{list}}} = {from};")
    } else if names.is_empty() {
        String::new()
    } else {
        format!("const {} = {from}.default;", identifier(names)?)
    };
    Some((file.to_owned(), declaration))
}

/// Behind `export `: the declaration that stays, after its names are noted.
fn exported<'a>(rest: &'a str, exports: &mut Vec<(String, String)>) -> Option<&'a str> {
    if let Some(list) = rest.strip_prefix('{') {
        for item in list.trim_end().strip_suffix("};")?.split(',') {
            let (inner, outer) = item.split_once(" as ").unwrap_or((item, item));
            let (inner, outer) = (identifier(inner.trim())?, identifier(outer.trim())?);
            exports.push((outer.to_owned(), inner.to_owned()));
        }
        return Some("");
    }
    let (declaration, is_default) = match rest.strip_prefix("default ") {
        Some(declaration) => (declaration, true),
        None => (rest, false),
    };
    let kinds = ["async function ", "function ", "class ", "const "];
    let behind = kinds
        .iter()
        .find_map(|kind| declaration.strip_prefix(kind))?;
    let end = behind.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$'))?;
    let inner = identifier(behind.get(..end)?)?;
    let outer = if is_default { "default" } else { inner };
    exports.push((outer.to_owned(), inner.to_owned()));
    Some(declaration)
}

/// A line whose `import("./file.js")` gives the joined module; files are noted.
fn imported_later(line: &str, needs: &mut Vec<String>) -> Option<String> {
    let mut joined = String::new();
    let mut rest = line;
    while let Some((before, behind)) = rest.split_once("import(\"") {
        let (file, after) = behind.strip_prefix("./")?.split_once("\")")?;
        let _ = write!(joined, "{before}Promise.resolve({})", variable(file));
        needs.push(file.to_owned());
        rest = after;
    }
    joined.push_str(rest);
    let others = ["import('", "import(`"];
    (!others.iter().any(|other| joined.contains(other))).then_some(joined)
}

fn identifier(name: &str) -> Option<&str> {
    let is_name = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    (!name.is_empty() && name.chars().all(is_name)).then_some(name)
}

/// The variable that holds what a file exports.
fn variable(file: &str) -> String {
    let stem = file.strip_suffix(".js").unwrap_or(file);
    let safe = |c: char| if c.is_alphanumeric() { c } else { '_' };
    format!("${}", stem.chars().map(safe).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn modules(files: &[(&str, &str)]) -> Modules {
        let owned = |(name, code): &(&str, &str)| ((*name).to_owned(), (*code).to_owned());
        files.iter().map(owned).collect()
    }

    #[test]
    fn modules_become_scopes_in_the_order_of_their_needs() {
        let joined = join(
            &modules(&[
                (
                    "main.js",
                    "import start from \"./a-b.js\";\nimport { x, y as z } from \"./c.js\";\n\
                     const later = () => import(\"./d.js\");\nclass Inner {}\n\
                     export { Inner as Outer };\n",
                ),
                ("a-b.js", "export default async function start() {}\n"),
                ("c.js", "export const x = 1;\nexport class y {}\n"),
                ("d.js", "export function late() {}\n"),
                ("unused.js", "import \"./nowhere.js\";\n"),
            ]),
            "main.js",
        );
        let expected = "(async () => {\n\"use strict\";\n\
            const $a_b = await (async () => {\nasync function start() {}\nreturn { default: start };\n})();\n\
            const $c = await (async () => {\nconst x = 1;\nclass y {}\nreturn { x: x, y: y };\n})();\n\
            const $d = await (async () => {\nfunction late() {}\nreturn { late: late };\n})();\n\
            const $main = await (async () => {\n\
            const start = $a_b.default;\nconst { x, y: z } = $c;\n\
            const later = () => Promise.resolve($d);\nclass Inner {}\n\n\
            return { Outer: Inner };\n})();\n})();\n";
        assert_eq!(joined.as_deref(), Ok(expected));
    }

    #[test]
    fn what_it_does_not_understand_it_refuses() {
        let refusal = |code: &str| {
            let files = modules(&[("m.js", code), ("n.js", "import \"./m.js\";")]);
            join(&files, "m.js").unwrap_err().to_string()
        };
        for line in [
            "import * as all from \"./n.js\";",
            "import \"elsewhere\";",
            "import { a } from './n.js';",
            "import { a } from",
            "import{ a } from \"./n.js\";",
            "export * from \"./n.js\";",
            "export let changing = 1;",
            "export default 1;",
            "export {",
            "const n = await import('./n.js');",
            "const n = await import(`./n.js?instance=${1}`);",
            "const n = await import(\"n\");",
        ] {
            assert_eq!(
                refusal(line),
                format!("m.js has a form that isn't joined: {line}")
            );
        }
        assert_eq!(
            refusal("import \"./absent.js\";"),
            "absent.js is imported and isn't there"
        );
        assert_eq!(
            refusal("import \"./n.js\";"),
            "m.js imports what imports it"
        );
        for what in FORBIDDEN {
            assert_eq!(
                refusal(&format!("const s = `{what}`;")),
                format!("m.js has {what}, which can't be joined")
            );
        }
    }

    #[test]
    fn words_that_only_begin_like_imports_stay() {
        let code = "import(input) {}\nexport(format) {}\nexporter();\nimported = 1;\n";
        let joined = join(&modules(&[("m.js", code)]), "m.js").unwrap();
        assert!(joined.contains(code), "{joined}");
    }
}
