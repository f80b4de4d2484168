//! What is appended comes back, whole and apart from everything else.

use super::space::*;
use rubricate::web::storage::*;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn what_was_flushed_is_there_for_the_next_page() {
    let space = Space::new("flushed").await;
    let storage = space.open().await;
    storage.append("a", "w1", 0, "first".into());
    storage.append("a", "w1", 1, "second".into());
    assert_eq!(storage.pending(), 2);
    assert_eq!(storage.state(), State::Saving);
    assert_eq!(storage.flushed().await, Ok(()));
    assert_eq!(storage.pending(), 0);
    assert_eq!(storage.state(), State::Saved);

    let expected = loaded(&[("w1", 0, "first"), ("w1", 1, "second")]);
    assert_eq!(space.open().await.load("a").await, expected);
    assert_eq!(
        space.without_local_storage().await.load("a").await,
        expected
    );
    assert_eq!(
        space.without_database().await.load("a").await,
        Loaded {
            complete: false,
            ..expected
        }
    );
}

#[wasm_bindgen_test]
async fn a_record_is_in_local_storage_before_append_returns() {
    let space = Space::new("at-once").await;
    let storage = space.open().await;
    storage.append("a", "w1", 7, "content".into());
    assert_eq!(space.local("j:a:w1:7"), Some("content".into()));
    assert_eq!(storage.flushed().await, Ok(()));
}

#[wasm_bindgen_test]
async fn what_waits_is_loaded_as_well() {
    let space = Space::new("waiting").await;
    let storage = space.open().await;
    storage.append("a", "w1", 0, "content".into());
    assert_eq!(storage.load("a").await, loaded(&[("w1", 0, "content")]));
    assert_eq!(storage.flushed().await, Ok(()));
}

#[wasm_bindgen_test]
async fn a_record_that_only_local_storage_has_is_healed() {
    let space = Space::new("healing").await;
    space.set_local("j:a:dead:3", "content");
    let expected = loaded(&[("dead", 3, "content")]);

    let storage = space.open().await;
    assert_eq!(storage.load("a").await, expected);
    assert_eq!(storage.flushed().await, Ok(()));
    assert_eq!(
        space.without_local_storage().await.load("a").await,
        expected
    );
}

#[wasm_bindgen_test]
async fn where_the_stores_differ_both_contents_are_loaded() {
    let space = Space::new("differing").await;
    let storage = space.open().await;
    storage.append("a", "w1", 0, "intact".into());
    assert_eq!(storage.flushed().await, Ok(()));
    space.set_local("j:a:w1:0", "damaged");

    let both = loaded(&[("w1", 0, "damaged"), ("w1", 0, "intact")]);
    let storage = space.open().await;
    assert_eq!(storage.load("a").await, both);
    assert_eq!(storage.pending(), 0, "neither store is overwritten");
    assert_eq!(storage.load("a").await, both);
}

#[wasm_bindgen_test]
async fn compaction_takes_exactly_the_folded_records_from_both_stores() {
    let space = Space::new("compaction").await;
    let storage = space.open().await;
    for sequence in 0..4 {
        storage.append("a", "w1", sequence, format!("record {sequence}"));
    }
    storage.append("b", "w1", 0, "another document".into());
    let folded = [key("w1", 0), key("w1", 2)];

    let other_tab = space.open().await;
    let merge = |stored: Option<String>| {
        assert_eq!(stored, None);
        other_tab.append("a", "w2", 0, "meanwhile".into());
        Some("snapshot 1".to_owned())
    };
    assert_eq!(storage.compact("a", merge, &folded).await, Ok(true));
    assert_eq!(other_tab.flushed().await, Ok(()));

    let expected = Loaded {
        snapshot: Some("snapshot 1".into()),
        ..loaded(&[
            ("w1", 1, "record 1"),
            ("w1", 3, "record 3"),
            ("w2", 0, "meanwhile"),
        ])
    };
    assert_eq!(
        space.without_local_storage().await.load("a").await,
        expected
    );
    assert_eq!(
        space.without_database().await.load("a").await.records,
        expected.records
    );
    assert_eq!(
        storage.load("b").await,
        loaded(&[("w1", 0, "another document")])
    );

    let merge = |stored: Option<String>| stored.map(|stored| stored + " and 2");
    assert_eq!(storage.compact("a", merge, &[]).await, Ok(true));
    assert_eq!(
        storage.load("a").await.snapshot,
        Some("snapshot 1 and 2".into())
    );
}

