//! Addresses that mean harm: what is no web address is refused before anything is sent, and what never
//! ends, goes in circles or swells is given up with a message.

use crate::article::Article;
use crate::harness::in_each_browser;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::json;
use std::io::{Read, Write};
use std::sync::Arc;
use std::thread;
use tiny_http::{Header, Response, Server, StatusCode};

/// A body that has no end.
struct Endless;

impl Read for Endless {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        into.fill(b'a');
        Ok(into.len())
    }
}

fn headers(pairs: &[(&str, &str)]) -> Vec<Header> {
    let header = |(name, value): &(&str, &str)| Header::from_bytes(*name, *value).unwrap();
    pairs.iter().map(header).collect()
}

/// A server that means harm; its URL without a slash at the end.
fn harmful() -> String {
    let server = Arc::new(Server::http("127.0.0.1:0").unwrap());
    let url = format!("http://{}", server.server_addr());
    // A body without an end holds up whoever answers.
    for _ in 0..6 {
        let server = server.clone();
        thread::spawn(move || {
            for request in server.incoming_requests() {
                let allowed = ("Access-Control-Allow-Origin", "*");
                let text = ("Content-Type", "text/plain; charset=utf-8");
                // Who gives up reads no further; that is what is tested.
                let _ = match request.url() {
                    "/circle" => request.respond(
                        Response::empty(302)
                            .with_header(headers(&[allowed])[0].clone())
                            .with_header(headers(&[("Location", "/circle")])[0].clone()),
                    ),
                    "/endless" => request.respond(Response::new(
                        StatusCode(200),
                        headers(&[allowed, text]),
                        Endless,
                        None,
                        None,
                    )),
                    "/swelling" => {
                        let mut bomb = GzEncoder::new(Vec::new(), Compression::best());
                        for _ in 0..40 {
                            bomb.write_all(&vec![b'a'; 1 << 20]).unwrap();
                        }
                        let bomb = bomb.finish().unwrap();
                        assert!(bomb.len() < 1 << 20);
                        let encoded = headers(&[allowed, text, ("Content-Encoding", "gzip")]);
                        let length = bomb.len();
                        request.respond(Response::new(
                            StatusCode(200),
                            encoded,
                            &bomb[..],
                            Some(length),
                            None,
                        ))
                    }
                    "/lying" => request.respond(Response::new(
                        StatusCode(200),
                        headers(&[allowed, text]),
                        &b"caf\xe9"[..],
                        Some(4),
                        None,
                    )),
                    _ => request.respond(
                        Response::from_string("unseen").with_header(headers(&[text])[0].clone()),
                    ),
                };
            }
        });
    }
    url
}

in_each_browser! {
    fn addresses_that_mean_harm_are_refused_or_given_up(page: &Page) {
        let article = Article::with_text(page, "What was open before.");
        let server = harmful();
        for (address, words) in [
            ("javascript:window.__pwned = 1".to_owned(), "Only http and https addresses can be fetched, not javascript"),
            ("file:///etc/passwd".to_owned(), "Only http and https addresses can be fetched, not file"),
            ("data:text/html,<script>__pwned=1</script>".to_owned(), "Only http and https addresses can be fetched, not data"),
            ("//".to_owned(), "is no address"),
            (format!("{server}/circle"), "can’t be fetched from here"),
            (format!("{server}/closed"), "can’t be fetched from here"),
            (format!("{server}/endless"), "at most 25 MB can be opened"),
            (format!("{server}/swelling"), "at most 25 MB can be opened"),
        ] {
            let loaded = page.run(
                "return find('#article').load({ url: arguments[0] }).then(() => 'loaded', ({ message }) => message)",
                json!([address]),
            );
            assert!(loaded.as_str().unwrap().contains(words), "{address}: {loaded}");
            assert_eq!(article.text(), "What was open before.");
        }
        assert_eq!(page.run("return typeof __pwned", json!([])), json!("undefined"));
        let lying = page.run(
            "return find('#article').load({ url: arguments[0] }).then(() => find('#article').text)",
            json!([format!("{server}/lying")]),
        );
        assert_eq!(lying, json!("caf\u{fffd}"));
    }
}
