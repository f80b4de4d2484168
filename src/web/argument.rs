//! What a host hands to a method, read with care: whatever is wrong with it is said in words.

use super::contract::{range_error, type_error};
use js_sys::{Object, Reflect};
use serde_json::{Map, Number, Value};
use std::cell::RefCell;
use std::fmt;
use wasm_bindgen::prelude::*;

/// An object that a host handed over, read property by property.
pub struct Argument<'a> {
    object: &'a JsValue,
    // Said before a property's name.
    path: Path,
}

/// Where an object stands in what was handed over, as it is said before a property's name:
/// `annotations[3].provenance.`
#[derive(Clone, Copy, Default)]
struct Path {
    annotation: Option<usize>,
    inner: Option<&'static str>,
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(index) = self.annotation {
            write!(f, "annotations[{index}].")?;
        }
        match self.inner {
            Some(name) => write!(f, "{name}."),
            None => Ok(()),
        }
    }
}

impl<'a> Argument<'a> {
    /// The argument of a method, which `needs` says the form of.
    pub fn new(object: &'a JsValue, needs: &str) -> Result<Argument<'a>, JsValue> {
        let path = Path::default();
        match object.is_object() {
            true => Ok(Argument { object, path }),
            false => Err(type_error(needs)),
        }
    }

    /// The object at a place in the argument `annotations`.
    pub fn annotation(object: &'a JsValue, index: usize) -> Result<Argument<'a>, JsValue> {
        let path = Path {
            annotation: Some(index),
            inner: None,
        };
        match object.is_object() {
            true => Ok(Argument { object, path }),
            false => Err(type_error(&format!(
                "annotations[{index}] must be an object: {{start, end, label, …}}."
            ))),
        }
    }

    /// An object in a property of this one, which [`Argument::inner`] gave.
    pub fn within<'b>(&self, object: &'b JsValue, name: &'static str) -> Argument<'b> {
        let path = Path {
            inner: Some(name),
            ..self.path
        };
        Argument { object, path }
    }

    /// What is there; what a getter throws is passed on.
    pub fn get(&self, name: &'static str) -> Result<Option<JsValue>, JsValue> {
        let value = with_name(name, |name| Reflect::get(self.object, name))?;
        Ok((!value.is_undefined() && !value.is_null()).then_some(value))
    }

    fn missing(&self, name: &str) -> JsValue {
        type_error(&format!("{}{name} is missing.", self.path))
    }

    /// A property that has to be a string if it is there.
    pub fn string(&self, name: &'static str) -> Result<Option<String>, JsValue> {
        match self.get(name)? {
            None => Ok(None),
            Some(value) => match value.as_string() {
                Some(text) => Ok(Some(text)),
                None => Err(type_error(&format!(
                    "{}{name} must be a string.",
                    self.path
                ))),
            },
        }
    }

    /// A property that has to be there, and a string.
    pub fn needed_string(&self, name: &'static str) -> Result<String, JsValue> {
        self.string(name)?.ok_or_else(|| self.missing(name))
    }

    /// A property that has to be a whole number from 0 on if it is there.
    pub fn offset(&self, name: &'static str) -> Result<Option<u32>, JsValue> {
        let Some(value) = self.get(name)? else {
            return Ok(None);
        };
        let path = self.path;
        match value.as_f64() {
            Some(number)
                if number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number) =>
            {
                Ok(Some(number as u32))
            }
            Some(_) => Err(range_error(&format!(
                "{path}{name} must be a whole number of UTF-16 code units from 0 on."
            ))),
            None => Err(type_error(&format!("{path}{name} must be a number."))),
        }
    }

    /// A property that has to be there, and a whole number from 0 on.
    pub fn needed_offset(&self, name: &'static str) -> Result<u32, JsValue> {
        self.offset(name)?.ok_or_else(|| self.missing(name))
    }

    /// What the property `attributes` says, by the ids of attributes: strings, numbers, `true` and
    /// `false`, and `null` for nothing. Whether a label has them is for others to say.
    pub fn attributes(&self) -> Result<Map<String, Value>, JsValue> {
        let mut attributes = Map::new();
        let Some(given) = self.inner("attributes")? else {
            return Ok(attributes);
        };
        let path = format!("{}attributes.", self.path);
        for id in Object::keys(given.unchecked_ref::<Object>()).iter() {
            let value = Reflect::get(&given, &id)?;
            let id = id.as_string().unwrap_or_default();
            let value = match (value.as_string(), value.as_f64(), value.as_bool()) {
                (Some(text), ..) => text.into(),
                (_, Some(number), _) => match number as i64 {
                    whole if whole as f64 == number => whole.into(),
                    _ => Number::from_f64(number).map_or(Value::Null, Value::Number),
                },
                (.., Some(yes)) => yes.into(),
                _ if value.is_null() || value.is_undefined() => Value::Null,
                _ => {
                    return Err(type_error(&format!(
                        "{path}{id} must be a string, a number, true, false or null."
                    )));
                }
            };
            attributes.insert(id, value);
        }
        Ok(attributes)
    }

    /// The object in a property; none if it isn't there.
    pub fn inner(&self, name: &'static str) -> Result<Option<JsValue>, JsValue> {
        match self.get(name)? {
            Some(value) if !value.is_object() => Err(type_error(&format!(
                "{}{name} must be an object.",
                self.path
            ))),
            value => Ok(value),
        }
    }
}

/// Calls `act` with a property's name as JavaScript has it. Each is handed over once: of ten thousand
/// annotations, nine names each, handing over takes longer than reading.
fn with_name<T>(name: &'static str, act: impl FnOnce(&JsValue) -> T) -> T {
    thread_local! {
        static NAMES: RefCell<Vec<(&'static str, JsValue)>> = const { RefCell::new(Vec::new()) };
    }
    let known = NAMES.with_borrow(|names| {
        let known = names.iter().find(|(known, _)| *known == name);
        known.map(|(_, name)| name.clone())
    });
    // A getter may call back, so nothing is held while it is read.
    let known = known.unwrap_or_else(|| {
        let made = JsValue::from(name);
        NAMES.with_borrow_mut(|names| names.push((name, made.clone())));
        made
    });
    act(&known)
}

/// An annotation's id, as a method was given it.
pub fn id(id: &JsValue) -> Result<String, JsValue> {
    id.as_string()
        .ok_or_else(|| type_error("id must be a string."))
}
