//! A witness outside of the browser: what pages tell it is known though the browser is killed.

use serde_json::Value;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use tiny_http::{Header, Response, Server};

/// A server on the loopback that remembers the JSON values which pages post to it, in order.
pub struct Witness {
    /// Where to post.
    pub url: String,
    server: Arc<Server>,
    heard: Arc<Mutex<Vec<Value>>>,
}

impl Witness {
    /// Starts to listen.
    pub fn start() -> Witness {
        let server = Arc::new(Server::http("127.0.0.1:0").expect("a free port"));
        let heard: Arc<Mutex<Vec<Value>>> = Arc::default();
        for _ in 0..2 {
            let (server, heard) = (server.clone(), heard.clone());
            thread::spawn(move || {
                for mut request in server.incoming_requests() {
                    let mut body = String::new();
                    let read = request.as_reader().read_to_string(&mut body);
                    if let (Ok(_), Ok(value)) = (read, serde_json::from_str(&body)) {
                        let mut heard = heard.lock().unwrap_or_else(PoisonError::into_inner);
                        heard.push(value);
                    }
                    let header = Header::from_bytes("Access-Control-Allow-Origin", "*").unwrap();
                    // A browser that was killed needs no answer.
                    let _ = request.respond(Response::from_string("").with_header(header));
                }
            });
        }
        Witness {
            url: format!("http://{}/", server.server_addr()),
            server,
            heard,
        }
    }

    /// What was told so far.
    pub fn heard(&self) -> Vec<Value> {
        let heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        heard.clone()
    }

    /// Forgets all that.
    pub fn forget(&self) {
        let mut heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        heard.clear();
    }
}

impl Drop for Witness {
    fn drop(&mut self) {
        self.server.unblock();
        self.server.unblock();
    }
}
