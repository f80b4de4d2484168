//! Reading JSON: a text becomes a value once, and each form takes its fields out of that.
//!
//! Serde can read into every type directly, but it does so with a parser of its own for each, which
//! would be a fifth of what a page downloads.

use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// Reads a JSON text.
pub fn parse(json: &str) -> Result<Value, Malformed> {
    serde_json::from_str(json).map_err(|error| Malformed(error.to_string()))
}

/// What is wrong with a JSON text, as a clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed(pub String);

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What can be made of a JSON value.
pub trait Read: Sized {
    /// The value as this type; `None` if it is of another kind.
    fn read(value: Value) -> Option<Self>;
}

/// The fields of a JSON object; those that nobody takes are ignored.
#[derive(Clone, Debug, Default)]
pub struct Fields(Map<String, Value>);

impl Fields {
    /// A field, which stays.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// Takes out a field that has to be there.
    pub fn need<T: Read>(&mut self, name: &str) -> Result<T, Malformed> {
        self.want(name)?
            .ok_or_else(|| Malformed(format!("the field {name} is missing")))
    }

    /// Takes out a field. `null` counts as absent.
    pub fn want<T: Read>(&mut self, name: &str) -> Result<Option<T>, Malformed> {
        match self.0.get_mut(name).map(Value::take) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => T::read(value).map(Some).ok_or_else(|| {
                Malformed(format!(
                    "the field {name} is not of the kind that it has to be"
                ))
            }),
        }
    }

    /// Takes out a field that is a string. One of another kind stays among the rest.
    pub fn string(&mut self, name: &str) -> Option<String> {
        let value = self.0.get_mut(name).filter(|value| value.is_string())?;
        String::read(value.take())
    }

    /// Takes out a field that names something: a string, or a number by its digits. One of another kind stays
    /// among the rest.
    pub fn name(&mut self, name: &str) -> Option<String> {
        match self.0.get_mut(name)? {
            number @ Value::Number(_) => Some(number.take().to_string()),
            _ => self.string(name),
        }
    }

    /// Takes out a field that is a list. One of another kind stays among the rest.
    pub fn array(&mut self, name: &str) -> Option<Vec<Value>> {
        let value = self.0.get_mut(name).filter(|value| value.is_array())?;
        Vec::read(value.take())
    }

    /// Takes out a field in which `null` says something else than its absence.
    pub fn want_even_null<T: Read>(&mut self, name: &str) -> Result<Option<Option<T>>, Malformed> {
        match self.0.contains_key(name) {
            true => self.want(name).map(Some),
            false => Ok(None),
        }
    }

    /// The fields that nobody took, but for those that are `null`.
    pub fn rest(self) -> Map<String, Value> {
        let mut rest = self.0;
        rest.retain(|_, value| !value.is_null());
        rest
    }

    /// Takes out a list, which is empty if it isn't there.
    pub fn list<T: Read>(&mut self, name: &str) -> Result<Vec<T>, Malformed> {
        self.want(name).map(Option::unwrap_or_default)
    }
}

impl Read for Fields {
    fn read(value: Value) -> Option<Fields> {
        Map::read(value).map(Fields)
    }
}

impl Read for Value {
    fn read(value: Value) -> Option<Value> {
        Some(value)
    }
}

impl Read for Map<String, Value> {
    fn read(value: Value) -> Option<Map<String, Value>> {
        match value {
            Value::Object(map) => Some(map),
            _ => None,
        }
    }
}

impl Read for String {
    fn read(value: Value) -> Option<String> {
        match value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }
}

impl Read for Arc<str> {
    fn read(value: Value) -> Option<Arc<str>> {
        String::read(value).map(Arc::from)
    }
}

impl Read for bool {
    fn read(value: Value) -> Option<bool> {
        value.as_bool()
    }
}

impl Read for u64 {
    /// Also of a number that is written with a point (`5.0`), as tables with gaps in a column write it.
    fn read(value: Value) -> Option<u64> {
        let point = || match &value {
            Value::Number(number) => whole(&number.to_string()),
            _ => None,
        };
        value.as_u64().or_else(point)
    }
}

