//! Tokens and tags, by example.

use crate::format::exchange::{
    Header, Loss, MemoryFiles, Options, Overlaps, dataset, write_entries,
};
use crate::format::testing::{content, entry, file, hard_entries, read_as, refusal, span};

fn write(format: &str, options: &Options) -> (MemoryFiles, Vec<(Loss, usize)>) {
    let tags = [
        ("a", 0, 3, "claim"),
        ("b", 4, 8, "quote"),
        ("c", 5, 8, "claim"),
        ("d", 9, 10, "claim"),
    ];
    let entries = [entry("d/1", "One two! Three.\n\nFour", &tags)];
    let (files, converted) = write_entries(format, Header::default(), entries, options).unwrap();
    let losses = converted.losses.iter().map(|lost| (lost.loss, lost.count));
    let losses = losses.filter(|(loss, _)| loss.is_of_content()).collect();
    (files, losses)
}

fn shown(files: &MemoryFiles) -> Vec<(&str, String)> {
    let shown = files.files.iter().map(|(name, bytes)| {
        let text = String::from_utf8(bytes.clone()).unwrap();
        (name.as_str(), text.replace('\t', "→"))
    });
    shown.collect()
}

#[test]
fn tokens_are_cut_at_the_edges_of_spans_and_sentences_part_lines() {
    for (format, file, lines) in [
        (
            "bio",
            "d-1.tsv",
            "One→B-claim\ntwo→B-quote\n!→I-quote\n\nT→B-claim\nhree→O\n.→O\n\nFour→O\n\n",
        ),
        (
            "bilou",
            "d-1.tsv",
            "One→U-claim\ntwo→B-quote\n!→L-quote\n\nT→U-claim\nhree→O\n.→O\n\nFour→O\n\n",
        ),
        (
            "conll2003",
            "d-1.conll",
            "-DOCSTART- -X- O O\n\nOne -X- O B-claim\ntwo -X- O B-quote\n! -X- O I-quote\n\nT -X- O B-claim\nhree -X- O O\n. -X- O O\n\nFour -X- O O\n\n",
        ),
    ] {
        let (files, losses) = write(format, &Options::default());
        assert_eq!(shown(&files), [(file, lines.to_owned())]);
        assert_eq!(losses, [(Loss::Overlap, 1), (Loss::Text, 1)]);
    }
}

#[test]
fn with_a_file_for_each_label_only_overlaps_of_one_label_are_lost() {
    let options = Options {
        overlaps: Overlaps::FilePerLabel,
        ..Options::default()
    };
    let (files, losses) = write("bio", &options);
    let names: Vec<&str> = shown(&files).iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["claim/d-1.tsv", "quote/d-1.tsv"]);
    assert_eq!(
        shown(&files)[0].1,
        "One→B-claim\nt→O\nwo→B-claim\n!→I-claim\n\nT→B-claim\nhree→O\n.→O\n\nFour→O\n\n"
    );
    assert_eq!(losses, [(Loss::Text, 1)]);
}

#[test]
fn a_span_goes_on_over_the_end_of_a_sentence() {
    let entries = [entry("d", "One. Two.", &[("a", 0, 8, "claim")])];
    let (files, _) = write_entries("bio", Header::default(), entries, &Options::default()).unwrap();
    assert_eq!(
        shown(&files)[0].1,
        "One→B-claim\n.→I-claim\nTwo→I-claim\n.→O\n\n"
    );
}

#[test]
fn hard_texts_are_written_so_that_the_same_tokens_and_spans_come_back() {
    // Each is read back and compared before it is handed out.
    for format in ["conll2003", "bio", "bilou"] {
        for overlaps in [Overlaps::Longest, Overlaps::FilePerLabel] {
            let options = Options {
                overlaps,
                ..Options::default()
            };
            write_entries(format, Header::default(), hard_entries(), &options).unwrap();
        }
    }
    let blank = [entry("d", " \n", &[("a", 0, 1, "claim")])];
    let written = write_entries("bio", Header::default(), blank, &Options::default());
    assert_eq!(written.unwrap().1.losses.count(Loss::Blank), 1);
}

#[test]
fn all_kinds_of_tags_are_read_and_the_text_is_rebuilt() {
    let spans = vec![
        (span(0, 3), "A".to_owned()),
        (span(4, 11), "A".to_owned()),
        (span(14, 15), "B".to_owned()),
    ];
    let text = "One two 3rd 4 5";
    for file in [
        "One\tU-A\ntwo\tB-A\n3rd\tL-A\n4\tO\n5\tU-B\n",
        "One\tS-A\ntwo\tB-A\n3rd\tE-A\n4\tO\n5\tS-B\n",
        "One\tB-A\r\ntwo\tB-A\r\n3rd\tI-A\r\n4\tO\r\n5\tI-B\r\n",
        "-DOCSTART- -X- -X- O\n\nOne NN I-NP I-A\ntwo NN I-NP B-A\n3rd NN I-NP I-A\n4 NN I-NP O\n5 NN I-NP I-B\n",
        "# id = 1\nOne _ _ B-A\ntwo _ _ B-A\n3rd _ _ I-A\n4 _ _ _\n5 _ _ B-B",
    ] {
        let (read, said) = read_as("conll2003", file);
        assert_eq!(
            content(&read.entries),
            [(text.to_owned(), spans.clone())],
            "{file}"
        );
        assert_eq!(
            said,
            [(
                false,
                "f: The file has tokens and no text: the text is made of them, with a blank between two tokens and a line break between sentences.".to_owned()
            )]
        );
    }
}

