//! What end-to-end tests are written with: a site, a browser's page, and ways to wait.

mod driver;
mod errors;
mod folder;
mod host;
mod input;
mod kept;
mod page;
mod process;
mod session;
mod site;
mod wait;
mod witness;

pub use driver::Browser;
pub use folder::serve_folder;
pub use host::{Answer, Host};
pub use input::Point;
pub use page::{Page, Tab};
pub use process::Profile;
pub use session::INSECURE;
pub use site::{get, site_url};
pub use wait::{wait_until, wait_until_equal};
pub use witness::Witness;

/// Makes a test per browser of each `fn name(page: &Page) { … }`, with a page of a fresh profile.
///
/// Once per module, since it makes a module for each browser.
macro_rules! in_each_browser {
    ($($(#[$attribute:meta])* fn $name:ident($page:ident: &Page) $body:block)+) => {
        $($(#[$attribute])* fn $name($page: &$crate::harness::Page) $body)+
        in_each_browser!(@module chromium Chromium [] $($name)+);
        in_each_browser!(@module firefox Firefox [] $($name)+);
        in_each_browser!(@module webkit WebKit
            [#[ignore = "runs with --include-ignored, given webkit2gtk-driver and xvfb"]] $($name)+);
    };
    // One page for all of them in turn, in one test for each browser: for what leaves no trace, since
    // starting a browser takes longer than most tests.
    (in_one_page: $($(#[$attribute:meta])* fn $name:ident($page:ident: &Page) $body:block)+) => {
        $($(#[$attribute])* fn $name($page: &$crate::harness::Page) $body)+
        in_each_browser! {
            fn all(page: &Page) {
                $(
                    println!("{}", stringify!($name));
                    $name(page);
                )+
            }
        }
    };
    (@module $module:ident $browser:ident $ignore:tt $($name:ident)+) => {
        mod $module {
            use $crate::harness::{Browser, Page, in_each_browser};
            $(in_each_browser!(@test $browser $ignore $name);)+
        }
    };
    (@test $browser:ident [$($ignore:tt)*] $name:ident) => {
        #[test]
        $($ignore)*
        fn $name() {
            super::$name(&Page::open(Browser::$browser));
        }
    };
}
pub(crate) use in_each_browser;
