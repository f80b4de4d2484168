//! How much memory a page takes, as the system counts it.

use crate::harness::{Browser, Page};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::fs;

/// `{private, module}` in bytes: what the largest of this program's renderers has for itself after
/// its garbage was collected, and the WebAssembly memory in it, if the element is on the page.
/// `null` where that can't be found out: elsewhere than in Chromium on Linux.
pub fn measure(page: &Page, has_element: bool) -> Value {
    if page.browser() != Browser::Chromium {
        return Value::Null;
    }
    for _ in 0..3 {
        let collect = json!({ "cmd": "HeapProfiler.collectGarbage", "params": {} });
        page.session.post("/goog/cdp/execute", &collect).unwrap();
        std::thread::sleep(std::time::Duration::from_millis(300));
    }
    let module = match has_element {
        true => page.run("return bench.moduleMemory()", json!([])),
        false => Value::Null,
    };
    let largest = renderers().into_iter().filter_map(private_bytes).max();
    largest.map_or(
        Value::Null,
        |bytes| json!({ "private": bytes, "module": module }),
    )
}

/// The renderers among the processes that descend from this one.
fn renderers() -> Vec<u32> {
    let parents: HashMap<u32, u32> = fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter_map(|id| Some((id, parent(id)?)))
        .collect();
    let is_ours = |&id: &u32| {
        let ancestors = std::iter::successors(Some(id), |id| parents.get(id).copied());
        ancestors.take(64).any(|id| id == std::process::id())
    };
    let is_renderer = |id: &u32| {
        fs::read_to_string(format!("/proc/{id}/cmdline"))
            .is_ok_and(|line| line.contains("--type=renderer"))
    };
    parents
        .keys()
        .copied()
        .filter(is_renderer)
        .filter(is_ours)
        .collect()
}

fn parent(process: u32) -> Option<u32> {
    field(
        &fs::read_to_string(format!("/proc/{process}/status")).ok()?,
        "PPid:",
    )
}

fn private_bytes(process: u32) -> Option<u64> {
    let rollup = fs::read_to_string(format!("/proc/{process}/smaps_rollup")).ok()?;
    let kib = |name| field::<u64>(&rollup, name).unwrap_or(0);
    Some((kib("Private_Dirty:") + kib("SwapPss:")) * 1024)
}

/// The first number behind a name at the start of a line.
fn field<T: std::str::FromStr>(lines: &str, name: &str) -> Option<T> {
    lines.lines().find_map(|line| {
        line.strip_prefix(name)?
            .split_whitespace()
            .next()?
            .parse()
            .ok()
    })
}
