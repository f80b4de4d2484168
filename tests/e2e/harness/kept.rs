//! Browsers that one test leaves for the next, since they take longer to start than many tests take: they forget
//! by their own means all that pages left.

use super::driver::{Browser, Driver};
use super::session::Session;
use serde_json::{Value, json};
use std::fs;
use std::sync::{Mutex, PoisonError};
use tempfile::TempDir;

/// Empties a Firefox of all that its pages left; gives which kinds of it could not be removed, as bits.
const FIREFOX_FORGETS: &str = "
return new Promise((done) => Services.clearData.deleteData(Ci.nsIClearDataService.CLEAR_ALL, { onDataDeleted: done }))
    .then((failed) => { Services.console.reset(); return failed; })";

static KEPT: Mutex<Vec<Kept>> = Mutex::new(Vec::new());

/// A session without a test, as good as a fresh one.
pub struct Kept {
    pub driver: Driver,
    pub id: String,
    pub capabilities: Value,
    pub downloads: TempDir,
}

/// The one that was left last, if there is any.
pub fn take(browser: Browser) -> Option<Kept> {
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    let at = kept.iter().rposition(|one| one.driver.browser == browser)?;
    Some(kept.remove(at))
}

/// Leaves one that was emptied.
pub fn put_back(kept: Kept) {
    KEPT.lock()
        .unwrap_or_else(PoisonError::into_inner)
        .push(kept);
}

/// Closes all tabs for a new one in a window of the size that it starts with, and has what their pages
/// stored forgotten; whether that was done.
pub fn empty(session: &Session) -> Result<bool, String> {
    let defaults = json!({ "script": 30_000, "pageLoad": 300_000, "implicit": 0 });
    session.post("/timeouts", &defaults)?;
    let opened = session.post("/window/new", &json!({ "type": "tab" }))?;
    let tabs = session.get("/window/handles")?;
    for tab in tabs.as_array().into_iter().flatten() {
        if *tab != opened["handle"] {
            session.post("/window", &json!({ "handle": tab }))?;
            session.delete("/window")?;
        }
    }
    session.post("/window", &json!({ "handle": opened["handle"] }))?;
    session.post("/window/rect", &json!({ "width": 1366, "height": 768 }))?;
    let done = forget(session)?;
    remove_files(session).map_err(|error| error.to_string())?;
    Ok(done)
}

fn forget(session: &Session) -> Result<bool, String> {
    if session.browser == Browser::Firefox {
        return Ok(session.execute_privileged(FIREFOX_FORGETS, &json!([]))? == 0);
    }
    let everything = json!({ "origin": "*", "storageTypes": "all" });
    session.command("Storage.clearDataForOrigin", &everything)?;
    session.command("Network.clearBrowserCache", &json!({}))?;
    // What was read once isn't there the next time.
    session.post("/se/log", &json!({ "type": "browser" }))?;
    Ok(true)
}

fn remove_files(session: &Session) -> std::io::Result<()> {
    fs::read_dir(session.downloads())?.try_for_each(|file| fs::remove_file(file?.path()))
}
