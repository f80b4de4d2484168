//! WebDriver servers: where they are, and a process of one for each session that is open.

use super::wait::wait_until;
use serde_json::Value;
use std::fs::File;
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

/// A browser that tests run in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Browser {
    Chromium,
    Firefox,
    WebKit,
}

impl Browser {
    /// Its name for the host program.
    pub fn name(self) -> &'static str {
        match self {
            Browser::Chromium => "chromium",
            Browser::Firefox => "firefox",
            Browser::WebKit => "webkit",
        }
    }
}

/// A driver's process. Some serve a single session at a time, so each has its own.
pub struct Driver {
    /// The one that it drives.
    pub browser: Browser,
    /// `http://127.0.0.1:…`
    pub url: String,
    // Its standard input, which the process ends with, is held open inside.
    _process: Child,
}

/// Drivers whose last session is over.
static IDLE: Mutex<Vec<Driver>> = Mutex::new(Vec::new());

impl Driver {
    /// A driver without a session: an idle one, or a new one.
    pub fn take(browser: Browser) -> Driver {
        let mut idle = IDLE.lock().unwrap_or_else(PoisonError::into_inner);
        match idle.iter().position(|driver| driver.browser == browser) {
            Some(index) => idle.swap_remove(index),
            None => {
                drop(idle);
                Driver::start(browser)
            }
        }
    }

    /// Keeps the driver for a later session; but WebKitGTK's, which has started hanging that way.
    pub fn put_back(self) {
        if self.browser == Browser::WebKit {
            return;
        }
        let mut idle = IDLE.lock().unwrap_or_else(PoisonError::into_inner);
        idle.push(self);
    }

    fn start(browser: Browser) -> Driver {
        static STARTED: AtomicU32 = AtomicU32::new(0);
        let number = STARTED.fetch_add(1, Ordering::Relaxed);
        let log = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("driver-{number}.log"));
        let port = free_port();
        let mut arguments = driver_command(browser);
        arguments.push(format!("--port={port}"));
        if browser == Browser::Firefox {
            // Its default is one and the same port for every process.
            arguments.push("--websocket-port=0".to_owned());
            // So that `Page::errors` can read the browser's own console.
            arguments.push("--allow-system-access".to_owned());
        }
        let driver = Driver {
            browser,
            url: format!("http://127.0.0.1:{port}"),
            _process: spawn_tied(&arguments, &log),
        };
        wait_until(&format!("{arguments:?} listens"), || {
            driver.is_ready().then_some(())
        });
        driver
    }

    fn is_ready(&self) -> bool {
        ureq::get(format!("{}/status", self.url)).call().is_ok()
    }
}

/// Starts a program that gets SIGTERM, with all that it started, when this process ends, however it
/// ends: a shell waits for the end of its own standard input, which this process holds open, and
/// then ends its group of processes.
fn spawn_tied(command: &[String], log: &Path) -> Child {
    let log = File::create(log).unwrap();
    Command::new("sh")
        .args(["-c", r#""$@" </dev/null & cat >/dev/null; kill 0"#, "sh"])
        .args(command)
        .process_group(0)
        .stdin(Stdio::piped())
        .stdout(log.try_clone().unwrap())
        .stderr(log)
        .spawn()
        .expect("a shell starts the driver")
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

fn driver_command(browser: Browser) -> Vec<String> {
    let words = setup(browser)["driver"].as_array().unwrap();
    words
        .iter()
        .map(|word| word.as_str().unwrap().to_owned())
        .collect()
}

/// WebDriver capabilities for a new session, without those that a single test adds.
pub fn capabilities(browser: Browser) -> Value {
    setup(browser)["capabilities"].clone()
}

/// What the host program found or installed for `browser`.
fn setup(browser: Browser) -> &'static Value {
    static FOUND: OnceLock<Vec<Value>> = OnceLock::new();
    let found = FOUND.get_or_init(|| {
        let output = Command::new(env!("CARGO_BIN_EXE_rubricate"))
            .arg("setup")
            .stderr(Stdio::inherit())
            .output()
            .expect("the host program starts");
        let lines = String::from_utf8_lossy(&output.stdout).into_owned();
        lines
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    });
    let entry = found
        .iter()
        .find(|entry| entry["browser"] == browser.name());
    let entry = entry.expect("the host program reports on every browser; its message is above");
    if let Some(missing) = entry["missing"].as_str() {
        panic!("{missing}");
    }
    entry
}
