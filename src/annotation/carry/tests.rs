//! What is the same is always found, what is nearly the same mostly, and nothing else ever.

use super::*;
use proptest::prelude::*;

fn text(content: &str) -> Text {
    Text::new(content.into()).unwrap()
}

/// What the words `words` of `old` are carried to in `new`.
fn carried(old: &str, words: &str, new: &str) -> Option<(String, bool)> {
    let (old, new) = (text(old), text(new));
    let start = old
        .offset_of_byte(old.as_str().find(words).unwrap())
        .unwrap();
    let span = Span::new(start, start + words.chars().count() as u32).unwrap();
    let carried = Carrier::new(&old, &new).carry(&old, &new, span)?;
    Some((new.slice(carried.span).unwrap().to_owned(), carried.exact))
}

const OLD: &str = "Floods close the valley road\n\nThe river rose two metres above its banks on Monday night, the county said. Nobody was hurt.\n\nPhoto: Ada Byron\n\n“We have never seen this,” said Maria Lopez, who has lived there for forty years.\n\nShare this article";

#[test]
fn what_stands_in_unchanged_surroundings_is_found_exactly() {
    let new = OLD
        .replace("Floods close", "UPDATE: Floods have closed")
        .replace("\n\nPhoto: Ada Byron", "");
    for words in [
        "The river rose",
        "hurt",
        "“We have never seen this,”",
        "forty years.",
        "Share this article",
    ] {
        assert_eq!(carried(OLD, words, &new), Some((words.into(), true)));
    }
}

#[test]
fn a_correction_within_the_words_is_followed() {
    let new = OLD.replace("rose two metres", "rose three metres");
    let sentence = "The river rose two metres above its banks on Monday night, the county said.";
    assert_eq!(
        carried(OLD, sentence, &new),
        Some((sentence.replace("two", "three"), false))
    );
    assert_eq!(
        carried(OLD, "Maria Lopez", &OLD.replace("Lopez", "López")),
        Some(("Maria López".into(), false))
    );
}

#[test]
fn what_was_rewritten_or_taken_out_is_not_found() {
    let new = OLD.replace(
        "The river rose two metres above its banks on Monday night, the county said.",
        "Officials have opened an inquiry into the dam.",
    );
    for words in ["The river rose two metres", "Monday", "the county"] {
        assert_eq!(carried(OLD, words, &new), None, "{words}");
    }
    let without = OLD.replace("\n\nPhoto: Ada Byron", "");
    assert_eq!(carried(OLD, "Photo: Ada Byron", &without), None);
}

#[test]
fn a_word_that_another_replaced_is_not_found_though_all_around_it_is_the_same() {
    let new = OLD.replace("Monday", "Friday");
    assert_eq!(carried(OLD, "Monday", &new), None);
}

#[test]
fn a_passage_that_moved_takes_its_words_along() {
    let quote =
        "“We have never seen this,” said Maria Lopez, who has lived there for forty years.\n\n";
    let new = format!("{quote}{}", OLD.replace(quote, ""));
    assert_eq!(
        carried(OLD, "Maria Lopez", &new),
        Some(("Maria Lopez".into(), true))
    );
}

#[test]
fn the_same_words_in_another_passage_are_not_taken() {
    let old =
        "The mayor spoke to reporters at noon. Later that day the mayor left for the capital.";
    let new = "Later that day the mayor left for the capital.";
    assert_eq!(carried(old, "The mayor", new), None);
    assert_eq!(
        carried(old, "the mayor", new),
        Some(("the mayor".into(), true))
    );
}

#[test]
fn words_of_any_script_are_followed() {
    let old = "洪水在星期一晚上淹没了山谷的道路。😀 无人受伤。";
    let new = "最新消息：洪水在星期一晚上淹没了山谷的公路。😀 无人受伤。";
    assert_eq!(
        carried(old, "😀 无人受伤", new),
        Some(("😀 无人受伤".into(), true))
    );
    assert_eq!(
        carried(old, "洪水在星期一晚上淹没了山谷的道路", new),
        Some(("洪水在星期一晚上淹没了山谷的公路".into(), false))
    );
}

/// A paragraph of words that no other one has.
fn paragraph(number: u32) -> String {
    let mut x = (number + 1).wrapping_mul(2_654_435_761);
    let mut words = String::from("É");
    while words.len() < 120 {
        x ^= x << 13;
        x ^= x >> 17;
        x ^= x << 5;
        words.push_str(&format!("{x:x} "));
    }
    words + "end."
}

