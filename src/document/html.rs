//! HTML → `Document`: the text as a reader of the page sees it.

mod attributes;
mod elements;
mod open;
mod tokens;
mod tree;

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;

use super::{BlockKind, Document, DocumentMeta, LoadError};
use crate::text::Text;
use html5gum::Tokenizer;
use tokens::Tokens;
use tree::Tree;

/// A page, or a part of one, as the text that its reader sees.
///
/// The tokens are those of the HTML Standard; the tree is made by the part of its rules that decides
/// which text stands in which block (implied end tags, scopes, foreign content). Of its repairs of
/// misnested tags two are not made: text misplaced in a table stays where it stands, and a hidden
/// inline element that was never closed is not opened again behind its block. Nothing of a URL is kept.
///
/// - **Left out** is what is not shown: `<head>`, scripts, styles, templates, `noscript`, comments,
///   embedded content and its fallback (`iframe`, `object`, `video`, `canvas`, `svg` …), form
///   controls, `hidden`, `popover`, a closed `dialog`, and inline styles of `display: none` or
///   `visibility: hidden`. Style sheets are not consulted. A closed `details` is kept, since its
///   reader may open it; so is what `aria-hidden` hides from screen readers alone. `hidden` on
///   `html` and `body` is ignored: scripts take it away.
/// - **White space** collapses as in CSS; no-break spaces and soft hyphens are kept. In `pre` it
///   counts, but for blank lines before and white space after the text.
/// - **`<br>`** is a line feed within its block; two or more in a row part blocks.
/// - **Blocks** are what is set apart: block-level elements, of the kind of the nearest element that
///   has one (a `p` in a `blockquote` is a block quotation). A table's row is one block, its cells
///   parted by tabs, but a block-level element in a cell is a block of its own. Blocks are joined by
///   an empty line (`"\n\n"`), neighbouring list items and neighbouring rows by `"\n"`.
/// - **Images** with a text alternative stand as `[image: …]`, in a caption of its own where there
///   is no text beside them; an alternative of symbols alone (emoji) stands for itself.
/// - **Ruby** text (`rt`) is kept where `rp` puts parentheses around it, else left out: between the
///   characters of a word it would not be the text that its reader reads.
/// - **Quotation marks** that a browser puts around `q` are not added, as they depend on its styles.
/// - **Math** is kept as the text of its tokens, without annotations.
///
/// The title is the first `<title>`, else the first `h1`; the language is that of `<html lang>`.
///
/// # Errors
/// [`LoadError::Empty`] without any content, [`LoadError::NoText`] if nothing is left to be seen,
/// [`LoadError::TooLarge`] beyond 4 GiB.
pub fn html(content: &str, meta: DocumentMeta) -> Result<Document, LoadError> {
    if content.is_empty() {
        return Err(LoadError::Empty);
    }
    let mut tree = Tree::default();
    let content = content.strip_prefix('\u{feff}').unwrap_or(content);
    // Reading from a string can't fail.
    let Ok(()) = Tokenizer::new_with_emitter(content, Tokens::new(&mut tree)).finish();
    let page = tree.finish();
    if page.blocks.is_empty() {
        return Err(LoadError::NoText);
    }
    let bytes = page.text.len();
    let text = Text::new(page.text).map_err(|_| LoadError::too_large(bytes))?;
    let title = page.title.or_else(|| {
        let heading = page
            .blocks
            .iter()
            .find(|block| block.kind == BlockKind::Heading(1))?;
        Some(text.slice(heading.span)?.replace('\n', " "))
    });
    Ok(meta.document(text, page.blocks, "text/html", title, page.language))
}
