//! Who made an annotation, how and when, in words.

use crate::annotation::{Annotation, Method};

/// Who made an annotation, how and when, as a person reads it.
pub fn made(annotation: &Annotation) -> String {
    let origin = &annotation.origin;
    let mut made = match origin.method {
        Method::Manual => "Tagged by hand".to_owned(),
        Method::Imported => "Imported".to_owned(),
        Method::Model => "Suggested by a model and accepted".to_owned(),
        Method::Rule => "Suggested by a rule and accepted".to_owned(),
    };
    if let Some(creator) = &origin.creator {
        made.push_str(&format!(" by {creator}"));
    }
    if let Some(created) = &origin.created {
        made.push_str(&format!(", {}", local_time(created)));
    }
    if let Some(modified) = &annotation.modified {
        made.push_str(&format!("; changed {}", local_time(modified)));
    }
    made.push('.');
    made
}

/// A time in RFC 3339 as people here write it; one that is no such time, as it stands.
fn local_time(at: &str) -> String {
    let date = js_sys::Date::new(&at.into());
    if date.get_time().is_nan() {
        return at.to_owned();
    }
    let options = js_sys::Object::new();
    for (part, form) in [("dateStyle", "medium"), ("timeStyle", "short")] {
        // Setting a property of a plain object can't fail.
        let _ = js_sys::Reflect::set(&options, &part.into(), &form.into());
    }
    date.to_locale_string("en-GB", &options).into()
}
