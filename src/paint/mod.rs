//! What to paint: pure computations from a document and its annotations to pieces of text.
//!
//! Everything here is asked for a range of the text and costs what lies there, never what is in
//! the document.

mod overview;
mod sections;
mod strokes;

pub use overview::{Band, band};
pub use sections::{Piece, Section, Sections};
pub use strokes::{Stroke, letters, recedes, strokes};
