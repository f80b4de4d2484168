//! The browsers that tests run in: what they are called, where they come from, how they are started.

use serde_json::{Value, json};
use std::fmt;
use std::process::{Command, Stdio};

/// A browser that the tests can drive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Browser {
    Chromium,
    Firefox,
    /// WebKitGTK under a virtual X server; taken where it is found, never installed.
    WebKit,
}

impl Browser {
    /// All, in the order in which they are reported.
    pub const ALL: [Browser; 3] = [Browser::Chromium, Browser::Firefox, Browser::WebKit];

    /// The browser of that name.
    pub fn named(name: &str) -> Option<Browser> {
        Browser::ALL
            .into_iter()
            .find(|browser| browser.name() == name)
    }

    /// Its name on the command line and in the names of tests.
    pub fn name(self) -> &'static str {
        match self {
            Browser::Chromium => "chromium",
            Browser::Firefox => "firefox",
            Browser::WebKit => "webkit",
        }
    }

    /// The names under which the browser's own program may be installed, best first.
    pub fn programs(self) -> &'static [&'static str] {
        match self {
            Browser::Chromium => &["chromium", "chromium-browser", "google-chrome"],
            Browser::Firefox => &["firefox-esr", "firefox"],
            Browser::WebKit => &["xvfb-run"],
        }
    }

    /// The name of the program that speaks WebDriver for it.
    pub fn driver(self) -> &'static str {
        match self {
            Browser::Chromium => "chromedriver",
            Browser::Firefox => "geckodriver",
            Browser::WebKit => "WebKitWebDriver",
        }
    }

    /// The environment variable that names another driver; the test runner reads the same.
    pub fn driver_variable(self) -> &'static str {
        match self {
            Browser::Chromium => "CHROMEDRIVER",
            Browser::Firefox => "GECKODRIVER",
            Browser::WebKit => "SAFARIDRIVER",
        }
    }

    /// The Debian packages of the browser and of its driver, if it is packaged.
    pub fn packages(self) -> (&'static str, Option<&'static str>) {
        match self {
            Browser::Chromium => ("chromium", Some("chromium-driver")),
            Browser::Firefox => ("firefox-esr", None),
            Browser::WebKit => ("xvfb", Some("webkit2gtk-driver")),
        }
    }

    /// WebDriver capabilities for a session without a window, of the browser at `program`.
    pub fn capabilities(self, program: &str) -> Value {
        match self {
            Browser::Chromium => json!({
                "goog:chromeOptions": {
                    "binary": program,
                    "args": [
                        "--headless=new",
                        // With a pipe it ends when its driver does, also if that is killed.
                        "--remote-debugging-pipe",
                        // Chromium refuses its sandbox to root, as whom tests often run.
                        "--no-sandbox",
                        "--disable-dev-shm-usage",
                        "--disable-gpu",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                    ],
                },
            }),
            Browser::Firefox => json!({
                "moz:firefoxOptions": {
                    "binary": program,
                    "args": ["-headless"],
                },
            }),
            Browser::WebKit => json!({
                "webkitgtk:browserOptions": { "args": ["--automation"] },
            }),
        }
    }
}

impl fmt::Display for Browser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Browser::Chromium => "Chromium",
            Browser::Firefox => "Firefox",
            Browser::WebKit => "WebKitGTK",
        })
    }
}

/// Opens `url` in the user's own browser, or says that it can't.
pub fn open_url(url: &str) {
    let (program, arguments): (_, &[&str]) = match std::env::consts::OS {
        "macos" => ("open", &[]),
        "windows" => ("cmd", &["/C", "start", ""]),
        _ => ("xdg-open", &[]),
    };
    let started = Command::new(program)
        .args(arguments)
        .arg(url)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    if let Err(error) = started {
        eprintln!("No browser could be opened ({program}: {error}).");
    }
}
