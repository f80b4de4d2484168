//! Callbacks that are told of something until their guard is dropped.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// A callback and the number by which its guard takes it out.
type Entry<T> = (u32, Rc<dyn Fn(&T)>);

/// The callbacks of one kind of news.
pub(super) struct Listeners<T> {
    next: Cell<u32>,
    callbacks: Rc<RefCell<Vec<Entry<T>>>>,
}

/// Keeps a callback registered; dropping it ends that.
#[must_use = "the callback is never called once its guard is dropped"]
pub struct Subscription {
    end: Box<dyn Fn()>,
}

impl Drop for Subscription {
    fn drop(&mut self) {
        (self.end)();
    }
}

impl<T: 'static> Listeners<T> {
    pub(super) fn new() -> Self {
        Listeners {
            next: Cell::new(0),
            callbacks: Rc::default(),
        }
    }

    pub(super) fn add(&self, callback: impl Fn(&T) + 'static) -> Subscription {
        let id = self.next.get();
        self.next.set(id.wrapping_add(1));
        self.callbacks.borrow_mut().push((id, Rc::new(callback)));
        let callbacks = Rc::downgrade(&self.callbacks);
        Subscription {
            end: Box::new(move || {
                if let Some(callbacks) = callbacks.upgrade() {
                    callbacks.borrow_mut().retain(|(other, _)| *other != id);
                }
            }),
        }
    }

    /// Calls each callback; a callback may add and end others.
    pub(super) fn tell(&self, news: &T) {
        let callbacks = self.callbacks.borrow().clone();
        for (_, callback) in callbacks {
            callback(news);
        }
    }
}
