//! Handing documents out to annotators, some of them to several without telling.

use super::lot::lot;
use crate::order::sorted;
use std::collections::HashSet;
use std::fmt;

/// How documents are to be handed out.
#[derive(Clone, Copy, Debug)]
pub struct Dealing<'a> {
    /// Who gets them.
    pub annotators: &'a [String],
    /// How many documents in a hundred go to several annotators. 15 to 20 are enough to measure how
    /// far they agree.
    pub shared: u32,
    /// How many annotators a shared document goes to.
    pub copies: usize,
    /// What the lots are drawn with.
    pub seed: &'a str,
}

/// Who gets what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dealt {
    /// For each annotator, the places of their documents in the corpus, in the corpus's order, so that
    /// nobody can tell by the order which ones others get too.
    pub documents: Vec<Vec<usize>>,
    /// The places of the documents that went to several, in order.
    pub shared: Vec<usize>,
}

/// Why documents can't be handed out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DealError {
    /// Nobody to hand them to.
    NoAnnotators,
    /// An annotator who is named twice.
    Twice(String),
    /// A share of more than 100 in a hundred.
    Share(u32),
    /// More copies than there are annotators, or fewer than two.
    Copies(usize, usize),
}

impl fmt::Display for DealError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DealError::NoAnnotators => f.write_str("There is no annotator to hand documents to."),
            DealError::Twice(name) => write!(f, "The annotator '{name}' is named twice."),
            DealError::Share(share) => {
                write!(
                    f,
                    "Of a hundred documents, {share} can't go to several annotators."
                )
            }
            DealError::Copies(copies, annotators) => write!(
                f,
                "A shared document can go to 2 to {annotators} annotators, not to {copies}."
            ),
        }
    }
}

/// Hands out the documents of those keys. Every document goes to somebody; the shared ones, drawn by
/// lot, to `copies` annotators, so that all pairs meet about equally often; the others one by one to
/// whoever has the fewest.
///
/// # Errors
/// What is asked for makes no sense, as [`DealError`] says.
pub fn deal(keys: &[String], dealing: &Dealing) -> Result<Dealt, DealError> {
    let annotators = dealing.annotators.len();
    check(dealing)?;
    let share = keys.len() as u64 * u64::from(dealing.shared);
    let count = match annotators {
        1 => 0,
        _ => usize::try_from(share.div_ceil(100)).unwrap_or(keys.len()),
    };
    let order = sorted((0..keys.len()).collect(), |a: &usize, b| {
        let drawn = |place: &usize| keys.get(*place).map(|key| (lot(dealing.seed, key), key));
        drawn(a) < drawn(b)
    });
    let mut hands: Vec<Vec<usize>> = vec![Vec::new(); annotators];
    let (shared, rest) = order.split_at(count.min(order.len()));
    for (turn, place) in shared.iter().enumerate() {
        for annotator in group(turn, annotators, dealing.copies) {
            hands[annotator].push(*place);
        }
    }
    for place in rest {
        if let Some(hand) = hands.iter_mut().min_by_key(|hand| hand.len()) {
            hand.push(*place);
        }
    }
    let in_order = |places: Vec<usize>| sorted(places, |a, b| a < b);
    Ok(Dealt {
        documents: hands.into_iter().map(in_order).collect(),
        shared: in_order(shared.to_vec()),
    })
}

fn check(dealing: &Dealing) -> Result<(), DealError> {
    let annotators = dealing.annotators.len();
    if annotators == 0 {
        return Err(DealError::NoAnnotators);
    }
    let mut names = HashSet::new();
    if let Some(name) = dealing.annotators.iter().find(|name| !names.insert(*name)) {
        return Err(DealError::Twice(name.clone()));
    }
    if dealing.shared > 100 {
        return Err(DealError::Share(dealing.shared));
    }
    if annotators > 1 && dealing.shared > 0 && !(2..=annotators).contains(&dealing.copies) {
        return Err(DealError::Copies(dealing.copies, annotators));
    }
    Ok(())
}

