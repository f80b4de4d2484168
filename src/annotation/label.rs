//! Labels and the set of them that a document is annotated with.

use super::palette::parse_color;
use super::{Attribute, default_labels};
use crate::json::{self, Fields, Malformed, Read};
use serde::Serialize;
use serde_json::Value;
use std::fmt;

/// How the line under a span is drawn, so that labels are told apart without colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum LineStyle {
    /// One line.
    Solid,
    /// Two thin lines.
    Double,
    /// Dashes.
    Dashed,
    /// Dots.
    Dotted,
}

impl Read for LineStyle {
    fn read(value: Value) -> Option<LineStyle> {
        Some(match value.as_str()? {
            "solid" => LineStyle::Solid,
            "double" => LineStyle::Double,
            "dashed" => LineStyle::Dashed,
            "dotted" => LineStyle::Dotted,
            _ => return None,
        })
    }
}

impl LineStyle {
    /// The CSS keyword of `text-decoration-style`.
    pub fn css(self) -> &'static str {
        match self {
            LineStyle::Solid => "solid",
            LineStyle::Double => "double",
            LineStyle::Dashed => "dashed",
            LineStyle::Dotted => "dotted",
        }
    }

    /// The style of the label at `index` of a set that doesn't say.
    pub(crate) fn nth(index: usize) -> LineStyle {
        [
            LineStyle::Solid,
            LineStyle::Double,
            LineStyle::Dashed,
            LineStyle::Dotted,
        ][index % 4]
    }
}

/// An entry of the label set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Label {
    /// What exports carry: `[A-Za-z_][A-Za-z0-9_-]*`.
    pub id: String,
    /// What people read.
    pub name: String,
    /// A letter that names it on the keyboard, in upper case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shortcut: Option<char>,
    /// `#rrggbb`; `None` takes the colour of its place in the palette.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub color: Option<String>,
    /// How its line is drawn.
    pub line: LineStyle,
    /// What it means and how to use it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// What it asks of each of its annotations.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<Attribute>,
}

impl Label {
    /// The attribute of that id.
    pub fn attribute(&self, id: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.id == id)
    }

    /// The letter that stands for it in the gutter and on its button: its shortcut, or the first
    /// letter of its name. (In upper case if it is of ASCII; the styles make capitals of all others.)
    pub fn letter(&self) -> String {
        match self.shortcut {
            Some(letter) => letter.to_string(),
            None => self
                .name
                .chars()
                .find(|c| c.is_alphanumeric())
                .unwrap_or('•')
                .to_ascii_uppercase()
                .to_string(),
        }
    }
}

/// Why a label set is refused; the former one stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LabelError {
    /// It is not JSON, or not of the form that is asked for.
    Malformed(String),
    /// It has no label.
    Empty,
    /// An id that is no identifier.
    BadId(String),
    /// An id that is there twice.
    TwiceId(String),
    /// A shortcut that isn't one letter or digit.
    BadShortcut(String, String),
    /// A letter that names two labels.
    TwiceShortcut(char, String, String),
    /// A colour that isn't `#rrggbb`.
    BadColor(String, String),
    /// A label whose attributes are wrong, and how.
    BadAttributes(String, String),
}

impl fmt::Display for LabelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LabelError::Malformed(why) => write!(
                f,
                "The labels must be a JSON array of objects with an \"id\" each: {why}."
            ),
            LabelError::Empty => {
                f.write_str("The label set is empty; it needs one label at least.")
            }
            LabelError::BadId(id) => write!(
                f,
                "The label id {id:?} must begin with a letter or _ and go on with letters, digits, _ and -."
            ),
            LabelError::TwiceId(id) => write!(f, "The label id {id:?} is there twice."),
            LabelError::BadShortcut(id, key) => write!(
                f,
                "The shortcut {key:?} of label {id:?} must be a single letter from A to Z."
            ),
            LabelError::TwiceShortcut(key, first, second) => {
                write!(
                    f,
                    "The shortcut {key} names two labels, {first:?} and {second:?}."
                )
            }
            LabelError::BadColor(id, color) => write!(
                f,
                "The colour {color:?} of label {id:?} must be of the form #rrggbb."
            ),
            LabelError::BadAttributes(id, why) => {
                write!(f, "The attributes of label {id:?} can't be used: {why}.")
            }
        }
    }
}

impl std::error::Error for LabelError {}

/// Whether `id` can stand in every export format: `[A-Za-z_][A-Za-z0-9_-]*`.
pub fn is_label_id(id: &str) -> bool {
    let mut bytes = id.bytes();
    bytes
        .next()
        .is_some_and(|b| b.is_ascii_alphabetic() || b == b'_')
        && bytes.all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
}

/// The labels of a document, in the order of their digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelSet {
    labels: Vec<Label>,
}

/// A label as a host page writes it.
struct Written {
    id: String,
    name: Option<String>,
    shortcut: Option<String>,
    color: Option<String>,
    line: Option<LineStyle>,
    description: Option<String>,
    attributes: Vec<Value>,
}

impl Written {
    fn read(mut fields: Fields) -> Result<Written, Malformed> {
        Ok(Written {
            id: fields.need("id")?,
            name: fields.want("name")?,
            shortcut: fields.want("shortcut")?,
            color: fields.want("color")?,
            line: fields.want("line")?,
            description: fields.want("description")?,
            attributes: fields.list("attributes")?,
        })
    }
}

