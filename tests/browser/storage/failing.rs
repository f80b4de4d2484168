//! Stores that are full, refused or faulty: said plainly, and nothing is lost.

use super::space::*;
use js_sys::Reflect;
use rubricate::web::storage::*;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn with_local_storage_full_indexed_db_goes_on() {
    let space = Space::new("full").await;
    let storage = space.open().await;
    space.fill_local_storage();
    storage.append("a", "w1", 0, "content".into());
    let full = |saving| State::WithoutLocalStorage {
        why: LocalError::Full,
        saving,
    };
    assert_eq!(storage.state(), full(true));
    assert_eq!(storage.flushed().await, Ok(()));
    assert_eq!(storage.state(), full(false));
    assert!(storage.state().is_saved());
    assert_eq!(
        storage.state().to_string(),
        "Saved. IndexedDB alone keeps your work, since local storage is full."
    );
    assert_eq!(
        space.open().await.load("a").await,
        loaded(&[("w1", 0, "content")])
    );

    space.clear_local_storage();
    storage.append("a", "w1", 1, "there is room again".into());
    assert_eq!(storage.flushed().await, Ok(()));
    assert_eq!(storage.state(), State::Saved);
}

#[wasm_bindgen_test]
async fn without_indexed_db_local_storage_keeps_the_records() {
    let space = Space::new("local-only").await;
    let storage = space.without_database().await;
    let state = State::LocalStorageOnly {
        why: DatabaseError::Refused,
    };
    assert_eq!(storage.state(), state);
    storage.append("a", "w1", 0, "content".into());
    assert_eq!(storage.flushed().await, Err(state.clone()));
    assert!(!state.is_saved());
    assert_eq!(
        state.to_string(),
        "Kept in local storage only, since IndexedDB is not available to this page. A crash of \
         the browser can lose the last minutes: download your work before you leave."
    );
    assert_eq!(
        storage.put_document(&document("a")).await,
        Err(DatabaseError::Refused)
    );

    assert_eq!(
        space.open().await.load("a").await,
        loaded(&[("w1", 0, "content")])
    );
}

#[wasm_bindgen_test]
async fn with_both_stores_refused_records_are_in_memory_alone() {
    let space = Space::new("refused").await;
    let stores = Stores {
        local: None,
        indexed: None,
    };
    let storage = Storage::open_in(space.name, stores).await;
    storage.append("a", "w1", 0, "content".into());
    let state = storage.flushed().await.unwrap_err();
    assert_eq!(state, storage.state());
    assert_eq!(
        state.to_string(),
        "Not saved: IndexedDB is not available to this page, and local storage is not available \
         to this page. Download your work before you close this tab."
    );
    assert_eq!(storage.pending(), 1);
    assert_eq!(
        storage.load("a").await,
        Loaded {
            complete: false,
            ..loaded(&[("w1", 0, "content")])
        }
    );
}

#[wasm_bindgen_test]
async fn stores_that_fail_are_named_and_lose_nothing_once_they_work_again() {
    for (fault, why) in [
        (
            "throws",
            "Not saved: IndexedDB failed (UnknownError: injected), and local storage is full. \
             Download your work before you close this tab.",
        ),
        (
            "aborts",
            "Not saved: IndexedDB failed (the transaction was aborted), and local storage is \
             full. Download your work before you close this tab.",
        ),
    ] {
        let space = Space::new("failing").await;
        let faulty = js(FAULTY_STORES);
        let storage = Storage::open_in(space.name, faulty_stores(&faulty)).await;
        let told = Rc::new(RefCell::new(Vec::new()));
        let _guard = {
            let told = told.clone();
            storage.on_state(move |state| told.borrow_mut().push(state.is_saved()))
        };
        set(&faulty, "fault", fault);
        storage.append("a", "w1", 0, "content".into());
        assert_eq!(storage.flushed().await.unwrap_err().to_string(), why);
        assert!(
            told.borrow().iter().all(|saved| !saved),
            "never said to be saved"
        );

        set(&faulty, "fault", "");
        assert_eq!(storage.flushed().await, Ok(()));
        assert_eq!(told.borrow().last(), Some(&true));
        assert_eq!(
            space.open().await.load("a").await,
            loaded(&[("w1", 0, "content")])
        );
        let durability = Reflect::get(&faulty, &"durability".into()).unwrap();
        assert_eq!(durability.as_string().as_deref(), Some("strict"));
    }
}

