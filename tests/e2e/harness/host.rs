//! Somebody's site, on a port of its own: pages that a test writes, with the headers that it wants,
//! and the program's files beside them.

use super::site::site_url;
use std::collections::HashMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use tiny_http::{Request, Server, StatusCode};

/// What a path of the site answers.
#[derive(Clone, Debug)]
pub struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    /// `None`: never anything.
    body: Option<Vec<u8>>,
}

impl Answer {
    /// A page of HTML.
    pub fn page(body: &str) -> Answer {
        Answer::file("text/html; charset=utf-8", body)
    }

    /// A file of that media type.
    pub fn file(media_type: &str, body: impl Into<Vec<u8>>) -> Answer {
        Answer {
            status: 200,
            headers: vec![("Content-Type".into(), media_type.into())],
            body: Some(body.into()),
        }
    }

    /// A failure of the server's.
    pub fn failure(status: u16) -> Answer {
        Answer {
            status,
            ..Answer::file("text/plain", "no")
        }
    }

    /// A connection that is taken, and never answered.
    pub fn never() -> Answer {
        Answer {
            body: None,
            ..Answer::failure(200)
        }
    }

    /// The same with one more header.
    pub fn with(mut self, name: &str, value: &str) -> Answer {
        self.headers.push((name.into(), value.into()));
        self
    }
}

/// A site that is there until it is dropped.
pub struct Host {
    /// `http://127.0.0.1:…`
    pub url: String,
    server: Arc<Server>,
}

impl Host {
    /// A site that answers these paths (`"/a.html"`), and has the program's files at all others.
    pub fn start<const N: usize>(answers: [(&str, Answer); N]) -> Host {
        // Has it built.
        site_url();
        let server = Arc::new(Server::http("127.0.0.1:0").unwrap());
        let url = format!("http://{}", server.server_addr());
        let answers = answers.map(|(path, answer)| (path.to_owned(), answer));
        let answers = HashMap::from(answers);
        let serving = server.clone();
        thread::spawn(move || {
            let mut waiting = Vec::new();
            for request in serving.incoming_requests() {
                waiting.extend(answer(request, &answers));
            }
        });
        Host { url, server }
    }

    /// The address of a path.
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }

    /// The same under another name of this machine.
    pub fn named(&self, name: &str, path: &str) -> String {
        self.at(path).replace("127.0.0.1", name)
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.server.unblock();
    }
}

/// Answers, or gives the request back that is to wait for ever.
fn answer(request: Request, answers: &HashMap<String, Answer>) -> Option<Request> {
    let path = request.url().split('?').next().unwrap_or_default();
    let answer = match answers.get(path) {
        Some(answer) => answer.clone(),
        // Every browser asks for it, and a page has it in its console if there is none.
        None if path == "/favicon.ico" => Answer::failure(204),
        None => program_file(path),
    };
    let Some(body) = answer.body else {
        return Some(request);
    };
    // A browser that has gone away needs no answer.
    let _ = send(request, answer.status, &answer.headers, &body);
    None
}

/// Sends an answer, and has the connection closed: one that stays open keeps a thread of the server's, and its
/// count of idle threads lags behind what comes at once, so that a request can be left waiting for another's end.
fn send(
    request: Request,
    status: u16,
    headers: &[(String, String)],
    body: &[u8],
) -> std::io::Result<()> {
    let reason = StatusCode(status).default_reason_phrase();
    let mut head = format!("HTTP/1.1 {status} {reason}\r\nConnection: close\r\n");
    for (name, value) in headers {
        head += &format!("{name}: {value}\r\n");
    }
    if status != 204 {
        head += &format!("Content-Length: {}\r\n", body.len());
    }
    let body = if status == 204 { &[] } else { body };
    let mut out = request.into_writer();
    out.write_all(&[head.as_bytes(), b"\r\n", body].concat())?;
    out.flush()
}

fn program_file(path: &str) -> Answer {
    let file = bundle().join(path.trim_start_matches('/'));
    let media_type = match file.extension().and_then(|extension| extension.to_str()) {
        Some("js") => "text/javascript",
        Some("wasm") => "application/wasm",
        Some("html") => "text/html; charset=utf-8",
        _ => "text/plain",
    };
    match fs::read(file) {
        // A frame in a sandbox is another origin than its own files.
        Ok(body) => Answer::file(media_type, body).with("Access-Control-Allow-Origin", "*"),
        Err(_) => Answer::failure(404),
    }
}

fn bundle() -> PathBuf {
    let temporary = Path::new(env!("CARGO_TARGET_TMPDIR"));
    temporary.parent().unwrap().join("site")
}