#[test]
fn of_a_text_that_is_another_nothing_is_found_in_no_time() {
    let text_of = |numbers: std::ops::Range<u32>| {
        text(&numbers.map(paragraph).collect::<Vec<_>>().join("\n"))
    };
    let (old, new) = (text_of(0..400), text_of(1_000..1_400));
    let carrier = Carrier::new(&old, &new);
    let found =
        (0..400).filter_map(|i| carrier.carry(&old, &new, Span::new(i * 100, i * 100 + 60)?));
    assert_eq!(found.count(), 0);
}

fn paragraphs(numbers: std::ops::Range<u32>) -> impl Strategy<Value = Vec<String>> {
    prop::collection::btree_set(numbers, 3..12)
        .prop_map(|numbers| numbers.into_iter().map(paragraph).collect())
}

proptest! {
    #[test]
    fn changes_elsewhere_never_lose_a_paragraphs_words(
        old in paragraphs(0..99),
        other in paragraphs(100..199),
        kept in any::<prop::sample::Index>(),
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0..3u8), 0..4),
        ends in (any::<prop::sample::Index>(), any::<prop::sample::Index>()),
    ) {
        let kept = kept.index(old.len());
        let mut new: Vec<(bool, String)> = old.iter().enumerate().map(|(i, p)| (i == kept, p.clone())).collect();
        for (place, edit) in edits {
            let at = place.index(new.len());
            let another = (false, other[at % other.len()].clone());
            match edit {
                0 => new.insert(at, another),
                _ if new[at].0 => {}
                1 => drop(new.remove(at)),
                _ => new[at] = another,
            }
        }
        let there = new.iter().position(|(is_kept, _)| *is_kept).unwrap();
        let length = old[kept].chars().count();
        let (a, b) = (ends.0.index(length), ends.1.index(length));
        let (a, b) = (a.min(b) as u32, a.max(b) as u32 + 1);
        let before = |paragraphs: &[String]| -> u32 {
            paragraphs.iter().map(|p| p.chars().count() as u32 + 1).sum()
        };
        let new: Vec<String> = new.into_iter().map(|(_, paragraph)| paragraph).collect();
        let (from, to) = (before(&old[..kept]), before(&new[..there]));
        let (old, new) = (text(&old.join("\n")), text(&new.join("\n")));
        let carried = Carrier::new(&old, &new).carry(&old, &new, Span::new(from + a, from + b).unwrap());
        prop_assert_eq!(
            carried,
            Some(Carried { span: Span::new(to + a, to + b).unwrap(), exact: true })
        );
    }

    #[test]
    fn a_slip_within_a_sentence_is_followed(
        old in paragraphs(0..99),
        at in any::<prop::sample::Index>(),
        place in any::<prop::sample::Index>(),
        edit in 0..3u8,
    ) {
        let at = at.index(old.len());
        let mut changed: Vec<char> = old[at].chars().collect();
        let place = place.index(changed.len());
        match edit {
            0 => changed.insert(place, 'x'),
            1 => drop(changed.remove(place)),
            _ => changed[place] = 'x',
        }
        let changed: String = changed.into_iter().collect();
        let mut new = old.clone();
        new[at] = changed.clone();
        new.insert(0, "Something new stands before it.".into());
        let found = self::carried(&old.join("\n"), &old[at], &new.join("\n"));
        let (found, _) = found.expect("it is found");
        let (found, changed): (Vec<char>, Vec<char>) = (found.chars().collect(), changed.chars().collect());
        // A slip at an end may be taken for what stands there.
        prop_assert!(distance(&found, &changed) <= 1);
    }

    #[test]
    fn unrelated_text_is_never_taken_for_it(
        old in paragraphs(0..99),
        new in paragraphs(100..199),
        at in any::<prop::sample::Index>(),
        length in 1..60usize,
    ) {
        let words: String = old[at.index(old.len())].chars().take(length).collect();
        prop_assert_eq!(carried(&old.join("\n"), &words, &new.join("\n")), None);
    }

    #[test]
    fn any_two_texts_give_a_span_within_the_new_one(
        old in "[aé😀 \n]{1,80}", new in "[aé😀 \n]{0,80}", start in 0..80u32, length in 1..40u32,
    ) {
        let (old, new) = (text(&old), text(&new));
        let span = Span::new(start, start + length).unwrap();
        if let Some(found) = Carrier::new(&old, &new).carry(&old, &new, span) {
            prop_assert!(new.slice(found.span).is_some());
            prop_assert!(!found.exact || new.slice(found.span) == old.slice(span));
        }
    }

    #[test]
    fn in_an_unchanged_text_every_span_stays(content in "[abé😀 \n]{1,80}", start in 0..80u32, length in 1..40u32) {
        let text = text(&content);
        let span = Span::new(start, start + length).unwrap();
        let stays = text.slice(span).map(|_| Carried { span, exact: true });
        prop_assert_eq!(Carrier::new(&text, &text).carry(&text, &text, span), stays);
    }
}
