//! What to call a document that has no title.

/// The longest name, in code points.
const LONGEST: usize = 80;

/// The first line that has something in it, cut short.
pub fn first_words(text: &str) -> String {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty());
    let line = line.unwrap_or_default();
    match line.char_indices().nth(LONGEST) {
        None => line.to_owned(),
        Some(_) => {
            let start: String = line.chars().take(LONGEST - 1).collect();
            format!("{}…", start.trim_end())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_called_by_its_first_line() {
        assert_eq!(first_words("\n  Flood warning \nMore."), "Flood warning");
        assert_eq!(first_words(" \n"), "");
        let long = "é".repeat(100);
        assert_eq!(first_words(&long), format!("{}…", "é".repeat(79)));
        assert_eq!(first_words(&"é".repeat(80)), "é".repeat(80));
    }
}
