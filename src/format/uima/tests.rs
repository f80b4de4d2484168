//! CASes, by example.

use super::layout::is_blank;
use crate::format::exchange::{Header, Loss, Options, dataset, write_entries};
use crate::format::testing::{content, entry, hard_entries, read_as, refusal, span};
use crate::format::tokens::trim;
use crate::format::xml::replaced;
use serde_json::{Value, json};

fn texts(format: &str) -> Vec<String> {
    let tags = [
        ("a", 2, 6, "claim"),
        ("b", 6, 7, "claim"),
        ("c", 7, 9, "quote"),
    ];
    let mut one = entry("d/1", "😀 One, \u{200f}T\u{1}", &tags);
    one.document.language = Some("en".to_owned());
    let (files, converted) =
        write_entries(format, Header::default(), [one], &Options::default()).unwrap();
    assert_eq!(converted.losses.count(Loss::Blank), 1);
    assert_eq!(converted.losses.count(Loss::Trimmed), 1);
    let files = files.files.into_iter();
    files
        .map(|(_, bytes)| String::from_utf8(bytes).unwrap())
        .collect()
}

#[test]
fn sentences_tokens_and_annotations_are_written_without_blanks_at_their_ends() {
    let file = &texts("uima-json")[0];
    let structures = file.split("%FEATURE_STRUCTURES").nth(1).unwrap();
    assert_eq!(
        structures.replace("de.tudarmstadt.ukp.dkpro.core.api.", ""),
        concat!(
            "\": [\n",
            r#"  {"%ID":1,"%TYPE":"uima.cas.Sofa","sofaNum":1,"sofaID":"_InitialView","mimeType":"text","sofaString":"\ud83d\ude00 One, \u200fT\u0001"},"#,
            "\n",
            r#"  {"%ID":2,"%TYPE":"uima.tcas.DocumentAnnotation","@sofa":1,"begin":0,"end":11,"language":"en"},"#,
            "\n",
            r#"  {"%ID":3,"%TYPE":"segmentation.type.Sentence","@sofa":1,"begin":0,"end":11},"#,
            "\n",
            r#"  {"%ID":4,"%TYPE":"segmentation.type.Token","@sofa":1,"begin":0,"end":2},"#,
            "\n",
            r#"  {"%ID":5,"%TYPE":"segmentation.type.Token","@sofa":1,"begin":3,"end":6},"#,
            "\n",
            r#"  {"%ID":6,"%TYPE":"segmentation.type.Token","@sofa":1,"begin":6,"end":7},"#,
            "\n",
            r#"  {"%ID":7,"%TYPE":"segmentation.type.Token","@sofa":1,"begin":9,"end":10},"#,
            "\n",
            r#"  {"%ID":8,"%TYPE":"segmentation.type.Token","@sofa":1,"begin":10,"end":11},"#,
            "\n",
            r#"  {"%ID":9,"%TYPE":"ner.type.NamedEntity","@sofa":1,"begin":3,"end":7,"value":"claim"},"#,
            "\n",
            r#"  {"%ID":10,"%TYPE":"ner.type.NamedEntity","@sofa":1,"begin":9,"end":10,"value":"quote"}"#,
            "\n",
            " ],\n",
            r#" "%VIEWS": {"_InitialView":{"%SOFA":1,"%MEMBERS":[2,3,4,5,6,7,8,9,10]}}"#,
            "\n}\n",
        )
    );
}

#[test]
fn in_xmi_the_text_is_an_attribute_and_what_xml_cannot_hold_is_replaced() {
    let files = texts("uima-xmi");
    assert!(files[0].contains(
        "<typeDescription><name>de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity</name>"
    ));
    let lines: Vec<&str> = files[1].lines().skip(3).collect();
    assert_eq!(
        lines,
        [
            r#"<tcas:DocumentAnnotation xmi:id="2" sofa="1" begin="0" end="11" language="en"/>"#,
            r#"<segmentation:Sentence xmi:id="3" sofa="1" begin="0" end="11"/>"#,
            r#"<segmentation:Token xmi:id="4" sofa="1" begin="0" end="2" order="0"/>"#,
            r#"<segmentation:Token xmi:id="5" sofa="1" begin="3" end="6" order="0"/>"#,
            r#"<segmentation:Token xmi:id="6" sofa="1" begin="6" end="7" order="0"/>"#,
            r#"<segmentation:Token xmi:id="7" sofa="1" begin="9" end="10" order="0"/>"#,
            r#"<segmentation:Token xmi:id="8" sofa="1" begin="10" end="11" order="0"/>"#,
            r#"<ner:NamedEntity xmi:id="9" sofa="1" begin="3" end="7" value="claim"/>"#,
            r#"<ner:NamedEntity xmi:id="10" sofa="1" begin="9" end="10" value="quote"/>"#,
            r#"<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="&#128512; One, &#8207;T&#65533;"/>"#,
            r#"<cas:View sofa="1" members="2 3 4 5 6 7 8 9 10"/>"#,
            "</xmi:XMI>",
        ]
    );
}

