//! DocBins, by example.

use super::pack::Packer;
use super::unpack::unpack;
use crate::format::exchange::{
    Header, MemoryFiles, Options, Out, Why, Writer, dataset, write_entries,
};
use crate::format::testing::{check_round_trip, content, entry, read_as, refusal, span};
use miniz_oxide::deflate::compress_to_vec_zlib;
use miniz_oxide::inflate::decompress_to_vec_zlib;

#[test]
fn what_is_written_comes_back() {
    check_round_trip("spacy-docbin");
}

#[test]
fn spans_are_in_a_group_by_token_and_by_character() {
    let entries = [entry(
        "d",
        "One  X\n",
        &[("a", 0, 4, "claim"), ("b", 5, 6, "quote")],
    )];
    let options = Options::default();
    let (files, _) = write_entries("spacy-docbin", Header::default(), entries, &options).unwrap();
    assert_eq!(files.files[0].0, "dataset.spacy");
    let packed = decompress_to_vec_zlib(&files.files[0].1).unwrap();
    let bin = unpack(&packed).unwrap();
    let bytes = |name: &str| bin.get(name).unwrap().bytes().unwrap();
    // One, the space that is in a span and the one behind it, X, the line break.
    assert_eq!(bytes("lengths"), 4_i32.to_le_bytes());
    assert_eq!(bytes("spaces"), [0, 1, 0, 0]);
    let numbers: Vec<u64> = bytes("tokens")
        .as_chunks()
        .0
        .iter()
        .map(|n| u64::from_le_bytes(*n))
        .collect();
    // Entities have no white space at their ends; "X" has a small number.
    let iob: Vec<u64> = numbers.chunks(3).map(|token| token[1]).collect();
    assert_eq!(iob, [3, 2, 3, 2]);
    assert_eq!(numbers[6], 101);
    let groups = bin.get("span_groups").unwrap().list().unwrap();
    let groups = unpack(groups[0].bytes().unwrap()).unwrap();
    let super::unpack::Value::Map(groups) = groups else {
        panic!()
    };
    let group = unpack(groups[0].0.bytes().unwrap()).unwrap();
    let spans = group.get("spans").unwrap().list().unwrap();
    let places: Vec<&[u8]> = spans
        .iter()
        .map(|span| &span.bytes().unwrap()[24..])
        .collect();
    assert_eq!(
        places,
        [
            [0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 4],
            [0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 5, 0, 0, 0, 6],
        ]
    );
}

#[test]
fn long_corpora_are_several_files() {
    let options = Options::default();
    let mut writer = super::DocBinWriter::new(&options);
    writer.longest = 10;
    let mut files = MemoryFiles::default();
    let mut out = Out::new(&mut files, false);
    let entries = ["a", "b", "c"].map(|id| entry(id, "sixsix", &[("x", 0, 3, "claim")]));
    for entry in &entries {
        writer.entry(entry, &mut out).unwrap();
    }
    writer.end(&Header::default(), &mut out).unwrap();
    drop(out);
    let names: Vec<&str> = files.files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["dataset.spacy", "dataset-2.spacy"]);
    let read = dataset("spacy-docbin", &files, &options).unwrap();
    assert_eq!(content(&read.entries), content(&entries));
}

/// A DocBin as spaCy writes one with entities alone: attributes, no groups, unknown spaces.
fn entities_alone() -> Vec<u8> {
    with_lemma_and_category(0, 0)
}

/// The same with that lemma for each token, and so many categories of the document.
fn with_lemma_and_category(lemma: u64, categories: usize) -> Vec<u8> {
    let strings = super::strings::Strings::new();
    let mut packer = Packer::default();
    packer.map(8);
    packer.string("version");
    packer.string("0.1");
    packer.string("attrs");
    packer.list(4);
    for number in [65, 77, 78, 73] {
        packer.number(number);
    }
    let mut tokens = Vec::new();
    for (word, iob, label) in [
        ("One", 3, "A"),
        ("two", 1, "A"),
        ("X", 3, "B"),
        (".", 2, ""),
    ] {
        for number in [strings.id(word), iob, strings.id(label), lemma] {
            tokens.extend_from_slice(&u64::to_le_bytes(number));
        }
    }
    packer.string("tokens");
    packer.bytes(&tokens);
    packer.string("spaces");
    packer.bytes(&[1, 1, 0, 0]);
    packer.string("lengths");
    packer.bytes(&4_i32.to_le_bytes());
    packer.string("strings");
    packer.list(5);
    for string in ["One", "two", ".", "A", "B"] {
        packer.string(string);
    }
    packer.string("cats");
    packer.list(1);
    packer.map(categories);
    for _ in 0..categories {
        packer.string("sport");
        packer.number(1);
    }
    packer.string("span_groups");
    packer.list(1);
    packer.bytes(b"\x90");
    compress_to_vec_zlib(&packer.out, 6)
}

#[test]
fn entities_are_read_where_there_is_no_span_for_them() {
    let (read, said) = read_as("spacy-docbin", entities_alone());
    assert_eq!(said, []);
    assert_eq!(
        content(&read.entries),
        [(
            "One two X.".to_owned(),
            vec![(span(0, 7), "A".to_owned()), (span(8, 9), "B".to_owned())]
        )]
    );
}

#[test]
fn what_labels_no_text_is_counted() {
    let (read, said) = read_as("spacy-docbin", with_lemma_and_category(7, 1));
    assert_eq!(read.entries[0].annotations.len(), 2);
    let sentence = "f: What labels no text is left out (tokens with sentences, parts of speech, entries of a knowledge base and the like: 4, documents with categories: 1).";
    assert_eq!(said, [(false, sentence.to_owned())]);
}

#[test]
fn what_is_wrong_is_said() {
    let whole = entities_alone();
    let packed = |value: &[u8]| compress_to_vec_zlib(value, 6);
    for (file, sentence) in [
        (Vec::new(), "f: The file is empty."),
        (
            b"not zlib".to_vec(),
            "f: This can't be read: it is not compressed as a DocBin is.",
        ),
        (
            whole[..whole.len() / 2].to_vec(),
            "f: The file breaks off here; it is not complete.",
        ),
        (
            packed(b"\xdd"),
            "f: The file breaks off here; it is not complete.",
        ),
        (
            packed(b"\xc1"),
            "f: This can't be read: it is not MessagePack.",
        ),
        (
            packed(b"\x80"),
            "f: This can't be read: it has no list of attributes.",
        ),
    ] {
        assert_eq!(refusal("spacy-docbin", file), sentence);
    }
    let bomb = packed(&vec![0; 10_000]);
    assert_eq!(
        super::read::inflate(&bomb, 10_000).map(|bytes| bytes.len()),
        Ok(10_000)
    );
    assert_eq!(
        super::read::inflate(&bomb, 9_999),
        Err(Why::TooLarge(9_999))
    );
}
