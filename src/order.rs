//! Sorting. The sorts of the standard library are several KB for each type that is sorted, most of it
//! for lists that are longer than ours, so here the comparisons alone depend on the type.

/// The items of `list` in order: stable, in O(n log n) comparisons. `precedes` tells whether the first
/// of two items stands strictly before the second.
pub fn sorted<T>(list: Vec<T>, precedes: impl Fn(&T, &T) -> bool) -> Vec<T> {
    let order = places(list.len(), &|a, b| match (list.get(a), list.get(b)) {
        (Some(a), Some(b)) => precedes(a, b),
        _ => false,
    });
    let mut items: Vec<Option<T>> = list.into_iter().map(Some).collect();
    order
        .into_iter()
        .filter_map(|place| items.get_mut(place)?.take())
        .collect()
}

/// Where each item of the sorted list stood, by a merge sort from the bottom up.
fn places(count: usize, precedes: &dyn Fn(usize, usize) -> bool) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    let mut width = 1;
    while width < count {
        let mut merged = Vec::with_capacity(count);
        for pair in order.chunks(2 * width) {
            let (mut left, mut right) = pair.split_at(width.min(pair.len()));
            while let ([l, after_l @ ..], [r, after_r @ ..]) = (left, right) {
                if precedes(*r, *l) {
                    merged.push(*r);
                    right = after_r;
                } else {
                    merged.push(*l);
                    left = after_l;
                }
            }
            merged.extend_from_slice(left);
            merged.extend_from_slice(right);
        }
        order = merged;
        width *= 2;
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_order_is_that_of_the_standard_librarys_stable_sort(
            list in prop::collection::vec((0_u8..9, any::<u8>()), 0..99)
        ) {
            let mut expected = list.clone();
            expected.sort_by_key(|item| item.0);
            prop_assert_eq!(sorted(list, |a, b| a.0 < b.0), expected);
        }
    }
}
