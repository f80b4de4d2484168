//! Waiting for something that the browser does in its own time.

use std::fmt::Debug;
use std::thread;
use std::time::{Duration, Instant};

/// How long anything may take on a busy machine.
const LIMIT: Duration = Duration::from_secs(30);

/// Time between two questions.
const INTERVAL: Duration = Duration::from_millis(20);

/// Asks until there is an answer, and panics with `what` was awaited if none comes.
pub fn wait_until<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(start.elapsed() < LIMIT, "waited in vain: {what}");
        thread::sleep(INTERVAL);
    }
}

/// Asks until the answer is `expected`, and panics with both if it never is.
#[track_caller]
pub fn wait_until_equal<T: PartialEq + Debug>(expected: &T, mut ask: impl FnMut() -> T) {
    let start = Instant::now();
    loop {
        let answer = ask();
        if answer == *expected {
            return;
        }
        if start.elapsed() >= LIMIT {
            assert_eq!(answer, *expected);
        }
        thread::sleep(INTERVAL);
    }
}
