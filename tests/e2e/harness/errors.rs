//! What went wrong in a page, from the browser's own console: nothing is added to the page for it,
//! and what happens while it loads is seen as well.

use super::driver::Browser;
use super::page::Page;
use serde_json::{Value, json};

/// Runs with the browser's own rights: errors (`flags` 0) of web content, and failed scripts.
const FIREFOX_CONSOLE: &str = "
const messages = Services.console.getMessageArray();
Services.console.reset();
return messages.filter((message) => {
    if (!(message instanceof Ci.nsIScriptError)) return false;
    const { category, flags } = message;
    return category === 'Script Loader' || flags === 0 && /^(content|CSP)/.test(category);
}).map((message) => `${message.sourceName}: ${message.errorMessage}`);
";

impl Page {
    /// What the browser has reported since the last call: exceptions that nobody caught, scripts
    /// that failed to load, violations of the policy; from Chromium also failed requests and
    /// `console.error`. WebKitGTK's driver tells nothing.
    pub fn errors(&self) -> Vec<String> {
        let reported = match self.browser() {
            Browser::Chromium => self.chromium_log(),
            Browser::Firefox => self
                .session
                .execute_privileged(FIREFOX_CONSOLE, &json!([]))
                .unwrap(),
            Browser::WebKit => Value::Null,
        };
        let lines = reported.as_array().into_iter().flatten();
        lines
            .filter_map(|line| line.as_str().map(str::to_owned))
            .collect()
    }

    fn chromium_log(&self) -> Value {
        let log = json!({ "type": "browser" });
        let entries = self.session.post("/se/log", &log).unwrap();
        let entries = entries.as_array().into_iter().flatten();
        entries
            .filter(|entry| entry["level"] == "SEVERE")
            .map(|entry| entry["message"].clone())
            .collect()
    }
}
