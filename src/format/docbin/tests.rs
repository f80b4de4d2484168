//! By example and by law.
