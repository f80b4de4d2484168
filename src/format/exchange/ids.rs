//! Names for what files leave unnamed, and for what two files name alike.

use crate::annotation::Id;
use crate::document::sha256_hex;
use crate::text::Span;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// The id of an annotation that the file gives none: always the same for the same document, span,
/// label and `nth` of those on that span, so that importing again adds nothing. A UUID (version 8,
/// RFC 9562), which begins with `nth`, so that document order is that of the file.
pub fn derived_id(document: &str, span: Span, label: &str, nth: usize) -> Id {
    let (start, end) = (span.start(), span.end());
    let digest = sha256_hex(&format!("{document}\0{start}\0{end}\0{label}\0{nth}"));
    let part = |from: usize, to: usize| digest.get(from..to).unwrap_or_default();
    let uuid = format!(
        "{:04x}{}-{}-8{}-8{}-{}",
        nth.min(0xffff),
        part(4, 8),
        part(8, 12),
        part(12, 15),
        part(15, 18),
        part(18, 30)
    );
    Id::from(uuid.as_str())
}

/// Names that were given, each once. Of each it keeps a hash alone, so that millions take little.
#[derive(Debug, Default)]
pub struct Names {
    /// With the number that is tried first if the name comes again.
    given: HashMap<u128, u32>,
}

impl Names {
    /// `name`, or with `-2`, `-3` … behind it if it was given before.
    pub fn give(&mut self, name: &str) -> String {
        let key = hash(name);
        let Some(next) = self.given.get(&key) else {
            self.given.insert(key, 2);
            return name.to_owned();
        };
        let mut count = *next;
        loop {
            let other = format!("{name}-{count}");
            count += 1;
            if let Entry::Vacant(free) = self.given.entry(hash(&other)) {
                free.insert(2);
                self.given.insert(key, count);
                return other;
            }
        }
    }
}

/// The first half of the SHA-256.
pub(super) fn hash(content: &str) -> u128 {
    let digest = sha256_hex(content);
    u128::from_str_radix(digest.get(..32).unwrap_or_default(), 16).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_always_the_same_for_the_same_annotation() {
        let span = Span::new(1, 2).unwrap();
        let id = derived_id("d", span, "claim", 0);
        assert_eq!(id, derived_id("d", span, "claim", 0));
        assert_ne!(id, derived_id("d", span, "claim", 1));
        assert_eq!(id.as_str().len(), 36);
        assert_eq!(id.as_str().as_bytes()[14], b'8');
    }

    #[test]
    fn a_name_is_given_once() {
        let mut names = Names::default();
        let given: Vec<String> = ["a", "a", "a-2", "a"].map(|name| names.give(name)).into();
        assert_eq!(given, ["a", "a-2", "a-2-2", "a-3"]);
    }
}
