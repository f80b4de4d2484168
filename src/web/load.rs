//! From what a host or a person hands over to a document: a text, a file, or a URL to fetch.

use super::argument::Argument;
use super::contract::{get, type_error};
use super::dom;
use super::page;
use super::world::sentence;
use crate::document::{
    Document, DocumentMeta, Kind, LoadError, MAX_BYTES, MAX_DATASET_BYTES, Source, charset, check,
    check_up_to, detect, markdown, plain,
};
use js_sys::{Array, ArrayBuffer, Reflect, Uint8Array};
use std::fmt;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortSignal, File, ReadableStreamDefaultReader, ReferrerPolicy, RequestCredentials,
    RequestInit, Response, TextDecoder, Url,
};

/// How long a fetch may take, in milliseconds.
const TIMEOUT: u32 = 30_000;

/// Why nothing was loaded.
#[derive(Debug)]
pub enum Failure {
    /// The call itself was wrong.
    Call(JsValue),
    /// The content can't be read.
    Content(LoadError),
    /// The file is JSON, which this build can only import into its own document.
    Dataset(String),
    /// The URL can't be fetched: a word for programs and a sentence.
    Fetch(&'static str, String),
    /// The browser could not give the file's content.
    File(String),
    /// Nothing of that name is kept here.
    NotKept(String),
    /// The part that reads web pages could not be loaded, or broke down: a sentence.
    Reader(String),
    /// Another load has overtaken this one.
    Overtaken,
}

impl From<LoadError> for Failure {
    fn from(error: LoadError) -> Failure {
        Failure::Content(error)
    }
}

impl From<JsValue> for Failure {
    fn from(error: JsValue) -> Failure {
        Failure::Call(error)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Call(error) => f.write_str(&sentence(error)),
            Failure::Content(error) => write!(f, "{error}"),
            Failure::Dataset(why) | Failure::Fetch(_, why) | Failure::Reader(why) => {
                f.write_str(why)
            }
            Failure::File(why) => write!(f, "The file could not be read: {why}. Choose it again."),
            Failure::NotKept(id) => write!(
                f,
                "No document called {id:?} is kept in this browser. Open its file again."
            ),
            Failure::Overtaken => f.write_str("Another document was opened meanwhile."),
        }
    }
}

impl Failure {
    /// A word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Failure::Call(_) => "call",
            Failure::Content(LoadError::Empty) => "empty",
            Failure::Content(LoadError::TooLarge { .. }) => "too-large",
            Failure::Content(LoadError::Binary(_)) => "binary",
            Failure::Content(LoadError::NoText) => "no-text",
            Failure::Dataset(_) => "dataset",
            Failure::Fetch(code, _) => code,
            Failure::File(_) => "file",
            Failure::NotKept(_) => "not-kept",
            Failure::Reader(_) => "reader",
            Failure::Overtaken => "overtaken",
        }
    }

    /// What a promise is rejected with.
    pub fn to_js(&self) -> JsValue {
        match self {
            Failure::Call(error) => error.clone(),
            Failure::Overtaken => super::contract::exception("AbortError", &self.to_string()),
            _ => js_sys::Error::new(&self.to_string()).into(),
        }
    }
}

/// What was read.
pub struct Input {
    /// A document, or the JSON of a dataset that holds some.
    pub content: Content,
    /// The charset that its bytes were decoded with.
    pub charset: Option<&'static str>,
    /// Whether nothing said which charset that is, so that it had to be guessed.
    pub guessed: bool,
    /// Whether the host named the document in its call.
    pub is_named: bool,
}

/// What kind of thing was read.
pub enum Content {
    /// One text.
    Document(Box<Document>),
    /// A dataset of ours, as JSON.
    Dataset(String),
}

