//! What a reader sees of a page, by example and by law.

use super::*;
use crate::document::Block;
use crate::text::Span;
use proptest::prelude::*;
use std::time::{Duration, Instant};

/// The blocks of a page on one line: `h1 Title | p Some text`, where `⏎` stands for a line feed and
/// `⇥` for a tab.
pub(super) fn seen(page: &str) -> String {
    match html(page, DocumentMeta::default()) {
        Ok(document) => {
            let blocks: Vec<String> = document
                .blocks
                .iter()
                .map(|block| notation(&document, block))
                .collect();
            blocks.join(" | ")
        }
        Err(LoadError::NoText) => "-".to_owned(),
        Err(error) => error.to_string(),
    }
}

fn notation(document: &Document, block: &Block) -> String {
    let kind = match block.kind {
        BlockKind::Paragraph => "p".to_owned(),
        BlockKind::Heading(level) => format!("h{level}"),
        BlockKind::ListItem => "li".to_owned(),
        BlockKind::BlockQuotation => "quote".to_owned(),
        BlockKind::Caption => "caption".to_owned(),
        BlockKind::Preformatted => "pre".to_owned(),
    };
    let text = document.text.slice(block.span).unwrap();
    format!("{kind} {}", text.replace('\n', "⏎").replace('\t', "⇥"))
}

#[track_caller]
fn check(cases: &[(&str, &str)]) {
    for (page, blocks) in cases {
        assert_eq!(seen(page), *blocks, "{page}");
    }
}

#[test]
fn white_space_collapses_but_for_what_a_reader_sees() {
    check(&[
        ("<p> a \n\t b\r\n c </p>", "p a b c"),
        ("<p>a<b> b </b> c</p>", "p a b c"),
        ("<p>a&nbsp;&nbsp;b&nbsp;</p>", "p a\u{a0}\u{a0}b\u{a0}"),
        ("<p>co&shy;op a<wbr>b</p>", "p co\u{ad}op ab"),
        ("<p>a&#13;b</p>", "p a b"),
        ("a <!-- x --> b", "p a b"),
        ("<p>a\0b</p>", "p ab"),
        ("<p>a&#0;b&#xD800;c", "p a\u{fffd}b\u{fffd}c"),
        ("<p>&amp;lt; &eacute; &notit;", "p &lt; é ¬it;"),
        ("\u{feff}<p>a", "p a"),
    ]);
}

#[test]
fn blocks_are_what_is_set_apart() {
    check(&[
        ("<h1>T</h1><p>a</p>b<p>c", "h1 T | p a | p b | p c"),
        ("<div>a<div>b</div>c</div>", "p a | p b | p c"),
        (
            "<article><header>a</header><nav>b</nav>c</article>",
            "p a | p b | p c",
        ),
        ("<h2>a</h2><h6>b</h6>", "h2 a | h6 b"),
        (
            "<ul><li>a<li><p>b</p><p>c</ul>d",
            "li a | li b | li c | p d",
        ),
        ("<dl><dt>a<dd>b</dl>", "li a | li b"),
        (
            "<blockquote>a<p>b</p></blockquote>c",
            "quote a | quote b | p c",
        ),
        ("<blockquote><h3>a</h3>b", "h3 a | quote b"),
        (
            "<figure>a<figcaption>b<p>c</figcaption></figure>",
            "p a | caption b | caption c",
        ),
        ("a<hr>b", "p a | p b"),
        ("a<span>b</span>c", "p abc"),
        ("<x-card>a<p>b</p></x-card>", "p a | p b"),
        ("<details><summary>a</summary>b</details>", "p a | p b"),
        ("<body>a</body>b</html>c", "p abc"),
    ]);
}

#[test]
fn tags_left_out_are_implied() {
    check(&[
        ("<p>a<p>b<div>c", "p a | p b | p c"),
        ("<p>a<b>b<p>c</b>d", "p ab | p cd"),
        ("a</p>b", "p a | p b"),
        ("a</div>b</x>c", "p abc"),
        ("<h1>a<h2>b", "h1 a | h2 b"),
        ("<h1>a</h2>b", "h1 a | p b"),
        ("<ul><li>a<ul><li>b</ul>c<li>d", "li a | li b | li c | li d"),
        ("<p>a<table><tr><td>b</table>c", "p a | p b | p c"),
        ("<div>a<span>b</div>c</span>d", "p ab | p cd"),
        ("<form><p>a</form>b", "p a | p b"),
        ("<form>a<div>b</form>c</div>d", "p a | p bc | p d"),
        ("a</br>b", "p a⏎b"),
    ]);
}

