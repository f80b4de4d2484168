//! What a person chooses for an export or an import.

use super::Unit;
use crate::json::Fields;

/// What to do with annotations that overlap, in a format that holds one label for each token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Overlaps {
    /// The longest is written, the others are left out and counted.
    #[default]
    Longest,
    /// A file for each label, so that only overlaps of one label are left out.
    FilePerLabel,
}

/// What is chosen for an export or an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// What the files of an export are called, without an extension: as [`super::file_stem`] makes it.
    pub stem: String,
    /// The unit that a file's offsets count in, if a person said so.
    pub unit: Option<Unit>,
    /// Whether the format of the file was told by the file, and not by a person.
    pub is_detected: bool,
    /// What to do with overlaps.
    pub overlaps: Overlaps,
    /// Whether to make no file rather than one from which annotations or characters are missing.
    pub lossless: bool,
    /// The id and the text of the document that a file without texts is about.
    pub about: Option<(String, String)>,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            stem: "dataset".to_owned(),
            unit: None,
            is_detected: false,
            overlaps: Overlaps::default(),
            lossless: false,
            about: None,
        }
    }
}

impl Options {
    /// Of a JSON object `{stem?, unit?, overlaps?, lossless?, about?: [id, text]}`; what it doesn't
    /// say, or says in another way, is as in the default.
    pub fn of_json(json: &str) -> Options {
        let mut options = Options::default();
        let fields = crate::json::parse(json)
            .ok()
            .and_then(crate::json::Read::read);
        let Some(mut fields): Option<Fields> = fields else {
            return options;
        };
        if let Ok(Some(stem)) = fields.want::<String>("stem") {
            options.stem = super::file_stem(&stem);
        }
        if let Ok(Some(unit)) = fields.want::<String>("unit") {
            options.unit = Unit::of_id(&unit);
        }
        if let Ok(Some(overlaps)) = fields.want::<String>("overlaps")
            && overlaps == "file-per-label"
        {
            options.overlaps = Overlaps::FilePerLabel;
        }
        options.lossless = matches!(fields.want("lossless"), Ok(Some(true)));
        options.about = fields.want("about").ok().flatten();
        options
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_said_is_as_in_the_default() {
        let said = r#"{"stem":"a b","unit":"utf-16","overlaps":"file-per-label","lossless":true}"#;
        let options = Options::of_json(said);
        assert_eq!(options.stem, "a-b");
        assert_eq!(options.unit, Some(Unit::Utf16));
        assert_eq!(options.overlaps, Overlaps::FilePerLabel);
        assert!(options.lossless);
        for nothing in [
            "",
            "null",
            "{}",
            r#"{"stem":1,"unit":"yards","lossless":"no"}"#,
        ] {
            assert_eq!(Options::of_json(nothing), Options::default(), "{nothing}");
        }
    }
}
