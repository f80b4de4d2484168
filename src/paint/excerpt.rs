//! The beginning of a text, on one line.

/// The first `max` code points of `text` with each run of white space as one space, and `…` where
/// something is left out. Looks at no more of the text than that.
pub fn excerpt(text: &str, max: usize) -> String {
    let mut line = String::new();
    let mut length = 0;
    let mut space = false;
    for c in text.trim_start().chars() {
        if c.is_whitespace() {
            space = true;
            continue;
        }
        if length + usize::from(space) + 1 > max {
            line.push('…');
            return line;
        }
        if space {
            line.push(' ');
            length += 1;
            space = false;
        }
        line.push(c);
        length += 1;
    }
    line
}

#[cfg(test)]
mod tests {
    use super::excerpt;

    #[test]
    fn white_space_collapses_and_what_is_cut_is_said() {
        for (text, max, line) in [
            ("one", 3, "one"),
            ("  one\n\t two ", 80, "one two"),
            ("one two", 5, "one t…"),
            ("one two", 4, "one…"),
            ("one   ", 3, "one"),
            ("👩🏽‍🚀x", 2, "👩🏽…"),
            ("", 5, ""),
        ] {
            assert_eq!(excerpt(text, max), line);
        }
    }
}
