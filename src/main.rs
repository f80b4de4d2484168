//! The program: commands for datasets, and, with the feature `host`, what builds the bundle, serves it
//! on the loopback and runs the in-browser tests.

#[cfg(not(target_arch = "wasm32"))]
mod cli;
#[cfg(all(not(target_arch = "wasm32"), feature = "host"))]
mod host;

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    if let Some(code) = cli::main(std::env::args_os()) {
        return code;
    }
    #[cfg(feature = "host")]
    return host::main();
    #[cfg(not(feature = "host"))]
    return cli::unknown(std::env::args_os());
}

/// Cargo may be asked to build every target for WebAssembly, where there is nothing to host.
#[cfg(target_arch = "wasm32")]
fn main() {}
