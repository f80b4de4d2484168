//! Native tests of the project as a whole: its layers, and the colours of its screen.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

mod layers;
mod palette;
mod sources;
mod supply;
mod theming;
