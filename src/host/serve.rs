//! Serves the bundle over HTTP, to this machine alone.

use super::failure::Failure;
use super::site;
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use tiny_http::{Header, Method, Request, Response, Server};

/// Threads that answer requests; a browser opens up to six connections.
const WORKERS: usize = 6;

/// How many ports are tried, counting the first.
const TRIES: u16 = 100;

/// Where to listen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Port {
    /// This one, or the next that is free.
    From(u16),
    /// This one alone; 0 lets the system choose.
    Exactly(u16),
}

impl Port {
    /// What is taken when nothing else is asked for.
    pub const FIRST: Port = Port::From(8080);
}

/// Takes a port of the loopback.
pub fn bind(port: Port) -> Result<Server, Failure> {
    let listener = match port {
        Port::Exactly(port) => listen(port).map_err(|error| match error.kind() {
            ErrorKind::AddrInUse => Failure::new(format!(
                "Port {port} is taken; name another, or leave --port out to get a free one."
            )),
            _ => Failure::new(format!("Port {port} can't be used: {error}.")),
        }),
        Port::From(first) => (first..first.saturating_add(TRIES))
            .find_map(|port| listen(port).ok())
            .ok_or_else(|| {
                Failure::new(format!(
                    "No port from {first} on is free; name another with --port."
                ))
            }),
    }?;
    Server::from_listener(listener, None)
        .map_err(|error| Failure::new(format!("The server can't be started: {error}.")))
}

fn listen(port: u16) -> io::Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port))
}

/// The URL of the page.
pub fn url(server: &Server) -> String {
    format!("http://{}/", server.server_addr())
}

/// Answers requests for the files below the sites, for ever. What an earlier site has comes before
/// what a later one has; one that isn't there yet may come at any time.
pub fn run(server: Server, sites: Vec<PathBuf>) -> Result<(), Failure> {
    let server = Arc::new(server);
    let workers: Vec<_> = (0..WORKERS)
        .map(|_| {
            let (server, sites) = (Arc::clone(&server), sites.clone());
            thread::spawn(move || {
                for request in server.incoming_requests() {
                    // A client that has gone away needs no answer.
                    let _ = answer(request, &sites);
                }
            })
        })
        .collect();
    for worker in workers {
        if worker.join().is_err() {
            return Err(Failure::new("The server has stopped."));
        }
    }
    Ok(())
}

fn answer(request: Request, sites: &[PathBuf]) -> io::Result<()> {
    if !matches!(request.method(), Method::Get | Method::Head) {
        let refusal = text("Only GET and HEAD are answered here.").with_status_code(405);
        return request.respond(with(refusal, &[("Allow", "GET, HEAD")]));
    }
    let found = sites
        .iter()
        .filter_map(|site| fs::canonicalize(site).ok())
        .find_map(|root| site::find(&root, request.url()))
        .and_then(|path| File::open(&path).ok().map(|file| (path, file)));
    let Some((path, file)) = found else {
        return request.respond(text("There is nothing here.").with_status_code(404));
    };
    let media_type = site::media_type(&path);
    let policy = site::policy(request.url());
    let mut response = with(Response::from_file(file), &COMMON);
    response = with(response, &[("Content-Type", media_type)]);
    if media_type.starts_with("text/html") {
        response = with(response, &[("Content-Security-Policy", &policy)]);
    }
    request.respond(response)
}

/// What every answer carries.
const COMMON: [(&str, &str); 3] = [
    ("Cache-Control", "no-cache"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
];

fn text(line: &str) -> Response<io::Cursor<Vec<u8>>> {
    with(Response::from_string(line), &COMMON)
}

fn with<R: io::Read>(mut response: Response<R>, headers: &[(&str, &str)]) -> Response<R> {
    for (name, value) in headers {
        // Every one of them is a constant of ASCII, so none is refused.
        if let Ok(header) = Header::from_bytes(*name, *value) {
            response.add_header(header);
        }
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_that_is_taken_is_refused_or_passed_over() {
        let taken = listen(0).unwrap();
        let port = taken.local_addr().unwrap().port();
        let refusal = bind(Port::Exactly(port)).err().unwrap();
        assert_eq!(
            refusal.to_string(),
            format!("Port {port} is taken; name another, or leave --port out to get a free one.")
        );
        let next = bind(Port::From(port)).unwrap();
        assert_ne!(url(&next), format!("http://127.0.0.1:{port}/"));
    }
}
