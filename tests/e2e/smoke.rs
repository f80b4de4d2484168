//! The page is served as it should be, and starts.

use crate::harness::{get, in_each_browser, site_url};
use serde_json::json;

#[test]
fn the_page_is_served_with_its_policy() {
    assert!(site_url().starts_with("http://127.0.0.1:"));
    let response = get("");
    assert_eq!(response.status(), 200);
    let header = |name: &str| response.headers().get(name).unwrap().to_str().unwrap();
    assert_eq!(header("Content-Type"), "text/html; charset=utf-8");
    assert_eq!(header("X-Content-Type-Options"), "nosniff");
    let policy = header("Content-Security-Policy");
    for directive in ["default-src 'none'", "require-trusted-types-for 'script'"] {
        assert!(policy.contains(directive), "{policy}");
    }
}

#[test]
fn what_is_not_there_is_said_to_be_missing() {
    for path in ["absent.html", "%2e%2e/Cargo.toml", "..%2fCargo.toml"] {
        assert_eq!(get(path).status(), 404, "{path}");
    }
}

in_each_browser! {
    fn the_module_loads_under_the_policy(page: &Page) {
        page.goto("");
        let load = "return import('./rubricate_wasm.js')
            .then((module) => module.default())
            .then((program) => new program.Handle().text() === '')";
        assert_eq!(page.run(load, json!([])), json!(true));
        assert_eq!(page.errors(), Vec::<String>::new());
    }
}