#[wasm_bindgen_test]
async fn a_merge_that_gives_nothing_leaves_everything() {
    let space = Space::new("no-merge").await;
    let storage = space.open().await;
    storage.append("a", "w1", 0, "content".into());
    assert_eq!(
        storage.compact("a", |_| None, &[key("w1", 0)]).await,
        Ok(false)
    );
    assert_eq!(storage.load("a").await, loaded(&[("w1", 0, "content")]));
    assert_eq!(space.local("j:a:w1:0"), Some("content".into()));
}

#[wasm_bindgen_test]
async fn documents_and_writers_of_any_name_stay_apart() {
    let space = Space::new("names").await;
    let storage = space.open().await;
    let long = "https://example.org/".repeat(500);
    let longer = format!("{long}x");
    let names = [
        "",
        "a",
        "a:b",
        "a%3Ab",
        "a:b:0",
        ":",
        "~",
        "%7E",
        "__proto__",
        "length",
        "a b",
        "é😀",
        "a\u{0}b",
        "\u{ffff}",
        &long,
        &longer,
    ];
    for document in names {
        for writer in names {
            storage.append(document, writer, 0, format!("{document} by {writer}"));
        }
    }
    assert_eq!(storage.flushed().await, Ok(()));

    for storage in [
        space.open().await,
        space.without_local_storage().await,
        space.without_database().await,
    ] {
        for document in names {
            let mut expected: Vec<StoredRecord> = names
                .iter()
                .map(|writer| StoredRecord {
                    key: key(writer, 0),
                    content: format!("{document} by {writer}"),
                })
                .collect();
            expected.sort();
            assert_eq!(
                storage.load(document).await.records,
                expected,
                "{document:?}"
            );
        }
    }
}

#[wasm_bindgen_test]
async fn foreign_keys_are_neither_read_nor_removed() {
    let space = Space::new("foreign").await;
    let foreign = [
        "j:",
        "j:a",
        "j:a:",
        "j:a:w1",
        "j:a:w1:",
        "j:a:w1:x",
        "j:a:w1:-1",
        "j:a:w1:+1",
        "j:a:w1:01",
        "j:a:w1:4294967296",
        "j:a:w1:0:0",
        "j:a:w%:0",
        "j:a:w%4:0",
        "j:a:w%20:0",
        "j:a:w~:0",
        "j:ab:w1:0",
        "J:a:w1:0",
        "user",
        "length",
        "__proto__",
    ];
    for name in foreign {
        space.set_local(name, "foreign");
    }
    let storage = space.open().await;
    assert_eq!(storage.load("a").await, loaded(&[]));
    storage.append("a", "w1", 1, "content".into());
    assert_eq!(
        storage
            .compact("a", |_| Some("snapshot".into()), &[key("w1", 1)])
            .await,
        Ok(true)
    );
    assert_eq!(storage.delete_document("a").await, Ok(()));
    for name in foreign {
        assert_eq!(space.local(name), Some("foreign".into()), "{name}");
    }
}

#[wasm_bindgen_test]
async fn documents_are_kept_listed_and_removed() {
    let space = Space::new("documents").await;
    let storage = space.open().await;
    let (a, b) = (document("a"), document("b:%"));
    assert_eq!(storage.document("a").await, Ok(None));
    assert_eq!(storage.put_document(&a).await, Ok(()));
    assert_eq!(storage.put_document(&b).await, Ok(()));
    assert_eq!(storage.document("a").await, Ok(Some(a.clone())));
    assert_eq!(
        storage.documents().await,
        Ok(vec![a.summary.clone(), b.summary.clone()])
    );

    for id in ["a", "b:%"] {
        storage.append(id, "w1", 0, "content".into());
    }
    assert_eq!(storage.delete_document("a").await, Ok(()));
    let storage = space.open().await;
    assert_eq!(storage.documents().await, Ok(vec![b.summary.clone()]));
    assert_eq!(storage.document("a").await, Ok(None));
    assert_eq!(storage.load("a").await, loaded(&[]));
    assert_eq!(storage.document("b:%").await, Ok(Some(b)));
    assert_eq!(storage.load("b:%").await, loaded(&[("w1", 0, "content")]));
}