impl LabelSet {
    /// Checks ids, shortcuts and colours.
    pub fn new(labels: Vec<Label>) -> Result<LabelSet, LabelError> {
        if labels.is_empty() {
            return Err(LabelError::Empty);
        }
        for (i, label) in labels.iter().enumerate() {
            if !is_label_id(&label.id) {
                return Err(LabelError::BadId(label.id.clone()));
            }
            if let Some(color) = &label.color
                && parse_color(color).is_none()
            {
                return Err(LabelError::BadColor(label.id.clone(), color.clone()));
            }
            for earlier in &labels[..i] {
                if earlier.id == label.id {
                    return Err(LabelError::TwiceId(label.id.clone()));
                }
                if let (Some(a), Some(b)) = (earlier.shortcut, label.shortcut)
                    && a == b
                {
                    return Err(LabelError::TwiceShortcut(
                        a,
                        earlier.id.clone(),
                        label.id.clone(),
                    ));
                }
            }
        }
        Ok(LabelSet { labels })
    }

    /// Reads `[{"id", "name"?, "shortcut"?, "color"?, "line"?, "description"?, "attributes"?}, …]`.
    pub fn from_json(json: &str) -> Result<LabelSet, LabelError> {
        let malformed = |Malformed(why)| LabelError::Malformed(why);
        let value = json::parse(json).map_err(malformed)?;
        let written: Vec<Fields> = Read::read(value)
            .ok_or_else(|| LabelError::Malformed("it is no array of objects".into()))?;
        let labels = written
            .into_iter()
            .enumerate()
            .map(|(i, fields)| {
                let w = Written::read(fields).map_err(malformed)?;
                let shortcut = match w.shortcut.as_deref() {
                    None | Some("") => None,
                    Some(key) => Some(
                        single_letter(key)
                            .ok_or_else(|| LabelError::BadShortcut(w.id.clone(), key.into()))?,
                    ),
                };
                let attributes = Attribute::read_all(w.attributes)
                    .map_err(|why| LabelError::BadAttributes(w.id.clone(), why))?;
                Ok(Label {
                    name: w
                        .name
                        .filter(|name| !name.trim().is_empty())
                        .unwrap_or_else(|| w.id.clone()),
                    id: w.id,
                    shortcut,
                    color: w.color,
                    line: w.line.unwrap_or(LineStyle::nth(i)),
                    description: w.description,
                    attributes,
                })
            })
            .collect::<Result<_, LabelError>>()?;
        LabelSet::new(labels)
    }

    /// The labels in their order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Label> {
        self.labels.iter()
    }

    /// The labels in their order.
    pub fn as_slice(&self) -> &[Label] {
        &self.labels
    }

    /// The label of that id.
    pub fn get(&self, id: &str) -> Option<&Label> {
        self.labels.iter().find(|label| label.id == id)
    }

    /// The place of that id in the set.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.labels.iter().position(|label| label.id == id)
    }

    /// What to call `id` on screen; a label that was removed but is still in use keeps its id.
    pub fn name_of<'a>(&'a self, id: &'a str) -> &'a str {
        self.get(id).map_or(id, |label| &label.name)
    }
}

impl Default for LabelSet {
    fn default() -> LabelSet {
        LabelSet {
            labels: default_labels(),
        }
    }
}

fn single_letter(key: &str) -> Option<char> {
    let mut chars = key.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) if c.is_ascii_alphabetic() => Some(c.to_ascii_uppercase()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_but_the_id_is_optional() {
        let set = LabelSet::from_json(r#"[{"id":"fact"},{"id":"view","shortcut":"v"}]"#).unwrap();
        let [fact, view] = set.as_slice() else {
            panic!()
        };
        assert_eq!(
            (fact.name.as_str(), fact.shortcut, fact.line),
            ("fact", None, LineStyle::Solid)
        );
        assert_eq!(
            (view.letter(), view.line),
            ("V".to_string(), LineStyle::Double)
        );
    }

    #[test]
    fn a_bad_set_is_refused_with_a_sentence() {
        for (json, sentence) in [
            ("[]", "The label set is empty; it needs one label at least."),
            (
                r#"[{"id":"two words"}]"#,
                "The label id \"two words\" must begin with a letter or _ and go on with letters, digits, _ and -.",
            ),
            (
                r#"[{"id":"a"},{"id":"a"}]"#,
                "The label id \"a\" is there twice.",
            ),
            (
                r#"[{"id":"a","shortcut":"ab"}]"#,
                "The shortcut \"ab\" of label \"a\" must be a single letter from A to Z.",
            ),
            (
                r#"[{"id":"a","shortcut":"x"},{"id":"b","shortcut":"X"}]"#,
                "The shortcut X names two labels, \"a\" and \"b\".",
            ),
            (
                r#"[{"id":"a","color":"red; } body {"}]"#,
                "The colour \"red; } body {\" of label \"a\" must be of the form #rrggbb.",
            ),
        ] {
            assert_eq!(LabelSet::from_json(json).unwrap_err().to_string(), sentence);
        }
        assert!(matches!(
            LabelSet::from_json("{"),
            Err(LabelError::Malformed(_))
        ));
    }

    #[test]
    fn the_default_set_passes_its_own_checks() {
        assert_eq!(LabelSet::new(default_labels()), Ok(LabelSet::default()));
    }
}