#[wasm_bindgen_test]
async fn of_a_write_that_fails_half_way_nothing_is_stored() {
    let space = Space::new("half").await;
    let faulty = js(FAULTY_STORES);
    let storage = Storage::open_in(space.name, faulty_stores(&faulty)).await;
    set(&faulty, "fault", "breaks off");
    storage.append("a", "w1", 0, "first".into());
    storage.append("a", "w1", 1, "second".into());
    assert!(storage.flushed().await.is_err());
    assert_eq!(space.open().await.load("a").await, loaded(&[]));
    set(&faulty, "fault", "");
    assert_eq!(storage.flushed().await, Ok(()));
    assert_eq!(
        space.open().await.load("a").await,
        loaded(&[("w1", 0, "first"), ("w1", 1, "second")])
    );
}

#[wasm_bindgen_test]
async fn a_failed_write_is_tried_again_unasked() {
    let space = Space::new("retry").await;
    let faulty = js(FAULTY_STORES);
    let storage = Storage::open_in(space.name, faulty_stores(&faulty)).await;
    set(&faulty, "fault", "throws");
    storage.append("a", "w1", 0, "content".into());
    assert!(storage.flushed().await.is_err());
    set(&faulty, "fault", "");
    until(|| storage.pending() == 0).await;
    assert_eq!(
        space.open().await.load("a").await,
        loaded(&[("w1", 0, "content")])
    );
}

#[wasm_bindgen_test]
async fn what_local_storage_had_no_room_for_is_offered_again_while_the_database_fails() {
    let space = Space::new("rescue").await;
    let faulty = js(FAULTY_STORES);
    let storage = Storage::open_in(space.name, faulty_stores(&faulty)).await;
    set(&faulty, "fault", "throws");
    storage.append("a", "w1", 0, "content".into());
    let state = storage.flushed().await.unwrap_err();
    assert!(matches!(state, State::MemoryOnly { .. }), "{state:?}");
    set(&faulty, "room", "yes");
    let state = storage.flushed().await.unwrap_err();
    assert!(matches!(state, State::LocalStorageOnly { .. }), "{state:?}");
}

/// Local storage without room until `room` is set, and an IndexedDB that is as faulty as `fault` says.
const FAULTY_STORES: &str = "
    const faulty = {fault: '', room: '', durability: ''};
    faulty.local = {
        kept: {},
        getItem: (name) => faulty.local.kept[name] ?? null,
        setItem(name, value) {
            if (!faulty.room) throw new DOMException('injected', 'QuotaExceededError');
            faulty.local.kept[name] = value;
        },
        removeItem(name) {
            delete faulty.local.kept[name];
        },
    };
    faulty.indexed = {open(name, version) {
        const request = indexedDB.open(name, version);
        request.addEventListener('success', () => {
            const database = request.result;
            const real = database.transaction.bind(database);
            database.transaction = (stores, mode, options) => {
                if (faulty.fault === 'throws') throw new DOMException('injected', 'UnknownError');
                const transaction = real(stores, mode, options);
                if (faulty.fault === 'aborts') queueMicrotask(() => transaction.abort());
                if (faulty.fault === 'breaks off') {
                    const first = transaction.objectStore(stores[0]);
                    let calls = 0;
                    transaction.objectStore = () => {
                        if (calls++) throw new DOMException('injected', 'UnknownError');
                        return first;
                    };
                }
                faulty.durability = options.durability;
                return transaction;
            };
        });
        return request;
    }};
    return faulty";

fn faulty_stores(faulty: &JsValue) -> Stores {
    let part = |name: &str| Reflect::get(faulty, &name.into()).unwrap();
    Stores {
        local: Some(part("local").unchecked_into()),
        indexed: Some(part("indexed").unchecked_into()),
    }
}

fn set(object: &JsValue, name: &str, value: &str) {
    Reflect::set(object, &name.into(), &value.into()).unwrap();
}
