//! What other programs call labels, as identifiers.

use super::entry::plain_label;
use crate::annotation::{Label, is_label_id};
use std::collections::HashMap;
use std::sync::Arc;

/// How many code points a label's name may have.
const LONGEST: usize = 200;

/// The labels of a dataset that is being read, by what its files call them.
#[derive(Debug, Default)]
pub struct LabelNames {
    ids: HashMap<String, Arc<str>>,
    labels: Vec<Label>,
}

impl LabelNames {
    /// The id of the label that a file calls `name`: the name, if it is an identifier, otherwise
    /// one made of it (`Named Person` is `Named_Person`). `None` for one without a name, or with
    /// one of more than 200 code points.
    pub fn id(&mut self, name: &str) -> Option<Arc<str>> {
        if let Some(id) = self.ids.get(name) {
            return Some(id.clone());
        }
        if name.trim().is_empty() || name.chars().nth(LONGEST).is_some() {
            return None;
        }
        let mut id: String = match is_label_id(name) {
            true => name.to_owned(),
            false => identifier(name),
        };
        let wanted = id.clone();
        let mut count = 2;
        while self.labels.iter().any(|label| label.id == id) {
            id = format!("{wanted}_{count}");
            count += 1;
        }
        let shown = name.replace(char::is_control, " ");
        let label = plain_label(&id, shown.trim(), self.labels.len());
        self.labels.push(label);
        let id: Arc<str> = id.into();
        self.ids.insert(name.to_owned(), id.clone());
        Some(id)
    }

    /// Sets the colour of a label that a file names.
    pub fn color(&mut self, name: &str, color: &str) {
        let id = self.id(name);
        let label = self
            .labels
            .iter_mut()
            .find(|l| Some(l.id.as_str()) == id.as_deref());
        if let Some(label) = label
            && crate::annotation::parse_color(color).is_some()
        {
            label.color = Some(color.to_owned());
        }
    }

    /// The labels, in the order in which they were met.
    pub fn labels(&self) -> &[Label] {
        &self.labels
    }

    /// The names that had to be changed: what the files call them, and the ids.
    pub fn changed(&self) -> impl Iterator<Item = (&str, &str)> {
        let changed = self.ids.iter().filter(|(name, id)| name.as_str() != &***id);
        changed.map(|(name, id)| (name.as_str(), &**id))
    }
}

fn identifier(name: &str) -> String {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let mut id: String = name
        .chars()
        .map(|c| if fits(c) { c } else { '_' })
        .collect();
    if !id.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
        id.insert(0, '_');
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_becomes_an_identifier_of_its_own() {
        let mut names = LabelNames::default();
        let mut id = |name: &str| names.id(name).map(|id| id.to_string());
        for (name, expected) in [
            ("claim", Some("claim")),
            ("Named Person", Some("Named_Person")),
            ("Named|Person", Some("Named_Person_2")),
            ("Named Person", Some("Named_Person")),
            ("1st", Some("_1st")),
            ("人", Some("_")),
            ("地", Some("__2")),
            ("constructor", Some("constructor")),
            ("a\nb", Some("a_b")),
            (" ", None),
            ("", None),
        ] {
            assert_eq!(id(name).as_deref(), expected, "{name}");
        }
        assert_eq!(id(&"L".repeat(201)), None);
        assert_eq!(names.labels().len(), 8);
        assert_eq!(names.labels()[1].name, "Named Person");
    }
}
