//! A dataset that goes into parts: train, dev and test.

use super::args::Words;
use super::failure::Failure;
use super::output::{Output, Place, failure};
use super::{report, say};
use rubricate::corpus::{By, Part, Parting, folder};
use rubricate::format::Format;
use rubricate::format::exchange::{
    Conversion, Converted, Entry, Finding, Header, Options, Receive, Stopped,
};
use std::path::Path;

/// The options that say how a corpus is parted, but for the shares.
pub const PARTING: [&str; 2] = ["--by", "--seed"];

/// How a corpus is parted, as the words say; the shares are the value of the option `shares`. None
/// without it.
pub fn parting(words: &Words, shares: &str) -> Result<Option<Parting>, Failure> {
    let read = |written: &str| written.parse().ok();
    let shares = words.parsed(shares, "whole numbers like 80/10/10", read)?;
    let by = words.parsed("--by", "document or site", |by| match by {
        "document" => Some(By::Document),
        "site" => Some(By::Site),
        _ => None,
    })?;
    Ok(shares.map(|shares| Parting {
        shares,
        by: by.unwrap_or_default(),
        seed: words.text("--seed").unwrap_or_else(|| "1".to_owned()),
    }))
}

/// Takes a dataset and hands each document to the conversion of its part.
pub struct Parts<'a> {
    parting: &'a Parting,
    /// One for each part, and whether it got a document.
    conversions: Vec<(Part, Conversion<'a>, bool)>,
}

impl Receive for Parts<'_> {
    fn header(&mut self, header: Header) {
        for (_, conversion, _) in &mut self.conversions {
            conversion.header(header.clone());
        }
    }

    fn entry(&mut self, entry: Entry) -> Result<(), Stopped> {
        let wanted = self.parting.part(&entry);
        let mut conversions = self.conversions.iter_mut();
        match conversions.find(|(part, ..)| *part == wanted) {
            Some((_, conversion, any)) => {
                *any = true;
                conversion.entry(entry)
            }
            None => Ok(()),
        }
    }

    fn find(&mut self, _: Finding) {}
}

/// Writes the dataset that `read` hands over in parts into the folder `out`.
pub fn write(
    words: &Words,
    format: &'static Format,
    out: &Path,
    parting: &Parting,
    options: &Options,
    read: impl FnOnce(&mut dyn Receive) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut outputs = Vec::new();
    for part in Part::ALL {
        let options = Options {
            stem: part.name().to_owned(),
            ..options.clone()
        };
        let place = Place::Folder(out.join(folder(format, part)));
        outputs.push((
            part,
            Output::new(format, place, options, words.has("--force"))?,
        ));
    }
    let converted = convert(parting, &mut outputs, read)?;
    if converted.iter().all(Option::is_none) {
        return Err(Failure::new("There is no document."));
    }
    for ((part, output), converted) in outputs.into_iter().zip(converted) {
        match converted {
            None => say::note(&format!(
                "{}: There is no document in this part.",
                part.name()
            )),
            Some(converted) => {
                let name = output.keep(&converted)?;
                report::written(&converted, format, &name, words.has("--quiet"));
            }
        }
    }
    Ok(())
}

/// What came of each part; none where it got no document.
fn convert(
    parting: &Parting,
    outputs: &mut [(Part, Output)],
    read: impl FnOnce(&mut dyn Receive) -> Result<(), Failure>,
) -> Result<Vec<Option<Converted>>, Failure> {
    let mut conversions = Vec::new();
    for (part, output) in outputs {
        conversions.push((*part, output.conversion()?, false));
    }
    let mut parts = Parts {
        parting,
        conversions,
    };
    read(&mut parts)?;
    let each = parts.conversions.into_iter();
    each.map(|(_, conversion, any)| match any {
        false => Ok(None),
        true => conversion.end().map(Some).map_err(failure),
    })
    .collect()
}
