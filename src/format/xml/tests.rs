//! XML, by example and by law.

use super::*;
use proptest::prelude::*;

/// The events of a file in one line, or what is wrong with it.
fn read(file: &str) -> String {
    let mut reader = Reader::new(file);
    let mut said = Vec::new();
    loop {
        match reader.next_event() {
            Ok(None) => return said.join(" "),
            Ok(Some(Event::Start { name, attributes })) => {
                let attributes = attributes
                    .0
                    .iter()
                    .map(|(key, value)| format!(" {key}={value:?}"));
                said.push(format!("<{name}{}>", attributes.collect::<String>()));
            }
            Ok(Some(Event::End { name })) => said.push(format!("</{name}>")),
            Ok(Some(Event::Text(text))) => said.push(format!("{text:?}")),
            Err(error) => return error.to_string(),
        }
    }
}

#[test]
fn elements_attributes_and_text_are_read() {
    for (file, events) in [
        (
            "\u{feff}<?xml version=\"1.0\"?>\n<!-- a > b --><a x = '1' y=\"&quot;\"><b/>t&amp;&#x1F600;</a >\n",
            r#"<a x="1" y="\""> <b> </b> "t&😀" </a>"#,
        ),
        (
            "<a b=\"x\ty\r\nz&#9;&#13;&#10;\"/>",
            r#"<a b="x y z\t\r\n"> </a>"#,
        ),
        (
            "<a>1\r\n2\r3<![CDATA[<b>&amp;]]></a>",
            r#"<a> "1\n2\n3" "<b>&amp;" </a>"#,
        ),
        ("<x:a xmlns:x='u'></x:a>", r#"<x:a xmlns:x="u"> </x:a>"#),
    ] {
        assert_eq!(read(file), events);
    }
}

#[test]
fn what_is_wrong_is_said_with_its_line() {
    let deep = "<a>\n".repeat(200);
    let attributes: String = (0..1001).map(|n| format!(" a{n}=''")).collect();
    let wide = format!("<a{attributes}/>");
    for (file, sentence) in [
        ("", "The file breaks off at line 1; it is not complete."),
        (
            "<a>\n<b>",
            "The file breaks off at line 2; it is not complete.",
        ),
        (
            "<a>\n<b x=\"1",
            "The file breaks off at line 2; it is not complete.",
        ),
        ("<a", "The file breaks off at line 1; it is not complete."),
        ("<a/", "The file breaks off at line 1; it is not complete."),
        (
            "<a><!-- ",
            "The file breaks off at line 1; it is not complete.",
        ),
        (
            "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>",
            "The file has a document type at line 1; such files are not read.",
        ),
        (
            "<a>&b;</a>",
            "The file is not XML: there is an unknown reference at line 1.",
        ),
        (
            "<a>&#0;</a>",
            "The file is not XML: there is an unknown reference at line 1.",
        ),
        (
            "<a>&#xD800;</a>",
            "The file is not XML: there is an unknown reference at line 1.",
        ),
        (
            "<a>&#+65;</a>",
            "The file is not XML: there is an unknown reference at line 1.",
        ),
        (
            "<a>&amp</a>",
            "The file is not XML: there is a & that begins no reference at line 1.",
        ),
        (
            "<a>\u{1}</a>",
            "The file is not XML: there is a character that XML does not allow at line 1.",
        ),
        (
            "<a>\n</b>",
            "The file is not XML: an element ends that is not open at line 2.",
        ),
        (
            "<a/><b/>",
            "The file is not XML: there is a second outermost element at line 1.",
        ),
        (
            "<a/>b",
            "The file is not XML: there is text outside of all elements at line 1.",
        ),
        (
            "<a b=1/>",
            "The file is not XML: an attribute has no quotation marks at line 1.",
        ),
        (
            "<a b/>",
            "The file is not XML: an attribute has no value at line 1.",
        ),
        (
            "<a b='' b=''/>",
            "The file is not XML: an attribute is there twice at line 1.",
        ),
        (
            "<a b=''c=''/>",
            "The file is not XML: a tag is not closed at line 1.",
        ),
        (
            "<a b='<'/>",
            "The file is not XML: there is a < in an attribute at line 1.",
        ),
        ("< a/>", "The file is not XML: a tag has no name at line 1."),
        (
            &wide,
            "The file is not XML: an element has more than 1,000 attributes at line 1.",
        ),
        (&deep, "The file is nested more than 127 deep at line 128."),
    ] {
        assert_eq!(read(file), sentence, "{file}");
    }
}

#[test]
fn what_xml_cannot_hold_is_replaced_one_for_one() {
    assert_eq!(
        replaced("a\u{b}\u{0}\u{ffff}\u{1ffff}é"),
        ("a\u{fffd}\u{fffd}\u{fffd}\u{1ffff}é".into(), 3)
    );
    assert!(matches!(replaced("a\t\r\n"), (Cow::Borrowed(_), 0)));
}

proptest! {
    #[test]
    fn an_attribute_comes_back(text in any::<String>()) {
        let file = format!("<a b=\"{}\"/>", attribute(&text));
        prop_assert!(file.is_ascii());
        let mut reader = Reader::new(&file);
        let Ok(Some(Event::Start { attributes, .. })) = reader.next_event() else {
            panic!("{file}");
        };
        prop_assert_eq!(attributes.get("b"), Some(&*replaced(&text).0));
    }

    #[test]
    fn any_text_can_be_read(file in "([<>/!?a='\"&;#\\-\\[\\]x 0-9]|<a>|<!--|CDATA|\\PC)*") {
        read(&file);
    }
}
