//! What the elements of HTML do to the text in them.

use html5gum::State;

/// What an element does to the text in it, and how its tags are handled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Nothing. Unknown elements too.
    Inline,
    /// Nothing, but its end tag may stand outside of the block that its start tag stands in.
    Formatting,
    /// Stands apart.
    Block,
    /// `p`, which the start of any block ends.
    Paragraph,
    /// `h1` to `h6`.
    Heading(u8),
    /// `li`.
    ListItem,
    /// `dt` and `dd`.
    Term,
    /// `blockquote`.
    BlockQuotation,
    /// `figcaption`.
    Caption,
    /// `pre` and its ancestors.
    Preformatted,
    /// `table`.
    Table,
    /// A table's `caption`.
    TableCaption,
    /// `tbody`, `thead`, `tfoot`.
    TableSection,
    /// `tr`.
    Row,
    /// `td` and `th`.
    Cell,
    /// `form`, whose end tag doesn't end what stands in it.
    Form,
    /// `dialog`, seen only if it is open.
    Dialog,
    /// `ruby`.
    Ruby,
    /// `rt` and `rtc`: the text beside the base.
    RubyText,
    /// `rp`: the parentheses around the ruby text.
    RubyParenthesis,
    /// Not seen, and takes no room.
    Unrendered,
    /// `title`, which is seen elsewhere.
    Title,
    /// Takes room on the line, but its content is no text of the page.
    Replaced,
    /// The same, but an inline element's end tag reaches through it.
    Media,
    /// `button`, which in addition shields a paragraph around it.
    Button,
    /// The root of SVG.
    Svg,
    /// The root of MathML.
    Math,
    /// `html`, `head`, `body`: there without being said.
    Root,
    /// `br`.
    LineBreak,
    /// `hr`.
    Rule,
    /// `img`.
    Image,
    /// Without content, takes room on the line.
    ReplacedVoid,
    /// Without content, not seen.
    UnrenderedVoid,
}

impl Role {
    /// The role of the HTML element with this name, in lower case.
    pub(super) fn of(name: &[u8]) -> Role {
        match name {
            b"a" | b"b" | b"big" | b"code" | b"em" | b"font" | b"i" | b"nobr" | b"s" | b"small"
            | b"strike" | b"strong" | b"tt" | b"u" => Role::Formatting,
            b"address" | b"article" | b"aside" | b"center" | b"details" | b"dir" | b"div"
            | b"dl" | b"fieldset" | b"figure" | b"footer" | b"header" | b"hgroup" | b"legend"
            | b"main" | b"marquee" | b"menu" | b"nav" | b"ol" | b"optgroup" | b"search"
            | b"section" | b"summary" | b"ul" => Role::Block,
            b"p" => Role::Paragraph,
            b"h1" => Role::Heading(1),
            b"h2" => Role::Heading(2),
            b"h3" => Role::Heading(3),
            b"h4" => Role::Heading(4),
            b"h5" => Role::Heading(5),
            b"h6" => Role::Heading(6),
            b"li" => Role::ListItem,
            b"dt" | b"dd" => Role::Term,
            b"blockquote" => Role::BlockQuotation,
            b"figcaption" => Role::Caption,
            b"pre" | b"listing" | b"xmp" | b"plaintext" => Role::Preformatted,
            b"table" => Role::Table,
            b"caption" => Role::TableCaption,
            b"tbody" | b"thead" | b"tfoot" => Role::TableSection,
            b"tr" => Role::Row,
            b"td" | b"th" => Role::Cell,
            b"form" => Role::Form,
            b"dialog" => Role::Dialog,
            b"ruby" => Role::Ruby,
            b"rt" | b"rtc" => Role::RubyText,
            b"rp" => Role::RubyParenthesis,
            b"datalist" | b"frameset" | b"noembed" | b"noframes" | b"noscript" | b"script"
            | b"style" | b"template" => Role::Unrendered,
            b"title" => Role::Title,
            b"applet" | b"iframe" | b"object" | b"select" | b"textarea" => Role::Replaced,
            b"audio" | b"canvas" | b"meter" | b"progress" | b"video" => Role::Media,
            b"button" => Role::Button,
            b"svg" => Role::Svg,
            b"math" => Role::Math,
            b"html" | b"head" | b"body" => Role::Root,
            b"br" => Role::LineBreak,
            b"hr" => Role::Rule,
            b"img" | b"image" => Role::Image,
            b"embed" | b"input" => Role::ReplacedVoid,
            b"area" | b"base" | b"basefont" | b"bgsound" | b"col" | b"colgroup" | b"frame"
            | b"keygen" | b"link" | b"meta" | b"param" | b"source" | b"track" | b"wbr" => {
                Role::UnrenderedVoid
            }
            _ => Role::Inline,
        }
    }

    /// Whether it begins and ends a line.
    pub(super) fn is_block_level(self) -> bool {
        use Role::*;
        matches!(
            self,
            Block
                | Paragraph
                | Heading(_)
                | ListItem
                | Term
                | BlockQuotation
                | Caption
                | Preformatted
                | Table
                | TableCaption
                | TableSection
                | Row
                | Form
                | Dialog
        )
    }

    /// Whether its start tag ends an open paragraph.
    pub(super) fn ends_paragraph(self) -> bool {
        use Role::*;
        self == Rule || self.is_block_level() && !matches!(self, TableCaption | TableSection | Row)
    }

    /// Whether its own content is never text of the page.
    pub(super) fn hides_content(self) -> bool {
        use Role::*;
        matches!(self, Unrendered | Title | Replaced | Media | Button | Svg)
    }

    /// Whether it stands on its line like a character, with no text of its own.
    pub(super) fn takes_room(self) -> bool {
        use Role::*;
        matches!(self, Replaced | ReplacedVoid | Media | Button | Svg)
    }

    /// Whether an inline element's end tag doesn't reach through it ("special" in the standard).
    pub(super) fn is_special(self) -> bool {
        use Role::*;
        !matches!(
            self,
            Inline | Formatting | Ruby | RubyText | RubyParenthesis | Dialog | Media | Svg | Math
        )
    }
}

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
