//! Colours of the screen, and the contrast that makes them readable.

/// Reads `#rrggbb`.
pub fn parse_color(color: &str) -> Option<[u8; 3]> {
    let digits = color.strip_prefix('#')?;
    if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let channel = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    Some([channel(0)?, channel(2)?, channel(4)?])
}

/// WCAG 2.2's contrast ratio of two `#rrggbb` colours, from 1 to 21.
///
/// Source: <https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>.
pub fn contrast(a: &str, b: &str) -> Option<f64> {
    let (a, b) = (luminance(parse_color(a)?), luminance(parse_color(b)?));
    Some((a.max(b) + 0.05) / (a.min(b) + 0.05))
}

fn luminance(color: [u8; 3]) -> f64 {
    let [r, g, b] = color.map(|channel| {
        let x = f64::from(channel) / 255.0;
        if x <= 0.04045 {
            x / 12.92
        } else {
            ((x + 0.055) / 1.055).powf(2.4)
        }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}