/// Reads `{text | html | markdown | file | url, id?, title?, lang?}`; of a URL no further than until
/// `overtaken` says that nobody waits for it.
pub async fn read(input: &JsValue, overtaken: Option<AbortSignal>) -> Result<Input, Failure> {
    let input = Argument::new(
        input,
        "load needs an object: {text}, {html}, {markdown}, {file} or {url}.",
    )?;
    let mut given = Vec::new();
    for name in ["text", "html", "markdown", "file", "url"] {
        given.extend(input.get(name)?.map(|value| (name, value)));
    }
    let [(kind, value)] = &given[..] else {
        return Err(
            type_error("load needs exactly one of text, html, markdown, file and url.").into(),
        );
    };
    let kind = *kind;
    let meta = DocumentMeta {
        id: input.string("id")?.filter(|id| !id.is_empty()),
        title: input.string("title")?,
        source: Source {
            uri: input.string("source")?,
            file_name: None,
        },
        language: input.string("lang")?,
        ..DocumentMeta::default()
    };
    let is_named = meta.id.is_some();
    let read = read_kind(kind, value, meta, overtaken).await?;
    Ok(Input { is_named, ..read })
}

async fn read_kind(
    kind: &'static str,
    value: &JsValue,
    mut meta: DocumentMeta,
    overtaken: Option<AbortSignal>,
) -> Result<Input, Failure> {
    let text = || {
        value
            .as_string()
            .ok_or_else(|| type_error(&format!("{kind} must be a string.")))
    };
    match kind {
        "file" => {
            let Some(file) = as_file(value) else {
                return Err(type_error("file must be a File.").into());
            };
            meta.source.file_name = Some(file.name());
            let bytes = file_bytes(file).await?;
            decode(&bytes, Some(&file.name()), non_empty(&file.type_()), meta).await
        }
        "url" => {
            let (bytes, content_type, url) = fetch(&text()?, overtaken).await?;
            meta.id = meta.id.or_else(|| Some(url.clone()));
            meta.source = Source {
                uri: Some(url),
                file_name: None,
            };
            decode(&bytes, None, content_type, meta).await
        }
        _ => {
            let content = text()?;
            if content.len() > MAX_BYTES {
                return Err(LoadError::too_large(content.len()).into());
            }
            let document = match kind {
                "html" => page::read(&content, meta).await?,
                "markdown" => markdown(content, meta)?,
                _ => plain(content, meta)?,
            };
            Ok(Input {
                content: Content::Document(Box::new(document)),
                charset: None,
                guessed: false,
                is_named: false,
            })
        }
    }
}

/// A file of any window: one of another frame is no instance of this window's class.
fn as_file(value: &JsValue) -> Option<&File> {
    let tag = Reflect::get(value, &js_sys::Symbol::to_string_tag()).ok()?;
    (tag == "File").then(|| value.unchecked_ref())
}

