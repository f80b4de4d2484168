//! What the world around gives: the time, chance, the kind of machine, and the words of an error.

use super::contract;
use crate::session::{Moment, Platform};
use std::cell::RefCell;
use std::sync::Arc;
use wasm_bindgen::prelude::*;

/// The clock on the wall, RFC 3339 in UTC to the second.
pub fn now() -> Arc<str> {
    let iso: String = js_sys::Date::new_0().to_iso_string().into();
    match iso.split_once('.') {
        Some((seconds, _)) => format!("{seconds}Z").into(),
        None => iso.into(),
    }
}

/// The time, and the browser's randomness.
pub fn moment() -> Moment {
    Moment {
        now: now(),
        random: random::<16>,
    }
}

/// How many random bytes are fetched at once: asking for each id by itself takes longer than making it.
const RANDOM_POOL: usize = 1_024;

/// Random bytes: the browser's, which insecure origins have as well. `N` is far below a thousand.
pub fn random<const N: usize>() -> [u8; N] {
    thread_local! {
        static POOL: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    }
    POOL.with_borrow_mut(|pool| {
        if pool.len() < N {
            *pool = fresh_random();
        }
        [(); N].map(|()| pool.pop().unwrap_or_default())
    })
}

fn fresh_random() -> Vec<u8> {
    let mut bytes = vec![0; RANDOM_POOL];
    let crypto = gloo::utils::window().crypto();
    if crypto
        .and_then(|c| c.get_random_values_with_u8_array(&mut bytes))
        .is_err()
    {
        for byte in &mut bytes {
            *byte = (js_sys::Math::random() * 256.0) as u8;
        }
    }
    bytes
}

/// Which modifier key commands go by.
pub fn platform() -> Platform {
    let platform = gloo::utils::window()
        .navigator()
        .platform()
        .unwrap_or_default();
    match platform.starts_with("Mac") || platform.starts_with("iP") {
        true => Platform::Mac,
        false => Platform::Other,
    }
}

/// Whether the page is shown within a page of another origin. If that is another site's, browsers keep
/// apart what is stored here ([storage partitioning](https://privacycg.github.io/storage-partitioning/));
/// which site it is can't be seen from within.
pub fn is_framed_by_another_origin() -> bool {
    let top = gloo::utils::window().top().ok().flatten();
    top.is_some_and(|top| top.location().origin().is_err())
}

/// An error's sentence, whatever was thrown.
pub fn sentence(error: &JsValue) -> String {
    contract::get(error, "message")
        .and_then(|message| message.as_string())
        .or_else(|| error.as_string())
        .unwrap_or_else(|| format!("{error:?}"))
}
