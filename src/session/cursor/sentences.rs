//! What is said when a step finds nothing to go to.

use super::step::Moved;
use super::surroundings::Stretch;

/// What is said when there is nothing to go to.
pub(super) struct Sentences {
    no_further: &'static str,
    no_earlier: &'static str,
    none_at_all: &'static str,
}

impl Sentences {
    /// The answer to a step, given whether the document has anything of the kind.
    pub(super) fn none(&self, forward: bool, is_any: bool) -> Moved {
        match (is_any, forward) {
            (true, true) => Moved::AtEnd(self.no_further),
            (true, false) => Moved::AtEnd(self.no_earlier),
            (false, _) => Moved::Nothing(self.none_at_all),
        }
    }
}

pub(super) const MARK_SENTENCES: Sentences = Sentences {
    no_further: "There is no further annotation.",
    no_earlier: "There is no earlier annotation.",
    none_at_all: "Nothing is tagged yet.",
};

pub(super) const GHOST_SENTENCES: Sentences = Sentences {
    no_further: "There is no further suggestion.",
    no_earlier: "There is no earlier suggestion.",
    none_at_all: "There are no suggestions.",
};

pub(super) const BLOCK_SENTENCES: Sentences = Sentences {
    no_further: "This is the last block.",
    no_earlier: "This is the first block.",
    none_at_all: "There is no text.",
};

pub(super) const fn sentences_for(stretch: Stretch) -> Sentences {
    match stretch {
        Stretch::Word => Sentences {
            no_further: "There is no further word.",
            no_earlier: "There is no earlier word.",
            none_at_all: "There are no words.",
        },
        Stretch::Sentence => Sentences {
            no_further: "There is no further sentence.",
            no_earlier: "There is no earlier sentence.",
            none_at_all: "There is no text.",
        },
        Stretch::Speech => Sentences {
            no_further: "There is no further quotation.",
            no_earlier: "There is no earlier quotation.",
            none_at_all: "There are no quotations.",
        },
        Stretch::Block => BLOCK_SENTENCES,
    }
}
