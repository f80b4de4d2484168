//! Tables, written and read.

use super::{Dialect, rows};
use crate::format::exchange::{Header, Loss, MemoryFiles, Options, dataset, write_entries};
use crate::format::testing::{content, entry, file, hard_entries, span};

/// Writes the hard texts as a table, puts them beside it, and reads that.
#[test]
fn with_the_texts_beside_it_a_table_comes_back() {
    for format in ["csv", "tsv", "csv-spreadsheet"] {
        let options = Options::default();
        let entries: Vec<_> = hard_entries();
        let (mut files, converted) =
            write_entries(format, Header::default(), entries.clone(), &options).unwrap();
        assert_eq!(converted.losses.count(Loss::EmptyDocument), 1);
        assert_eq!(files.files.len(), 1);
        for entry in &entries {
            let text = entry.document.text.as_str().as_bytes().to_vec();
            files
                .files
                .push((format!("{}.txt", entry.document.id), text));
        }
        let table = MemoryFiles { files: files.files };
        let read = dataset(format, &table, &options).unwrap();
        assert_eq!(read.findings, []);
        assert_eq!(content(&read.entries), content(&entries)[..5], "{format}");
    }
}

/// As spreadsheets save a table that they were given.
#[test]
fn semicolons_capitals_utf_16_and_empty_rows_are_understood() {
    let table = "Doc_ID; Label;start;end;text\r\nd;x;0;3;One\r\n;;;;\r\n".to_owned();
    let utf16: Vec<u8> = std::iter::once(0xfeff)
        .chain(table.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    for bytes in [
        table.clone().into_bytes(),
        utf16,
        table.replace(';', "\t").into_bytes(),
    ] {
        let files = MemoryFiles {
            files: vec![
                ("t.csv".into(), bytes),
                ("d.txt".into(), b"One two".to_vec()),
            ],
        };
        let read = dataset("csv", &files, &Options::default()).unwrap();
        assert_eq!(read.findings, []);
        assert_eq!(content(&read.entries)[0].1, [(span(0, 3), "x".to_owned())]);
    }
}

#[test]
fn every_cell_is_quoted_and_nothing_else_is_changed() {
    let entries = [entry("=d", "=1+\"1\"\n", &[("a", 0, 7, "claim")])];
    let options = Options::default();
    let (files, _) = write_entries("csv", Header::default(), entries.clone(), &options).unwrap();
    let row = "\"=d\",\"a\",\"claim\",\"0\",\"7\",\"=1+\"\"1\"\"\n\",\"\",\"Ada\",\"2026-11-24T02:16:00Z\"\r\n";
    let table = String::from_utf8(files.files[0].1.clone()).unwrap();
    assert_eq!(table.split_once("\r\n").unwrap().1, row);
    let (files, converted) =
        write_entries("csv-spreadsheet", Header::default(), entries, &options).unwrap();
    let table = String::from_utf8(files.files[0].1.clone()).unwrap();
    assert!(table.starts_with("\u{feff}\"doc_id\""));
    let row = row.replace("\"=", "\"'=");
    assert_eq!(table.split_once("\r\n").unwrap().1, row);
    assert_eq!(converted.losses.count(Loss::Defused), 2);
}

#[test]
fn what_a_spreadsheet_would_run_is_defused() {
    for (cell, defused) in [
        ("=1", true),
        ("+1", true),
        ("-1", true),
        ("@a", true),
        ("\t=1", true),
        ("\r1", true),
        ("＝1", true),
        ("a\",\"=1", true),
        ("a\n=1", true),
        ("a;=1", true),
        ("a = b", false),
        ("well-known", false),
        ("'=1", true),
        ("'tis", false),
        ("", false),
    ] {
        let mut out = String::new();
        assert_eq!(
            Dialect::Spreadsheet.write(&[cell], &mut out) == 1,
            defused,
            "{cell:?}"
        );
        let read = rows(&out, ',').unwrap();
        let back = read.into_iter().next().map(|(_, row)| row[0].clone());
        let back = back.map(|cell| Dialect::Spreadsheet.read(cell));
        assert_eq!(back.as_deref(), Some(cell));
        let mut out = String::new();
        assert_eq!(Dialect::Comma.write(&[cell], &mut out), 0);
    }
}

#[test]
fn rows_are_read_as_others_write_them() {
    for (table, expected) in [
        ("a,b\n1,2\n", vec![(1, vec!["a", "b"]), (2, vec!["1", "2"])]),
        ("a\r\n\r\nb", vec![(1, vec!["a"]), (3, vec!["b"])]),
        (
            "\"a\nb\",\"\"\"\"\r\nc,",
            vec![(1, vec!["a\nb", "\""]), (3, vec!["c", ""])],
        ),
        ("\"\"\n", vec![(1, vec![""])]),
        ("", vec![]),
    ] {
        let read = rows(table, ',').unwrap();
        let read: Vec<(usize, Vec<&str>)> = read
            .iter()
            .map(|(line, row)| (*line, row.iter().map(String::as_str).collect()))
            .collect();
        assert_eq!(read, expected, "{table:?}");
    }
    assert_eq!(rows("a\n\"b", ','), Err(2));
}

#[test]
fn a_table_without_texts_is_refused_by_the_name_of_what_is_missing() {
    let table = "doc_id,label,start,end\nd 1,x,0,1\n";
    let error = dataset("csv", &file("t.csv", table), &Options::default()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "t.csv: The file has no text in it, and \"d-1.txt\" is not beside it. Choose the two together, or put both into a zip archive."
    );
    let about = Options {
        about: Some(("open".into(), "a".into())),
        ..Options::default()
    };
    let read = dataset("csv", &file("t.csv", table), &about).unwrap();
    assert_eq!(read.entries[0].document.id, "open");
    let both = format!("{table}open,x,0,1\n");
    let read = dataset("csv", &file("t.csv", &both), &about).unwrap();
    assert_eq!(read.entries.len(), 1);
    assert_eq!(
        read.findings[0].to_string(),
        "t.csv, line 2: The annotations of document \"d 1\" are left out: its text is not beside the file."
    );
    let error = dataset("csv", &file("t.csv", "a,b\n1,2\n"), &about).unwrap_err();
    assert_eq!(
        error.to_string(),
        "t.csv, line 1: This can't be read: its first line names no column \"label\"."
    );
    let studio =
        "annotation_id,annotator,label,lead_time,text\n1,1,\"[{\"\"start\"\":0}]\",2.0,b\n";
    let error = dataset("csv", &file("t.csv", studio), &about).unwrap_err();
    assert!(error.to_string().ends_with("export the project as JSON."));
}

#[test]
fn offsets_may_be_written_with_a_point() {
    let table = "doc_id,label,start,end,text\nopen,x,1.0,2.0,b\nopen,x,0.5,2.0,b\n";
    let about = Options {
        about: Some(("open".into(), "ab".into())),
        ..Options::default()
    };
    let read = dataset("csv", &file("t.csv", table), &about).unwrap();
    let spans: Vec<_> = read.entries[0].annotations.iter().map(|a| a.span).collect();
    assert_eq!(spans, [span(1, 2)]);
    assert_eq!(read.findings.len(), 1);
}
