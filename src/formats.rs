//! The page's third module, loaded for the first export or import of a format that isn't our JSON:
//! our JSON goes in or comes out, since the modules share no memory.

use crate::format::exchange::{MemoryFiles, Options};
use crate::format::package::{package, report, unpack};
use js_sys::{Array, Error, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;

/// Writes our JSON as a file of the format of that id: `{name, mediaType, bytes, report}`, where the
/// report is JSON. `options` is JSON, see [`Options::of_json`]. Throws an `Error` with a sentence.
#[wasm_bindgen(js_name = writeFormat)]
pub fn write_format(json: String, format: &str, options: &str) -> Result<Object, JsValue> {
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
/// an `Error` with a sentence.
#[wasm_bindgen(js_name = readFormat)]
pub fn read_format(files: &Array, format: &str, options: &str) -> Result<Object, JsValue> {
    let mut read = MemoryFiles::default();
    for file in files.iter() {
        let file = Array::from(&file);
        let name = file.get(0).as_string().unwrap_or_default();
        read.files
            .push((name, Uint8Array::new(&file.get(1)).to_vec()));
    }
    let id = Some(format).filter(|id| !id.is_empty());
    let unpacked = unpack(read, id, &Options::of_json(options)).map_err(failure)?;
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

fn put(object: &Object, name: &str, value: &JsValue) {
    // An object of our own takes every property.
    let _ = Reflect::set(object, &name.into(), value);
}

fn failure(sentence: String) -> JsValue {
    Error::new(&sentence).into()
}
