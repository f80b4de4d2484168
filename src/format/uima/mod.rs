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

#[cfg(test)]
mod tests;
