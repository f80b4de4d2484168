//! A WebDriver session: the protocol's requests as methods, and nothing more.
//!
//! <https://www.w3.org/TR/webdriver2/>

use super::driver::{Browser, Driver, capabilities};
use super::kept::{self, Kept};
use serde_json::{Value, json};
use std::cell::Cell;
use std::path::Path;
use std::thread;
use std::time::Duration;
use tempfile::TempDir;
use ureq::Agent;

/// No request may take longer; starting a browser on a busy machine takes longest.
const TIMEOUT: Duration = Duration::from_secs(120);

/// A name of this machine that browsers don't take for it, so that its pages are no secure context.
/// WebKitGTK doesn't know it.
pub const INSECURE: &str = "insecure.test";

/// An open session. Dropping it closes the browser, or empties it for a later test.
pub struct Session {
    /// What runs in it.
    pub browser: Browser,
    agent: Agent,
    // `None` only while being dropped.
    driver: Option<Driver>,
    id: String,
    /// What the driver says of the browser that it started.
    pub capabilities: Value,
    // `None` only while being dropped.
    downloads: Option<TempDir>,
    /// Whether nothing is other than in a fresh browser but for what pages have stored.
    is_plain: Cell<bool>,
}

impl Session {
    /// A browser with a fresh profile, or one that is as good as fresh.
    pub fn start(browser: Browser) -> Session {
        while let Some(kept) = kept::take(browser) {
            let session = Session {
                browser,
                agent: agent(),
                driver: Some(kept.driver),
                id: kept.id,
                capabilities: kept.capabilities,
                downloads: Some(kept.downloads),
                is_plain: Cell::new(true),
            };
            // It may have ended meanwhile.
            if session.get("/window/handles").is_ok() {
                return session;
            }
            session.is_plain.set(false);
        }
        let session = Session::start_with(browser, |_| {});
        // WebKitGTK's driver has nothing that empties it.
        session.is_plain.set(browser != Browser::WebKit);
        session
    }

    /// Starts a browser with a fresh profile and with capabilities that `adapt` has changed.
    pub fn start_with(browser: Browser, adapt: impl FnOnce(&mut Value)) -> Session {
        // A browser that is kept ends with the process, which then leaves this to the build directory.
        let downloads = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        let mut wanted = with_downloads(browser, downloads.path());
        adapt(&mut wanted);
        let mut session = Session {
            browser,
            agent: agent(),
            driver: Some(Driver::take(browser)),
            id: String::new(),
            capabilities: Value::Null,
            downloads: Some(downloads),
            is_plain: Cell::new(false),
        };
        let wanted = json!({ "capabilities": { "alwaysMatch": wanted } });
        let url = format!("{}/session", session.driver_url());
        let started = session.send(session.agent.post(url), &wanted).unwrap();
        session.id = started["sessionId"].as_str().unwrap().to_owned();
        session.capabilities = started["capabilities"].clone();
        session
    }

    /// Where the browser puts what is downloaded.
    pub fn downloads(&self) -> &Path {
        self.downloads.as_ref().unwrap().path()
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

    /// Changes something of Firefox that outlives its pages, by its own rights.
    pub fn change_browser(&self, script: &str, arguments: &Value) {
        self.keep_from_others();
        self.execute_privileged(script, arguments).unwrap();
    }

    /// Has the browser closed with the test: something of it is other than in a fresh one.
    pub fn keep_from_others(&self) {
        self.is_plain.set(false);
    }

    /// A command of Chromium's own protocol, about the page that is shown.
    pub fn command(&self, command: &str, parameters: &Value) -> Result<Value, String> {
        let command = json!({ "cmd": command, "params": parameters });
        self.post("/goog/cdp/execute", &command)
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
        let is_empty =
            self.is_plain.get() && !thread::panicking() && kept::empty(self).is_ok_and(|done| done);
        let Some(driver) = self.driver.take() else {
            return;
        };
        if is_empty && let Some(downloads) = self.downloads.take() {
            kept::put_back(Kept {
                driver,
                id: std::mem::take(&mut self.id),
                capabilities: self.capabilities.take(),
                downloads,
            });
            return;
        }
        let session = format!("{}/session/{}", driver.url, self.id);
        let closed = !self.id.is_empty() && answer(self.agent.delete(session).call()).is_ok();
        // A driver that couldn't close its browser is given up, and ends with its standard input.
        if closed {
            driver.put_back();
        }
    }
}

fn agent() -> Agent {
    Agent::config_builder()
        .timeout_global(Some(TIMEOUT))
        .http_status_as_error(false)
        .build()
        .into()
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
