//! Label Studio's tasks in JSON, and the configuration that they need. Offsets are code points; exports
//! from before 2021 count UTF-16, which the words that each result quotes give away.

mod config;
mod read;
mod result;
mod text;
mod write;

pub use read::LabelStudioReader;
pub use write::LabelStudioWriter;

/// What the configuration is called.
const CONFIGURATION: &str = "label_config.xml";
/// The names that results use of the two controls of the configuration.
const FROM: &str = "label";
const TO: &str = "text";
/// The choice that stands for a flag.
const YES: &str = "true";
/// Begins the name of the control of an attribute; its id follows.
const ATTRIBUTE: &str = "attribute-";

#[cfg(test)]
mod tests;
