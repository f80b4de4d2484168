//! What attributes say, as far as it concerns more than one register.

use super::state::State;
use super::transaction::{Subject, Value, Write};
use crate::annotation::Id;
use serde_json::{Map, Value as Json};
use std::sync::Arc;

impl State {
    /// What an attribute says that nothing has set since the annotation was made.
    pub(super) fn made_with(&self, subject: &Subject, id: &Arc<str>) -> Value {
        let registers = match subject {
            Subject::Annotation(of) => self.annotations.get(of),
            Subject::Document => None,
        };
        let made = registers.and_then(|registers| registers.made_with()?.get(&**id));
        Value::Attribute(id.clone(), made.cloned().unwrap_or_default())
    }

    /// The writes that make the attributes of `id` what it is made with from now on: where one was
    /// set before, as of an annotation that was deleted, that would count otherwise.
    pub fn with_attributes(&self, id: &Id, made: Option<&Map<String, Json>>) -> Vec<Write> {
        let set = self.annotations.get(id).map(|r| &r.attributes);
        set.into_iter()
            .flatten()
            .filter_map(|(name, register)| {
                let value = made.and_then(|made| made.get(&**name));
                let value = value.cloned().unwrap_or_default();
                let differs = register.winner().value != value;
                differs.then(|| Write::annotation(id, Value::Attribute(name.clone(), value)))
            })
            .collect()
    }
}