/// The `copies` annotators whose turn it is. The first goes round, and after each round the step to
/// the next grows by one, so that each meets each.
fn group(turn: usize, annotators: usize, copies: usize) -> Vec<usize> {
    let first = turn % annotators;
    let step = 1 + (turn / annotators) % (annotators - 1).max(1);
    let mut group = vec![first];
    let mut next = first;
    while group.len() < copies.min(annotators) {
        next = (next + step) % annotators;
        while group.contains(&next) {
            next = (next + 1) % annotators;
        }
        group.push(next);
    }
    group
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashMap;

    fn names(count: usize) -> Vec<String> {
        (0..count)
            .map(|number| format!("annotator {number}"))
            .collect()
    }

    fn keys(count: usize) -> Vec<String> {
        (0..count)
            .map(|number| format!("document {number}"))
            .collect()
    }

    fn dealt(documents: usize, annotators: usize, shared: u32, copies: usize) -> Dealt {
        let dealing = Dealing {
            annotators: &names(annotators),
            shared,
            copies,
            seed: "s",
        };
        deal(&keys(documents), &dealing).unwrap()
    }

    #[test]
    fn everybody_gets_about_the_same() {
        let dealt = dealt(100, 3, 18, 2);
        assert_eq!(dealt.shared.len(), 18);
        let sizes: Vec<usize> = dealt.documents.iter().map(Vec::len).collect();
        assert_eq!(sizes.iter().sum::<usize>(), 118);
        assert!(
            sizes.iter().all(|size| (39..=40).contains(size)),
            "{sizes:?}"
        );
    }

    #[test]
    fn all_pairs_meet() {
        let dealt = dealt(200, 4, 20, 2);
        let mut pairs: HashMap<(usize, usize), usize> = HashMap::new();
        for place in &dealt.shared {
            let who: Vec<usize> = (0..4)
                .filter(|who| dealt.documents[*who].contains(place))
                .collect();
            *pairs.entry((who[0], who[1])).or_default() += 1;
        }
        assert_eq!(pairs.len(), 6);
        assert!(
            pairs.values().all(|count| (4..=10).contains(count)),
            "{pairs:?}"
        );
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        let twice = vec!["Ada".to_owned(), "Ada".to_owned()];
        for (annotators, shared, copies, sentence) in [
            (vec![], 18, 2, "There is no annotator to hand documents to."),
            (twice, 18, 2, "The annotator 'Ada' is named twice."),
            (
                names(2),
                101,
                2,
                "Of a hundred documents, 101 can't go to several annotators.",
            ),
            (
                names(3),
                18,
                4,
                "A shared document can go to 2 to 3 annotators, not to 4.",
            ),
            (
                names(3),
                18,
                1,
                "A shared document can go to 2 to 3 annotators, not to 1.",
            ),
        ] {
            let dealing = Dealing {
                annotators: &annotators,
                shared,
                copies,
                seed: "s",
            };
            let error = deal(&keys(10), &dealing).unwrap_err();
            assert_eq!(error.to_string(), sentence);
        }
    }

    #[test]
    fn one_annotator_gets_all() {
        let dealt = dealt(7, 1, 18, 2);
        assert_eq!(dealt.documents, [(0..7).collect::<Vec<_>>()]);
        assert!(dealt.shared.is_empty());
    }

    proptest! {
        #[test]
        fn every_document_goes_to_one_or_if_shared_to_as_many_as_asked(
            documents in 0_usize..60, annotators in 2_usize..7, shared in 0_u32..=100, more in 0_usize..5
        ) {
            let copies = (2 + more).min(annotators);
            let dealt = dealt(documents, annotators, shared, copies);
            for place in 0..documents {
                let times = dealt.documents.iter().filter(|hand| hand.contains(&place)).count();
                let expected = if dealt.shared.contains(&place) { copies } else { 1 };
                prop_assert_eq!(times, expected);
            }
            let sizes: Vec<usize> = dealt.documents.iter().map(Vec::len).collect();
            let all = sizes.iter().sum::<usize>();
            prop_assert_eq!(all, documents + dealt.shared.len() * (copies - 1));
            for hand in &dealt.documents {
                prop_assert!(hand.windows(2).all(|pair| pair[0] < pair[1]));
            }
        }
    }
}
