//! What the elements of HTML do to the text in them.

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