#[test]
fn hard_texts_that_are_given_come_back_to_the_character() {
    for format in ["conll2003", "bio", "bilou"] {
        for entry in hard_entries() {
            let (id, text) = (entry.document.id.clone(), entry.document.text.as_str());
            let about = Some((id, text.to_owned()));
            let document = [entry.clone()];
            let options = Options::default();
            let (files, written) =
                write_entries(format, Header::default(), document, &options).unwrap();
            let options = Options { about, ..options };
            let read = dataset(format, &files, &options).unwrap();
            assert_eq!(read.findings, []);
            let [again] = read.entries.as_slice() else {
                panic!("one document comes back");
            };
            assert_eq!(again.document.text.as_str(), text);
            assert_eq!(again.document.id, entry.document.id);
            let came_back = again.annotations.iter().map(|a| (a.span, a.label.clone()));
            let were = entry.annotations.iter().map(|a| (a.span, a.label.clone()));
            let came_back: Vec<_> = came_back.collect();
            let missing = were.filter(|one| !came_back.contains(one)).count();
            let lost = [Loss::Overlap, Loss::Trimmed, Loss::Blank];
            let lost: usize = lost.map(|loss| written.losses.count(loss)).iter().sum();
            assert_eq!(missing, lost, "{format} {}", entry.document.id);
        }
    }
}

#[test]
fn a_text_that_lies_beside_is_the_text_if_it_has_these_tokens() {
    let tokens = "One B-x\n, I-x\ntwo I-x\n-DOCSTART- O\nThree B-y\n";
    let mut files = file("a/f.conll", tokens);
    let mut beside = |name: &str, text: &str| files.files.push((name.into(), text.into()));
    beside("a/f.txt", "  One, two\n");
    beside("a/f-2.txt", "Four\n");
    beside("f-2.txt", "Three\n");
    let read = dataset("conll2003", &files, &Options::default()).unwrap();
    assert_eq!(
        content(&read.entries),
        [
            ("  One, two\n".to_owned(), vec![(span(2, 10), "x".into())]),
            ("Three".to_owned(), vec![(span(0, 5), "y".into())]),
        ]
    );
    let said = read.findings.iter().map(|f| f.why.as_str());
    assert!(said.eq(["The tokens are not the words of the text that was given or lies beside: the text is made of them, with a blank between two tokens and a line break between sentences."]));
}

#[test]
fn a_text_beside_may_have_a_mark_and_one_that_can_not_be_read_is_told() {
    let mut files = file("f.conll", "One B-x\n");
    files
        .files
        .push(("f.txt".into(), b"\xEF\xBB\xBFOne\n".to_vec()));
    let read = dataset("conll2003", &files, &Options::default()).unwrap();
    assert_eq!(
        content(&read.entries),
        [("One\n".to_owned(), vec![(span(0, 3), "x".to_owned())])]
    );
    files.files[1].1 = b"\xE9\n".to_vec();
    let read = dataset("conll2003", &files, &Options::default()).unwrap();
    assert_eq!(read.entries[0].document.text.as_str(), "One");
    assert_eq!(
        read.findings[0].to_string(),
        "f.txt: This is not text in UTF-8."
    );
}

#[test]
fn a_byte_order_mark_may_be_a_token() {
    let (read, _) = read_as("bio", "\u{feff}\tO\nx\tB-y\n");
    let y = (span(2, 3), "y".to_owned());
    assert_eq!(content(&read.entries), [("\u{feff} x".to_owned(), vec![y])]);
}

#[test]
fn sentences_and_documents_are_told_apart() {
    let file = "-DOCSTART- O\n\na B-x\n\nb I-x\n-DOCSTART- O\n\n-DOCSTART- O\nc O\n";
    let (read, _) = read_as("bio", file);
    let ids: Vec<_> = read
        .entries
        .iter()
        .map(|e| e.document.id.as_str())
        .collect();
    assert_eq!(ids, ["f", "f-2", "f-3"]);
    let x = || "x".to_owned();
    assert_eq!(
        content(&read.entries),
        [
            (
                "a\nb".to_owned(),
                vec![(span(0, 1), x()), (span(2, 3), x())]
            ),
            (String::new(), vec![]),
            ("c".to_owned(), vec![]),
        ]
    );
}

#[test]
fn what_is_wrong_is_said_with_its_line() {
    for (file, sentence) in [
        (&b""[..], "f: The file is empty."),
        (
            b"a\tO\nb\n",
            "f, line 2: This can't be read: a line must have a token and a tag.",
        ),
        (
            b"a\tO\n\tO\n",
            "f, line 2: This can't be read: a line must begin with a token.",
        ),
        (
            b"a\tO\nb\tX-y\n",
            "f, line 2: This can't be read: \"X-y\" is no tag of BIO or BILOU.",
        ),
        (
            b"a\tO\nb\tB-\n",
            "f, line 2: This can't be read: \"B-\" is no tag of BIO or BILOU.",
        ),
        (b"a\tO\n\xff\tO\n", "f, line 2: This is not text in UTF-8."),
    ] {
        assert_eq!(refusal("bio", file), sentence);
    }
}

#[test]
fn lines_that_begin_with_numbers_of_words_are_refused() {
    let file = "# x\n1\tAda\tB-PER\tO\n2\tmet\tO\tO\n3\tBo\tB-PER\tO\n";
    assert_eq!(
        refusal("conll2003", file),
        "f: This can't be read: its lines begin with the numbers of words, and a word has to stand first."
    );
    let (read, _) = read_as("conll2003", "1 CD O\n2 CD O\n3 CD O\n\nAda NNP B-PER\n");
    assert_eq!(read.entries[0].document.text.as_str(), "1 2 3\nAda");
}