#[test]
fn hard_texts_come_back_but_for_blanks_at_edges_and_controls_in_xml() {
    for format in ["uima-json", "uima-xmi"] {
        let options = Options::default();
        let (files, converted) =
            write_entries(format, Header::default(), hard_entries(), &options).unwrap();
        let read = dataset(format, &files, &options).unwrap();
        assert_eq!(read.findings, []);
        let in_xml = format == "uima-xmi";
        assert_eq!(
            converted.losses.count(Loss::Replaced),
            if in_xml { 5 } else { 0 }
        );
        for (entry, read) in hard_entries().iter().zip(&content(&read.entries)) {
            let text = &entry.document.text;
            let spans = entry.annotations.iter().filter_map(|a| {
                let inner = trim(text, a.span, is_blank)?;
                Some((inner, a.label.to_string()))
            });
            let mut spans: Vec<_> = spans.collect();
            spans.sort();
            let text = match in_xml {
                true => replaced(text.as_str()).0.into_owned(),
                false => text.as_str().to_owned(),
            };
            assert_eq!(read, &(text, spans));
        }
    }
}

/// As INCEpTION exports it: a layer of its own, parts of speech, several features.
const EXPORT: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<xmi:XMI xmlns:pos="http:///de/tudarmstadt/ukp/dkpro/core/api/lexmorph/type/pos.ecore" xmlns:custom="http:///webanno/custom.ecore" xmlns:tcas="http:///uima/tcas.ecore" xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:type6="http:///de/tudarmstadt/ukp/dkpro/core/api/metadata/type.ecore" xmi:version="2.0">
<cas:NULL xmi:id="0"/>
<type6:DocumentMetaData xmi:id="2" sofa="12" begin="0" end="6" language="x-unspecified" documentTitle="t.txt"/>
<pos:POS xmi:id="3" sofa="12" begin="0" end="2" PosValue="X"/>
<custom:Claim xmi:id="4" sofa="12" begin="3" end="6" Kind="fact"/>
<custom:Marker xmi:id="5" sofa="12" begin="0" end="6" kind="b" speaker="Ada"/>
<custom:Bare xmi:id="6" sofa="12" begin="1" end="2"/>
<cas:Sofa xmi:id="12" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="😀 One"/>
<cas:View sofa="12" members="2 3 4 5 6"/>
</xmi:XMI>"#;

#[test]
fn layers_of_a_project_are_read_and_what_tools_make_is_counted() {
    let (read, said) = read_as("uima-xmi", EXPORT);
    let found: Vec<_> = read.entries[0]
        .annotations
        .iter()
        .map(|a| (a.span, &*a.label))
        .collect();
    assert_eq!(found, [(span(0, 5), "b"), (span(2, 5), "fact")]);
    assert_eq!(read.entries[0].document.title.as_deref(), Some("t.txt"));
    assert_eq!(
        serde_json::to_string(&read.entries[0].annotations[0].origin.extra).unwrap(),
        r#"{"attributes":{"speaker":"Ada","layer":"Marker"}}"#
    );
    let said: Vec<&str> = said.iter().map(|(_, why)| why.as_str()).collect();
    assert_eq!(
        said,
        [
            "f: Parts of speech, relations and other annotations that are no labels are left out: 1.",
            "f, record 6: An annotation is left out. It covers 1 to 2, which is not in the text of 5 code points.",
        ]
    );
}

