//! The page's third module, loaded for the first export or import of a format that isn't our JSON:
//! our JSON goes in or comes out, since the modules share no memory.

mod annotators;
mod archive;
mod statistics;

use crate::corpus::{PartedStream, Parting};
use crate::format::exchange::{MemoryFiles, Options};
use crate::format::package::{Parts, Stream, package, report, unpack};
use crate::json::{Fields, Read, parse};
use crate::panics::point;
use js_sys::{Array, Error, Object, Reflect, Uint8Array};
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;

/// Writes our JSON as a file of the format of that id: `{name, mediaType, bytes, report}`, where the
/// report is JSON. `options` is JSON, see [`Options::of_json`]. Throws an `Error` with a sentence.
#[wasm_bindgen(js_name = writeFormat)]
pub fn write_format(json: String, format: &str, options: &str) -> Result<Object, JsValue> {
    point();
    let options = Options::of_json(options);
    let files = MemoryFiles {
        files: vec![("dataset.annotations.json".to_owned(), json.into_bytes())],
    };
    let package = package(("json", &files), format, &options).map_err(failure)?;
    let object = Object::new();
    put(&object, "name", &package.name.into());
    put(&object, "mediaType", &package.media_type.into());
    put(
        &object,
        "bytes",
        &Uint8Array::from(package.bytes.as_slice()),
    );
    put(
        &object,
        "report",
        &report(&package.converted).to_string().into(),
    );
    Ok(object)
}

/// Reads files (an array of `[name, Uint8Array]`) of the format of that id, or, if that is empty, of
/// the one that names and content tell: `{format, json, report}`, where the last two are JSON. Throws
/// an `Error` with a sentence, and with `format` if they are in that one beyond doubt.
#[wasm_bindgen(js_name = readFormat)]
pub fn read_format(files: &Array, format: &str, options: &str) -> Result<Object, JsValue> {
    point();
    let read = MemoryFiles {
        files: named(files),
    };
    let id = Some(format).filter(|id| !id.is_empty());
    let unpacked = unpack(read, id, &Options::of_json(options)).map_err(|refused| {
        let error = Error::new(&refused.sentence);
        if let Some(format) = refused.format {
            put(&error, "format", &format.id.into());
        }
        JsValue::from(error)
    })?;
    let object = Object::new();
    put(&object, "format", &unpacked.format.id.into());
    put(&object, "json", &unpacked.json.into());
    put(
        &object,
        "report",
        &report(&unpacked.converted).to_string().into(),
    );
    Ok(object)
}

/// A corpus on its way into files of one format, a piece at a time.
#[wasm_bindgen]
pub struct Exporter {
    way: Option<Way>,
}

enum Way {
    Whole(Box<Stream>),
    Parted(PartedStream),
}

#[wasm_bindgen]
impl Exporter {
    /// Into files of the format of that id; into those of train, dev and test where the options have a
    /// `split`, see [`Parting::of`]. Throws an `Error` with a sentence.
    #[wasm_bindgen(constructor)]
    pub fn new(format: &str, options: &str) -> Result<Exporter, JsValue> {
        point();
        let read = Options::of_json(options);
        let fields = parse(options).ok().and_then(Fields::read);
        let split = fields.and_then(|mut fields| fields.want::<Fields>("split").ok().flatten());
        let way = match split {
            None => Stream::new(format, read).map(|stream| Way::Whole(Box::new(stream))),
            Some(split) => Parting::of(split)
                .and_then(|parting| PartedStream::new(format, read, parting))
                .map(Way::Parted),
        };
        Ok(Exporter {
            way: Some(way.map_err(failure)?),
        })
    }

    /// Adds the documents of a file of our JSON: an array of `[name, Uint8Array]`, the parts that this
    /// adds to the files. Throws an `Error` with a sentence.
    pub fn add(&mut self, json: String) -> Result<Array, JsValue> {
        point();
        let added = match self.way.as_mut().ok_or_else(over)? {
            Way::Whole(stream) => stream.add(json),
            Way::Parted(stream) => stream.add(json),
        };
        Ok(parts(added.map_err(failure)?))
    }

    /// The last parts, and the reports as JSON, of each part of the corpus by its name, of a whole one by
    /// none: `{parts, reports: [[name, report]]}`. Throws an `Error` with a sentence.
    pub fn end(&mut self) -> Result<Object, JsValue> {
        point();
        let (last, came) = match self.way.take().ok_or_else(over)? {
            Way::Whole(stream) => {
                let (last, converted) = stream.end().map_err(failure)?;
                (last, vec![("", converted)])
            }
            Way::Parted(stream) => {
                let (last, came) = stream.end().map_err(failure)?;
                let named = came.into_iter().map(|(part, one)| (part.name(), one));
                (last, named.collect())
            }
        };
        let reports = came
            .iter()
            .map(|(name, one)| json!([name, report(one)]))
            .collect();
        let object = Object::new();
        put(&object, "parts", &parts(last));
        put(
            &object,
            "reports",
            &Value::Array(reports).to_string().into(),
        );
        Ok(object)
    }
}

fn over() -> JsValue {
    failure("This export is over.".to_owned())
}

fn parts(parts: Parts) -> Array {
    let pairs = parts
        .into_iter()
        .map(|(name, bytes)| Array::of2(&name.into(), &Uint8Array::from(bytes.as_slice())));
    pairs.collect()
}

fn named(files: &Array) -> Vec<(String, Vec<u8>)> {
    let pair = |file: JsValue| {
        let file = Array::from(&file);
        let name = file.get(0).as_string().unwrap_or_default();
        (name, Uint8Array::new(&file.get(1)).to_vec())
    };
    files.iter().map(pair).collect()
}

fn put(object: &Object, name: &str, value: &JsValue) {
    // An object of our own takes every property.
    let _ = Reflect::set(object, &name.into(), value);
}

fn failure(sentence: String) -> JsValue {
    Error::new(&sentence).into()
}
