//! One tab stop for a whole toolbar, and arrow keys within (the toolbar pattern of the ARIA Authoring
//! Practices).

use crate::web::panels::has_focus;
use web_sys::HtmlElement;

/// Makes `stop` the one button of `buttons` that Tab reaches.
pub fn stop_at(buttons: &[HtmlElement], stop: &HtmlElement) {
    for button in buttons {
        button.set_tab_index(if button == stop { 0 } else { -1 });
    }
}

/// The button that `key` leads to from the one that has the focus, among those that can be used.
pub fn reached(buttons: &[HtmlElement], key: &str) -> Option<HtmlElement> {
    let usable: Vec<&HtmlElement> = buttons
        .iter()
        .filter(|button| !button.has_attribute("disabled") && button.offset_width() > 0)
        .collect();
    let last = usable.len().checked_sub(1)?;
    let at = usable.iter().position(|button| has_focus(button))?;
    let next = match key {
        "ArrowRight" if at == last => 0,
        "ArrowRight" => at + 1,
        "ArrowLeft" => at.checked_sub(1).unwrap_or(last),
        "Home" => 0,
        "End" => last,
        _ => return None,
    };
    usable.get(next).map(|button| (*button).clone())
}
