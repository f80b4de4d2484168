//! The test build with the feature `test-panics`: each exported function has its point for panics where
//! it first looks at what is open. No bundle has this.

use super::Controller;
use crate::panics::point;
use std::ops::Deref;
use std::rc::Rc;

/// The controller, at whose first use a function panics if it was asked to.
pub(super) struct Held(Rc<Controller>);

impl From<Rc<Controller>> for Held {
    fn from(controller: Rc<Controller>) -> Held {
        Held(controller)
    }
}

impl Deref for Held {
    type Target = Rc<Controller>;

    fn deref(&self) -> &Rc<Controller> {
        point();
        &self.0
    }
}
