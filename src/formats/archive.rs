//! Several files as one archive, for the page, none of which is in memory as a whole.

use super::{failure, put};
use crate::format::zip::{Archive, Packing};
use crate::panics::point;
use js_sys::{Object, Uint8Array};
use wasm_bindgen::prelude::*;

/// A zip archive that is put together by whoever has the files: of each its bytes go through `push`, and
/// what comes out stands, in this order, between `before` and `rest` of what `close` gives.
#[wasm_bindgen]
pub struct Archiver {
    archive: Archive,
    packing: Packing,
}

#[wasm_bindgen]
impl Archiver {
    /// Nothing is in it yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Archiver {
        point();
        Archiver {
            archive: Archive::default(),
            packing: Packing::default(),
        }
    }

    /// Takes the next bytes of a file, and gives what comes of them.
    pub fn push(&mut self, piece: &[u8]) -> Uint8Array {
        point();
        Uint8Array::from(self.packing.push(piece).as_slice())
    }

    /// Ends the file under that name: `{before, rest, isSmaller}`, where `before` stands before all its
    /// bytes and `rest` behind them. If it has not become smaller, its own bytes stand there instead.
    /// Throws an `Error` with a sentence.
    pub fn close(&mut self, name: &str) -> Result<Object, JsValue> {
        point();
        let packing = std::mem::take(&mut self.packing);
        let (rest, packed) = packing.end();
        let before = self.archive.add(name, &packed).ok_or_else(too_large)?;
        let object = Object::new();
        put(&object, "before", &Uint8Array::from(before.as_slice()));
        put(&object, "rest", &Uint8Array::from(rest.as_slice()));
        put(&object, "isSmaller", &packed.is_smaller().into());
        Ok(object)
    }

    /// What stands behind the last file. Throws an `Error` with a sentence.
    pub fn end(&mut self) -> Result<Uint8Array, JsValue> {
        point();
        let end = std::mem::take(&mut self.archive)
            .end()
            .ok_or_else(too_large)?;
        Ok(Uint8Array::from(end.as_slice()))
    }
}

fn too_large() -> JsValue {
    failure("The files are too many, or too large, for a zip archive.".to_owned())
}
