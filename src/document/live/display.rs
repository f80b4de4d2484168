//! `display`, as far as it decides on blocks.

use super::ElementStyle;
use crate::document::role::Role;

/// How an element stands among the text around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Display {
    /// Not at all.
    None,
    /// In the line.
    Inline,
    /// Apart.
    Block,
    /// As a table's row.
    Row,
    /// As a row's cell.
    Cell,
}

impl Display {
    pub(super) fn of(style: ElementStyle<'_>, role: Role) -> Display {
        match style.display {
            // Nothing is computed for what isn't rendered at all.
            "none" | "" => Display::None,
            "table-row" => Display::Row,
            "table-cell" => Display::Cell,
            "table-column" | "table-column-group" => Display::None,
            // Its content stands as if it weren't there.
            "contents" => Display::Inline,
            display if display.starts_with("inline") || display.starts_with("ruby") => {
                Display::Inline
            }
            "math" => Display::Inline,
            _ if style.out_of_flow && !role.is_block_level() => Display::Inline,
            _ => Display::Block,
        }
    }
}

/// Whether an element with this computed `display` may be one that stands in the line but for its
/// floating or its position, so that one has to ask for those.
pub fn may_leave_the_line(name: &str, display: &str) -> bool {
    let style = ElementStyle {
        display,
        out_of_flow: false,
    };
    let role = Role::of(name.as_bytes());
    !role.is_block_level() && Display::of(style, role) == Display::Block
}