/// The whole number that is written with nothing but zeros behind its point. By its digits, since a
/// reader of floating-point numbers is 15 KB of a download.
pub fn whole(written: &str) -> Option<u64> {
    let (whole, rest) = written.split_once('.')?;
    let is_whole = !rest.is_empty() && rest.bytes().all(|digit| digit == b'0');
    whole.parse().ok().filter(|_| is_whole)
}

impl Read for u32 {
    fn read(value: Value) -> Option<u32> {
        u64::read(value)?.try_into().ok()
    }
}

impl Read for usize {
    fn read(value: Value) -> Option<usize> {
        u64::read(value)?.try_into().ok()
    }
}

impl<T: Read> Read for Option<T> {
    fn read(value: Value) -> Option<Option<T>> {
        match value {
            Value::Null => Some(None),
            value => T::read(value).map(Some),
        }
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(value: Value) -> Option<Vec<T>> {
        match value {
            Value::Array(list) => list.into_iter().map(T::read).collect(),
            _ => None,
        }
    }
}

impl<T: Read> Read for BTreeMap<String, T> {
    fn read(value: Value) -> Option<BTreeMap<String, T>> {
        let mut map = BTreeMap::new();
        for (name, value) in Map::read(value)? {
            map.insert(name, T::read(value)?);
        }
        Some(map)
    }
}

impl<A: Read, B: Read> Read for (A, B) {
    fn read(value: Value) -> Option<(A, B)> {
        let [a, b] = Vec::read(value)?.try_into().ok()?;
        Some((A::read(a)?, B::read(b)?))
    }
}

impl<A: Read, B: Read, C: Read> Read for (A, B, C) {
    fn read(value: Value) -> Option<(A, B, C)> {
        let [a, b, c] = Vec::read(value)?.try_into().ok()?;
        Some((A::read(a)?, B::read(b)?, C::read(c)?))
    }
}

/// The one field of an object that has no other, as Serde writes a variant with something in it.
pub fn variant(value: Value) -> Option<(String, Value)> {
    let mut fields = Map::read(value)?.into_iter();
    match (fields.next(), fields.next()) {
        (Some(field), None) => Some(field),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_field_is_taken_once_and_by_its_kind() {
        let mut fields =
            Fields::read(json!({"a": 1, "b": "x", "c": null, "d": [[1, "y"]]})).unwrap();
        assert_eq!(fields.need("a"), Ok(1_u32));
        assert_eq!(
            fields.need::<u32>("a"),
            Err(Malformed("the field a is missing".into()))
        );
        assert_eq!(
            fields.want::<u32>("b"),
            Err(Malformed(
                "the field b is not of the kind that it has to be".into()
            ))
        );
        assert_eq!(fields.want_even_null::<String>("c"), Ok(Some(None)));
        assert_eq!(fields.want_even_null::<String>("e"), Ok(None));
        assert_eq!(fields.list("d"), Ok(vec![(1_u32, "y".to_owned())]));
    }

    #[test]
    fn a_number_out_of_range_is_of_another_kind() {
        for value in [json!(-1), json!(4_294_967_296_u64), json!(1.5), json!("1")] {
            assert_eq!(u32::read(value), None);
        }
    }

    #[test]
    fn a_whole_number_may_be_written_with_a_point() {
        for (json, number) in [
            ("5.0", 5),
            ("5.00", 5),
            ("0.0", 0),
            ("9007199254740992.0", 1 << 53),
        ] {
            assert_eq!(u64::read(parse(json).unwrap()), Some(number), "{json}");
        }
        for json in ["5.5", "-1.0", "1e300", "1e400"] {
            assert_eq!(u64::read(parse(json).unwrap()), None, "{json}");
        }
    }

    #[test]
    fn numbers_keep_their_digits() {
        let json = r#"{"a":0.1000000000000000055511151231257827,"b":1e400,"c":123456789012345678901234567890}"#;
        assert_eq!(
            parse(json).unwrap().to_string(),
            json.replace("e400", "e+400")
        );
    }
}
