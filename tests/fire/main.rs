//! The core under fire, natively: damaged stores, journals in every order, parsers on anything.
//!
//! `RUBRICATE_ROUNDS=50 cargo test --test fire` does fifty times as much; a failure prints the seed
//! that it began with, and `RUBRICATE_SEED` begins with that one alone.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod corruption;
mod journals;
mod merging;
mod mutation;
mod parsers;
mod random;
mod readers;
mod upgrade;