#[test]
fn a_line_break_stays_in_its_block_and_two_part_blocks() {
    check(&[
        ("<p>a <br> b", "p a⏎b"),
        ("<p>a<br><br>b", "p a | p b"),
        ("<p>a<br> \n<br/><br>b", "p a | p b"),
        ("<p><br>a<br></p>b", "p a | p b"),
        ("<blockquote>a<br><br>b", "quote a | quote b"),
        ("<p>a<br hidden>b", "p ab"),
    ]);
}

#[test]
fn preformatted_text_keeps_its_white_space() {
    check(&[
        ("<pre>\na  b\n\n c\t</pre>d", "pre a  b⏎⏎ c | p d"),
        ("<pre>\n\n  a\n</pre>", "pre   a"),
        ("<pre>a <b> b</b><br> c</pre>", "pre a  b⏎ c"),
        ("<pre><h1> a  b", "h1 a  b"),
        ("<pre> \n </pre>a", "p a"),
        ("<xmp><b>a</b></xmp>b", "pre <b>a</b> | p b"),
        ("<p>a<plaintext><p>b</p>", "p a | pre <p>b</p>"),
    ]);
}

#[test]
fn a_row_of_a_table_is_a_block() {
    check(&[
        (
            "<table><tr><td>a<td>b<tr><th>c<th>d</table>",
            "p a⇥b | p c⇥d",
        ),
        (
            "<table><caption>a</caption><thead><tr><td>b</thead>",
            "caption a | p b",
        ),
        ("<table><tr><td>a</td><td></td><td>b</td></tr>", "p a⇥⇥b"),
        ("<table><tr><td></td><td> a </td><td></td></tr>", "p a"),
        ("<table><td>a<td>b</table>", "p a⇥b"),
        ("<table><tr><td>a<br>b<br></td><td>c", "p a⏎b⇥c"),
        (
            "<table><tr><td>a<p>b</p></td><td>c<td>d",
            "p a | p b | p c⇥d",
        ),
        (
            "<table><tr><td><table><tr><td>a<td>b</table></td><td>c",
            "p a⇥b | p c",
        ),
        ("<table><tr><td><ul><li>a</table>b", "li a | p b"),
        ("<table><form><tr><td>a</form><td>b</table>", "p a⇥b"),
        ("<tr><td>a</td></tr>b", "p ab"),
        ("<div><table><tr><td>a</div>b</table>c", "p ab | p c"),
    ]);
}

#[test]
fn what_is_not_shown_is_left_out() {
    check(&[
        ("a<script>'<p>b'</script>c", "p ac"),
        (
            "<head><title>t</title><style>p{}</style><meta name=x></head>a",
            "p a",
        ),
        ("<template>a<p>b</template>c", "p c"),
        ("<table><tr><template><td>a</template><td>b</table>", "p b"),
        (
            "<div><template><table><td><div>a</template>b</div>c",
            "p b | p c",
        ),
        ("<noscript><img alt=x><p>a</noscript>b", "p b"),
        ("<iframe><p>a</iframe>b", "p b"),
        (
            "a<object>b</object><video>c</video><canvas>d</canvas>e",
            "p a e",
        ),
        (
            "a<button>b</button>c<input value=d><textarea><p>e</textarea>f",
            "p a c f",
        ),
        ("<p>a<button><p>b</p></button>c</p>d", "p a c | p d"),
        (
            "<select><option>a<option>b</select>c<datalist><option>d</datalist>",
            "p c",
        ),
        ("a<div hidden>b<p>c</div>d", "p ad"),
        ("a<span hidden>b<span>c</span>d</span>e", "p ae"),
        ("a<p popover>b</p>c", "p ac"),
        ("<b hidden><p>a</b>b</p>c", "p b | p c"),
        ("a<div style='display: none'>b</div>c", "p ac"),
        ("a<div style='visibility:hidden'>b</div>c", "p a | p c"),
        ("<dialog>a</dialog><dialog open>b</dialog>", "p b"),
        ("<p aria-hidden=true>a", "p a"),
        ("<p hidden>a<p>b", "p b"),
        ("<noembed>a</noembed><noframes>b</noframes>c", "p c"),
        ("<body hidden><p>a", "p a"),
    ]);
}

