//! What the builder knows of our own JSON.

use super::*;
use crate::format::exchange::write_entries;
use crate::format::testing::{LATER, NOW, entry};

#[test]
fn no_field_of_our_json_is_taken_for_another_programs() {
    let mut full = entry("a", "One two", &[("t", 0, 3, "claim")]);
    full.document.title = Some("Title".into());
    full.document.language = Some("en".into());
    full.document.source.uri = Some("https://example.org/".into());
    full.state = DocumentState::Done;
    full.annotations[0].note = Some("note".into());
    full.annotations[0].modified = Some(LATER.into());
    full.annotations[0].origin = Arc::new(Origin {
        created: Some(NOW.into()),
        creator: Some("Ada".into()),
        ..Origin::default()
    });
    let (files, _) = write_entries("json", Header::default(), [full], &Options::default()).unwrap();
    let json: Value = serde_json::from_slice(&files.files[0].1).unwrap();
    let names = |list: &str| {
        let record = json[list][0].as_object().unwrap();
        let mut names: Vec<String> = record.keys().cloned().collect();
        names.sort_unstable();
        names
    };
    let known = |ours: &[&str]| {
        let mut names: Vec<String> = ours.iter().map(|name| (*name).to_owned()).collect();
        names.sort_unstable();
        names
    };
    assert_eq!(names("documents"), known(OF_DOCUMENT));
    assert_eq!(names("annotations"), known(OF_ANNOTATION));
}
