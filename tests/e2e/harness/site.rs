//! The one server of this process: the host program, which ends with the tests.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

struct Site {
    url: String,
    // Holds its standard input, which closes when this process ends, however it ends.
    _server: Child,
}

/// The URL of the served page, `http://127.0.0.1:…/`. The first call builds the bundle.
pub fn site_url() -> &'static str {
    static SITE: OnceLock<Site> = OnceLock::new();
    &SITE.get_or_init(start).url
}

fn start() -> Site {
    let mut server = Command::new(env!("CARGO_BIN_EXE_rubricate"))
        .args(["--port", "0", "--until-stdin-closes"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the host program starts");
    let url = BufReader::new(server.stdout.take().unwrap())
        .lines()
        .map_while(Result::ok)
        .find_map(|line| line.strip_prefix("Rubricate is at ").map(str::to_owned));
    Site {
        url: url.expect("the host program builds and serves the page; its message is above"),
        _server: server,
    }
}

/// Fetches a path of the site (`"rubricate.css"`), whatever its status.
pub fn get(path: &str) -> ureq::http::Response<ureq::Body> {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .build()
        .into();
    agent
        .get(format!("{}{path}", site_url()))
        .call()
        .expect("the site answers")
}
