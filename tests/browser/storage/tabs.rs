//! Several tabs: what they hear of each other, and who gives way to whom.

use super::space::*;
use rubricate::web::storage::*;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn other_tabs_hear_records_and_each_other() {
    let space = Space::new("channel").await;
    let (here, there) = (space.open().await, space.open().await);
    let said = [
        Remote::Hello {
            writer: "w1".into(),
        },
        Remote::Alive {
            writer: "w2".into(),
        },
        Remote::Bye {
            writer: "w1".into(),
        },
    ];
    let heard = Rc::new(RefCell::new(Vec::new()));
    let guard = {
        let heard = heard.clone();
        there.on_remote(move |remote| heard.borrow_mut().push(remote.clone()))
    };
    send_raw(space.name, "['record', 'a', 'w1', 'no number', '']").await;
    send_raw(space.name, "['record', 'a']").await;
    send_raw(space.name, "{hello: 1}").await;
    send_raw(space.name, "null").await;
    for remote in &said {
        here.tell(remote);
    }
    here.append("a:b", "w1", 5, "content 😀".into());
    until(|| heard.borrow().len() >= 4).await;
    assert_eq!(heard.borrow()[..3], said);
    assert_eq!(heard.borrow()[3..], [record("a:b", "w1", 5, "content 😀")]);

    drop(guard);
    here.append("a", "w1", 6, "unheard".into());
    assert_eq!(here.flushed().await, Ok(()));
    until_next_task().await;
    assert_eq!(heard.borrow().len(), 4);
}

#[wasm_bindgen_test]
async fn without_a_broadcast_channel_the_storage_event_tells_of_records() {
    let space = Space::new("storage-event").await;
    js("window.kept = BroadcastChannel; window.BroadcastChannel = undefined");
    let storage = space.open().await;
    js("window.BroadcastChannel = window.kept; delete window.kept");
    let long = "long ".repeat(100);
    storage.load("a:b").await;
    storage.load(&long).await;
    let heard = Rc::new(RefCell::new(Vec::new()));
    let _guard = {
        let heard = heard.clone();
        storage.on_remote(move |remote| heard.borrow_mut().push(remote.clone()))
    };

    // A page does not hear its own writes, so the event is made by hand.
    let writer = space.open().await;
    writer.append(&long, "w2", 0, "long".into());
    writer.append("a:b", "w2", 1, "short".into());
    writer.append("c", "w2", 2, "a document that is not open".into());
    assert_eq!(writer.flushed().await, Ok(()));
    js(
        "for (const key of Object.keys(localStorage).sort()) dispatchEvent(\
        new StorageEvent('storage', {key, newValue: localStorage.getItem(key)}))",
    );
    js("dispatchEvent(new StorageEvent('storage', {key: null, newValue: null}))");
    let mut heard = heard.borrow().clone();
    heard.sort_by_key(|remote| format!("{remote:?}").len());
    assert_eq!(
        heard,
        [
            record("a:b", "w2", 1, "short"),
            record(&long, "w2", 0, "long")
        ]
    );
}

#[wasm_bindgen_test]
async fn data_of_a_newer_version_is_left_alone() {
    let space = Space::new("newer").await;
    let storage = space.open().await;
    storage.append("a", "w1", 0, "before".into());
    assert_eq!(storage.flushed().await, Ok(()));

    let told = Rc::new(RefCell::new(Vec::new()));
    let _guard = {
        let told = told.clone();
        storage.on_state(move |state| told.borrow_mut().push(state.clone()))
    };
    space.upgrade_to(2).await;
    until(|| storage.state() == State::ReadOnly).await;
    assert_eq!(*told.borrow(), [State::ReadOnly]);
    assert_eq!(
        storage.state().to_string(),
        "Not saved: a newer version of this program keeps its data here, and this tab leaves it \
         alone. Download your work, then reload the page."
    );

    storage.append("a", "w1", 1, "after".into());
    assert_eq!(storage.flushed().await, Err(State::ReadOnly));
    assert_eq!(storage.pending(), 1);
    assert_eq!(space.local("j:a:w1:1"), None);
    assert_eq!(
        storage
            .compact("a", |_| Some("".into()), &[key("w1", 0)])
            .await,
        Err(DatabaseError::Newer)
    );
    assert_eq!(
        storage.delete_document("a").await,
        Err(DatabaseError::Newer)
    );
    assert_eq!(space.local("j:a:w1:0"), Some("before".into()));
    assert_eq!(space.open().await.state(), State::ReadOnly);
}

#[wasm_bindgen_test]
async fn a_database_that_was_deleted_is_made_again() {
    let space = Space::new("deleted").await;
    let storage = space.open().await;
    space.delete_database().await;
    storage.append("a", "w1", 0, "content".into());
    assert_eq!(storage.flushed().await, Ok(()));
    assert_eq!(
        space.without_local_storage().await.load("a").await,
        loaded(&[("w1", 0, "content")])
    );
}

#[wasm_bindgen_test]
async fn a_database_that_opens_late_is_used_from_then_on() {
    let space = Space::new("late").await;
    let held = hold_back(space.name).await;
    let storage = space.open().await;
    let state = State::LocalStorageOnly {
        why: DatabaseError::Blocked,
    };
    assert_eq!(storage.state(), state);
    storage.append("a", "w1", 0, "content".into());
    assert_eq!(storage.flushed().await, Err(state));
    assert!(!storage.load("a").await.complete);

    held.close();
    until(|| storage.state() == State::Saved).await;
    assert_eq!(storage.pending(), 0);
    assert!(storage.load("a").await.complete);
}

#[wasm_bindgen_test]
async fn a_database_that_opens_late_is_noticed_though_nothing_waits_for_it() {
    let space = Space::new("late-idle").await;
    let held = hold_back(space.name).await;
    let storage = space.open().await;
    assert!(!storage.state().is_saved());
    held.close();
    until(|| storage.state() == State::Saved).await;
}

/// Makes a deletion wait for a connection that stays open, so that opening waits for the deletion.
async fn hold_back(name: &str) -> web_sys::IdbDatabase {
    promised(&format!(
        "return new Promise(done => {{ const r = indexedDB.open('{name}', 1); r.onsuccess = () => \
         {{ indexedDB.deleteDatabase('{name}'); done(r.result) }} }})"
    ))
    .await
    .unchecked_into()
}

/// Sends what a foreign script might, from a channel of its own.
async fn send_raw(channel: &str, message: &str) {
    js(&format!(
        "new BroadcastChannel('{channel}').postMessage({message})"
    ));
    until_next_task().await;
}