fn non_empty(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// How many bytes a file of that name may have.
fn most_of(name: Option<&str>) -> usize {
    let is_json = |name: &str| name.to_ascii_lowercase().ends_with(".json");
    match name.is_some_and(is_json) {
        true => MAX_DATASET_BYTES,
        false => MAX_BYTES,
    }
}

async fn file_bytes(file: &File) -> Result<Vec<u8>, Failure> {
    let most = most_of(Some(&file.name()));
    if file.size() > most as f64 {
        return Err(LoadError::TooLarge {
            bytes: file.size() as usize,
            most,
        }
        .into());
    }
    let buffer = JsFuture::from(file.array_buffer())
        .await
        .map_err(|error| Failure::File(sentence(&error)))?;
    Ok(Uint8Array::new(&buffer.unchecked_into::<ArrayBuffer>()).to_vec())
}

async fn decode(
    bytes: &[u8],
    name: Option<&str>,
    content_type: Option<String>,
    meta: DocumentMeta,
) -> Result<Input, Failure> {
    let most = most_of(name);
    check_up_to(bytes, most)?;
    let charset = charset::sniff(bytes, content_type.as_deref());
    let decoder = TextDecoder::new_with_label(charset.label).map_err(Failure::Call)?;
    let content = decoder.decode_with_u8_array(bytes).map_err(Failure::Call)?;
    let head: String = content.chars().take(1024).collect();
    let kind = detect(name, content_type.as_deref(), &head);
    if kind != Kind::Json {
        check(bytes)?;
    }
    let content = match kind {
        Kind::Html => Content::Document(Box::new(page::read(&content, meta).await?)),
        Kind::Json => Content::Dataset(content),
        Kind::Markdown => Content::Document(Box::new(markdown(content, meta)?)),
        Kind::PlainText | Kind::JsonLines => Content::Document(Box::new(plain(content, meta)?)),
    };
    Ok(Input {
        content,
        charset: Some(charset.label),
        guessed: charset.by == charset::By::Fallback,
        is_named: false,
    })
}

/// Fetches without credentials; gives the bytes, the `Content-Type` and the final URL.
async fn fetch(
    address: &str,
    overtaken: Option<AbortSignal>,
) -> Result<(Vec<u8>, Option<String>, String), Failure> {
    let window = gloo::utils::window();
    if address.is_empty() {
        return Err(Failure::Fetch(
            "url",
            "The address is empty. It should begin with https://.".into(),
        ));
    }
    let base = dom::document().base_uri().ok().flatten();
    let url = Url::new_with_base(address, &base.unwrap_or_default()).map_err(|_| {
        Failure::Fetch(
            "url",
            format!("{address:?} is no address. It should begin with https://."),
        )
    })?;
    if !matches!(url.protocol().as_str(), "http:" | "https:") {
        return Err(Failure::Fetch(
            "url",
            format!(
                "Only http and https addresses can be fetched, not {}",
                url.protocol()
            ),
        ));
    }
    let options = RequestInit::new();
    options.set_credentials(RequestCredentials::Omit);
    options.set_referrer_policy(ReferrerPolicy::NoReferrer);
    let signals: Array = overtaken
        .into_iter()
        .chain([AbortSignal::timeout_with_u32(TIMEOUT)])
        .collect();
    let signal = AbortSignal::any(&signals);
    options.set_signal(Some(&signal));
    // A fragment names a place in the document, not another document.
    url.set_hash("");
    let href = url.href();
    let response = JsFuture::from(window.fetch_with_str_and_init(&href, &options))
        .await
        .map_err(|_| refused(&url, &signal))?;
    let response: Response = response.unchecked_into();
    if !response.ok() {
        return Err(Failure::Fetch(
            "http",
            format!(
                "{} answered {} {}. Check the address, or open the page, copy its text and paste it here.",
                url.host(),
                response.status(),
                response.status_text()
            ),
        ));
    }
    let content_type = response.headers().get("content-type").ok().flatten();
    let bytes = body(&response, &url, &signal).await?;
    Ok((bytes, content_type, href))
}

/// Reads a body piece by piece, so that one without end stops at the limit.
async fn body(response: &Response, url: &Url, signal: &AbortSignal) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let Some(stream) = response.body() else {
        return Ok(bytes);
    };
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    loop {
        let piece = JsFuture::from(reader.read())
            .await
            .map_err(|_| refused(url, signal))?;
        if Reflect::get(&piece, &"done".into()).is_ok_and(|done| done.is_truthy()) {
            return Ok(bytes);
        }
        if let Some(piece) = get(&piece, "value").and_then(|v| v.dyn_into::<Uint8Array>().ok()) {
            let more = piece.length() as usize;
            if bytes.len() + more > MAX_BYTES {
                let _ = reader.cancel();
                return Err(LoadError::too_large(bytes.len() + more).into());
            }
            bytes.extend_from_slice(&piece.to_vec());
        }
    }
}

/// A browser does not say why a fetch failed, so that pages can't spy; a refusal by the other site
/// is by far the most frequent reason.
fn refused(url: &Url, signal: &AbortSignal) -> Failure {
    // The signal knows: WebKit's error says nothing of it.
    if signal.aborted() {
        let why = get(&signal.reason(), "name").and_then(|name| name.as_string());
        if why.as_deref() != Some("TimeoutError") {
            return Failure::Overtaken;
        }
        return Failure::Fetch(
            "timeout",
            format!(
                "{} did not answer within {} seconds. Try again, or open the page, copy its text and paste it here.",
                url.host(),
                TIMEOUT / 1000
            ),
        );
    }
    Failure::Fetch(
        "network",
        format!(
            "{} can’t be fetched from here: most sites forbid other pages to read theirs, or you are offline. Open the page, copy its text and paste it here.",
            url.host()
        ),
    )
}
