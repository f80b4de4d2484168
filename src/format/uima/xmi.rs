//! Writing a CAS as XMI, and the types that it is of.

use super::json::lose_about;
use super::layout::Layout;
use super::{ANNOTATION, ENTITY, NO_LANGUAGE, SENTENCE, TOKEN, VIEW, holds};
use crate::annotation::in_words;
use crate::format::attributes::writable;
use crate::format::exchange::{
    Entry, Header, Loss, Names, Options, Out, WriteError, Writer, file_stem,
};
use crate::format::losses::{lose_labels, lose_rest};
use crate::format::xml::{attribute, replaced};
use std::collections::BTreeSet;

/// What the file of the types is called.
const TYPES: &str = "TypeSystem.xml";

/// Writes a file for each document, and one with the types.
pub struct XmiWriter {
    names: Names,
    /// The features that annotations have besides.
    features: BTreeSet<String>,
}

impl XmiWriter {
    /// Names the files by the ids of the documents.
    pub fn new(_: &Options) -> XmiWriter {
        XmiWriter {
            names: Names::default(),
            features: BTreeSet::new(),
        }
    }
}

/// The elements of a file, a line each.
struct Elements {
    out: String,
    last: u32,
}

impl Elements {
    /// Adds an annotation of the type that `tag` names.
    fn add(&mut self, tag: &str, (begin, end): (u32, u32), more: &str) {
        self.last += 1;
        self.out.push_str(&format!(
            "<{tag} xmi:id=\"{}\" sofa=\"1\" begin=\"{begin}\" end=\"{end}\"{more}/>\n",
            self.last
        ));
    }
}

/// The name space of a package of types, as XMI writes it.
fn name_space(of: &str) -> String {
    let package = of.rsplit_once('.').map_or("", |(package, _)| package);
    format!("http:///{}.ecore", package.replace('.', "/"))
}

impl Writer for XmiWriter {
    fn begin(&mut self, _: &Header, out: &mut Out) -> Result<(), WriteError> {
        out.append(TYPES, types().as_bytes())
    }

    fn entry(&mut self, entry: &Entry, out: &mut Out) -> Result<(), WriteError> {
        let document = &entry.document;
        let (text, count) = replaced(document.text.as_str());
        out.lose_many(Loss::Replaced, count, &document.id, None)?;
        let layout = Layout::of(entry, &text, out)?;
        let name = self.names.give(&file_stem(&document.id));
        let mut elements = Elements {
            out: format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
                 <xmi:XMI xmi:version=\"2.0\" xmlns:xmi=\"http://www.omg.org/XMI\" \
                 xmlns:cas=\"http:///uima/cas.ecore\" xmlns:tcas=\"http:///uima/tcas.ecore\" \
                 xmlns:segmentation=\"{}\" xmlns:ner=\"{}\">\n\
                 <cas:NULL xmi:id=\"0\"/>\n",
                name_space(TOKEN),
                name_space(ENTITY)
            ),
            last: 1,
        };
        let whole = (0, document.text.length().utf16_code_units);
        let language = document.language.as_deref().unwrap_or(NO_LANGUAGE);
        let language = format!(" language=\"{}\"", attribute(language));
        elements.add("tcas:DocumentAnnotation", whole, &language);
        for place in layout.sentences {
            elements.add("segmentation:Sentence", place, "");
        }
        for place in layout.tokens {
            elements.add("segmentation:Token", place, " order=\"0\"");
        }
        for (begin, end, annotation) in layout.annotations {
            let mut value = format!(" value=\"{}\"", attribute(&annotation.label));
            for (id, said) in writable(entry, annotation, out, holds)? {
                value.push_str(&format!(" {id}=\"{}\"", attribute(&in_words(&said))));
                self.features.insert(id);
            }
            elements.add("ner:NamedEntity", (begin, end), &value);
        }
        let members: Vec<String> = (2..=elements.last).map(|id| id.to_string()).collect();
        let file = format!(
            "{}<cas:Sofa xmi:id=\"1\" sofaNum=\"1\" sofaID=\"{VIEW}\" mimeType=\"text\" sofaString=\"{}\"/>\n\
             <cas:View sofa=\"1\" members=\"{}\"/>\n</xmi:XMI>\n",
            elements.out,
            attribute(&text),
            members.join(" ")
        );
        out.append(&format!("{name}.xmi"), file.as_bytes())?;
        lose_rest(entry, &[Loss::Attributes, Loss::About], out)?;
        lose_about(entry, out)
    }

    fn end(&mut self, header: &Header, out: &mut Out) -> Result<(), WriteError> {
        let features = self.features.iter().map(|name| feature(&(name, "String")));
        let end = features.collect::<String>() + TYPES_END;
        out.append(TYPES, end.as_bytes())?;
        lose_labels(header, out)
    }
}

/// Ends a type.
const TYPE_END: &str = "</features></typeDescription>\n";
/// Ends the last type, and all of them.
const TYPES_END: &str = "</features></typeDescription>\n</types></typeSystemDescription>\n";

fn feature((name, range): &(&str, &str)) -> String {
    format!(
        "<featureDescription><name>{name}</name><description/><rangeTypeName>uima.cas.{range}</rangeTypeName></featureDescription>\n"
    )
}

/// The types in use, with the features that UIMA's own definitions of them have. The last one has
/// room for those that annotations have besides.
fn types() -> String {
    let kind = |name: &str, features: &[(&str, &str)]| {
        let features: String = features.iter().map(feature).collect();
        format!(
            "<typeDescription><name>{name}</name><description/><supertypeName>{ANNOTATION}</supertypeName><features>\n{features}"
        )
    };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <typeSystemDescription xmlns=\"http://uima.apache.org/resourceSpecifier\"><types>\n{}{TYPE_END}{}{TYPE_END}{}",
        kind(SENTENCE, &[("id", "String")]),
        kind(TOKEN, &[("id", "String"), ("order", "Integer")]),
        kind(ENTITY, &[("value", "String"), ("identifier", "String")]),
    )
}
