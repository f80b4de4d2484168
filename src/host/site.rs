//! What a request gets: the file that a URL names, its media type, and the page's policy.

use std::fs;
use std::path::{Path, PathBuf};

/// The Content-Security-Policy of every page.
///
/// `connect-src` is open, since a user may ask for an article of any site, and is asked before it
/// is fetched; the library itself sends nothing. Scripts, styles, frames and images come from here
/// alone, a form is sent nowhere else (the page itself forbids both of itself), and Trusted Types close every way from a string to markup or code.
const POLICY: &str = "default-src 'none'; \
    script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self'; \
    connect-src *; \
    img-src 'self' data:; \
    frame-src 'self'; \
    base-uri 'none'; \
    form-action 'self'; \
    frame-ancestors 'self'; \
    require-trusted-types-for 'script'; \
    trusted-types 'none'";

/// The policy of the page that `url` names. Vue makes a policy of Trusted Types for its templates.
pub fn policy(url: &str) -> String {
    if url.starts_with("/examples/vue/") {
        return POLICY.replace("trusted-types 'none'", "trusted-types vue");
    }
    POLICY.to_owned()
}

/// The file below `root` that `url` (a request's target: path and query) names, if there is one.
///
/// `root` is canonical; neither `..` nor a symbolic link leads out of it.
pub fn find(root: &Path, url: &str) -> Option<PathBuf> {
    let file = fs::canonicalize(root.join(relative(url)?)).ok()?;
    (file.starts_with(root) && file.is_file()).then_some(file)
}

/// The path that `url` names, relative to the site, or `None` if it is no plain path.
fn relative(url: &str) -> Option<PathBuf> {
    let path = url.split(['?', '#']).next()?.strip_prefix('/')?;
    let mut relative = PathBuf::new();
    for part in path.split('/') {
        let name = decode(part)?;
        match name.as_str() {
            "" => {}
            "." | ".." => return None,
            // A separator, a drive letter or a NUL, however it was written.
            _ if name.contains(['/', '\\', ':', '\0']) => return None,
            _ => relative.push(name),
        }
    }
    if path.is_empty() || path.ends_with('/') {
        relative.push("index.html");
    }
    Some(relative)
}

/// Percent-decodes one part of a path; `None` if it is malformed or no UTF-8.
fn decode(part: &str) -> Option<String> {
    let mut decoded = Vec::with_capacity(part.len());
    let mut bytes = part.bytes();
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'%' => hex(bytes.next()?)? * 16 + hex(bytes.next()?)?,
            other => other,
        });
    }
    String::from_utf8(decoded).ok()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16)?.try_into().ok()
}

/// The media type of a file, by the end of its name.
pub fn media_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/json",
        Some("txt" | "md") => "text/plain; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_example_with_vue_may_make_trusted_types() {
        assert!(policy("/").ends_with("trusted-types 'none'"));
        assert!(policy("/examples/react/").ends_with("trusted-types 'none'"));
        assert!(policy("/examples/vue/").ends_with("trusted-types vue"));
    }

    #[test]
    fn a_url_names_a_path_below_the_site() {
        for (url, path) in [
            ("/", "index.html"),
            ("/?src=a/../b", "index.html"),
            ("/a.js", "a.js"),
            ("/a/b.css?v=1#x", "a/b.css"),
            ("/examples/", "examples/index.html"),
            ("/a%20b.txt", "a b.txt"),
            ("/%C3%A9.txt", "é.txt"),
            ("//a.js", "a.js"),
            ("/...", "..."),
        ] {
            assert_eq!(relative(url), Some(PathBuf::from(path)), "{url}");
        }
    }

    #[test]
    fn a_url_that_climbs_or_is_malformed_names_nothing() {
        for url in [
            "",
            "a.js",
            "http://elsewhere/a.js",
            "/../a",
            "/a/../../b",
            "/./a",
            "/%2e%2e/a",
            "/%2E%2E%2Fa",
            "/a%2fb",
            "/a%5cb",
            "/..\\a",
            "/c:/a",
            "/a%00",
            "/a%",
            "/a%2",
            "/a%zz",
            "/%ff",
        ] {
            assert_eq!(relative(url), None, "{url}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_leads_nowhere_else() {
        let directory = tempfile::tempdir().unwrap();
        let outer = fs::canonicalize(directory.path()).unwrap();
        let root = outer.join("site");
        fs::create_dir(&root).unwrap();
        fs::write(outer.join("secret.txt"), "secret").unwrap();
        fs::write(root.join("index.html"), "page").unwrap();
        std::os::unix::fs::symlink("../secret.txt", root.join("link.txt")).unwrap();

        assert_eq!(find(&root, "/"), Some(root.join("index.html")));
        assert_eq!(find(&root, "/link.txt"), None);
        assert_eq!(find(&root, "/absent.txt"), None);
    }
}