#[test]
fn a_layer_has_one_rule_for_its_labels_and_keeps_what_else_it_says() {
    let export = EXPORT
        .replace(
            r#"<custom:Bare xmi:id="6" sofa="12" begin="1" end="2"/>"#,
            r#"<custom:Bare xmi:id="6" sofa="12" begin="0" end="2"><topics>a</topics><topics>b</topics></custom:Bare>
<custom:Bare xmi:id="7" sofa="12" begin="3" end="6" source="x"/>
<custom:Link xmi:id="8" sofa="12" begin="3" end="6" Governor="4" Dependent="5"/>"#,
        );
    let (read, said) = read_as("uima-xmi", export);
    let bare = read.entries[0].annotations.iter();
    let bare = bare.filter(|a| &*a.label == "Bare");
    let bare: Vec<_> = bare.map(|a| Value::from(a.origin.extra.clone())).collect();
    let said_of = |said: Value| json!({ "attributes": said });
    assert_eq!(
        bare,
        [
            said_of(json!({"topics": "a, b"})),
            said_of(json!({"source": "x"}))
        ]
    );
    assert_eq!(
        said[0].1,
        "f: Parts of speech, relations and other annotations that are no labels are left out: 2."
    );
    let file = r#"{"%FEATURE_STRUCTURES":[
        {"%ID":1,"%TYPE":"uima.cas.Sofa","sofaID":"_InitialView","sofaString":"One"},
        {"%ID":2,"%TYPE":"uima.cas.StringArray","%ELEMENTS":["a","b"]},
        {"%ID":3,"%TYPE":"custom.X","@sofa":1,"begin":0,"end":3,"label":"y","sure":true,"score":0.5,"@topics":2},
        {"%ID":4,"%TYPE":"custom.R","@sofa":1,"begin":0,"end":3,"@Governor":3,"@Dependent":3}]}"#;
    let (read, said) = read_as("uima-json", file);
    assert_eq!(said.len(), 1);
    assert_eq!(
        Value::from(read.entries[0].annotations[0].origin.extra.clone()),
        said_of(json!({"sure": true, "score": "0.5", "topics": "a, b"}))
    );
}

#[test]
fn each_text_is_a_document_the_main_one_first() {
    let structure = |fields: &str| format!("{{{fields}}}");
    let file = format!(
        r#"{{"%FEATURE_STRUCTURES":[{}]}}"#,
        [
            r#""%ID":1,"%TYPE":"uima.cas.Sofa","sofaID":"source","sofaString":"ab""#,
            r#""%ID":2,"%TYPE":"uima.cas.Sofa","sofaID":"_InitialView","sofaString":"cd""#,
            r#""%ID":3,"%TYPE":"custom.X","@sofa":1,"begin":0,"end":1"#,
            r#""%ID":4,"%TYPE":"custom.Y","@sofa":2,"begin":1,"end":2"#,
        ]
        .map(structure)
        .join(",")
    );
    let (read, _) = read_as("uima-json", file);
    let ids: Vec<&str> = read
        .entries
        .iter()
        .map(|e| e.document.id.as_str())
        .collect();
    assert_eq!(ids, ["f", "f-source"]);
    assert_eq!(
        content(&read.entries),
        [
            ("cd".to_owned(), vec![(span(1, 2), "Y".to_owned())]),
            ("ab".to_owned(), vec![(span(0, 1), "X".to_owned())]),
        ]
    );
}

#[test]
fn an_annotation_of_a_text_that_is_not_there_is_left_out() {
    let elsewhere = EXPORT.replace(
        r#"<custom:Claim xmi:id="4" sofa="12""#,
        r#"<custom:Claim xmi:id="4" sofa="13""#,
    );
    let nowhere = EXPORT.replace(
        r#"<custom:Claim xmi:id="4" sofa="12""#,
        r#"<custom:Claim xmi:id="4""#,
    );
    let (read, said) = read_as("uima-xmi", elsewhere);
    assert_eq!(read.entries[0].annotations.len(), 1);
    assert_eq!(
        said.last().unwrap().1,
        "f, record 4: An annotation is left out. The text that it names (its sofa) is not in the file."
    );
    let (read, _) = read_as("uima-xmi", nowhere);
    assert_eq!(read.entries[0].annotations.len(), 2, "the only text");
}

#[test]
fn what_is_wrong_is_said_with_its_line() {
    for (format, file, sentence) in [
        ("uima-xmi", "", "f: The file is empty."),
        (
            "uima-xmi",
            "<a/>",
            "f: This can't be read: it is XML, but no XMI.",
        ),
        (
            "uima-xmi",
            "<x:XMI>\n",
            "f, line 2: The file breaks off here; it is not complete.",
        ),
        (
            "uima-xmi",
            "<!DOCTYPE a>",
            "f, line 1: This can't be read: it has a document type, which could name other files.",
        ),
        (
            "uima-xmi",
            "<xmi:XMI/>",
            "f: The file holds no document that can be used. The first reason: It has no text (no Sofa with a sofaString).",
        ),
        (
            "uima-json",
            "{}",
            "f: This can't be read: a CAS needs \"%FEATURE_STRUCTURES\", a list of objects.",
        ),
        (
            "uima-json",
            r#"{"%FEATURE_STRUCTURES":[{"%TYPE":"uima.cas.Sofa","%ID":1,"sofaString":7}]}"#,
            "f: The file holds no document that can be used. The first reason: It has no text (no Sofa with a sofaString).",
        ),
    ] {
        assert_eq!(refusal(format, file), sentence);
    }
}
