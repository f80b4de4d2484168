//! A WebDriver session: the protocol's requests as methods, and nothing more.
//!
//! <https://www.w3.org/TR/webdriver2/>

use super::driver::{Browser, Driver, capabilities};
use serde_json::{Value, json};
use std::path::Path;
use std::time::Duration;
use ureq::Agent;

/// No request may take longer; starting a browser on a busy machine takes longest.
const TIMEOUT: Duration = Duration::from_secs(120);

/// A name of this machine that browsers don't take for it, so that its pages are no secure context.
/// WebKitGTK doesn't know it.
pub const INSECURE: &str = "insecure.test";

/// An open session. Dropping it closes the browser.
pub struct Session {
    /// What runs in it.
    pub browser: Browser,
    agent: Agent,
    // `None` only while being dropped.
    driver: Option<Driver>,
    id: String,
    /// What the driver says of the browser that it started.
    pub capabilities: Value,
}

impl Session {
    /// Starts a browser with a fresh profile that puts downloads into `downloads`.
    pub fn start(browser: Browser, downloads: &Path) -> Session {
        Session::start_with(browser, downloads, |_| {})
    }

    /// The same, with capabilities that `adapt` has changed.
    pub fn start_with(
        browser: Browser,
        downloads: &Path,
        adapt: impl FnOnce(&mut Value),
    ) -> Session {
        let mut wanted = with_downloads(browser, downloads);
        adapt(&mut wanted);
        let driver = Driver::take(browser);
        let mut session = Session {
            browser,
            agent: Agent::config_builder()
                .timeout_global(Some(TIMEOUT))
                .http_status_as_error(false)
                .build()
                .into(),
            driver: Some(driver),
            id: String::new(),
            capabilities: Value::Null,
        };
        let wanted = json!({ "capabilities": { "alwaysMatch": wanted } });
        let url = format!("{}/session", session.driver_url());
        let started = session.send(session.agent.post(url), &wanted).unwrap();
        session.id = started["sessionId"].as_str().unwrap().to_owned();
        session.capabilities = started["capabilities"].clone();
        session
    }

    /// A command that takes `parameters`, an object; the error is the driver's message.
    pub fn post(&self, command: &str, parameters: &Value) -> Result<Value, String> {
        self.send(self.agent.post(self.url(command)), parameters)
    }

    /// A command that asks.
    pub fn get(&self, command: &str) -> Result<Value, String> {
        answer(self.agent.get(self.url(command)).call())
    }

    /// A command that ends something.
    pub fn delete(&self, command: &str) -> Result<Value, String> {
        answer(self.agent.delete(self.url(command)).call())
    }

    /// Runs the body of a function in the page and gives what it returns; a promise is awaited.
    pub fn execute(&self, script: &str, arguments: &Value) -> Result<Value, String> {
        self.post(
            "/execute/sync",
            &json!({ "script": script, "args": arguments }),
        )
    }

    /// Runs the body of a function with Firefox's own rights, in its window.
    pub fn execute_privileged(&self, script: &str, arguments: &Value) -> Result<Value, String> {
        self.post("/moz/context", &json!({ "context": "chrome" }))?;
        let result = self.execute(script, arguments);
        self.post("/moz/context", &json!({ "context": "content" }))?;
        result
    }

    fn driver_url(&self) -> &str {
        &self.driver.as_ref().unwrap().url
    }

    fn url(&self, command: &str) -> String {
        format!("{}/session/{}{command}", self.driver_url(), self.id)
    }

    fn send(
        &self,
        request: ureq::RequestBuilder<ureq::typestate::WithBody>,
        body: &Value,
    ) -> Result<Value, String> {
        let request = request.header("Content-Type", "application/json");
        answer(request.send(body.to_string()))
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let closed = !self.id.is_empty() && self.delete("").is_ok();
        // A driver that couldn't close its browser is given up, and ends with its standard input.
        if let Some(driver) = self.driver.take().filter(|_| closed) {
            driver.put_back();
        }
    }
}

fn answer(
    response: Result<ureq::http::Response<ureq::Body>, ureq::Error>,
) -> Result<Value, String> {
    let mut response = response.map_err(|error| error.to_string())?;
    let body = response
        .body_mut()
        .with_config()
        .limit(200 << 20)
        .read_to_string()
        .map_err(|error| error.to_string())?;
    let body: Value = serde_json::from_str(&body).map_err(|_| body.clone())?;
    match &body["value"] {
        value if response.status().is_success() => Ok(value.clone()),
        error => Err(error["message"].as_str().unwrap_or_default().to_owned()),
    }
}

fn with_downloads(browser: Browser, downloads: &Path) -> Value {
    let mut wanted = capabilities(browser);
    match browser {
        Browser::Chromium => {
            wanted["goog:loggingPrefs"] = json!({ "browser": "ALL" });
            let arguments = wanted["goog:chromeOptions"]["args"].as_array_mut();
            let rule = format!("--host-resolver-rules=MAP {INSECURE} 127.0.0.1");
            arguments.unwrap().push(json!(rule));
            wanted["goog:chromeOptions"]["prefs"] = json!({
                "download.default_directory": downloads,
                "download.prompt_for_download": false,
            });
        }
        Browser::Firefox => {
            let preferences = &mut wanted["moz:firefoxOptions"]["prefs"];
            preferences["network.dns.localDomains"] = json!(INSECURE);
            preferences["browser.download.folderList"] = json!(2);
            preferences["browser.download.dir"] = json!(downloads);
            preferences["browser.helperApps.neverAsk.saveToDisk"] =
                json!("application/json,application/zip,text/plain");
        }
        // Its WebDriver has no setting for downloads.
        Browser::WebKit => {}
    }
    wanted
}
