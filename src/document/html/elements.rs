//! Which elements of HTML count in the rules of parsing.

use html5gum::State;

/// Whether an end tag doesn't reach through this element ("in scope" in the standard).
pub(super) fn bounds_scope(name: &[u8]) -> bool {
    matches!(
        name,
        b"applet"
            | b"caption"
            | b"marquee"
            | b"object"
            | b"select"
            | b"table"
            | b"td"
            | b"th"
            | b"template"
    )
}

/// The one name under which elements that end each other are counted.
pub(super) fn family(name: &[u8]) -> &[u8] {
    match name {
        b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => b"h1",
        b"dt" => b"dd",
        b"th" => b"td",
        b"thead" | b"tfoot" => b"tbody",
        b"rtc" => b"rt",
        name => name,
    }
}

/// How the tokenizer reads the content of an HTML element, if not as markup. Scripting counts as
/// switched on, as in the browser that the page was made for.
pub(super) fn content_state(name: &[u8]) -> Option<State> {
    match name {
        b"title" | b"textarea" => Some(State::RcData),
        b"iframe" | b"noembed" | b"noframes" | b"noscript" | b"style" | b"xmp" => {
            Some(State::RawText)
        }
        b"script" => Some(State::ScriptData),
        b"plaintext" => Some(State::PlainText),
        _ => None,
    }
}

/// Whether the start tag ends SVG or MathML that it stands in (13.2.6.5 of the standard). `font`
/// does so only with attributes.
pub(super) fn ends_foreign_content(name: &[u8]) -> bool {
    matches!(
        name,
        b"b" | b"big"
            | b"blockquote"
            | b"body"
            | b"br"
            | b"center"
            | b"code"
            | b"dd"
            | b"div"
            | b"dl"
            | b"dt"
            | b"em"
            | b"embed"
            | b"h1"
            | b"h2"
            | b"h3"
            | b"h4"
            | b"h5"
            | b"h6"
            | b"head"
            | b"hr"
            | b"i"
            | b"img"
            | b"li"
            | b"listing"
            | b"menu"
            | b"meta"
            | b"nobr"
            | b"ol"
            | b"p"
            | b"pre"
            | b"ruby"
            | b"s"
            | b"small"
            | b"span"
            | b"strong"
            | b"strike"
            | b"sub"
            | b"sup"
            | b"table"
            | b"tt"
            | b"u"
            | b"ul"
            | b"var"
    )
}
