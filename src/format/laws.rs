//! Any bytes can be read in every format, and any text be written.

use super::FORMATS;
use super::exchange::{Header, MemoryFiles, Options, dataset, write_entries};
use super::testing::entry;
use proptest::prelude::*;

/// Reads files in every format that can be read.
fn read_in_all(files: &[(String, Vec<u8>)]) {
    let files = MemoryFiles {
        files: files.to_vec(),
    };
    let about = Some(("open".to_owned(), "One two.".to_owned()));
    for about in [None, about] {
        let options = Options {
            about,
            ..Options::default()
        };
        for format in FORMATS.iter().filter(|format| format.reads) {
            let _ = dataset(format.id, &files, &options).map_err(|refusal| refusal.to_string());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_can_be_read_in_any_format(bytes in any::<Vec<u8>>(), text in any::<String>()) {
        for content in [bytes, text.into_bytes()] {
            read_in_all(&[("f".to_owned(), content.clone())]);
            read_in_all(&[("f.ann".to_owned(), content.clone()), ("f.txt".to_owned(), content)]);
        }
    }

    #[test]
    fn any_text_can_be_written_in_every_format(
        content in "(\\PC|[ \t\r\n\u{0}\u{1c}\u{85}\u{2028}\u{200f}\u{feff}\u{300}a-c.,\"'=<&|-]|🇫🇷|👨‍👩‍👧){0,40}",
        spans in prop::collection::vec((0_u32..40, 1_u32..20, 0_usize..3), 0..8),
        said in prop::option::of(("[a-zA-Z_ \n]{1,4}", "(\\PC|[\t\r\n\u{0}\u{1c}\"'<&|,=]){0,8}")),
    ) {
        let length = content.chars().count() as u32;
        let ids: Vec<String> = (0..spans.len()).map(|n| n.to_string()).collect();
        let labels = ["claim", "X", "O-I"];
        let tags: Vec<(&str, u32, u32, &str)> = spans
            .iter()
            .zip(&ids)
            .map(|((start, count, label), id)| (&**id, *start, (start + count).min(length), labels[*label]))
            .filter(|(_, start, end, _)| start < end)
            .collect();
        let mut entry = entry("d", &content, &tags);
        if let (Some(first), Some((id, words))) = (entry.annotations.first_mut(), said) {
            first.later = Some(serde_json::Map::from_iter([(id, words.into())]).into());
        }
        for format in FORMATS.iter().filter(|format| format.writes) {
            // What is written is read back and compared.
            let written = write_entries(format.id, Header::default(), [entry.clone()], &Options::default());
            prop_assert!(written.is_ok(), "{}: {}", format.id, written.unwrap_err());
        }
    }
}
