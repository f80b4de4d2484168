//! W3C Web Annotations (JSON-LD), with the text in a file beside them.
//!
//! An `AnnotationCollection` for each document, with its only page inside. "The selection of the text
//! MUST be in terms of unicode code points": <https://www.w3.org/TR/annotation-model/#text-position-selector>.

mod item;
mod read;
mod write;

pub use read::W3cReader;
pub use write::W3cWriter;

/// What the context of a Web Annotation is.
const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";
/// The term of a body that says what an attribute says, by the attribute's id.
const ATTRIBUTE: &str = "attribute";
/// What that term stands for.
const ATTRIBUTE_IRI: &str = "urn:x-annotation:attribute";
/// Begins the IRI of an annotation whose id is a UUID.
const UUID: &str = "urn:uuid:";
/// Begins the IRI of an annotation of another id, which follows percent-encoded.
const OTHER_ID: &str = "urn:x-annotation:";
/// Begins the IRI of a text, by its hash.
const TEXT: &str = "urn:sha256:";

#[cfg(test)]
mod tests;
