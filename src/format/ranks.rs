//! Which of two labels comes first, where only one of them can be written.

use super::exchange::Header;
use crate::annotation::{Label, LabelSet};

/// The order of the labels of a dataset.
#[derive(Debug, Default)]
pub struct Ranks {
    labels: Vec<String>,
}

impl Ranks {
    /// That of the label set, if the dataset states one; otherwise that of the default set, since labels
    /// that were met one by one stand in no order that means anything.
    pub fn of(header: &Header) -> Ranks {
        let is_stated = |label: &Label| {
            label.shortcut.is_some() || label.color.is_some() || label.description.is_some()
        };
        let ids = |labels: &[Label]| labels.iter().map(|label| label.id.clone()).collect();
        Ranks {
            labels: match header.labels.iter().any(is_stated) {
                true => ids(&header.labels),
                false => ids(LabelSet::default().as_slice()),
            },
        }
    }

    /// Where a label stands; those that the order doesn't name come last, by their ids.
    pub fn rank<'a>(&self, label: &'a str) -> (usize, &'a str) {
        let known = self.labels.iter().position(|known| known == label);
        (known.unwrap_or(usize::MAX), label)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::LineStyle;

    #[test]
    fn a_stated_order_counts_otherwise_that_of_the_default_set() {
        let label = |id: &str, color: Option<&str>| Label {
            id: id.to_owned(),
            name: id.to_owned(),
            shortcut: None,
            color: color.map(str::to_owned),
            line: LineStyle::Solid,
            description: None,
            attributes: Vec::new(),
        };
        let order = |labels: Vec<Label>| {
            let ranks = Ranks::of(&Header {
                labels,
                ..Header::default()
            });
            let mut all = ["x", "quote", "a", "claim"];
            all.sort_by_key(|label| ranks.rank(label));
            all
        };
        let met = vec![label("x", None), label("quote", None)];
        assert_eq!(order(met), ["claim", "quote", "a", "x"]);
        let stated = vec![label("x", Some("#000000")), label("quote", None)];
        assert_eq!(order(stated), ["x", "quote", "a", "claim"]);
    }
}
