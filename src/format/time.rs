//! Times as the formats write them.

/// Whether `time` is a time of RFC 3339 in UTC (`2026-11-24T02:16:00Z`, with any number of decimals
/// of a second) that the calendar has. A leap second counts.
pub fn is_utc_time(time: &str) -> bool {
    parse(time.as_bytes()).is_some()
}

fn parse(time: &[u8]) -> Option<()> {
    let (whole, rest) = time.split_at_checked(19)?;
    let shape = whole.iter().zip(b"0000-00-00T00:00:00");
    for (byte, form) in shape {
        let fits = match form {
            b'0' => byte.is_ascii_digit(),
            _ => byte == form,
        };
        if !fits {
            return None;
        }
    }
    let number = |at: usize, digits: usize| {
        let digits = whole.get(at..at + digits)?;
        Some(
            digits
                .iter()
                .fold(0, |n, digit| n * 10 + u32::from(digit - b'0')),
        )
    };
    let (year, month, day) = (number(0, 4)?, number(5, 2)?, number(8, 2)?);
    let (hour, minute, second) = (number(11, 2)?, number(14, 2)?, number(17, 2)?);
    let decimals = match rest.split_first()? {
        (b'Z', []) => return in_calendar(year, month, day, hour, minute, second),
        (b'.', decimals) => decimals.strip_suffix(b"Z")?,
        _ => return None,
    };
    if decimals.is_empty() || !decimals.iter().all(u8::is_ascii_digit) {
        return None;
    }
    in_calendar(year, month, day, hour, minute, second)
}

fn in_calendar(year: u32, month: u32, day: u32, hour: u32, minute: u32, second: u32) -> Option<()> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        1..=12 => 31,
        _ => return None,
    };
    ((1..=days).contains(&day) && hour < 24 && minute < 60 && second <= 60).then_some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_calendar_has_is_a_time() {
        for (time, is) in [
            ("2026-11-24T02:16:00Z", true),
            ("2026-11-24T02:16:00.125Z", true),
            ("2024-02-29T00:00:00Z", true),
            ("2016-12-31T23:59:60Z", true),
            ("2026-02-29T00:00:00Z", false),
            ("1900-02-29T00:00:00Z", false),
            ("9999-99-99T00:00:00Z", false),
            ("2026-11-24T24:00:00Z", false),
            ("2026-11-24T02:16:00+01:00", false),
            ("2026-11-24T02:16:00.Z", false),
            ("2026-11-24T02:16:00", false),
            ("2026-11-24", false),
            ("1970", false),
            ("", false),
            ("２026-11-24T02:16:00Z", false),
        ] {
            assert_eq!(is_utc_time(time), is, "{time}");
        }
    }
}