#[test]
fn foreign_content_has_rules_of_its_own() {
    check(&[
        ("a<svg><title>b</title><text>c</text></svg>d", "p a d"),
        ("<svg><style><p>a</p>b</style>", "p a | p b"),
        ("<svg><![CDATA[a]]></svg><![CDATA[b]]>c", "p c"),
        ("<svg/>a", "p a"),
        ("<svg><g/><p>a", "p a"),
        ("<svg><foreignObject><p>a</p></foreignObject></svg>b", "p b"),
        ("<math> <mi>x</mi> <mo>=</mo> <mn>1</mn> </math>", "p x=1"),
        ("<math><mi>x</mi><annotation>a</annotation></math>b", "p xb"),
        ("a<math display=block><mi>x</mi></math>b", "p a | p x | p b"),
        ("<math>a</math>b", "p b"),
    ]);
}

#[test]
fn an_image_stands_as_its_alternative() {
    check(&[
        (
            "<p>a</p><img alt='A  dog'><p>b",
            "p a | caption [image: A dog] | p b",
        ),
        ("<p>a<img alt=dog>b", "p a [image: dog] b"),
        ("<p><img alt=dog> a", "p [image: dog] a"),
        (
            "<figure><img alt=a><figcaption>b",
            "caption [image: a] | caption b",
        ),
        ("<p>a<img alt=''>b<img>c<img alt='&nbsp;'>d", "p abcd"),
        ("<p>a <img alt=😀>!", "p a 😀!"),
        ("<p hidden><img alt=a></p><img alt=b hidden>c", "p c"),
        ("<img src=x alt=a onerror=y alt=b>", "caption [image: a]"),
    ]);
}

#[test]
fn ruby_text_is_kept_where_parentheses_part_it() {
    check(&[
        ("<ruby>漢<rt>kan</rt>字<rt>ji</ruby>。", "p 漢字。"),
        (
            "<ruby>漢字<rp>（</rp><rt>かんじ</rt><rp>）</rp></ruby>。",
            "p 漢字（かんじ）。",
        ),
        (
            "<ruby>漢字<rp>(<rt>かんじ<rp>)</ruby>。",
            "p 漢字(かんじ)。",
        ),
    ]);
}

#[test]
fn blocks_are_joined_by_an_empty_line_and_items_and_rows_by_a_line_feed() {
    let page = "<p>a<p>b<ul><li>c<li>d</ul><table><tr><td>e<tr><td>f</table>g";
    let document = html(page, DocumentMeta::default()).unwrap();
    assert_eq!(document.text.as_str(), "a\n\nb\n\nc\nd\n\ne\nf\n\ng");
}

#[test]
fn title_and_language_are_those_that_the_page_states() {
    let read = |page: &str| {
        let document = html(page, DocumentMeta::default()).unwrap();
        let or_none = |value: Option<String>| value.unwrap_or_else(|| "-".to_owned());
        format!(
            "{} / {}",
            or_none(document.title),
            or_none(document.language)
        )
    };
    for (page, expected) in [
        ("<html lang=de><title> A &amp;\n B </title>x", "A & B / de"),
        ("<title></title><h1>A<br>B</h1>", "A B / -"),
        ("<svg><title>x</title></svg><h2>A</h2>", "- / -"),
        ("<title>A</title><title>B</title>x", "A / -"),
        ("<p lang=fr>x<html xml:lang=pt_BR>", "- / pt-BR"),
        ("<html lang='\"><script>'>x", "- / -"),
    ] {
        assert_eq!(read(page), expected, "{page}");
    }
}

#[test]
fn what_the_caller_knows_outranks_the_page() {
    let meta = DocumentMeta {
        id: Some("a".to_owned()),
        title: Some("b".to_owned()),
        language: Some("fr".to_owned()),
        ..DocumentMeta::default()
    };
    let document = html("<html lang=de><title>x</title>y", meta).unwrap();
    assert_eq!(document.id, "a");
    assert_eq!(document.title.as_deref(), Some("b"));
    assert_eq!(document.language.as_deref(), Some("fr"));
    assert_eq!(document.media_type, "text/html");
}

