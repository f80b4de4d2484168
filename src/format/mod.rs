//! Files: a module per format, reading and writing side by side, and taking what was read into a
//! state.

mod anchor;
pub mod import;
pub mod native;
mod time;
pub mod tokens;
pub mod xml;

#[cfg(test)]
mod testing;

pub use time::is_utc_time;

/// A format that annotations are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Format {
    /// What programs call it.
    pub id: &'static str,
    /// What people call it.
    pub name: &'static str,
    /// What its files' names end in, with the first dot.
    pub extension: &'static str,
    /// Its media type.
    pub media_type: &'static str,
}

/// The formats, the default first.
pub const FORMATS: &[Format] = &[Format {
    id: "json",
    name: "Annotations with their text (JSON)",
    extension: ".annotations.json",
    media_type: "application/json",
}];

/// The format of that id.
pub fn format(id: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_is_found_by_its_id() {
        assert_eq!(format("json").unwrap().extension, ".annotations.json");
        assert_eq!(format("xml"), None);
    }
}
