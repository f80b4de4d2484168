//! UIMA's CAS, as XMI and as JSON (0.4): what INCEpTION, DKPro and cTAKES read. Offsets are UTF-16 code
//! units, as in Java.
//!
//! Annotations are of the built-in type for named entities, which each project of INCEpTION has; its
//! feature `value` is the label. INCEpTION refuses a document in which an annotation begins or ends with
//! white space, or stands outside of all sentences, so edges are trimmed and sentences cover all else.

mod cas;
mod json;
mod layout;
mod read;
mod xmi;

pub use json::UimaJsonWriter;
pub use read::{UimaJsonReader, XmiReader};
pub use xmi::XmiWriter;

use crate::annotation::is_label_id;
use crate::format::xml::replaced;
use serde_json::Value;

const SENTENCE: &str = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence";
const TOKEN: &str = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token";
const ENTITY: &str = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity";
const ANNOTATION: &str = "uima.tcas.Annotation";
const DOCUMENT: &str = "uima.tcas.DocumentAnnotation";
const SOFA: &str = "uima.cas.Sofa";
/// What the view is called that holds the text.
const VIEW: &str = "_InitialView";
/// The language of a text of which nobody says it.
const NO_LANGUAGE: &str = "x-unspecified";

/// Whether a feature can say it and be read back: yes, no, or words that XML can hold.
fn holds(id: &str, value: &Value) -> bool {
    let reserved = ["begin", "end", "sofa", "value", "identifier", "id"];
    let is_name = is_label_id(id) && !id.contains('-') && !id.starts_with('_');
    is_name
        && !reserved.contains(&id)
        && match value {
            Value::Bool(_) => true,
            Value::String(words) => !is_flag(words) && replaced(words).1 == 0,
            _ => false,
        }
}

/// Whether words are how a flag is written.
fn is_flag(words: &str) -> bool {
    words == "true" || words == "false"
}

#[cfg(test)]
mod tests;
