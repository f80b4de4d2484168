//! What went wrong in a page, from the browser's own console: nothing is added to the page for it,
//! and what happens while it loads is seen as well.

use super::driver::Browser;
use super::page::Page;
use serde_json::{Value, json};

/// Runs with the browser's own rights: errors (`flags` 0) of web content, and failed scripts. One that is there
/// was on its way as its page was left, which Firefox reports as a failure as well.
const FIREFOX_CONSOLE: &str = "
const messages = Services.console.getMessageArray();
Services.console.reset();
const isThere = (url) => fetch(url, { cache: 'no-store' }).then(({ ok }) => ok, () => false);
const isError = async (message) => {
    if (!(message instanceof Ci.nsIScriptError)) return false;
    const { category, flags, errorMessage } = message;
    if (category === 'Script Loader') return !await isThere(/“(.*)”/.exec(errorMessage)?.[1]);
    return flags === 0 && /^(content|CSP)/.test(category);
};
return Promise.all(messages.map(isError)).then((are) => messages.filter((_, at) => are[at])
    .map((message) => `${message.sourceName}: ${message.errorMessage}`));
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
