//! The host program: builds the bundle, serves it on the loopback, and runs the in-browser tests.

#[cfg(not(target_arch = "wasm32"))]
mod host;

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    host::main()
}

/// Cargo may be asked to build every target for WebAssembly, where there is nothing to host.
#[cfg(target_arch = "wasm32")]
fn main() {}
