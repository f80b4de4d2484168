//! The page's menu and its dialogs, as the tests of them speak of these.

use crate::harness::Page;
use serde_json::json;

/// Presses a button of the page's menu, wherever that is.
pub fn act(page: &Page, name: &str) {
    page.run(
        "find(`#more [data-act=${arguments[0]}]`).click()",
        json!([name]),
    );
}

/// Waits for a dialog.
pub fn has_dialog(page: &Page, id: &str) {
    page.wait_for(
        id,
        "return find(arguments[0])?.open",
        json!([format!("#{id}")]),
    );
}

/// Presses the button of that name.
pub fn press(page: &Page, dialog: &str, name: &str) {
    let press = "const [dialog, name] = arguments;
        [...document.querySelectorAll(`#${dialog} button`)].find((one) => one.textContent === name).click()";
    page.run(press, json!([dialog, name]));
}

/// Writes into a field, in place of what is there.
pub fn fill(page: &Page, field: &str, value: &str) {
    page.run(
        "find(arguments[0]).value = arguments[1]",
        json!([field, value]),
    );
}
