//! The few attributes that decide what is seen. No other is kept, so no URL is.

/// Those attributes of one tag.
#[derive(Debug, Default)]
pub(super) struct Attributes {
    /// `hidden` or `popover` is there.
    pub(super) hidden: bool,
    /// `open` is there.
    pub(super) open: bool,
    /// `color`, `face` or `size` is there.
    pub(super) font: bool,
    /// `display="block"`, on `math`.
    pub(super) display_block: bool,
    /// An `encoding` of HTML or XHTML, on `annotation-xml`.
    pub(super) encoding_html: bool,
    /// `alt`, with collapsed white space; not blank.
    pub(super) alt: Option<String>,
    /// `lang`, or else `xml:lang`.
    pub(super) language: Option<String>,
    style: Hiding,
}

/// Whether an element is seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Hiding {
    /// It is.
    #[default]
    Shown,
    /// It takes its room, but is not.
    Invisible,
    /// It is not there.
    NotDisplayed,
}

impl Attributes {
    /// Whether an attribute's value is of interest.
    pub(super) fn wants(name: &[u8]) -> bool {
        matches!(
            name,
            b"alt" | b"display" | b"encoding" | b"lang" | b"style" | b"xml:lang"
        )
    }

    /// Adds an attribute that the tag doesn't have yet.
    pub(super) fn add(&mut self, name: &[u8], value: &[u8]) {
        let value = String::from_utf8_lossy(value);
        match name {
            b"hidden" | b"popover" => self.hidden = true,
            b"open" => self.open = true,
            b"color" | b"face" | b"size" => self.font = true,
            b"display" => self.display_block = value.eq_ignore_ascii_case("block"),
            b"encoding" => {
                self.encoding_html = value.eq_ignore_ascii_case("text/html")
                    || value.eq_ignore_ascii_case("application/xhtml+xml");
            }
            b"alt" => self.alt = Some(collapsed(&value)).filter(|alt| !alt.trim().is_empty()),
            b"lang" => self.language = language_tag(&value),
            b"xml:lang" if self.language.is_none() => self.language = language_tag(&value),
            b"style" => self.style = hiding_style(&value),
            _ => {}
        }
    }

    /// Whether the element is seen, as far as these attributes say.
    pub(super) fn hiding(&self) -> Hiding {
        if self.hidden {
            Hiding::NotDisplayed
        } else {
            self.style
        }
    }
}

/// `text` with each run of white space as one space, and none at its ends.
pub(super) fn collapsed(text: &str) -> String {
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

/// The value as a BCP 47 tag, with the underscore that is often written for a hyphen.
fn language_tag(value: &str) -> Option<String> {
    let tag = value.trim().replace('_', "-");
    let subtag = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    tag.split('-').all(subtag).then_some(tag)
}

/// What a `style` attribute says of `display` and `visibility`; of each the last declaration
/// counts.
fn hiding_style(style: &str) -> Hiding {
    let (mut displayed, mut visible) = (true, true);
    for declaration in style.split(';') {
        let Some((property, value)) = declaration.split_once(':') else {
            continue;
        };
        let value = value.split('!').next().unwrap_or_default().trim();
        let is = |keyword: &str| value.eq_ignore_ascii_case(keyword);
        match property.trim().to_ascii_lowercase().as_str() {
            "display" => displayed = !is("none"),
            "visibility" => visible = !(is("hidden") || is("collapse")),
            _ => {}
        }
    }
    match (displayed, visible) {
        (false, _) => Hiding::NotDisplayed,
        (true, false) => Hiding::Invisible,
        (true, true) => Hiding::Shown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_hides_by_its_last_declarations() {
        for (style, hiding) in [
            ("display:none", Hiding::NotDisplayed),
            (
                " color: red ; DISPLAY : None !important",
                Hiding::NotDisplayed,
            ),
            ("display:none;display:block", Hiding::Shown),
            ("visibility:hidden", Hiding::Invisible),
            ("visibility:hidden;visibility:visible", Hiding::Shown),
            ("content:'display'", Hiding::Shown),
            ("-webkit-display:none;display", Hiding::Shown),
            ("", Hiding::Shown),
        ] {
            assert_eq!(hiding_style(style), hiding, "{style}");
        }
    }

    #[test]
    fn a_language_is_kept_if_it_can_be_a_tag() {
        assert_eq!(language_tag(" en-GB "), Some("en-GB".to_owned()));
        assert_eq!(language_tag("pt_BR"), Some("pt-BR".to_owned()));
        for value in ["", "{{ lang }}", "en--GB", "überlang"] {
            assert_eq!(language_tag(value), None, "{value}");
        }
    }
}