#[test]
fn a_page_without_text_is_refused() {
    for page in [
        "<p> </p>",
        "<div id=root></div><script>x</script>",
        "<img src=a>",
    ] {
        let refused = html(page, DocumentMeta::default()).map(|_| ());
        assert_eq!(refused, Err(LoadError::NoText), "{page}");
    }
    let refused = html("", DocumentMeta::default()).map(|_| ());
    assert_eq!(refused, Err(LoadError::Empty));
}

/// Generous, for a build without optimisation on a busy machine: anything that isn't linear takes
/// minutes at these sizes.
#[test]
fn what_is_huge_or_deep_is_read_in_linear_time() {
    let n = 200_000;
    let pages = [
        "<div>".repeat(n) + "deep",
        "<b>".repeat(n) + &"</i>".repeat(n) + "deep",
        "<i><div>".to_owned() + &"<b>".repeat(n) + &"</i>".repeat(n) + "deep",
        "<table><tr><td>".repeat(n / 10) + "deep",
        "<p><a>".repeat(n) + "deep",
        "<svg>".repeat(n) + &"<g>".repeat(n) + "<p>deep",
        format!("<p {}>deep", "a b=c alt=d ".repeat(n)),
        "<br>".repeat(n) + "deep",
        "<x-".to_owned() + &"y".repeat(n) + ">deep",
        "&nbs".repeat(n) + " deep",
    ];
    for page in &pages {
        let start = Instant::now();
        let blocks = seen(page);
        let head: String = page.chars().take(30).collect();
        assert!(blocks.ends_with("deep"), "{head}");
        assert!(start.elapsed() < Duration::from_secs(10), "{head}");
    }
}

fn markup() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        3 => "[ \n\ta-c😀\0&;<>/]{1,4}".boxed(),
        1 => prop::sample::select(vec![
            "<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "<br>", "<pre>", "</pre>", "<li>",
            "<ul>", "</ul>", "<table>", "<tr>", "<td>", "</td>", "</tr>", "</table>", "<caption>",
            "<span hidden>", "</span>", "<svg>", "</svg>", "<math>", "<mi>", "</mi>", "</math>",
            "<template>", "</template>", "<title>", "</title>", "<script>", "</script>", "<h1>",
            "</h1>", "<img alt=x>", "<ruby>", "<rp>", "<rt>", "</ruby>", "<form>", "</form>",
            "<button>", "</button>", "<b hidden>", "<select>", "</select>", "<foreignObject>",
            "<a style='display:none'>", "</a>", "<xmp>", "</xmp>", "<!--", "-->", "<![CDATA[",
        ])
        .prop_map(str::to_owned)
        .boxed(),
    ];
    prop::collection::vec(part, 0..40).prop_map(|parts| parts.concat())
}

fn assert_laws(page: &str) -> Result<(), TestCaseError> {
    let Ok(document) = html(page, DocumentMeta::default()) else {
        return Ok(());
    };
    let mut end = 0;
    for block in &document.blocks {
        prop_assert!(block.span.start() >= end);
        let between = Span::new(end, block.span.start()).and_then(|span| document.text.slice(span));
        prop_assert!(matches!(between, None | Some("\n" | "\n\n")));
        end = block.span.end();
        let text = document.text.slice(block.span);
        prop_assert!(text.is_some(), "{:?} is outside of the text", block.span);
        let text = text.unwrap();
        prop_assert!(
            !text.ends_with(crate::document::flow::is_collapsible),
            "{text:?}"
        );
        let indented = block.kind == BlockKind::Preformatted && !text.starts_with('\n');
        prop_assert!(
            indented || !text.starts_with(crate::document::flow::is_collapsible),
            "{text:?}"
        );
    }
    prop_assert_eq!(end, document.text.length().code_points);
    let again = html(page, DocumentMeta::default()).unwrap();
    prop_assert_eq!(document.text.as_str(), again.text.as_str());
    prop_assert_eq!(document.blocks, again.blocks);
    Ok(())
}

proptest! {
    #[test]
    fn blocks_of_any_markup_cover_the_text_in_order(page in markup()) {
        assert_laws(&page)?;
    }

    #[test]
    fn any_bytes_can_be_read(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        assert_laws(&crate::document::charset::decode(&bytes, None).0)?;
    }

    #[test]
    fn text_without_markup_stays_as_it_is(words in "[a-zé😀]{1,8}( [a-zé😀]{1,8}){0,8}") {
        prop_assert_eq!(seen(&words), format!("p {words}"));
    }
}
