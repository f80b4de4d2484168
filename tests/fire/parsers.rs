//! Every parser and importer on everything that was ever given to it, and on mutations of that.

use crate::mutation::mutate;
use crate::random::{Random, rounds};
use crate::readers::{READERS, Reader, corpus};
use std::panic::catch_unwind;
use std::path::Path;

/// How many mutations each reader gets on every change; a minute for all, unoptimised.
const MUTATIONS: usize = 18_000;

/// What is never beyond a mutation, so that the inputs stay those of one file.
const LONGEST: usize = 20_000;

fn must_stand(reader: &Reader, name: &str, input: &[u8]) {
    if catch_unwind(|| (reader.read)(input)).is_err() {
        let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{}-panics", reader.corpus));
        std::fs::write(&kept, input).unwrap();
        panic!(
            "{} panics on {name}; the input is {}: keep it in tests/corpora/{}",
            reader.corpus,
            kept.display(),
            reader.corpus
        );
    }
}

#[test]
fn whatever_was_given_to_a_reader_before_it_still_stands() {
    for reader in READERS {
        for (name, input) in corpus(reader.corpus) {
            must_stand(reader, &name.display().to_string(), &input);
        }
    }
}

fn fuzz(name: &str) {
    let reader = READERS.iter().find(|reader| reader.corpus == name).unwrap();
    let inputs: Vec<Vec<u8>> = corpus(name).into_iter().map(|(_, input)| input).collect();
    let seed: u64 = std::env::var("RUBRICATE_SEED").map_or(6, |seed| seed.parse().unwrap());
    let mut random = Random::new(seed);
    // What was made is mutated further, so that mutations add up.
    let mut pool = inputs.clone();
    for round in 0..MUTATIONS * rounds() {
        let from = &pool[random.below(pool.len())];
        let mut mutated = mutate(from, &inputs, &mut random);
        mutated.truncate(LONGEST);
        must_stand(
            reader,
            &format!("mutation {round} of seed {seed}"),
            &mutated,
        );
        if round % 7 == 0 {
            let at = inputs.len() + round / 7 % 64;
            match pool.get_mut(at) {
                Some(slot) => *slot = mutated,
                None => pool.push(mutated),
            }
        }
    }
}

#[test]
fn no_mutation_makes_the_reader_of_web_pages_panic() {
    fuzz("html");
}

#[test]
fn no_mutation_makes_the_reader_of_texts_panic() {
    fuzz("text");
}

#[test]
fn no_mutation_makes_the_reader_of_datasets_panic() {
    fuzz("dataset");
}

#[test]
fn no_mutation_makes_the_readers_of_other_programs_formats_panic() {
    fuzz("formats");
}

#[test]
fn no_mutation_makes_the_reader_of_backups_panic() {
    fuzz("backup");
}

#[test]
fn no_mutation_makes_the_reader_of_labels_panic() {
    fuzz("labels");
}

#[test]
fn no_mutation_makes_the_readers_of_what_is_stored_panic() {
    fuzz("record");
}
