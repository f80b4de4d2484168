//! A browser as processes: with a profile that outlives it, and killed without a word.

use super::driver::Browser;
use super::page::Page;
use super::wait::wait_until;
use serde_json::json;
use std::fs;
use std::process::Command;
use tempfile::TempDir;

/// A browser's profile on the disk, which several runs of the browser share in turn.
pub struct Profile(TempDir);

impl Profile {
    /// An empty one.
    pub fn new() -> Profile {
        Profile(tempfile::tempdir().unwrap())
    }

    /// Another one with the same in it, which no browser may be at work in.
    pub fn copy(&self) -> Profile {
        let copy = Profile::new();
        let from = self.0.path().join(".");
        let copied = Command::new("cp")
            .arg("-a")
            .arg(from)
            .arg(copy.0.path())
            .status();
        assert!(copied.expect("cp is there").success());
        copy
    }

    /// Starts a browser with this profile.
    pub fn open(&self, browser: Browser) -> Page {
        let path = self.0.path().to_str().unwrap();
        Page::open_with(browser, |wanted| {
            let (options, arguments) = match browser {
                Browser::Firefox => ("moz:firefoxOptions", vec![json!("-profile"), json!(path)]),
                _ => (
                    "goog:chromeOptions",
                    vec![json!(format!("--user-data-dir={path}"))],
                ),
            };
            let all = wanted[options]["args"].as_array_mut().unwrap();
            all.extend(arguments);
        })
    }

    /// Ends the browser that has this profile, and all its processes, as a power cut would.
    pub fn kill(&self, page: Page) {
        let main = self.main(&page);
        let mut all = descendants(main);
        all.push(main);
        kill(&all);
        wait_until("the browser is gone", || {
            let running = processes();
            (!running.iter().any(|p| all.contains(&p.id))).then_some(())
        });
    }

    /// Ends the processes that show its tabs, as a crash does.
    pub fn kill_tabs(&self, page: &Page) {
        let is_tab = |process: &Process| {
            let words = &process.command;
            words.contains("--type=renderer")
                || words.contains("-contentproc") && words.contains("-isForBrowser")
        };
        let all = descendants(self.main(page));
        let tabs = processes()
            .into_iter()
            .filter(|p| all.contains(&p.id) && is_tab(p));
        let tabs: Vec<u64> = tabs.map(|p| p.id).collect();
        assert!(!tabs.is_empty());
        kill(&tabs);
    }

    fn main(&self, page: &Page) -> u64 {
        match page.browser() {
            Browser::Firefox => page.session.capabilities["moz:processID"].as_u64().unwrap(),
            // Chromium's lock of a profile is a link to nowhere: `<host>-<process>`.
            _ => {
                let lock = fs::read_link(self.0.path().join("SingletonLock")).unwrap();
                let (_, process) = lock.to_str().unwrap().rsplit_once('-').unwrap();
                process.parse().unwrap()
            }
        }
    }
}

struct Process {
    id: u64,
    parent: u64,
    command: String,
}

/// Those that run; what is dead and only waits for its parent to look is none.
fn processes() -> Vec<Process> {
    let listed = Command::new("ps")
        .args(["-A", "-ww", "-o", "pid=,ppid=,stat=,args="])
        .output()
        .expect("ps is there");
    let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
    let process = |line: &str| {
        let mut words = line.split_whitespace();
        let (id, parent) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
        let is_dead = words.next()?.starts_with('Z');
        let command = line.to_owned();
        (!is_dead).then_some(Process {
            id,
            parent,
            command,
        })
    };
    listed.lines().filter_map(process).collect()
}

fn descendants(of: u64) -> Vec<u64> {
    let all = processes();
    let mut found = vec![of];
    let mut at = 0;
    while let Some(parent) = found.get(at).copied() {
        found.extend(all.iter().filter(|p| p.parent == parent).map(|p| p.id));
        at += 1;
    }
    found.split_off(1)
}

/// SIGKILL to all of these at once.
fn kill(processes: &[u64]) {
    let killed = Command::new("kill")
        .arg("-KILL")
        .args(processes.iter().map(u64::to_string))
        .output();
    // One that has ended by itself meanwhile is no failure.
    killed.expect("kill is there");
}
