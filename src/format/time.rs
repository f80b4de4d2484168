//! Times as the formats write them.

/// Whether `time` is a time of RFC 3339 in UTC (`2026-11-24T02:16:00Z`, with any number of decimals
/// of a second) that the calendar has. A leap second counts.
pub fn is_utc_time(time: &str) -> bool {
    parse(time.as_bytes()).is_some()
}

/// A time in seconds since 1970 as RFC 3339 in UTC.
///
/// The day is found as in H. Hinnant, “chrono-Compatible Low-Level Date Algorithms” (`civil_from_days`).
pub fn utc_time_of_seconds(seconds: u32) -> String {
    let (days, second) = (seconds / 86_400, seconds % 86_400);
    // Eras of 400 years, which begin on the first of March.
    let shifted = days + 719_468;
    let (era, of_era) = (shifted / 146_097, shifted % 146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = match shifted_month < 10 {
        true => shifted_month + 3,
        false => shifted_month - 9,
    };
    let year = year + era * 400 + u32::from(month <= 2);
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// A time of RFC 3339 of any offset, in UTC; `None` if it is none, or one from before 1970 of another offset.
pub fn in_utc(time: &str) -> Option<String> {
    if is_utc_time(time) {
        return Some(time.to_owned());
    }
    let (stem, offset) = time.split_at_checked(time.len().checked_sub(6)?)?;
    let (hours, minutes) = offset.get(1..)?.split_once(':')?;
    let number = |digits: &str| -> Option<i64> {
        let are_digits = digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit());
        digits.parse().ok().filter(|_| are_digits)
    };
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    let ahead = match offset.chars().next()? {
        '+' => 60 * hours + minutes,
        '-' => -(60 * hours + minutes),
        _ => return None,
    };
    let same = format!("{stem}Z");
    if !is_utc_time(&same) || hours > 23 || minutes > 59 {
        return None;
    }
    if ahead == 0 {
        return Some(same);
    }
    let (whole, decimals) = stem.split_at_checked(19)?;
    let part = |at: usize| number(whole.get(at..at + 2)?);
    let year: i64 = whole.get(..4)?.parse().ok()?;
    let days = days_of(year, part(5)?, part(8)?);
    let seconds = days * 86_400 + part(11)? * 3_600 + part(14)? * 60 + part(17)?;
    let utc = utc_time_of_seconds(u32::try_from(seconds - 60 * ahead).ok()?);
    Some(utc.replace('Z', &format!("{decimals}Z")))
}

/// Days since 1970 of a date of the calendar (H. Hinnant, `days_from_civil`).
fn days_of(year: i64, month: i64, day: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    year.div_euclid(400) * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
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
    fn seconds_become_a_time_of_the_calendar() {
        for (seconds, time) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_399, "2000-02-28T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_709_251_200, "2024-03-01T00:00:00Z"),
            (4_107_542_399, "2100-02-28T23:59:59Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"),
            (u32::MAX, "2106-02-07T06:28:15Z"),
        ] {
            assert_eq!(utc_time_of_seconds(seconds), time);
        }
    }

    #[test]
    fn a_time_elsewhere_is_the_same_in_utc() {
        for (time, utc) in [
            (
                "2024-05-01T12:34:56.789012+00:00",
                Some("2024-05-01T12:34:56.789012Z"),
            ),
            (
                "2024-03-01T00:30:00.5+01:00",
                Some("2024-02-29T23:30:00.5Z"),
            ),
            ("2023-12-31T20:00:00-05:30", Some("2024-01-01T01:30:00Z")),
            ("2024-05-01T12:34:56Z", Some("2024-05-01T12:34:56Z")),
            ("1969-05-01T12:34:56+01:00", None),
            ("2024-05-01T12:34:56+1:00", None),
            ("2024-13-01T12:34:56+01:00", None),
            ("2024-05-01T12:34:56+99:00", None),
            ("+01:00", None),
            ("", None),
        ] {
            assert_eq!(in_utc(time).as_deref(), utc, "{time}");
        }
    }

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
