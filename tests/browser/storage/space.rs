//! What the storage tests share: a namespace for each, and short ways to say what is expected.

use js_sys::{Function, Promise};
use rubricate::web::storage::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// A namespace of its own for a test, emptied at both ends.
pub struct Space {
    pub name: &'static str,
}

impl Space {
    pub async fn new(name: &'static str) -> Space {
        let space = Space { name };
        space.clear_local_storage();
        space.delete_database().await;
        space
    }

    pub async fn open(&self) -> Storage {
        Storage::open(self.name).await
    }

    pub async fn without_local_storage(&self) -> Storage {
        let stores = Stores {
            local: None,
            ..Stores::of_window()
        };
        Storage::open_in(self.name, stores).await
    }

    pub async fn without_database(&self) -> Storage {
        let stores = Stores {
            indexed: None,
            ..Stores::of_window()
        };
        Storage::open_in(self.name, stores).await
    }

    pub fn local(&self, name: &str) -> Option<String> {
        let name = format!("{}:{name}", self.name);
        local_storage().get_item(&name).unwrap()
    }

    pub fn set_local(&self, name: &str, value: &str) {
        let name = format!("{}:{name}", self.name);
        local_storage().set_item(&name, value).unwrap();
    }

    /// Until not even a key of one character with an empty value finds room.
    pub fn fill_local_storage(&self) {
        let name = self.name;
        js(&format!(
            "let n = 0; for (let size = 1 << 22; size >= 1; ) {{ \
               try {{ localStorage.setItem('{name}:fill:' + n, 'x'.repeat(size)); n++ }} \
               catch {{ size = size >> 1 }} }} \
             for (let i = 0; ; i++) {{ \
               try {{ localStorage.setItem(String.fromCharCode(0x4e00 + i), '') }} catch {{ break }} }}"
        ));
    }

    pub fn clear_local_storage(&self) {
        js(&format!(
            "for (const key of Object.keys(localStorage)) \
               if (key.startsWith('{}:') || /^[\u{4e00}-\u{9fff}]$/.test(key)) \
                 localStorage.removeItem(key)",
            self.name
        ));
    }

    pub async fn delete_database(&self) {
        promised(&format!(
            "return new Promise((done, fail) => {{ const r = indexedDB.deleteDatabase('{}'); \
             r.onsuccess = done; r.onerror = fail }})",
            self.name
        ))
        .await;
    }

    pub async fn upgrade_to(&self, version: u32) {
        promised(&format!(
            "return new Promise((done, fail) => {{ const r = indexedDB.open('{}', {version}); \
             r.onsuccess = () => {{ r.result.close(); done() }}; r.onerror = fail }})",
            self.name
        ))
        .await;
    }
}

impl Drop for Space {
    fn drop(&mut self) {
        self.clear_local_storage();
        js(&format!("indexedDB.deleteDatabase('{}')", self.name));
    }
}

pub fn key(writer: &str, sequence: u32) -> RecordKey {
    RecordKey {
        writer: writer.into(),
        sequence,
    }
}

pub fn record(document: &str, writer: &str, sequence: u32, content: &str) -> Remote {
    Remote::Record {
        document: document.into(),
        key: key(writer, sequence),
        content: content.into(),
    }
}

pub fn loaded(records: &[(&str, u32, &str)]) -> Loaded {
    let records = records
        .iter()
        .map(|&(writer, sequence, content)| StoredRecord {
            key: key(writer, sequence),
            content: content.into(),
        });
    Loaded {
        snapshot: None,
        records: records.collect(),
        complete: true,
    }
}

pub fn document(id: &str) -> StoredDocument {
    StoredDocument {
        summary: DocumentSummary {
            id: id.into(),
            title: Some(format!("The title of {id}")),
            opened: 1_790_000_000_000,
            ..DocumentSummary::default()
        },
        text_json: format!("{{\"text\":\"of {id} 😀\"}}"),
    }
}

pub fn local_storage() -> web_sys::Storage {
    web_sys::window().unwrap().local_storage().unwrap().unwrap()
}

pub fn js(body: &str) -> JsValue {
    Function::new_no_args(body).call0(&JsValue::NULL).unwrap()
}

pub async fn promised(body: &str) -> JsValue {
    JsFuture::from(js(body).unchecked_into::<Promise>())
        .await
        .unwrap()
}

pub async fn until_next_task() {
    promised("return new Promise(done => setTimeout(done, 20))").await;
}

/// Looks again and again; fails after ten seconds.
pub async fn until(holds: impl Fn() -> bool) {
    for _ in 0..500 {
        if holds() {
            return;
        }
        until_next_task().await;
    }
    panic!("waited in vain");
}
