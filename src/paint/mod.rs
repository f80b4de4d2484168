//! What to paint: pure computations from a document and its annotations to pieces of text.
//!
//! Everything here is asked for a range of the text and costs what lies there, never what is in
//! the document.

mod excerpt;
mod overview;
mod sections;
mod strokes;

pub use excerpt::excerpt;
pub use overview::{Band, band, runs, shown_in};
pub use sections::{Piece, Section, Sections};
pub use strokes::{Stroke, letters, recedes, strokes};
