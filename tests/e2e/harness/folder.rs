//! A plain web server for one folder, such as anybody has: right media types, a policy, no more.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use tiny_http::{Header, Response, Server};

/// What the README asks a host to allow, and nothing else.
const POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    require-trusted-types-for 'script'";

/// Serves files below `folder` from now on, and gives its URL, `http://127.0.0.1:…/`.
pub fn serve_folder(folder: PathBuf) -> String {
    let server = Arc::new(Server::http("127.0.0.1:0").unwrap());
    let url = format!("http://{}/", server.server_addr());
    for _ in 0..4 {
        let (server, folder) = (Arc::clone(&server), folder.clone());
        thread::spawn(move || {
            for request in server.incoming_requests() {
                let path = request.url().split('?').next().unwrap_or_default();
                let path = folder.join(path.trim_start_matches('/'));
                let response = match fs::read(&path) {
                    Ok(content) => Response::from_data(content)
                        .with_header(header("Content-Type", media_type(&path.to_string_lossy())))
                        .with_header(header("Content-Security-Policy", POLICY)),
                    Err(_) => Response::from_data(Vec::new()).with_status_code(404),
                };
                // A browser that has gone away needs no answer.
                let _ = request.respond(response);
            }
        });
    }
    url
}

fn header(name: &str, value: &str) -> Header {
    Header::from_bytes(name, value).unwrap()
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    }
}
